package report

import (
	"slices"
	"strings"
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
	if n.within != (named{}) && unitClass(s.q.unit) == unitClass(n.unit) {
		m = n.part(s, pre, post, m)
	}
	if m.noun == "" && m.verb == "" {
		m = n.last
	}
	m = n.modified(s, n.ranked(s, m.smooth()))
	n.last, n.unit, n.clause = m, s.q.unit, s.clause
	n.nouns, n.units = append(n.nouns, m.noun), append(n.units, s.q.unit)
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
	if w := suffixOf(pre, []string{"以及", "和", "及", "与"}); w != "" && suffixOf(pre, reaching) == "" {
		pre = leadVerb(trimLead(pre))
	}
	pre = cutOrigin(pre)
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
	post = withoutNextSum(s, post)
	if i := strings.Index(post, "的"); i > 0 && !strings.Contains(post[:i], "“") && s.index+1 < len(s.clause.qs) {
		post = post[:i] + post[i+len("的"):]
	}
	if s.q.kind == proportion {
		pre, post = n.standard(s, pre, post)
		post = withoutAll(post)
	}
	if slices.Contains([]string{"对", "把", "将"}, pre) {
		pre = ""
	}
	return trimComparator(pre), post
}

// standard gives every share of a list the noun behind the last: 居住建筑75%、公共建筑65%的节能
// 标准; 执行 says nothing of it.
func (n *namer) standard(s setting, pre, post string) (string, string) {
	last := s.clause.qs[len(s.clause.qs)-1]
	noun, ok := strings.CutPrefix(n.text[last.end:s.clause.b], "的")
	if !ok || !strings.HasSuffix(noun, "标准") {
		return pre, post
	}
	return strings.TrimPrefix(strings.TrimPrefix(pre, "执行"), "落实"), noun
}

// allOf are the ends of what 所有 and 全部 name.
var allOf = []string{"社区", "村庄", "村居", "乡镇", "县城", "园区", "企业", "学校", "医院", "村", "镇", "乡", "县"}

// withoutAll drops what stands beside the share of something else: 建制镇、所有农村新型社区污水处理
// 设施 of 70%建制镇、所有农村新型社区污水处理设施建成运营.
func withoutAll(post string) string {
	for _, w := range []string{"、所有", "、全部", "和所有", "和全部"} {
		i := strings.Index(post, w)
		if i < 0 {
			continue
		}
		named := post[i+len(w):]
		for _, end := range allOf {
			if j := strings.Index(named, end); j >= 0 && j <= len("一二三四五六七八") {
				return post[:i] + named[j+len(end):]
			}
		}
	}
	return post
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

// compose joins what stands before and behind the quantity, and fills in what the clause
// shares with the one before.
func (n *namer) compose(s setting, pre, post string) named {
	if slices.Contains(sums, pre) && spends(s) {
		return named{noun: shortened(post) + pre}
	}
	if slices.Contains(sums, pre) {
		return n.specific(s, named{noun: pre + post})
	}
	if w := prefixOf(pre, reaching); w == pre && w != "" && s.post == "" {
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
	case m.noun == "" && m.verb == "建成" && strings.Contains(s.pre, "基本建成"):
		m.verb = "基本建成" // counted apart from what is finished
		return n.sharedNoun(m, s.q.unit, s.clause)
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

// newClause is called for every clause: topics live as long as their sentence.
func (n *namer) newClause(sentence bool) {
	if sentence {
		n.passed, n.within, n.owned, n.nouns = n.passed[:0], named{}, false, n.nouns[:0]
		n.units = n.units[:0]
	}
}
