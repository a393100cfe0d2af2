package report

import (
	"slices"
	"strings"
	"unicode/utf8"

	"duban/plan"
)

// reader turns one segment into targets, or figures when it looks back.
type reader struct {
	src      *source
	segment  *segment
	year     int
	fallback plan.Date // deadline where the text names none
	review   bool
	clauses  []clause
	names    namer
	found    []measured1
	hedge    plan.Hedge
	soft     bool // the sentence has a word that softens
	until    deadlines
	subjects []string // of the last 分别
}

// measured1 is one metric with its quantity.
type measured1 struct {
	metric string
	q      *quantity
	clause *clause
	op     plan.Op
	hedge  plan.Hedge
	until  plan.Date
}

// read walks the clauses of the segment in order.
func (r *reader) read() {
	text := r.src.text
	from := r.segment.content
	r.clauses = clausesOf(text, from, r.segment.b)
	r.names = namer{text: text, segment: r.segment}
	sentence := -1
	for i := range r.clauses {
		c := &r.clauses[i]
		fresh := c.no != sentence
		if fresh {
			sentence = c.no
			r.until = deadlinesOf(text, c.a, r.sentenceEnd(i), r.year, r.fallback)
			r.hedge, r.soft = "", containsAny(text[c.a:r.sentenceEnd(i)], hedgeWords)
		}
		r.names.newClause(fresh)
		r.readClause(i, c)
	}
}

// sentenceEnd returns where the sentence of clause i ends.
func (r *reader) sentenceEnd(i int) int {
	j := i
	for j+1 < len(r.clauses) && r.clauses[j+1].no == r.clauses[i].no {
		j++
	}
	return r.clauses[j].b
}

func (r *reader) readClause(i int, c *clause) {
	text := r.src.text
	if lead := trimLead(text[c.a:c.b]); leadVerb(lead) != "" {
		r.hedge = ""
	}
	r.names.next = func() string { return r.nextTopic(i) }
	last := -1
	for j := 0; j < len(c.qs); j++ {
		s := settingOf(text, c, j, last)
		r.softened(s)
		if !r.accepts(s) {
			continue
		}
		last = j
		if group := r.groupFrom(c, j); group > 1 && r.pairs(c, s, group) {
			j += group - 1
			last = j
			continue
		}
		r.add(s)
	}
	r.softenedClause(text[c.a:c.b])
	if last < 0 {
		r.names.passClause(c)
	}
}

// nextTopic is what the clause behind clause i of the same sentence is about; a sum of
// money at the head of an item is for it.
func (r *reader) nextTopic(i int) string {
	if i+1 >= len(r.clauses) || r.clauses[i+1].no != r.clauses[i].no {
		return ""
	}
	c := &r.clauses[i+1]
	text := r.src.text
	var w strings.Builder
	from := c.a
	for _, q := range c.qs {
		w.WriteString(text[from:q.a])
		from = q.end
	}
	w.WriteString(text[from:c.b])
	t := strings.TrimPrefix(trimLead(w.String()), "在")
	if utf8.RuneCountInString(t) > 44 {
		return ""
	}
	return t
}

func (r *reader) accepts(s setting) bool {
	if r.review {
		return reported(s)
	}
	return promised(s, r.year)
}

// softened follows 力争 from where it stands to the end of the sentence, or to 确保.
func (r *reader) softened(s setting) { r.softenedClause(s.before) }

func (r *reader) softenedClause(t string) {
	if !r.soft {
		return
	}
	firm := max(strings.LastIndex(t, "确保"), strings.LastIndex(t, "务必"))
	for _, w := range []plan.Hedge{plan.Strive, plan.Endeavour} {
		if i := strings.LastIndex(t, string(w)); i > firm {
			r.hedge = w
			if w == plan.Endeavour && !strings.HasPrefix(t, "努力") {
				r.hedge = ""
			}
			return
		}
	}
	if firm >= 0 {
		r.hedge = ""
	}
}

// add records one quantity; a rate that several subjects share becomes one record each.
func (r *reader) add(s setting) {
	if r.stretches(s) {
		return
	}
	name := r.names.nameOf(s)
	if s.q.unit == "" && s.q.kind == noUnit {
		r.fillUnit(s, name.String())
	}
	metrics := []string{name.String()}
	if s.q.kind == proportion || s.q.kind == points {
		metrics = splitSubjects(name.String(), strings.Contains(s.before, "均") || strings.Contains(s.before, "分别"))
		r.subjects = metrics
	}
	for _, m := range metrics {
		r.record(s, m)
	}
}

// fillUnit gives a bare number the unit that its words imply: people, or 元 for 亿.
func (r *reader) fillUnit(s setting, metric string) {
	switch {
	case headcount(s.post) || containsAny(metric, []string{"人口", "人数"}) && closes(s.post):
		s.q.unit, s.q.kind = "人", people
	case strings.Contains(r.src.text[s.q.a:s.q.b], "亿") && !strings.HasSuffix(metric, "量") && !strings.HasSuffix(metric, "人次"):
		s.q.unit, s.q.kind = "元", money
	}
}

// stretches takes 力争7% behind 6%以上 as the stretch of the same target.
func (r *reader) stretches(s setting) bool {
	if len(r.found) == 0 || strings.Trim(trimComparator(trimLead(s.pre)), "、，") != "" || !strings.Contains(s.pre, "力争") {
		return false
	}
	before := &r.found[len(r.found)-1]
	if before.q.unit != s.q.unit || s.q.value.Cmp(before.q.value) <= 0 || before.clause.no != s.clause.no || before.q.upper != nil {
		return false
	}
	value := s.q.value
	for i := len(r.found) - 1; i >= 0 && r.found[i].q == before.q; i-- {
		r.found[i].q.stretch = &value
	}
	r.hedge = ""
	return true
}

func (r *reader) record(s setting, metric string) {
	m := measured1{metric: metric, q: s.q, clause: s.clause, until: r.until.at(r.src.text, s.q.a)}
	m.op, m.hedge = r.opOf(s, metric)
	r.found = append(r.found, m)
}

// opOf decides how the value is to be compared and how firmly it is meant.
func (r *reader) opOf(s setting, metric string) (plan.Op, plan.Hedge) {
	hedge := r.hedge
	if s.q.bound == plan.About {
		hedge = plan.Roughly
	}
	if w := lastOf(s.before, []string{"约", "大约"}); w != "" || strings.Contains(s.pre, "约") && leadAbout(s.pre) {
		hedge = plan.Around
	}
	if hedge == "" && strings.Contains(s.pre, "基本建成") || hedge == "" && strings.Contains(s.pre, "基本完成") {
		hedge = plan.Basically
	}
	return comparison(s, metric, hedge), hedge
}

func leadAbout(pre string) bool {
	return strings.HasPrefix(trimLead(pre), "约") || strings.HasPrefix(pre, "约")
}

// ceilings are metrics that should stay low.
func ceiling(metric string) bool {
	return containsAny(metric, []string{"消费价格", "CPI", "失业率", "死亡率", "自然增长率", "物价", "负债率", "赤字率", "不良率", "不良贷款率", "浓度"})
}

func comparison(s setting, metric string, hedge plan.Hedge) plan.Op {
	switch {
	case s.q.bound == plan.AtMost, lastOf(s.before, ceilingWords) != "" && s.q.bound != plan.AtLeast, ceiling(metric) && s.q.bound != plan.AtLeast && s.q.kind != times:
		return plan.AtMost
	case s.q.bound == plan.About, hedge == plan.Around:
		return plan.About
	case s.q.kind == proportion && s.q.value.Cmp(plan.NewDecimal(100, 0)) == 0:
		return plan.Exactly
	}
	return plan.AtLeast
}

// target makes the plan's record of it.
func (r *reader) target(m measured1) plan.Target {
	q := m.q
	return plan.Target{
		Metric: m.metric, Op: m.op, Value: q.value, Upper: q.upper, Stretch: q.stretch, Unit: q.unit,
		Kind: kindOf(m), Hedge: m.hedge, Deadline: m.until,
		ValueText: r.src.cut(q.a, q.b), Start: r.src.start(q.a), Quote: r.quote(m.clause),
	}
}

// quote is the clause as the report has it.
func (r *reader) quote(c *clause) string {
	a := c.a + len(firstOf(r.src.text[c.a:c.b], []string{"同时", "其中", "并"}))
	return r.src.words(a, c.b)
}

// cutsBack are verbs of metrics that count what is to be cut.
var cutsBack = []string{"压减", "削减", "降低", "下降", "减少", "淘汰", "压缩", "压降"}

func kindOf(m measured1) plan.Kind {
	switch m.q.kind {
	case money:
		return plan.Amount
	case times:
		return plan.Multiple
	}
	switch {
	case m.op == plan.AtMost && (ceiling(m.metric) || !containsAny(m.metric, cutsBack)):
		return plan.Ceiling
	case containsAny(m.metric, cutsBack):
		return plan.Reduction
	case m.q.kind != proportion && m.q.kind != points:
		return plan.Count
	case strings.Contains(m.metric, "占") || strings.Contains(m.metric, "率提高") || strings.Contains(m.metric, "比重"):
		return plan.Share
	case growthWords.suffix(m.metric) != "" || containsAny(m.metric, []string{"增长", "增幅", "增速"}):
		return plan.Growth
	}
	return plan.Share
}

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
	j := s.index
	pre := trimComparator(trimLead(s.pre))
	growth := ""
	w := lastOf(pre, []string{"较年初增长", "比上年增长", "同比增长", "年均增长", "实际增长"})
	if w == "" {
		w = growthWords.suffix(pre)
	}
	if w != "" {
		pre, growth = trimComparator(strings.TrimSuffix(pre, w)), w
	}
	var subjects []string
	if growth != "" {
		subjects = r.subjects
	}
	if pre != "" {
		if rest := strings.TrimSuffix(pre, "年均"); rest != pre {
			pre, growth = rest, "年均"+growth
		}
		subjects = subjectsOf(trimComparator(pre))
	}
	if pre == "" && len(subjects) != group {
		subjects = r.metricsBefore(c, group)
	}
	if len(subjects) != group {
		return false
	}
	r.subjects = subjects
	for k, subject := range subjects {
		s := settingOf(r.src.text, c, j+k, j+k-1)
		s.q.bound = cmpBound(s.q.bound, c.qs[j+group-1].bound)
		metric := named{noun: subject}.smooth().noun + strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(growth, "较年初"), "比上年"), "同比")
		r.names.last, r.names.unit, r.names.clause = named{noun: metric}, s.q.unit, c
		r.record(s, metric)
	}
	return true
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
	if i := strings.Index(t, "城乡"); i >= 0 && !strings.Contains(t, "城乡居保") {
		rest := t[i+len("城乡"):]
		return []string{t[:i] + "城镇" + rest, t[:i] + "农村" + rest}
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

// inWord reports whether 和, 与 or 及 is part of a word: 和谐, 参与, 普及.
func inWord(t string, i int, r rune) bool {
	next := t[i+utf8.RuneLen(r):]
	switch r {
	case '和':
		return strings.HasPrefix(next, "谐") || strings.HasPrefix(next, "平") || strings.HasSuffix(t[:i], "共")
	case '与':
		return strings.HasSuffix(t[:i], "参")
	case '及':
		return strings.HasSuffix(t[:i], "普") || strings.HasSuffix(t[:i], "以") || strings.HasPrefix(next, "以上") || strings.HasPrefix(next, "时")
	}
	return false
}

// indicatorEnds are what the name of a statistic ends in.
var indicatorEnds = newWords(
	"收入", "总值", "增加值", "总额", "投资", "利税", "利润", "外资", "进出口", "出口", "进口", "消费", "产值", "GDP", "量", "额", "值", "税收", "销售", "存款", "贷款", "余额",
	"人次", "数", "规模", "财力", "投入", "支出", "资金", "率", "比例", "比重", "占比", "面积", "营收", "实力",
)

// completed gives a first subject the head that only the last one has (常住 → 常住人口城镇化率)
// and the following ones the modifier that only the first has (利税 → 规模以上工业利税).
func completed(parts []string) []string {
	last := parts[len(parts)-1]
	for i, p := range parts[:len(parts)-1] {
		if indicatorEnds.suffix(p) == "" {
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

// headOf returns the end of last that a shortened subject p lacks: as many characters
// are its own modifier as p has.
func headOf(last, p string) string {
	n := utf8.RuneCountInString(p)
	runes := []rune(last)
	if len(runes) <= n {
		return last
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
