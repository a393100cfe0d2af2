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
	units   []string      // theirs
	pre     string        // words in front of the quantity before
	owned   bool          // the last metric took the topic in front
	within  named         // what 其中 divides
}

// growthWords end a metric that is a rate of growth.
var growthWords = newWords("增长率", "增长", "增速", "增幅", "降幅", "提高", "下降", "降低", "提升", "增加", "减少", "递增", "上升", "压减", "削减", "压缩", "上涨", "涨幅", "回落", "缩小")

// nameOf returns the metric of an accepted quantity and remembers it.
func (n *namer) nameOf(s setting) named {
	pre, post := n.words(s)
	switch {
	case !strings.HasPrefix(strings.TrimLeft(s.before, "、"), "其中"):
		if leadAdverbs.prefix(s.before) != "" {
			n.within = named{} // 其中 does not reach behind 继续, 同时
		}
	case n.within == (named{}):
		n.within = n.last
	}
	m := n.compose(s, pre, post)
	if n.within != (named{}) && s.q.unit == n.unit {
		m = n.part(s, pre, post, m)
	}
	if m.noun == "" && m.verb == "" {
		m = n.last
	}
	m = n.modified(s, m.smooth())
	n.last, n.unit, n.clause = m, s.q.unit, s.clause
	n.nouns, n.units = append(n.nouns, m.noun), append(n.units, s.q.unit)
	return m
}

// modified gives a rate the base that the one before it in the list has: 万元GDP水耗下降
// 12%、电耗下降7%.
func (n *namer) modified(s setting, m named) named {
	if !s.listed || s.q.kind != proportion || n.clause != s.clause || m.verb != "" {
		return m
	}
	base := firstOf(n.last.noun, []string{"万元GDP", "单位GDP", "万元生产总值", "单位生产总值", "单位地区生产总值", "万元地区生产总值"})
	if base != "" && !strings.HasPrefix(m.noun, base) && utf8.RuneCountInString(m.noun) <= 6 {
		m.noun = base + m.noun
	}
	return m
}

// smooth drops what only compares from inside a name: 低保标准分别提高到每人每月.
func (m named) smooth() named {
	for _, w := range []string{"分别提高到", "提高到", "分别达到", "达到", "控制在", "不低于", "不少于", "分别"} {
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
	pre = strings.TrimSuffix(cutEnumeration(withoutPlace(trimLead(cutDate(pre)))), "的")
	post = strings.Trim(s.post, "、")
	if closes(post) || goesOn(post) {
		post = ""
	}
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
	i := lastAndSo(pre)
	if i < 0 {
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
		if w == "" || len(w) == len(t) && leadVerb(t) != "" || notCompared.suffix(t) != "" {
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
	if s.q.kind == proportion && verb == "绿化" {
		verb = "" // 绿化覆盖率, 绿化率
	}
	m := named{verb: verb, noun: strings.TrimPrefix(pre, verb) + shortened(post)}
	if verb == "" {
		if v := deliveryVerbs.suffix(pre); v != "" && post == "" && s.q.kind != proportion && s.q.kind != points {
			m = named{verb: v, noun: strings.TrimSuffix(pre, v), after: true}
		}
	}
	switch {
	case m.noun == "" && m.verb != "" && s.q.kind == people && strings.HasPrefix(n.unit, "元"):
		return named{noun: strings.TrimSuffix(n.purpose(s.clause), m.verb) + m.verb + "人数"}
	case m.noun == "" && m.verb != "":
		return n.sharedNoun(m, s.q.unit, s.clause)
	case growthOnly(m.noun) || m.noun == "" || post == "" && growthOnly(pre):
		return named{noun: n.subject() + growthOf(m.String())}
	case strings.HasPrefix(pre, "占") && n.clause != nil && n.clause.no == s.clause.no:
		return named{noun: n.subject() + pre}
	}
	if m.verb == "" && n.sharesVerb(s, pre) {
		m.verb = n.last.verb
	}
	return n.specific(s, m)
}

// withoutPlace drops the words that say where or about what something is done from in
// front of its verb: 在中心城区建设 → 建设, 围绕重点领域开展 → 开展.
func withoutPlace(pre string) string {
	w := firstOf(pre, []string{"在", "围绕", "按照", "依托", "针对"})
	if w == "" {
		return pre
	}
	for i := len(w); i < len(pre); {
		_, size := decode(pre, i)
		if v := deliveryVerbs.longest(pre[i:]); i > len(w)+size && len(v) > size && notVerbs.prefix(pre[i:]) == "" && pre[i:] != v+"项目" {
			return pre[i:]
		}
		i += size
	}
	return pre
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

// complete verbs bring their object along.
var complete = []string{"植树", "造林", "绿化", "转移就业", "脱贫"}

// purpose is what the sum of money in front of it in the sentence is for, "" without one.
func (n *namer) purpose(c *clause) string {
	if n.clause == nil || n.clause.no != c.no || len(n.nouns) == 0 {
		return ""
	}
	t := n.nouns[0]
	if w := lastOf(t, sums); w != "" {
		return strings.TrimSuffix(t, w)
	}
	return ""
}

// sharedNoun completes a bare verb: 新建中小学32所、改扩建16所.
func (n *namer) sharedNoun(m named, unit string, clause *clause) named {
	if slices.Contains(complete, m.verb) {
		return m
	}
	if noun := n.countedIn(unit); unit != n.unit && noun != "" {
		return named{verb: m.verb, noun: noun}
	}
	if topic := n.topic(); n.last.noun == "" || topic != "" && n.clause != nil && n.clause.no != clause.no {
		return named{verb: m.verb, noun: topic}
	}
	return named{verb: m.verb, noun: unacted(n.last.noun), after: n.last.after}
}

// countedIn returns what the sentence last counted in the unit, "" for nothing.
func (n *namer) countedIn(unit string) string {
	for i := len(n.nouns) - 1; i >= 0; i-- {
		if n.units[i] == unit {
			return unacted(n.nouns[i])
		}
	}
	return ""
}

// unacted drops what is done to a thing from in front of it: 实施项目 → 项目.
func unacted(noun string) string {
	for _, w := range []string{"推进", "实施", "谋划", "组织"} {
		if t := strings.TrimPrefix(noun, w); t != noun && utf8.RuneCountInString(t) >= 2 {
			return t
		}
	}
	return noun
}

// sharesVerb reports whether a bare noun continues the list that a verb opened.
func (n *namer) sharesVerb(s setting, pre string) bool {
	if n.last.verb == "" || n.last.after || s.q.kind == proportion || s.q.kind == points {
		return false
	}
	if s.clause == n.clause {
		return s.listed && deliveryVerbs.suffix(pre) == ""
	}
	if n.clause == nil || n.clause.no != s.clause.no || strings.Contains(n.text[n.clause.b:s.clause.a], "；") || strings.Contains(pre, "新") {
		return false
	}
	if s.q.unit == n.unit && pre == "" && s.post != "" {
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

// part names a share of the whole that 其中 divides.
func (n *namer) part(s setting, pre, post string, m named) named {
	own := strings.TrimPrefix(pre, "其中") + post
	whole := n.within.String()
	if t, ok := strings.CutSuffix(own, "的"); ok || post == "" && strings.HasPrefix(own, "过") {
		return named{noun: replaceThreshold(whole, t)}
	}
	if commonTail(own, whole) >= 2 && n.within.verb != "" {
		return named{verb: n.within.verb, noun: strings.TrimPrefix(own, n.within.verb)}
	}
	if n.within.verb != "" && own != "" && s.q.kind != money && s.q.kind != proportion && lastOf(own, []string{"层面", "级", "类", "区", "市", "县", "方面"}) == "" && utf8.RuneCountInString(own) <= 8 && leadVerb(own) == "" {
		return named{verb: n.within.verb, noun: own}
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
		n.units = n.units[:0]
	}
}
