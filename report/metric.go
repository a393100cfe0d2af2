package report

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// named is what a quantity measures, taken apart: 新增|家庭农场, 棚户区改造|新开工.
type named struct {
	verb  string
	noun  string
	after bool // the verb stands behind the noun
}

func (n named) String() string {
	if n.after {
		return n.noun + n.verb
	}
	return n.verb + n.noun
}

// namer gives quantities their metrics; it remembers what clauses share: verbs, nouns,
// subjects, the topic of the sentence.
type namer struct {
	text    string
	segment *segment
	last    named  // metric of the target before
	unit    string // its unit
	clause  *clause
	passed  []string      // clauses of the sentence that promised no number
	field   string        // X of X方面, until the next
	next    func() string // what the clause behind is about
	nouns   []string      // of the targets of this sentence
	pre     string        // words in front of the quantity before
	owned   bool          // the last metric took the topic in front
	within  named         // what 其中 divides
}

// growthWords end a metric that is a rate of growth.
var growthWords = newWords("增长", "增速", "增幅", "提高", "下降", "降低", "提升", "增加", "减少", "递增", "上升", "压减", "削减", "压缩", "上涨", "涨幅", "回落", "缩小")

// genericHeads mean nothing without the thing that they belong to.
var genericHeads = []string{
	"重点项目建设", "项目建设", "重点项目", "项目", "重点企业", "企业", "基地", "总规模", "规模", "完成投资", "投资", "营收", "营业收入", "主营业务收入", "产值", "总产值",
	"产量", "总产量", "总投资", "资金", "人数", "总数", "总里程", "里程", "筹措资金", "筹集资金", "到位资金", "覆盖率", "普及率", "达标率", "合格率", "总量", "数量", "面积", "比例", "占比",
	"解析量", "注册量", "补助标准", "补助水平", "参保率", "示范点", "示范企业", "项目资金", "企业入驻", "资助", "奖励",
}

// sums are the generic heads that say only that money is spent.
var sums = []string{"筹措资金", "筹集资金", "投资", "投入", "安排资金", "完成投资", "总投资", "资金"}

// nameOf returns the metric of an accepted quantity and remembers it.
func (n *namer) nameOf(s setting) named {
	pre, post := n.words(s)
	if strings.HasPrefix(strings.TrimLeft(s.before, "、"), "其中") && n.within == (named{}) {
		n.within = n.last
	}
	m := n.compose(s, pre, post)
	if n.within != (named{}) && s.q.unit == n.unit {
		m = n.part(pre, post, m)
	}
	if m.noun == "" && m.verb == "" {
		m = n.last
	}
	m = m.smooth()
	n.last, n.unit, n.clause = m, s.q.unit, s.clause
	n.nouns = append(n.nouns, m.noun)
	return m
}

// smooth drops what only compares from inside a name: 低保标准分别提高到每人每月.
func (m named) smooth() named {
	for _, w := range []string{"分别提高到", "提高到", "分别达到", "达到", "控制在", "分别"} {
		if i := strings.Index(m.noun, w); i > 0 {
			m.noun = m.noun[:i] + m.noun[i+len(w):]
		}
	}
	return m
}

// words trims what stands before and behind the quantity to what names it.
func (n *namer) words(s setting) (pre, post string) {
	pre = dropSum(s.pre)
	if s.pre == "" && s.listed && s.q.unit != n.unit && n.clause == s.clause {
		pre = n.pre
	}
	n.pre = pre
	if w := lastOf(pre, []string{"以及", "和", "及", "与"}); w != "" && lastOf(pre, reaching) == "" {
		pre = leadVerb(trimLead(pre))
	}
	if i := max(strings.LastIndex(pre, "从"), strings.LastIndex(pre, "由")); i > 0 && s.index > 0 && strings.ContainsAny(pre[i:], "0123456789") {
		pre = pre[:i]
	}
	pre = strings.TrimSuffix(cutEnumeration(trimLead(cutDate(pre))), "的")
	post = strings.Trim(s.post, "、")
	post = strings.TrimPrefix(post, "的")
	if s.index+1 < len(s.clause.qs) && !strings.Contains(post, "的") {
		post += n.sharedTail(s)
	}
	post = strings.TrimSuffix(strings.TrimSuffix(post, "的目标"), "任务")
	if i := strings.Index(post, "的"); i > 0 && s.index+1 < len(s.clause.qs) {
		post = post[:i] + post[i+len("的"):]
	}
	return trimComparator(pre), post
}

// dropSum leaves out 总投资60亿元的 in front of what is counted.
func dropSum(pre string) string {
	for _, w := range []string{"总投资", "投资额", "投资"} {
		i := strings.Index(pre, w)
		if i < 0 {
			continue
		}
		if j := strings.Index(pre[i:], "元的"); j > 0 && strings.ContainsAny(pre[i:i+j], "0123456789") {
			return pre[:i] + pre[i+j+len("元的"):]
		}
	}
	return pre
}

// cutDate drops 到2017年底前 from the start of a clause.
func cutDate(pre string) string {
	if !hasAny(pre, "到", "至", "20", "在") {
		return pre
	}
	for _, w := range []string{"年底前", "年末", "年底", "年前", "月底前", "年内"} {
		if i := strings.Index(pre, w); i >= 0 && i < 24 {
			return strings.TrimPrefix(pre[i+len(w):], "，")
		}
	}
	return pre
}

// sharedTail returns 建设改造 of "12条道路、20条配套道路的建设改造任务".
func (n *namer) sharedTail(s setting) string {
	lastQ := s.clause.qs[len(s.clause.qs)-1]
	tail := n.text[lastQ.end:s.clause.b]
	if i := strings.LastIndex(tail, "的"); i > 0 && s.post != "" && strings.HasSuffix(tail, "任务") {
		return strings.TrimSuffix(tail[i+len("的"):], "任务")
	}
	return ""
}

// cutEnumeration drops the examples in front of 等: 实施落马桥等 → 实施.
func cutEnumeration(pre string) string {
	i := strings.LastIndex(pre, "等")
	if i < 0 || strings.HasPrefix(pre[i:], "等级") {
		return pre
	}
	verb := leadVerb(pre[:i])
	rest := strings.TrimLeft(pre[i+len("等"):], "地在内的")
	return verb + rest
}

// trimComparator drops 达到, 控制在 and the like from the end of a subject.
func trimComparator(pre string) string {
	for {
		t := strings.TrimRight(pre, "、了")
		w := comparators.suffix(t)
		if w == "" || len(w) == len(t) && leadVerb(t) != "" {
			return t
		}
		pre = strings.TrimSuffix(t, w)
	}
}

// compose joins what stands before and behind the quantity, and fills in what the clause
// shares with the one before.
func (n *namer) compose(s setting, pre, post string) named {
	if slices.Contains(sums, pre) {
		return n.specific(s, named{noun: pre + post})
	}
	if w := firstOf(pre, reaching); w == pre && w != "" && s.post == "" {
		return named{noun: n.last.String() + w}
	}
	verb := leadVerb(pre)
	m := named{verb: verb, noun: strings.TrimPrefix(pre, verb) + shortened(post)}
	if verb == "" {
		if v := deliveryVerbs.suffix(pre); v != "" && post == "" && s.q.kind != proportion && s.q.kind != points {
			m = named{verb: v, noun: strings.TrimSuffix(pre, v), after: true}
		}
	}
	switch {
	case m.noun == "" && m.verb != "":
		return n.sharedNoun(m)
	case growthOnly(m.noun) || m.noun == "":
		return named{noun: n.subject() + growthOf(m.String())}
	}
	if m.verb == "" && n.sharesVerb(s, pre) {
		m.verb = n.last.verb
	}
	return n.specific(s, m)
}

// shortened drops a long relative clause in front of the thing counted.
func shortened(post string) string {
	i := strings.LastIndex(post, "的")
	limit := 14
	if hasAny(post, "在", "能", "于") {
		limit = 8
	}
	if i < 0 || utf8.RuneCountInString(post[:max(i, 0)]) <= limit || utf8.RuneCountInString(post[i:]) < 4 {
		return post
	}
	return post[i+len("的"):]
}

// sharedNoun completes a bare verb: 新建中小学32所、改扩建16所.
func (n *namer) sharedNoun(m named) named {
	if n.last.noun == "" {
		return named{verb: m.verb, noun: n.topic()}
	}
	return named{verb: m.verb, noun: n.last.noun, after: n.last.after}
}

// sharesVerb reports whether a bare noun continues the list that a verb opened.
func (n *namer) sharesVerb(s setting, pre string) bool {
	if n.last.verb == "" || n.last.after || s.q.kind == proportion || s.q.kind == points {
		return false
	}
	if s.clause == n.clause {
		return s.listed && deliveryVerbs.suffix(pre) == ""
	}
	if s.q.unit == n.unit && pre == "" && s.post != "" && n.clause != nil && n.clause.no == s.clause.no {
		return true
	}
	return s.q.unit == n.unit && trimComparator(s.pre) == strings.TrimRight(s.pre, "、") && utf8.RuneCountInString(pre) <= 6 && pre != "" && s.post == "" && deliveryVerbs.suffix(pre) == "" && !generic(pre)
}

// subject returns what the last metric was about, without its rate of growth.
func (n *namer) subject() string {
	t := n.last.String()
	if w := growthWords.suffix(t); w != "" {
		t = strings.TrimSuffix(t, w)
	}
	return strings.TrimSuffix(t, "年均")
}

// growthOnly reports whether words are a rate without a subject: 比上年增长, 同比提高.
func growthOnly(t string) bool {
	for _, w := range []string{"比上年", "比去年", "较上年", "较去年", "同比", "同口径", "较年初", "比年初", "分别", "均", "实际", "年均", "可比", "按可比口径", "按可比价格计算"} {
		t = strings.TrimPrefix(t, w)
	}
	return t != "" && growthWords.prefix(t) == t
}

func growthOf(t string) string {
	w := growthWords.suffix(t)
	if strings.Contains(t, "年均") {
		return "年均" + w
	}
	return w
}

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
		m.noun = strings.TrimPrefix(m.noun, w)
	}
	bare, whole := m.noun, m.String()
	if s.q.kind == proportion && m.verb == "覆盖" && n.last.noun != "" {
		return named{noun: n.last.noun + whole}
	}
	if m, ok := n.headed(m); ok {
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
	own := bare == "改造" || bare == "建设" || bare == "绿化"
	if !own && !strings.HasSuffix(bare, "项目") {
		return m, false
	}
	topic := topicOf(n.segment.title)
	_, first := utf8.DecodeRuneInString(bare)
	_, second := utf8.DecodeRuneInString(bare[first:])
	if i := strings.LastIndex(topic, bare[:first+second]); i > 0 && bare[:first+second] != "项目" && bare[:first+second] != "重点" {
		m.noun = topic[:i] + bare
		return m, true
	}
	if own && topic != "" {
		m.noun = strings.TrimSuffix(strings.TrimSuffix(topic, "工程"), "建设") + bare
	}
	return m, own
}

// exampled keeps the examples of a generic noun that nothing else explains: 产业园等重点项目.
func (n *namer) exampled(s setting, m named) named {
	pre := trimLead(s.pre)
	if i := strings.LastIndex(pre, "等"); i > 0 && utf8.RuneCountInString(pre) <= 16 {
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
			return noun
		}
	}
	switch {
	case same && n.owned && n.topic() != "":
		return n.topic()
	case same && n.last.noun != "" && !generic(n.last.noun):
		return ownerOf(n.last.noun, head)
	case n.topic() != "":
		return n.topic()
	case (slices.Contains(sums, head) || slices.Contains(sums, whole)) && n.next() != "":
		return n.next()
	case n.field != "":
		return n.field
	}
	return ""
}

// ownerOf cuts the measure off a noun: 国有资产总额 → 国有资产, 铁路项目 for 项目.
func ownerOf(noun, head string) string {
	if strings.HasSuffix(noun, head) {
		return noun
	}
	for _, w := range []string{
		"播种面积", "播面", "注册量", "解析量", "总产量", "产量", "总额", "总值", "营业收入", "营收", "收入", "总里程", "里程", "面积", "建设", "人数", "投资", "增长", "数量", "总数",
	} {
		if t := strings.TrimSuffix(noun, w); t != noun && t != "" {
			return t
		}
	}
	return noun
}

// part names a share of the whole that 其中 divides.
func (n *namer) part(pre, post string, m named) named {
	own := strings.TrimPrefix(pre, "其中") + post
	whole := n.within.String()
	if t, ok := strings.CutSuffix(own, "的"); ok || post == "" && strings.HasPrefix(own, "过") {
		return named{noun: replaceThreshold(whole, t)}
	}
	if commonTail(own, whole) >= 2 && n.within.verb != "" {
		return named{verb: n.within.verb, noun: strings.TrimPrefix(own, n.within.verb)}
	}
	if utf8.RuneCountInString(own) <= 8 && !strings.HasSuffix(whole, own) && leadVerb(own) == "" {
		return named{noun: own + whole}
	}
	return m
}

// replaceThreshold puts 过100亿元 in the place of 过50亿元 in the name of the whole.
func replaceThreshold(whole, own string) string {
	i := strings.Index(whole, "的")
	if i < 0 {
		return own + "的" + whole
	}
	first, size := utf8.DecodeRuneInString(own)
	if k := strings.LastIndex(whole[:i], string(first)); k >= 0 && size > 0 {
		return whole[:k] + own + whole[i:]
	}
	return own + whole[i:]
}

// newClause is called for every clause: topics live as long as their sentence.
func (n *namer) newClause(sentence bool) {
	if sentence {
		n.passed, n.within, n.owned, n.nouns = n.passed[:0], named{}, false, n.nouns[:0]
	}
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
	if i := strings.LastIndex(t, "等"); i >= 0 && i+len("等") < len(t) {
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
	if n := utf8.RuneCountInString(t); n < 2 || n > 18 || lastOf(t, abstract) != "" {
		return ""
	}
	return t
}
