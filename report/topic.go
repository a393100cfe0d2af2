package report

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// genericHeads mean nothing without the thing that they belong to.
var genericHeads = []string{
	"重点项目建设", "项目建设", "重点项目", "项目", "重点企业", "企业", "基地", "总规模", "规模", "完成投资", "投资", "营收", "营业收入", "主营业务收入", "产值", "总产值",
	"产量", "总产量", "总投资", "资金", "人数", "总数", "总里程", "里程", "筹措资金", "筹集资金", "到位资金", "覆盖率", "普及率", "达标率", "合格率", "总量", "数量", "面积", "比例", "占比",
	"解析量", "注册量", "补助标准", "补助水平", "参保率", "示范点", "示范企业", "项目资金", "企业入驻", "资助", "奖励",
}

// handlingRates say how well what the clause before names is dealt with: 办理代表建议，见面率、
// 办结率均达到100%.
var handlingRates = newWords("见面率", "面商率", "沟通率", "走访率", "办结率", "按时办结率", "按期办结率", "办复率", "按期办复率", "答复率", "按时答复率", "回复率", "满意率", "满意度", "代表满意率", "回访率", "化解率", "整改率")

// handled is what the clause before in the sentence deals with, "" for nothing.
func (n *namer) handled() string {
	if len(n.passed) == 0 {
		return ""
	}
	t := n.passed[len(n.passed)-1]
	for _, verb := range []string{"办理", "受理", "处理", "处置", "办好"} {
		how, object, ok := strings.Cut(t, verb)
		if n := utf8.RuneCountInString(object); ok && len(how) <= len("认真规范") && n >= 2 && n <= longestHandled {
			return strings.TrimPrefix(object, "好")
		}
	}
	return ""
}

// longestHandled is how many characters the name of what is dealt with has at most.
const longestHandled = 20

// sums are the generic heads that say only that money is spent.
var sums = []string{"筹措资金", "筹集资金", "投资", "投入", "安排资金", "完成投资", "总投资", "资金"}

// works are acts on what the heading names.
var works = []string{"改造", "建设", "绿化", "整治", "治理", "修缮", "修复", "维修", "加固", "改建", "扩建", "重建", "亮化", "美化"}

// generic reports whether a noun means nothing without what it belongs to.
func generic(noun string) bool {
	for _, suffix := range []string{"", "建设", "发展"} {
		if t := strings.TrimSuffix(noun, suffix); slices.Contains(genericHeads, t) {
			return true
		}
	}
	return strings.HasPrefix(noun, "投资过") && strings.HasSuffix(noun, "项目")
}

// specific puts the topic in front of a noun that means nothing alone.
func (n *namer) specific(s setting, m named) named {
	for _, w := range []string{"共", "今年", "全年", "年内"} {
		if !hasPrefixAny(m.noun, "共享", "共同", "共建", "共富", "共有") {
			m.noun = strings.TrimPrefix(m.noun, w)
		}
	}
	bare, whole := m.noun, m.String()
	if s.q.kind == proportion && m.verb == "覆盖" && n.last.noun != "" {
		return named{noun: n.last.noun + whole}
	}
	if scope, ok := strings.CutSuffix(bare, "到位资金"); ok && (scope == "" || verbAdverbs.prefix(scope) == scope) {
		return named{noun: scope + "招商引资到位资金"} // what the bare term means in every report
	}
	if m, ok := n.headed(m); ok {
		return m
	}
	if m, ok := n.resumed(m); ok {
		return m
	}
	if !generic(bare) && !generic(whole) {
		n.owned = false
		return m
	}
	topic := n.topicFor(s, bare, whole)
	n.owned = topic != "" && topic == n.topic()
	switch i := strings.LastIndex(topic, bare); {
	case topic == "":
		return n.exampled(s, m)
	case i >= 0 && bare != "":
		m.noun = topic[:i+len(bare)]
		return m
	case generic(whole):
		return named{noun: topic + whole}
	}
	m.noun = topic + bare
	return m
}

// headed completes a short noun from the heading of its item: 改造 under 棚户区改造工程,
// 免费项目 under 卫生计生免费工程.
func (n *namer) headed(m named) (named, bool) {
	bare := m.noun
	if size := utf8.RuneCountInString(bare); size < 2 || size > 4 || n.segment.title == n.segment.section {
		return m, false
	}
	own := slices.Contains(works, bare)
	if !own && !strings.HasSuffix(bare, "项目") {
		return m, false
	}
	topic := topicOf(n.segment.title)
	_, first := utf8.DecodeRuneInString(bare)
	_, second := utf8.DecodeRuneInString(bare[first:])
	kind := bare[:first+second]
	if i := strings.LastIndex(topic, kind); i > 0 && !generic(bare) {
		m.noun = topic[:i] + bare
		return m, true
	}
	if own && topic != "" {
		m.noun = strings.TrimSuffix(strings.TrimSuffix(topic, "工程"), "建设") + bare
	}
	return m, own
}

// resumed completes a short noun that begins with what the topic ends in: 改革任务 behind
// 推进集体林权制度改革.
func (n *namer) resumed(m named) (named, bool) {
	runes := []rune(m.noun)
	if len(runes) < 3 || len(runes) > 5 {
		return m, false
	}
	topic, head := n.topic(), string(runes[:2])
	if topic == head || !strings.HasSuffix(topic, head) || slices.Contains(genericHeads, head) {
		return m, false
	}
	m.noun = topic + string(runes[2:])
	return m, true
}

// exampled keeps the examples of a generic noun that nothing else explains: 产业园等重点项目.
func (n *namer) exampled(s setting, m named) named {
	pre := trimLead(s.pre)
	if i := lastAndSo(pre); i > 0 && utf8.RuneCountInString(pre) <= 16 {
		m.noun = strings.TrimPrefix(pre[:i+len("等")], m.verb) + m.noun
	}
	return m
}

// topicFor finds what a generic noun belongs to: the target before it in the sentence,
// the sentence's topic, for a sum what it is spent on, the field of the paragraph, or for
// a bare 改造 the item's own heading.
func (n *namer) topicFor(s setting, head, whole string) string {
	same := n.clause != nil && n.clause.no == s.clause.no
	for _, noun := range slices.Backward(n.nouns) {
		if strings.HasSuffix(noun, head) && noun != head && head != "" {
			return unacted(noun)
		}
	}
	sum := slices.Contains(sums, head) || slices.Contains(sums, whole)
	switch {
	case same && sum && n.last.noun != "" && !slices.Contains(sums, n.last.noun):
		return ownerOf(n.last.noun, head)
	case sum && n.heading(s.clause) != "":
		return n.heading(s.clause)
	case same && n.owned && n.topic() != "":
		return n.topic()
	case same && n.last.noun != "" && !generic(n.last.noun):
		return ownerOf(n.last.noun, head)
	case n.topic() != "":
		return n.topic()
	case sum && n.next() != "":
		return n.next()
	case n.field != "":
		return n.field
	}
	return ""
}

// heading is what the item's own heading, a sentence in front of the clause, is about.
func (n *namer) heading(c *clause) string {
	s := n.segment
	if c.a == s.content || s.title == s.theme || s.title == s.section || len(s.levels) < 4 || s.levels[3] == 0 {
		return ""
	}
	t := topicOf(s.title)
	if suffixOf(t, []string{"工程", "项目", "行动", "计划", "试点", "制度"}) == "" {
		return ""
	}
	return t
}

// ownerOf cuts the measure off a noun: 国有资产总额 → 国有资产, 铁路项目 for 项目.
func ownerOf(noun, head string) string {
	if strings.HasSuffix(noun, head) {
		return noun
	}
	for _, w := range []string{
		"播种面积", "播面", "注册量", "解析量", "总产量", "产量", "总额", "总值", "营业收入", "营收", "收入", "总里程", "里程", "面积", "建设", "人数", "总投资", "投资", "增长", "数量", "总数",
	} {
		if t := strings.TrimSuffix(noun, w); t != noun && t != "" {
			return t
		}
	}
	return noun
}

// passClause takes the topic of a clause that promised no number.
func (n *namer) passClause(c *clause) {
	t := n.text[c.a:c.b]
	if field, ok := strings.CutSuffix(t, "方面"); ok && utf8.RuneCountInString(field) <= 6 {
		n.field = field
	}
	n.passed = append(n.passed, t)
}

// topic is what the sentence is about: the last of its clauses that says so.
func (n *namer) topic() string {
	for _, t := range slices.Backward(n.passed) {
		if t := topicOf(t); t != "" {
			return t
		}
	}
	return ""
}

// abstract nouns are no topic.
var abstract = []string{"协作", "合作", "作用", "水平", "能力", "力度", "步伐", "优势", "问题", "需求", "环境", "文章", "机遇", "基础", "潜力", "活力", "动力", "拉动力", "驱动力", "格局"}

// topicOf returns what a clause without numbers is about.
func topicOf(t string) string {
	t = trimLead(t)
	if i := lastAndSo(t); i >= 0 && i+len("等") < len(t) {
		t = t[i+len("等"):]
	}
	if i := strings.LastIndex(t, "的"); i >= 0 {
		t = t[i+len("的"):]
	}
	t = strings.TrimSuffix(t, "方面")
	for _, v := range []string{"扩大", "支持", "推动", "抓好", "推进", "加强", "建设", "发展", "培育", "实施", "开展", "深度融入", "积极融入", "融入"} {
		if rest := strings.TrimPrefix(t, v); rest != t && utf8.RuneCountInString(rest) >= 2 {
			t = rest
		}
	}
	if n := utf8.RuneCountInString(t); n < 2 || n > 18 || suffixOf(t, abstract) != "" {
		return ""
	}
	return t
}
