package ask

import (
	"math/big"
	"regexp"
	"strings"

	"duban/plan"
)

// againstLast reads 比去年低, 高于去年, 较上年多 in a question for a list.
var againstLast = regexp.MustCompile(`(比|较|跟|和|与|低于|高于|少于|多于|超过|不如)(去年|上年)`)

// byHowMuch reads a question for the difference itself: 比去年低多少.
var byHowMuch = regexp.MustCompile(`(低|少|降|小|减|高|多|升|大|增)(了)?(多少|几)`)

var (
	lowerCues = []string{"低", "少", "降", "小", "不如", "减", "下调"}
	upperCues = []string{"高", "多", "升", "大", "超过", "增", "上调"}
)

// byCompared answers 哪些指标比去年低: the year's targets that lie below last year's figures,
// or above them.
func (e *Engine) byCompared(q *question, a *Answer) bool {
	if !q.lastYear && !q.compare || !againstLast.MatchString(q.text) || !q.list && !containsAny(q.text, []string{"哪", "几个", "几项", "多少个", "多少项"}) || byHowMuch.MatchString(q.text) {
		return false
	}
	sign := 1
	if containsAny(q.text, lowerCues) {
		sign = -1
	} else if !containsAny(q.text, upperCues) {
		return false
	}
	rest := againstLast.ReplaceAllString(q.rest, cutMark)
	for _, words := range [][]string{lowerCues, upperCues, listCues, {"几", "多少"}} {
		rest = cutAll(rest, words)
	}
	within, ok := e.scope(q, rest)
	if !ok {
		return false
	}
	a.Compared = true
	title := "目标高于去年的指标"
	if sign < 0 {
		title = "目标低于去年的指标"
	}
	items := e.comparedItems(within, sign)
	if len(items) == 0 {
		a.Intent, a.Reason = IntentList, "没有"+title+"（只比报告写了去年数的）"
		return true
	}
	a.Title = title
	a.answer(IntentList, items...)
	return true
}

// comparedItems collects the year's targets whose difference from last year has a sign.
func (e *Engine) comparedItems(within plan.Code, sign int) []Item {
	var items []Item
	for i := range e.plan.Commitments {
		c := &e.plan.Commitments[i]
		if !c.Code.Within(within) || e.longTerm(c) {
			continue
		}
		var targets []*plan.Target
		for j := range c.Targets {
			t := &c.Targets[j]
			if likeLast(t, t.Baseline) && new(big.Rat).Sub(t.Value.Rat(), t.Baseline.Value.Rat()).Sign() == sign {
				targets = append(targets, t)
			}
		}
		if len(targets) > 0 {
			items = append(items, Item{Commitment: c, Segment: &c.Segment, Targets: targets})
		}
	}
	return items
}

// genericNouns name what a plan is made of and nothing in it.
var genericNouns = []string{
	"政府工作报告", "工作报告", "报告", "带数字的", "数字", "量化", "硬", "具体", "承诺事项", "承诺", "指标", "目标", "任务", "事项", "内容", "项目", "条款", "里面", "里",
	"一共", "总共", "合计", "共", "全部", "所有", "完成", "实现", "达到", "落实", "到期", "兑现", "要", "到", "才", "能", "的", "有", "是", "写了", "提了", "提出", "定了", "列了", "个", "项", "条",
}

func cutAll(text string, words []string) string {
	for _, w := range words {
		text = strings.ReplaceAll(text, w, cutMark)
	}
	return text
}

// scope finds what of the plan the rest of a question is about: all of it where nothing is
// left, or a chapter; ok is false for a single thing.
func (e *Engine) scope(q *question, rest string) (within plan.Code, ok bool) {
	atoms, _ := e.read(cutAll(rest, genericNouns))
	narrowed := *q
	narrowed.atoms, narrowed.total, narrowed.list = atoms, weightOf(atoms), true
	if narrowed.total <= leftOver {
		return "", true
	}
	g := e.bestGroup(&narrowed)
	if g == nil {
		return "", false
	}
	return g.code, true
}

// leftOver is the weight of words that name nothing.
const leftOver = 0.15
