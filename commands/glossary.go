package commands

import (
	"regexp"
	"strings"
	"unicode"

	"duban/plan"
)

// explained is a word of ours with what it means; rules fills in the borders of lights.
type explained struct {
	words string
	means func(plan.Rules) string
}

func means(text string) func(plan.Rules) string { return func(plan.Rules) string { return text } }

// lightsMean is what the colours mean.
func lightsMean(r plan.Rules) string {
	return "灯看差距：序时进度减去实际进度，差不到" + r.Green.String() + "个百分点是🟢绿灯，" + r.Green.String() + "到" + r.Red.String() + "个是🟡黄灯，超过" + r.Red.String() + "个是🔴红灯。只看审核通过的填报，每个灯后面都写着怎么算的。"
}

// glossary explains the words that answers use.
var glossary = []explained{
	{`(?:红黄绿)灯|红灯|黄灯|绿灯|亮灯|灯色|灯|颜色`, lightsMean},
	{`序时进度|序时|应到(?:进度|多少)?`, means("序时进度是到今天按时间该完成的比例：从年初到今天的天数÷到期限的天数。例如年底到期的，7月31日是212÷365＝58.1%。设了节点的按节点算。")},
	{`未填报|没填报|没有填报`, means("未填报是责任单位还没有报过数，或报的数还没有审核通过。它不等于0，也不算没做。")},
	{`逾期`, means("逾期是期限过了，报的数还没有达到目标。期限过了还没报数的，写“期限已过，未填报”。")},
	{`滞后`, means("滞后是亮黄灯、红灯或逾期的事项：实际进度落在序时进度后面。")},
	{`部分完成`, means("部分完成是一件事里报过的几项都完成了，别的几项还没有填报；没报的不算完成。")},
	{`已完成|完成`, means("已完成是审核通过的数达到了目标；没报的几项不算完成。")},
	{`完成率|完成进度|实到(?:进度)?|百分比`, means("完成率是报的累计数÷目标数，例如824公里÷2500公里＝33.0%。增长率、比例这类看当前水平。")},
	{`口径|累计|累计数`, means("口径有三种：累计（1月1日起的总数）、变化（提高或降低了多少）、水平（现在是多少）。报数按这一项的口径报。")},
	{`牵头(?:单位)?|配合(?:单位)?|责任单位`, means("责任单位分牵头和配合：牵头单位负责填报，配合单位协助。发“分工”看各单位负责什么。")},
	{`未校核|校核`, means("校核是督查室把读出的指标和报告原句对照。未校核的可以查，但不亮灯、不进通报。")},
	{`月?调度|月调度`, means("月调度是每月一次的填报：月底各单位报数，逾期的逐级提醒，之后出月通报。")},
	{`季?通报`, means("季通报每季度一份：按完成和绿灯的比例给牵头单位排名，督查室发布后不再改，更正另编号。发“季通报”看。")},
	{`周报`, means("周报每周一份：各灯多少项、这周变了什么、30天内到期和未按时填报的单位。发“订阅周报”每周收。")},
	{`民生实事|实事|十件实事`, means("实事是报告里当年要办的民生实事，每件有编号，例如实事5。发“民生实事”看全部。")},
	{`节点`, means("节点是期限以前约定的进度，例如6月30日40%；设了节点，序时进度就按节点算。")},
	{`数据截至|截至`, means("数据截至是报的数反映到哪一天，不是今天的数。")},
}

const glossaryLead, glossaryTail = `(?:请问|解释一下|解释|说明)?(?:什么是|什么叫做?|啥是|啥叫|何为)?`, `(?:什么意思|啥意思|(?:是|指)(?:什么|啥)(?:意思)?|(?:是)?怎么(?:算|来|定|评|判断)(?:出来)?的?|的(?:意思|含义|标准|规则|算法)(?:是什么)?|代表什么)?`

var (
	glossaryPatterns = func() (list []*regexp.Regexp) {
		for _, e := range glossary {
			list = append(list, regexp.MustCompile(`^(`+glossaryLead+`)[“"]?(?:亮|这个|那个)?(?:`+e.words+`)[”"]?(`+glossaryTail+`)(?:呢|啊)?$`))
		}
		return list
	}()
	originPattern = regexp.MustCompile(`^(?:谁(?:报|填|提供)的(?:数据|数字|数)|(?:这些|这个|你的|你们的|上面的|进展|完成)*(?:数据|数字|数|数值|进度|信息)(?:都|是)?(?:从哪(?:里|儿)?(?:来|得)|哪(?:里|儿)?来|怎么来|谁(?:报|填|提供)|来自哪(?:里|儿)?|(?:的)?来源|靠谱|准|准确|可靠|可信|真实|真)(?:的)?(?:是哪里|是什么|吗|么|不)?)$`)
)

const dataOrigin = "目标和原句出自政府工作报告；进展由责任单位填报，督查室审核通过后才公布，每条都写着数据截至哪天。发“历史 实事8”能看到每一次填报和来源。"

// explain says what a word of ours means; ok is false for other questions.
func (t *turn) explain(text string) (meaning string, ok bool) {
	text = strings.Trim(strings.ReplaceAll(text, " ", ""), "？?。！!")
	if len([]rune(text)) > longestTerm || !hasAny(text, explainCues) {
		return "", false
	}
	if originPattern.MatchString(text) {
		return dataOrigin, true
	}
	for i, pattern := range glossaryPatterns {
		if m := pattern.FindStringSubmatch(text); m != nil && m[1]+m[2] != "" {
			return glossary[i].means(t.router.options.Rules), true
		}
	}
	return "", false
}

// explainCues stand in every question for a meaning or a source.
var explainCues = []string{"什么", "啥", "怎么", "何为", "解释", "说明", "意思", "含义", "标准", "规则", "算法", "哪", "谁", "来", "吗", "么", "不"}

// longestTerm is how many characters a question for the meaning of a word has.
const longestTerm = 18

// foreign reports whether a message is written in other letters than Chinese.
func foreign(text string) bool {
	letters := 0
	for _, c := range text {
		switch {
		case unicode.Is(unicode.Han, c):
			return false
		case unicode.IsLetter(c):
			letters++
		}
	}
	return letters > 2
}

const inChinese = "请用中文提问（Please ask in Chinese），例如：今年改造多少座农村危桥？发“帮助”看用法。"
