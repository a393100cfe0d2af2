package report

import (
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
	topic   string // what the sentence is about
	within  named  // what 其中 divides
	pairs   []string
}

// growthWords end a metric that is a rate of growth.
var growthWords = []string{"增长", "增速", "增幅", "提高", "下降", "降低", "提升", "增加", "减少", "递增", "上升", "压减", "削减", "压缩", "上涨", "涨幅", "回落", "缩小"}

// genericHeads mean nothing without the thing that they belong to.
var genericHeads = []string{
	"重点项目建设", "项目建设", "重点项目", "项目", "重点企业", "企业", "基地", "总规模", "规模", "完成投资", "投资", "营收", "营业收入", "主营业务收入", "产值", "总产值",
	"产量", "总产量", "总投资", "资金", "人数", "总数", "总里程", "里程", "筹措资金", "筹集资金", "到位资金", "覆盖率", "普及率", "达标率", "合格率", "总量", "数量", "面积", "比例", "占比",
	"解析量", "注册量", "补助标准", "补助水平", "参保率", "示范点", "示范企业",
}

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
	n.last, n.unit, n.clause = m, s.q.unit, s.clause
	return m
}

// words trims what stands before and behind the quantity to what names it.
func (n *namer) words(s setting) (pre, post string) {
	pre = cutEnumeration(trimLead(s.pre))
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
		t := strings.TrimRight(pre, "、")
		w := lastOf(t, comparators)
		if w == "" || len(w) == len(t) && leadVerb(t) != "" {
			return t
		}
		pre = strings.TrimSuffix(t, w)
	}
}

// compose joins what stands before and behind the quantity, and fills in what the clause
// shares with the one before.
func (n *namer) compose(s setting, pre, post string) named {
	verb := leadVerb(pre)
	m := named{verb: verb, noun: strings.TrimPrefix(pre, verb) + post}
	if verb == "" {
		if v := lastOf(pre, deliveryVerbs); v != "" && post == "" && s.q.kind != proportion && s.q.kind != points {
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

// sharedNoun completes a bare verb: 新建中小学32所、改扩建16所.
func (n *namer) sharedNoun(m named) named {
	if n.last.noun == "" {
		return named{verb: m.verb, noun: n.topic}
	}
	return named{verb: m.verb, noun: n.last.noun, after: n.last.after}
}

// sharesVerb reports whether a bare noun continues the list that a verb opened.
func (n *namer) sharesVerb(s setting, pre string) bool {
	if n.last.verb == "" || n.last.after || s.q.kind == proportion || s.q.kind == points {
		return false
	}
	if s.clause == n.clause {
		return s.listed && lastOf(pre, deliveryVerbs) == ""
	}
	return s.q.unit == n.unit && utf8.RuneCountInString(pre) <= 6 && pre != "" && s.post == "" && lastOf(pre, deliveryVerbs) == "" && !generic(pre)
}

// subject returns what the last metric was about, without its rate of growth.
func (n *namer) subject() string {
	t := n.last.String()
	if w := lastOf(t, growthWords); w != "" {
		t = strings.TrimSuffix(t, w)
	}
	return strings.TrimSuffix(t, "年均")
}

// growthOnly reports whether words are a rate without a subject: 比上年增长, 同比提高.
func growthOnly(t string) bool {
	for _, w := range []string{"比上年", "比去年", "较上年", "较去年", "同比", "同口径", "较年初", "比年初", "分别", "均", "实际", "年均", "可比", "按可比口径", "按可比价格计算"} {
		t = strings.TrimPrefix(t, w)
	}
	for _, w := range growthWords {
		if t == w {
			return true
		}
	}
	return false
}

func growthOf(t string) string {
	w := lastOf(t, growthWords)
	if strings.Contains(t, "年均") {
		return "年均" + w
	}
	return w
}

func generic(noun string) bool {
	for _, g := range genericHeads {
		if noun == g {
			return true
		}
	}
	return false
}

// specific puts the topic in front of a noun that means nothing alone.
func (n *namer) specific(s setting, m named) named {
	bare := strings.TrimPrefix(m.noun, "共")
	whole := m.String()
	if s.q.kind == proportion && m.verb == "覆盖" && n.last.noun != "" {
		return named{noun: n.last.noun + whole}
	}
	if !generic(bare) && !generic(whole) {
		return m
	}
	topic := n.topicFor(s, bare)
	if topic == "" || strings.Contains(topic, bare) && n.clause != nil {
		if strings.HasSuffix(topic, bare) {
			m.noun = topic
		}
		return m
	}
	if generic(whole) {
		return named{noun: topic + whole}
	}
	m.noun = topic + bare
	return m
}

// topicFor finds what a generic noun belongs to: the target before it in the sentence,
// the clause before it, the sentence's topic.
func (n *namer) topicFor(s setting, head string) string {
	if n.clause != nil && n.clause.no == s.clause.no && n.last.noun != "" && !generic(n.last.noun) {
		return ownerOf(n.last.noun, head)
	}
	return n.topic
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
func (n *namer) newClause(c *clause, sentence bool) {
	if sentence {
		n.topic, n.within, n.pairs = "", named{}, nil
	}
	if len(c.qs) == 0 {
		if t := topicOf(n.text[c.a:c.b]); t != "" {
			n.topic = t
		}
	}
}

// topicOf returns what a clause without numbers is about.
func topicOf(t string) string {
	t = trimLead(t)
	if i := strings.LastIndex(t, "等"); i >= 0 && i+len("等") < len(t) {
		t = t[i+len("等"):]
	}
	t = strings.TrimSuffix(t, "方面")
	for _, v := range []string{"建设", "发展", "培育", "推进", "抓好", "实施", "开展", "加强", "支持发展", "支持", "融入", "深度融入"} {
		if rest := strings.TrimPrefix(t, v); rest != t && utf8.RuneCountInString(rest) >= 2 {
			t = rest
			break
		}
	}
	if n := utf8.RuneCountInString(t); n < 2 || n > 18 {
		return ""
	}
	return t
}
