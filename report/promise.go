package report

import (
	"strings"
	"unicode/utf8"

	"duban/plan"
)

// setting is a quantity with the words around it inside its clause.
type setting struct {
	q      *quantity
	clause *clause
	index  int    // of q in the clause
	before string // from the clause's start to the quantity
	pre    string // from the quantity before it
	post   string // up to the quantity behind it
	tail   string // up to the clause's end
	listed bool   // the quantity before it stands in the same 、 list
}

// settingOf cuts the words around quantity j of a clause.
// last is the quantity before it that was accepted, -1 for none: one that was not is part
// of the words in front.
func settingOf(text string, c *clause, j, last int) setting {
	q := &c.qs[j]
	s := setting{q: q, clause: c, index: j, before: text[c.a:q.a], tail: text[q.end:c.b]}
	s.pre, s.post = s.before, s.tail
	if last >= 0 {
		_, s.pre, s.listed = between(text[c.qs[last].end:q.a])
	}
	if k := nextCounted(text, c, j); k < len(c.qs) {
		s.post, _, _ = between(text[q.end:c.qs[k].a])
	}
	return s
}

// reaching words count whom something serves: 惠及6200户.
var reaching = []string{"惠及", "涉及", "普及", "参与", "受益"}

// between divides the words between two quantities: at the last 、 outside brackets, at a
// closing 和; without either they belong to both.
func between(t string) (left, right string, listed bool) {
	if w := suffixOf(t, []string{"以及", "和", "及", "与", "或"}); w != "" && suffixOf(t, reaching) == "" {
		return strings.TrimSuffix(t, w), "", true
	}
	depth, cut := 0, -1
	for i, r := range t {
		switch r {
		case '(', '“', '《':
			depth++
		case ')', '”', '》':
			depth--
		case '、':
			if depth <= 0 {
				cut = i
			}
		}
	}
	if cut >= 0 {
		return t[:cut], t[cut+len("、"):], true
	}
	return t, t, false
}

// promised reports whether a quantity of a forward-looking clause is something that the
// government commits to reach, and not part of a name, a threshold, a property of a
// project or a fact.
func promised(s setting, year int) bool {
	q := s.q
	switch {
	case q.quoted, strings.HasPrefix(s.before, "提出"), isFact(s, year), isOrigin(s), isMeans(s), enumerated(s), isPlace(s), dimension(s):
		return false
	case q.kind == duration || q.unit == "天" && !containsAny(s.before, []string{"天数", "优良", "良好", "蓝天"}):
		return lasts(s)
	case q.kind == noUnit:
		return bareCount(s)
	case q.han && !q.doubled && q.kind != proportion && (q.kind == money || q.value.Cmp(plan.NewDecimal(20, 0)) < 0):
		return hanPromise(s)
	case isThreshold(s):
		return false
	case q.kind == proportion, q.kind == points, q.kind == times:
		return true
	}
	return s.post == "" || closes(s.post) || goesOn(s.post) || spends(s) || promisedNoun(s)
}

// goesOn reports whether the words behind a quantity begin another act: 发行债券20亿元并
// 纳入预算.
func goesOn(post string) bool {
	return strings.HasPrefix(post, "并") && !strings.HasPrefix(post, "并联")
}

// isMeans reports whether the clause only says by what or on what occasion: 以…为载体.
func isMeans(s setting) bool {
	t := s.before
	if strings.HasSuffix(t, "以") && strings.Contains(s.tail, "为") {
		return true
	}
	w := prefixOf(t, []string{"以", "依托", "围绕", "按照", "根据", "借助", "面对", "针对", "随着", "作为", "贯彻", "认真贯彻", "全力贯彻", "严格落实", "用好"})
	if w == "" || s.q.kind == proportion || s.q.kind == points {
		return false
	}
	if w == "以" {
		return strings.Contains(s.tail, "为")
	}
	return lastVerb(t[len(w):]) <= 0
}

// lastVerb returns where the last verb of delivery in t starts, -1 for none.
func lastVerb(t string) int {
	found := -1
	for i := 0; i < len(t); {
		_, size := decode(t, i)
		if w := deliveryVerbs.prefix(t[i:]); len(w) > size {
			found, size = i, len(w)
		}
		i += size
	}
	return found
}

// lasts reports whether the quantity is how long something lasts or may take: 人均预期寿命
// 达到78岁, 办理时间压缩到3个工作日以内.
func lasts(s setting) bool {
	return closes(s.post) && s.q.timed && (trimComparator(s.pre) != s.pre || s.q.bound != "")
}

// bareCount accepts 8.7万农村转移人口 and 突破500亿; other numbers without a unit promise
// nothing.
func bareCount(s setting) bool {
	if s.q.han {
		return closes(s.post) && compared(s.pre)
	}
	if closes(s.post) {
		return compared(s.pre) || s.q.bound != "" || measured(s.pre)
	}
	return headcount(s.post)
}

// headcount reports whether the words behind a bare number are people.
func headcount(post string) bool {
	return containsAny(post, []string{
		"人口", "居民", "群众", "农民", "职工", "学生", "老人", "儿童", "孕产妇", "群体", "对象", "劳动力", "毕业生", "人员", "农户", "贫困户", "移民", "党员", "干部", "市民", "妇女", "残疾人", "师生",
	})
}

func measured(pre string) bool {
	return suffixOf(strings.TrimRight(pre, "达到为约"), []string{"量", "额", "数", "收入", "营收", "规模", "产值", "人口"}) != ""
}

// compared reports whether words end in 达到, 突破 and the like.
func compared(pre string) bool {
	return suffixOf(pre, []string{"达到", "突破", "超过", "达", "超", "过", "增加到", "提高到", "到", "控制在", "稳定在", "保持在", "以内", "不低于"}) != ""
}

// hanPromise accepts Chinese numerals only where something is plainly to be delivered:
// 新增三项, not 四个全面.
func hanPromise(s setting) bool {
	if s.q.kind == money {
		return closes(s.post) && compared(s.pre)
	}
	if s.q.value.Cmp(plan.NewDecimal(2, 0)) < 0 || s.post == "" || closes(s.post) && !endsInVerb(s.pre) {
		return false
	}
	if hasPrefixAny(s.post, "方面", "环节", "层面", "阶段", "统一", "坚持", "结合", "意识", "自信", "维护", "全面", "大局", "关系", "体系", "原则", "问题", "中心", "严", "代表", "文明", "轮", "月", "关键", "转变", "必须", "更加", "着力", "突出", "确保", "一") {
		return false
	}
	pre := s.pre
	if suffixOf(pre, []string{"等"}) != "" {
		pre = leadVerb(trimLead(s.before))
	}
	return suffixOf(pre, []string{"新增", "新建", "建成", "新设", "引进", "新引进", "创建", "开工", "新开", "建设", "打造", "培育"}) != ""
}

// promisedNoun decides on a quantity with the thing counted behind it.
func promisedNoun(s setting) bool {
	pre := s.pre
	switch {
	case endsInVerb(pre), list(s), planned(s), s.index == 0 && (trimLead(pre) == "" || suffixOf(pre, []string{"力争", "确保", "争取", "推动", "支持", "实现", "目标为", "目标是", "任务为", "任务是"}) != ""):
		return true
	case s.q.kind == money && hasPrefixAny(s.post, "用于", "支持", "专项", "资金", "投入"):
		return suffixOf(s.pre, []string{"安排", "统筹", "投入", "筹集", "筹措", "拿出", "列支", "整合", "设立"}) != ""
	case s.q.kind == people && suffixOf(pre, []string{"为", "对", "给", "向", "组织"}) != "":
		return true
	case s.q.kind == physical || s.q.kind == money:
		return suffixOf(pre, []string{"今年", "全年", "年内", "任务", "目标"}) != "" && leadVerb(trimLead(s.before)) != ""
	case pre == "", pre == "对", pre == "在", pre == "使", pre == "让", pre == "为", pre == "与", pre == "把", pre == "将":
		return s.index == 0 || s.listed
	}
	if strings.HasSuffix(pre, "、") || strings.HasSuffix(pre, "和") || strings.HasSuffix(pre, "及") {
		return leadVerb(trimLead(s.before)) != ""
	}
	return leadVerb(trimLead(s.before)) != "" || suffixOf(pre, []string{"等", "的", "批", "使", "对", "在", "推动", "支持"}) != "" ||
		hasPrefixAny(s.before, "在", "对", "从", "为", "将", "继续对", "继续为") && utf8.RuneCountInString(pre) <= 6
}

// closes reports whether the words behind a quantity only close it.
func closes(post string) bool {
	t := strings.Trim(post, "、()和及与")
	switch t {
	case "", "大关", "关口", "台阶", "目标", "的目标", "任务", "水平":
		return true
	}
	return false
}

// endsInVerb reports whether words end in a verb of delivery or an adverb behind one.
func endsInVerb(pre string) bool {
	pre = strings.TrimRight(pre, "了约近共")
	w := deliveryVerbs.suffix(pre)
	return w != "" && w != "投资" && w != "覆盖" && w != "保障" && w != "确保"
}

// trimLead drops the adverbs in front of a clause.
func trimLead(t string) string {
	for {
		t = stripTime(strings.TrimLeft(t, "、和及与并"))
		w := ""
		if notLead.prefix(t) == "" {
			w = leadAdverbs.prefix(t)
		}
		if w == "" {
			w = verbAdverbs.prefix(t)
			if w != "" && deliveryVerbs.prefix(t[len(w):]) == "" {
				w = ""
			}
		}
		if w == "" || len(w) == len(t) {
			return t
		}
		t = t[len(w):]
	}
}

// stripTime drops 在3-5年内, 到2020年底前, 在2016年基础上 from the start of words.
func stripTime(t string) string {
	if w := prefixOf(t, []string{"较", "比"}); w != "" && yearIn(t[len(w):min(len(t), len(w)+7)]) > 0 {
		return t[len(w)+7:]
	}
	if t == "" {
		return t
	}
	if _, behind, ok := strings.Cut(t, "基础上"); ok && strings.HasPrefix(t, "在") {
		return behind
	}
	if programmeEnd(t) > 0 {
		return t[strings.Index(t, "末")+len("末"):]
	}
	if spanOf(t) > 0 {
		t = t[strings.Index(t, "期")+len("期"):]
		return strings.TrimPrefix(strings.TrimPrefix(t, "间"), "内")
	}
	if w := prefixOf(t, []string{"上半年", "下半年", "年底前"}); w != "" {
		return t[len(w):]
	}
	if r, _ := decode(t, 0); !hasPrefixAny(t, "在", "用", "到", "至") && !digit(t[0]) && !hanNumeral(r) {
		return t
	}
	if w := prefixOf(t, []string{"到", "至"}); w != "" && yearIn(t[len(w):min(len(t), len(w)+7)]) > 0 && !hasPrefixAny(t[len(w)+7:], "底", "末", "前") {
		return t[len(w)+7:]
	}
	for _, w := range []string{"年内", "年时间", "年底前", "月底前", "季度末前", "季度前", "季度末", "季度内", "季度", "月底", "月前", "年前", "年左右"} {
		if i := strings.Index(t, w); i >= 0 && i < 24 && strings.ContainsAny(t[:i], "0123456789一二两三四五") {
			return t[i+len(w):]
		}
	}
	return t
}

// leadVerb returns the verb of delivery that words start with, or "".
func leadVerb(t string) string {
	if notVerbs.prefix(t) != "" {
		return ""
	}
	verb := deliveryVerbs.longest(t)
	if rest := strings.TrimPrefix(t, "新"); rest != t && notVerbs.prefix(rest) == "" {
		if v := deliveryVerbs.longest(rest); utf8.RuneCountInString(v) >= 2 && len("新"+v) > len(verb) {
			return "新" + v
		}
	}
	return verb
}
