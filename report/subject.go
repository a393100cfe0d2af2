package report

import (
	"slices"
	"strings"
	"unicode/utf8"

	"duban/plan"
)

// groupFrom returns how many quantities from j on form a list of bare numbers: 8%和9%.
func (r *reader) groupFrom(c *clause, j int) int {
	n := 1
	for j+n < len(c.qs) {
		t := r.src.text[c.qs[j+n-1].end:c.qs[j+n].a]
		if strings.Trim(t, "、和与及以") != "" || t == "" {
			break
		}
		n++
	}
	return n
}

// pairs matches a list of numbers with as many subjects, in order; a clause without
// subjects takes those of the clause before.
func (r *reader) pairs(c *clause, s setting, group int) bool {
	pre, growth := growthBehind(trimComparator(trimLead(cutOrigin(s.pre))))
	subjects := r.subjectsFor(c, pre, growth, group)
	if subjects == nil {
		return false
	}
	r.subjects = subjects
	growth = strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(growth, "较年初"), "比上年"), "同比")
	last := &c.qs[s.index+group-1]
	for k, subject := range subjects {
		s := settingOf(r.src.text, c, s.index+k, s.index+k-1)
		s.q.bound = cmpBound(s.q.bound, last.bound)
		s.q.shareUnit(last)
		metric := named{noun: subject}.smooth().noun + growth
		r.names.last, r.names.unit, r.names.clause = named{noun: metric}, s.q.unit, c
		r.record(s, metric)
	}
	return true
}

// growthBehind parts what stands before numbers from the growth that ends it.
func growthBehind(pre string) (subject, growth string) {
	growth = suffixOf(pre, []string{"较年初增长", "比上年增长", "同比增长", "年均增长", "实际增长"})
	if growth == "" {
		growth = growthWords.suffix(pre)
	}
	subject = pre
	if growth != "" {
		subject = trimComparator(strings.TrimSuffix(pre, growth))
	}
	if rest, ok := strings.CutSuffix(subject, "年均"); ok {
		return rest, "年均" + growth
	}
	return subject, growth
}

// subjectsFor returns as many subjects as a group has numbers: those that pre names, else
// those before it; nil where there are none. Where the text does not say which number is
// whose, each has all that pre says.
func (r *reader) subjectsFor(c *clause, pre, growth string, group int) []string {
	var subjects []string
	switch {
	case pre != "":
		subjects = subjectsOf(trimComparator(pre))
	case growth != "":
		subjects = r.subjects
	}
	if len(subjects) == group {
		return subjects
	}
	if pre == "" {
		subjects = r.metricsBefore(c, group)
		if len(subjects) != group {
			return nil
		}
		return subjects
	}
	return slices.Repeat([]string{pre}, group)
}

// shareUnit gives a bare number of a list the unit behind the last: 1.2万亿、8000亿元.
func (q *quantity) shareUnit(last *quantity) {
	if q.kind == noUnit && last.kind == money {
		q.unit, q.kind = last.unit, last.kind
	}
}

// metricsBefore returns the metrics of the clause before c where it counted just n things:
// 新登记市场主体5.6万户、私营企业1.7万家，分别增长13.4%和31.3%.
func (r *reader) metricsBefore(c *clause, n int) []string {
	k := len(r.found)
	if k < n || k > n && r.found[k-n-1].clause == r.found[k-1].clause || r.found[k-1].clause.no != c.no {
		return nil
	}
	var metrics []string
	for _, m := range r.found[k-n:] {
		metrics = append(metrics, m.metric)
	}
	return metrics
}

// cmpBound gives every number of a list the 以上 or 左右 behind the last.
func cmpBound(own, last plan.Op) plan.Op {
	if own != "" {
		return own
	}
	return last
}

// subjectsOf divides joint subjects and completes them: 城乡居民收入, 常住和户籍人口城镇化率,
// 规模以上工业增加值、利税.
func subjectsOf(t string) []string {
	t = strings.Replace(t, "城、乡", "城乡", 1)
	if i := strings.Index(t, "城乡"); i >= 0 && !strings.Contains(t, "城乡居保") {
		rest := t[i+len("城乡"):]
		return []string{t[:i] + "城镇" + rest, t[:i] + "农村" + rest}
	}
	if subjects := sectorsOf(t); subjects != nil {
		return subjects
	}
	if i := strings.Index(t, "存贷款"); i >= 0 {
		rest := t[i+len("存贷款"):]
		return []string{t[:i] + "存款" + rest, t[:i] + "贷款" + rest}
	}
	var parts []string
	from, depth := 0, 0
	for i, r := range t {
		switch r {
		case '(', '“':
			depth++
		case ')', '”':
			depth--
		case '、', '和', '与', '及':
			if depth == 0 && i > from && !inWord(t, i, r) {
				parts = append(parts, t[from:i])
				from = i + utf8.RuneLen(r)
			}
		}
	}
	return completed(append(parts, t[from:]))
}

// sectorsOf divides 一二三产增加值, 一、二、三产业 and the like.
func sectorsOf(t string) []string {
	for _, w := range []string{"一二三产业", "一二三产", "一、二、三产业", "一、二、三产", "二三产业", "二三产", "二、三产业"} {
		i := strings.Index(t, w)
		if i < 0 {
			continue
		}
		head, rest := strings.TrimSuffix(t[:i], "第"), t[i+len(w):]
		var subjects []string
		for _, r := range strings.ReplaceAll(strings.TrimRight(w, "产业"), "、", "") {
			subjects = append(subjects, head+"第"+string(r)+"产业"+rest)
		}
		return subjects
	}
	return nil
}

// inWord reports whether 和, 与 or 及 is part of a word: 和谐, 参与, 普及.
func inWord(t string, i int, r rune) bool {
	next := t[i+utf8.RuneLen(r):]
	switch r {
	case '和':
		return strings.HasPrefix(next, "谐") || strings.HasPrefix(next, "平") || strings.HasSuffix(t[:i], "共")
	case '与':
		return strings.HasSuffix(t[:i], "参")
	case '及':
		return strings.HasSuffix(t[:i], "普") || strings.HasSuffix(t[:i], "以") || hasPrefixAny(next, "以上", "时", "相关", "其")
	}
	return false
}

// indicatorEnds are what the name of a statistic ends in.
var indicatorEnds = newWords(
	"收入", "总值", "增加值", "总额", "投资", "利税", "利润", "外资", "进出口", "出口", "进口", "消费", "产值", "GDP", "量", "额", "值", "税收", "销售", "存款", "贷款", "余额",
	"人次", "数", "规模", "财力", "投入", "支出", "资金", "率", "比例", "比重", "占比", "面积", "营收", "实力", "消耗", "能耗", "排放", "强度",
)

// completed gives a first subject the head that only the last one has (常住 → 常住人口城镇化率)
// and the following ones the modifier that only the first has (利税 → 规模以上工业利税).
func completed(parts []string) []string {
	last := parts[len(parts)-1]
	for i, p := range parts[:len(parts)-1] {
		if indicatorEnds.suffix(p) == "" && commonTail(p, last) < 2 {
			parts[i] = p + headOf(last, p)
		}
	}
	modifier := modifierOf(parts[0])
	for i, p := range parts[1:] {
		if modifier != "" && utf8.RuneCountInString(p) <= 3 {
			parts[i+1] = modifier + p
		}
	}
	return parts
}

// Of one character modifierEnds close a modifier (工业, 甲类, 省级, 商品), unless it begins a
// noun with one of nounSeconds: 业务, 业绩, 类别, 级别, 品牌, 品种, 区域, 市场.
const (
	modifierEnds = "业类级品区市县气"
	nounSeconds  = "务绩别牌种域场"
)

// headOf returns the end of last that a shortened subject p lacks: as many characters
// are its own modifier as p has.
func headOf(last, p string) string {
	if i := strings.Index(last, "每"); i > 0 {
		return last[i:]
	}
	n := utf8.RuneCountInString(p)
	runes := []rune(last)
	if v := deliveryVerbs.suffix(last); len(runes) <= n+1 && v != "" && v != last {
		return v
	}
	if len(runes) <= n {
		return last
	}
	if n+2 < len(runes) && strings.ContainsRune(modifierEnds, runes[n]) && !strings.ContainsRune(nounSeconds, runes[n+1]) {
		n++ // the character still belongs to the modifier of last
	}
	return string(runes[n:])
}

func modifierOf(t string) string {
	for _, w := range []string{"规模以上工业", "规上工业", "规模以上", "规上", "全市", "全区", "全县", "全省"} {
		if strings.HasPrefix(t, w) && len(t) > len(w) {
			return w
		}
	}
	return ""
}

// splitSubjects divides the joint subject of one rate. Without 均 or 分别 every part must
// be a statistic of its own.
func splitSubjects(metric string, each bool) []string {
	head, growth := metric, ""
	if w := growthWords.suffix(metric); w != "" {
		head, growth = strings.TrimSuffix(metric, w), w
		if t := strings.TrimSuffix(head, "年均"); t != head {
			head, growth = t, "年均"+growth
		}
		if t := strings.TrimSuffix(head, "实际"); t != head {
			head, growth = t, "实际"+growth
		}
	}
	head = strings.TrimSuffix(strings.TrimSuffix(head, "均"), "分别")
	if strings.Contains(head, "城乡居民") && !each {
		return []string{metric}
	}
	parts := subjectsOf(head)
	if len(parts) < 2 || len(parts) > 6 {
		return []string{metric}
	}
	raw := strings.FieldsFunc(head, func(r rune) bool { return r == '、' || r == '和' || r == '与' || r == '及' })
	statistic := !slices.ContainsFunc(raw[:max(len(raw)-1, 0)], func(p string) bool { return indicatorEnds.suffix(p) == "" })
	if !statistic && !each {
		return []string{metric}
	}
	for i := range parts {
		parts[i] += growth
	}
	return parts
}
