package report

import (
	"strings"
	"unicode/utf8"

	"duban/plan"
)

// nextCounted returns the quantity behind j that does not describe what j counts, as
// 1500米以上 does in 100所海拔1500米以上学校 and 30亿元 in 70个30亿元以上项目.
func nextCounted(text string, c *clause, j int) int {
	k := j + 1
	if k >= len(c.qs) || c.qs[j].kind != things {
		return k
	}
	next, gap := &c.qs[k], text[c.qs[j].end:c.qs[k].a]
	if gap == "" && next.kind == money || strings.Trim(gap, "、和及") == gap && isThreshold(plainSetting(text, c, k)) {
		return k + 1
	}
	return k
}

// plainSetting is the setting of quantity j between its neighbours.
func plainSetting(text string, c *clause, j int) setting {
	q := &c.qs[j]
	s := setting{q: q, clause: c, index: j, before: text[c.a:q.a], tail: text[q.end:c.b]}
	_, s.pre, s.listed = between(text[c.qs[j-1].end:q.a])
	s.post = s.tail
	if j+1 < len(c.qs) {
		s.post, _, _ = between(text[q.end:c.qs[j+1].a])
	}
	return s
}

// spends reports whether a sum of money is followed by what it is spent on: 投资500万元
// 硬化道路.
func spends(s setting) bool {
	if s.q.kind != money || suffixOf(s.pre, []string{"投资", "投入", "投入资金", "筹集资金", "筹措资金", "安排资金", "争取资金", "整合资金"}) == "" {
		return false
	}
	verb := leadVerb(s.post)
	return utf8.RuneCountInString(verb) >= 2 && !strings.HasPrefix(s.post[len(verb):], "的")
}

// dimension reports whether the quantity only says how long or wide a thing is.
func dimension(s setting) bool {
	switch trimComparator(s.pre) {
	case "长", "宽", "高", "深", "厚", "路宽", "全长", "总长", "占地", "占地面积":
		return s.q.kind == physical
	}
	return false
}

// isPlace reports whether the quantity only says where what the next one counts is done:
// 在8个县建设基地6万亩.
func isPlace(s setting) bool {
	if !strings.HasPrefix(trimLead(s.before), "在") || s.q.kind != things || s.index+1 >= len(s.clause.qs) {
		return false
	}
	return lastVerb(s.post) > 0 && !strings.Contains(s.post, "、")
}

// enumerated reports whether the quantity names one of the things in front of 等N个.
func enumerated(s setting) bool {
	i := andSo(s.tail)
	if i >= 0 && s.q.kind == things && s.post == "" && !endsInVerb(s.pre) {
		return false
	}
	if i >= 0 && s.index+1 < len(s.clause.qs) && !strings.Contains(s.tail[:i], "的") {
		return s.q.kind == physical || s.q.kind == things || s.q.kind == people || s.q.kind == money
	}
	if i < 0 || s.q.kind != physical && s.q.kind != money {
		return false
	}
	return hasPrefixAny(s.tail[i:], "等项目", "等工程", "等重点", "等一批", "等重大", "等企业") && !endsInVerb(s.pre)
}

// isThreshold reports whether the quantity describes what is counted and is not the
// count: 过50亿元的产业集群, 投资10亿元以上的项目, 总投资60亿元的.
func isThreshold(s setting) bool {
	if next := s.index + 1; s.post == "" && next < len(s.clause.qs) && s.clause.qs[next].unit == s.q.unit && suffixOf(s.pre, []string{"过", "超", "超过"}) != "" {
		s.post = s.tail[s.clause.qs[next].end-s.q.end:]
	}
	if bareThreshold(s) {
		return true
	}
	if s.post == "" || closes(s.post) || s.q.kind == proportion || s.q.kind == points {
		return false
	}
	if strings.HasPrefix(s.post, "级") {
		return true
	}
	if base := trimComparator(s.pre); base != s.pre && endsInVerb(base) {
		return false
	}
	if spends(s) {
		return false
	}
	if suffixOf(s.pre, []string{"过", "超", "超过", "投资额", "总投资", "投资", "收入", "产值", "年产", "日处理", "容量", "金额", "规模", "人均", "不足", "低于", "近"}) != "" && s.q.kind != things {
		return true
	}
	if s.q.kind == money && hasPrefixAny(strings.TrimPrefix(s.post, "的"), "项目", "企业", "产业", "工业", "集群", "园区", "级", "重大", "重点", "大", "一批", "农产品") {
		return true
	}
	if strings.HasPrefix(s.post, "的") {
		return !planned(s) && !endsInVerb(s.pre) && !list(s)
	}
	if s.q.bound == plan.AtLeast || s.q.bound == plan.AtMost {
		return !list(s) && !counted(s)
	}
	return false
}

// bareThreshold reports whether a sum of at least or at most so much stands right in front of
// a count, without what is counted: 其中50亿元以上5个.
func bareThreshold(s setting) bool {
	next := s.index + 1
	if s.q.kind != money || s.q.bound != plan.AtLeast && s.q.bound != plan.AtMost || next >= len(s.clause.qs) {
		return false
	}
	q := &s.clause.qs[next]
	return q.kind == things && q.a == s.q.end
}

// counted reports whether a number of at least or at most so many is what a verb does, as
// it is for things and persons (建设5家以上); households may be the size of a village
// (实施20户以上村村通), so that only few verbs count them.
func counted(s setting) bool {
	if s.q.kind == things || s.q.kind == people && s.q.unit != "户" && s.q.unit != "人" {
		return endsInVerb(s.pre)
	}
	return suffixOf(s.pre, countingVerbs) != ""
}

// planned reports whether the quantity is the size of a task: 完成16.9万平方米的绿化任务.
func planned(s setting) bool {
	return suffixOf(s.post, []string{"任务", "计划", "目标"}) != "" && leadVerb(trimLead(s.before)) != ""
}

// countingVerbs take a number with 以上 as what they count: 实现5家以上企业入驻, but not
// 实施20户以上村村通.
var countingVerbs = []string{"新增", "新建", "新建改建", "改造", "引进", "培育", "培训", "实现", "完成", "举办", "打造", "建成", "发展", "创建", "资助", "转移", "发放", "建设", "压减", "招聘", "新认定", "开展"}

// list reports whether the quantity goes on with a list behind a delivery verb.
func list(s setting) bool { return s.listed && leadVerb(trimLead(s.before)) != "" && s.pre == "" }
