package report

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// modified gives a rate the base that the one before it in the list has: 万元GDP水耗下降
// 12%、电耗下降7%.
func (n *namer) modified(s setting, m named) named {
	if !s.listed || s.q.kind != proportion || n.clause != s.clause || m.verb != "" {
		return m
	}
	base := prefixOf(n.last.noun, []string{"万元GDP", "单位GDP", "万元生产总值", "单位生产总值", "单位地区生产总值", "万元地区生产总值"})
	if base != "" && !strings.HasPrefix(m.noun, base) && utf8.RuneCountInString(m.noun) <= 6 {
		m.noun = base + m.noun
	}
	return m
}

// complete verbs bring their object along.
var complete = []string{"植树", "造林", "绿化", "转移就业", "脱贫"}

// purpose is what the sum of money in front of it in the sentence is for, "" without one.
func (n *namer) purpose(c *clause) string {
	if n.clause == nil || n.clause.no != c.no || len(n.nouns) == 0 {
		return ""
	}
	t := n.nouns[0]
	if w := suffixOf(t, sums); w != "" {
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
	if topic := n.topic(); n.last.noun == "" || topic != "" && n.clause != nil && (n.clause.no != clause.no || unit != n.unit) {
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
	if levelled(s) {
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

// levels stand between a statistic and the level that it is to reach.
var levels = []string{"突破", "稳定在", "保持在", "控制在", "维持在"}

// levelled reports whether a number is the level of a statistic, which no verb delivers: 营收突破
// 千亿, 确保粮食播面143万亩.
func levelled(s setting) bool {
	name := trimComparator(s.pre)
	statistic := indicatorEnds.suffix(name) != "" || suffixOf(name, []string{"产量", "播面", "总产"}) != ""
	return statistic && (suffixOf(s.pre, levels) != "" || prefixOf(strings.TrimLeft(s.before, "、"), []string{"确保", "力争", "保持", "稳定"}) != "")
}

// part names a share of the whole that 其中 divides.
func (n *namer) part(s setting, pre, post string, m named) named {
	own := strings.TrimPrefix(pre, "其中") + post
	whole := n.within.String()
	if post == "" && suffixOf(own, []string{"元以上", "元以下"}) != "" {
		return named{verb: n.within.verb, noun: own + afterThreshold(n.within.noun)}
	}
	if t, ok := strings.CutSuffix(own, "的"); ok || post == "" && strings.HasPrefix(own, "过") {
		return named{noun: replaceThreshold(whole, t)}
	}
	if commonTail(own, whole) >= 2 && n.within.verb != "" {
		return named{verb: n.within.verb, noun: strings.TrimPrefix(own, n.within.verb)}
	}
	if n.within.verb != "" && own != "" && s.q.kind != money && s.q.kind != proportion && suffixOf(own, []string{"层面", "级", "类", "区", "市", "县", "方面"}) == "" && utf8.RuneCountInString(own) <= 8 && leadVerb(own) == "" {
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

// afterThreshold is what a sum describes in a name: 项目 of 总投资10亿元以上项目; the whole name
// where it holds none.
func afterThreshold(noun string) string {
	for _, w := range []string{"元以上的", "元以上", "元以下的", "元以下", "元的"} {
		if i := strings.Index(noun, w); i > 0 && i+len(w) < len(noun) {
			return noun[i+len(w):]
		}
	}
	return noun
}

// ranked gives a bare rank the thing that the rank before it in the list has: 国家级技术中心
// 10家、省级60家.
func (n *namer) ranked(s setting, m named) named {
	if !s.listed || n.clause != s.clause || !slices.Contains(ranks, m.noun) || !strings.HasSuffix(m.noun, "级") {
		return m
	}
	for _, w := range ranks {
		if _, thing, ok := strings.Cut(n.last.noun, w); ok && w != m.noun && thing != "" {
			m.noun += thing
			return m
		}
	}
	return m
}
