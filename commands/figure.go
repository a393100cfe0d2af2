package commands

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"duban/ask"
	"duban/plan"
	"duban/report"
)

// Words before a number of what is to come, and of what was not done.
const (
	aheadWords = `预计|预期|预估|力争|争取|打算|拟|将(新|建|完|达|投|开|于|在)|计划(新|建|完|修|改|开工|到|在|再|于|今年|明年|本月|下|投|年|\d|$)|准备(新|建|完|修|开工)|` +
		`(前|底|内|月|日|才|就|有望|估计)能够?|可以?(完成|建成|达)|年底|年末|年内(必|能|可|将|要|完|建|全)|明天|下周|下月|明年`
	failedWords = `(没有?|未能?|尚未|不能|无法|难以)(按期|按时|如期|全部|全面|能)*(完成|建成|竣工|完工|建好|修好|做完|达到)`
)

// Words before a number that tell what sort of number it is.
var (
	totalWords     = []string{"累计", "累积", "共", "合计", "总计", "总数", "一共"}
	incrementWords = []string{
		"本月", "当月", "这个月", "这月", "本周", "这周", "上周", "今天新增", "比上月", "较上月", "比上个月", "较上个月", "比上次", "较上次", "环比", "又", "再增", "再新增",
	}
	monthlyWords = []string{"本月", "当月", "这个月", "这月", "比上月", "较上月", "比上个月", "较上个月", "环比"} // since the month before
	correctWords = []string{"改为", "改成", "更正为", "应为", "应该是", "更改为", "修正为", "其实是", "实际是"}
	asidePattern = regexp.MustCompile(`目标|指标是|其中|含|包括|包含|去年|上年|前年|同期|还差|还剩|还有|还需|剩余|剩下|缺口|尚缺|尚有|未完成|不是|并非|超出|超额|要求|应到|` +
		`规划(?:里程|总|面积|规模|数)|设计(?:里程|能力|规模)|总里程|总长|电话|手机|联系|房间|会议|文件|号文|涉及|惠及|受益|占(任务|目标|计划|全年|年度|总)|任务(数|的|量|是|为|压力|重|总|$)|平均|日均|每天|每日|每月|在建|续建|筹建|待建|` +
		`通报|约谈|问责|走访|调研|发我|发你|材料(发|报|交|已)|需要|差\s*$|休假|请假|开会|20\d\d年$|晚\s*$|提前|` + aheadWords + `|` + failedWords)
	sincePattern = regexp.MustCompile(`[比较].{0,24}(多|增)`)
	aheadTail    = regexp.MustCompile(`^\p{Han}{0,3}(?:` + aheadWords + `)`)
	begunTail    = regexp.MustCompile(`^\p{Han}{0,3}?(?:已经?|均|都|全部)*(?:开工|动工|开建|启动建设|进场施工)`)
	aboutPattern = regexp.MustCompile(`(?:不到|不足|不满|未满|接近|将近|快到|快|差不多|大约|大概|估计|约摸?)(?:有|是|到)?\s*$`)
	newPattern   = regexp.MustCompile(`新(增|建|开工|改建|发展|办|培育|引进)`)
	aimBehind    = regexp.MustCompile(`^\s*的?(年度)?(任务|目标|计划|指标)`)
	// lackingPattern is behind a number of what was not done (3个村没修), or only told (4个县报了材料).
	lackingPattern = regexp.MustCompile(`^\p{Han}{0,6}(没|尚?未|还没)(有)?(报|交|填|修|动|开|完|建|达|通|改|到位|落实|启动|验收|竣工|发|办|做|拆|搬|脱|入|投)|^\p{Han}{0,4}(报|交|送|发)(了|来)`)
	heldBack       = []string{"其中", "含", "包括", "包含"}
	// lapses are units of time and order: no quantity that anybody reports.
	lapses = []string{"年", "月", "日", "号", "点", "岁", "小时", "分钟", "分", "天", "时", "秒", "届", "级", "强", "星", "周年", "周岁", "轮", "线", "型", "代", "学年", "期", "世纪", "楼", "室", "度"}
	// doneWords claim that a target is met; 已完成 before a number does not.
	doneWords = []string{"全部完成", "全面完成", "全部建成", "完成任务", "任务完成", "完成目标", "圆满完成", "如期完成"}
	verbs     = []string{
		"新增", "增加", "增长", "下降", "减少", "下滑", "回落", "新建", "新改建", "改建", "扩建", "建成", "建设", "完成", "新开工", "开工", "竣工", "完工", "修通", "改造", "实现", "落实", "发放", "举办", "引进", "培育", "打造", "修建", "修", "建", "再", "又", "还",
	}
)

// figuresOf finds the quantities of a clause; times of day, ordinals, telephone numbers and
// numerals in names (三支一扶) are none.
func (s *scan) figuresOf(text string) []report.Quantity {
	return slices.DeleteFunc(report.Quantities(text), func(q report.Quantity) bool {
		if s.named(text[q.Start:]) {
			return true
		}
		digits := q.End - q.Start
		behind, _ := utf8.DecodeRuneInString(text[q.End:])
		return slices.Contains(lapses, q.Unit) || q.Unit == "" && digits >= 7 && !q.Scaled && !strings.ContainsAny(text[q.Start:q.End], ".,") && digits != 9 ||
			behind == ':' && q.End+1 < len(text) && unicode.IsDigit(rune(text[q.End+1])) || q.Unit == "" && strings.ContainsRune("号点室楼:", behind)
	})
}

// named reports whether a Chinese numeral begins a word that the plan's items use.
func (s *scan) named(text string) bool {
	runes := []rune(text)
	return len(runes) > 2 && runes[0] > 0x7f && strings.Contains(s.names(), string(runes[:3]))
}

// names are those of all items, without quotation marks.
func (s *scan) names() string {
	if s.allNames != "" {
		return s.allNames
	}
	var w strings.Builder
	p := s.engine.Plan()
	for i := range p.Commitments {
		for _, m := range partsOf(&p.Commitments[i]) {
			w.WriteString(nameOf(&m) + "\n")
		}
	}
	s.allNames = strings.NewReplacer("“", "", "”", "").Replace(w.String())
	return s.allNames
}

// figures reads the numbers of a clause with the words around each.
func (s *scan) figures(text string, list []report.Quantity) {
	from, held := 0, false
	for i, q := range list {
		words, end := text[from:q.Start], len(text)
		if i+1 < len(list) {
			end = list[i+1].Start
		}
		noun := nounBehind(words, text[q.End:end], i+1 == len(list))
		if s.furtherOn(words) {
			words = strings.Replace(words, "其中", "", 1)
		}
		held = held || hasAny(words, heldBack)
		apart := asidePattern.MatchString(strings.TrimSpace(words)+noun) || aimBehind.MatchString(text[q.End:])
		if apart && !held {
			s.topic = asidePattern.ReplaceAllString(words+noun, " ")
		}
		apart = apart || lackingPattern.MatchString(text[q.End:end]) || aheadTail.MatchString(text[q.End:end]) || ratePattern.MatchString(words)
		if held || apart || !s.figure(quoted{words, text[q.Start:q.End], noun, text[q.End:end]}, q) {
			s.remark(text[from:q.End] + noun)
		}
		from = q.End + len(noun)
	}
	s.tail(text[from:])
}

// furtherOn reports whether words say 其中 of what is built behind what was begun: 开工110所，
// 其中建成92所.
func (s *scan) furtherOn(words string) bool {
	n := len(s.entries)
	return n > 0 && s.entries[n-1].phase == begun && s.entries[n-1].wanted() == built && phaseOf(words) == built
}

// tail reads what stands behind the last number of a clause.
func (s *scan) tail(text string) {
	if strings.Trim(text, " 、:,;.。-") == "" {
		return
	}
	stage := stageOf(text)
	switch bare := content(withoutStage(text)) == ""; {
	case stage == plan.Finished && bare && !hasAny(text, doneWords): // 28座已完工: so many are finished
		return
	case stage != "" && !bare:
		s.words(strings.TrimSpace(text))
		return
	}
	s.remark(text)
}

// nounBehind is what a number counts where nothing before it says so: 85所幼儿园.
func nounBehind(words, behind string, last bool) string {
	if thing(words) != "" {
		return ""
	}
	end := strings.IndexFunc(behind, func(r rune) bool { return !unicode.Is(unicode.Han, r) })
	switch {
	case end < 0 && !last:
		return ""
	case end < 0:
		end = len(behind)
	}
	return behind[:end]
}

// quoted is a number as it stands in a message, with the words before it, the noun behind it,
// and all that is behind it.
type quoted struct{ before, number, noun, behind string }

// inexact is why a number that the message leaves open has to be asked for; "" for one that
// can be filed.
func (q *quoted) inexact(e *entry) string {
	switch {
	case e.match.Task != nil:
		return ""
	case aboutPattern.MatchString(q.before):
		return "“" + e.said + "”不是准确的数。"
	case begunTail.MatchString(q.behind) && e.wanted() == built && e.phase == noPhase:
		return "这一项按完成的报，“" + e.said + "”说的是开工。"
	}
	return ""
}

// figure reads one number with its words; false where it belongs to nothing.
func (s *scan) figure(text quoted, q report.Quantity) bool {
	words := text.before + text.noun
	if thing(words) == "" && s.last == (ask.Match{}) && s.segment == nil {
		words, s.topic = s.topic+words, ""
	}
	value := q.Value
	e := entry{value: &value, unit: q.Unit, said: strings.TrimSpace(text.before + text.number + text.noun), phase: phaseOf(words), weight: weightOf(words), month: hasAny(words, monthlyWords)}
	e.match, e.others = s.meaning(words, &e)
	if e.match == (ask.Match{}) {
		if content(words) != "" {
			s.unknown = append(s.unknown, strings.TrimSpace(words))
		}
		return false
	}
	if e.match.Task == nil && !s.counts(&e, text.before) {
		return false
	}
	if e.weight == plainly && hasAny(text.before, verbs) {
		e.since, e.fresh = s.since, newPattern.MatchString(text.before)
	}
	if e.missing = text.inexact(&e); s.sum && e.match.Task == nil {
		e.missing = twoNumbers
	}
	if e.date = s.ends; e.date.IsZero() && e.weight == total {
		e.date = s.latest
	}
	if e.match.Task == nil && hasAny(words, doneWords) {
		s.remark(words)
	}
	if e.match.Task != nil {
		e.stage = stageWith(words, q)
		if q.Unit != "%" {
			e.value = nil
			s.remark(text.before + text.number + text.noun)
		}
	}
	s.entries, s.last = append(s.entries, e), e.match
	s.narrow()
	return true
}

// counts reports whether a number with a target's words is a value of it, and gives it its
// sign: a number in another unit beside one is not, nor is a comparison with last year.
func (s *scan) counts(e *entry, before string) bool {
	if s.holds(e.item()) && e.misfit() {
		return false
	}
	if strings.Contains(before, "同比") && plan.BasisOf(e.match.Target) == plan.BasisFlow {
		return false
	}
	e.direct(before)
	return true
}

// holds reports whether the line has an entry for an item.
func (s *scan) holds(item plan.ID) bool {
	return slices.ContainsFunc(s.entries, func(e entry) bool { return e.item() == item })
}

// stageWith is the stage of a task beside a number: 完成80% and 完成1200户 are under way.
func stageWith(words string, q report.Quantity) plan.Stage {
	stage := stageOf(words)
	part := q.Unit == "%" && q.Value.Cmp(plan.NewDecimal(100, 0)) < 0 || q.Unit != "%" && !hasAny(words, []string{"全部", "全面"})
	if stage == "" || stage == plan.Finished && part {
		return plan.Ongoing
	}
	return stage
}

// weightOf says how a number is meant.
func weightOf(words string) weight {
	switch {
	case hasAny(words, correctWords):
		return corrected
	case hasAny(words, totalWords):
		return total
	case hasAny(words, incrementWords) || sincePattern.MatchString(words):
		return ofPeriod
	case thing(words) == "" && hasAny(words, []string{"新增", "增加", "新"}):
		return added
	}
	return plainly
}

// attributes are words that name a side of what was spoken of, and nothing by themselves.
var attributes = map[string]bool{"规模": true, "总规模": true, "资金": true, "投资": true, "总投资": true, "面积": true, "总量": true, "数量": true, "人数": true, "比例": true}

// spoken takes words of comparison away, and says 完成 as reports do.
var spoken = strings.NewReplacer("完工", "完成", "修通", "完成", "修好", "完成", "修完", "完成", "建好", "建成", "同比", " ", "环比", " ", "较年初", " ", "比年初", " ", "较上年", " ", "比上年", " ",
	"负增长", " ", "下降", " ", "下滑", " ", "下跌", " ", "回落", " ", "减少", " ", "降幅", " ", "跌幅", " ", "关于", " ")

// meaning finds what a number is about: by its words; without any, by what was spoken of
// and by its unit.
func (s *scan) meaning(words string, e *entry) (ask.Match, []ask.Match) {
	known := s.last != (ask.Match{})
	about := s.segment
	if known {
		about = s.last.Commitment
	}
	switch {
	case content(words) == "" && known:
		return s.again(e, ""), nil
	case content(words) == "" && about != nil:
		return s.only(about, e.unit)
	case content(words) == "":
		return s.byUnit(e.unit)
	case thing(words) == "" && known:
		return s.again(e, words), nil
	}
	found, others := s.find(spoken.Replace(words), e.unit, s.segment, true)
	switch {
	case found != (ask.Match{}) && s.own(found.Commitment):
		return found, others
	case !known && s.spoken && attributes[thing(words)]:
		return ask.Match{}, nil
	case known && content(words) != "":
		return s.inside(s.last.Commitment, words, e.unit), nil
	}
	return found, others
}

// again is what a number without a noun is about: another part of the same commitment that
// the words or the unit name, else the same thing once more. A share beside a count is a
// remark.
func (s *scan) again(e *entry, words string) ask.Match {
	unit := ""
	if s.last.Target != nil {
		unit = s.last.Target.Unit
	}
	if words != "" && e.weight != ofPeriod {
		if m := s.inside(s.last.Commitment, words, cmp.Or(e.unit, unit)); m != (ask.Match{}) {
			return m
		}
	}
	switch {
	case e.unit == unit, e.unit == "", s.last.Task != nil && e.unit == "%":
		return s.last
	case s.segment != nil || e.unit != "%":
		if m, others := s.only(s.last.Commitment, e.unit); m != (ask.Match{}) && len(others) == 0 && m.Target != nil && m.Target.Unit == e.unit {
			return m
		}
	}
	if plan.UnitFits(e.unit, unit) {
		return s.last
	}
	return ask.Match{}
}
