package report

import (
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
	found    []reading
	hedge    plan.Hedge
	soft     bool // the sentence has a word that softens
	past     bool // the sentence looks back, or the paragraph does from its start
	until    deadlines
	subjects []string // of the last 分别

	stretched bool // 力争 in this clause belongs to a stretch
}

// reading is one metric with its quantity.
type reading struct {
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
			r.hedge, r.soft = "", hedgeWords.in(text[c.a:r.sentenceEnd(i)])
			r.past = looksBack(text[c.a:c.b], r.year) || r.past && i > 0 && looksBack(text[r.clauses[0].a:r.clauses[0].b], r.year)
		}
		r.past = r.past && !containsAny(text[c.a:c.b], presentWords)
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
	if i > 0 && r.clauses[i-1].sep == '；' || leadVerb(trimLead(text[c.a:c.b])) != "" {
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
	if !r.stretched {
		r.softenedClause(text[c.a:c.b])
	}
	r.stretched = false
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
	t := cutEnumeration(strings.TrimPrefix(trimLead(w.String()), "在"))
	if i := strings.LastIndex(t, "给予"); i > 0 && utf8.RuneCountInString(t) > 24 {
		t = t[i+len("给予"):]
	}
	if utf8.RuneCountInString(t) > 44 {
		return ""
	}
	return t
}

func (r *reader) accepts(s setting) bool {
	if r.review {
		return reported(s)
	}
	return !r.past && promised(s, r.year)
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
			if hasPrefixAny(t[i+len(w):], "更", "实现更", "完成得") {
				r.hedge = ""
			}
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
		if handlingRates.prefix(m) == m && m != "" {
			m = r.names.handled() + m
		}
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
	r.hedge, r.stretched = "", true
	return true
}

func (r *reader) record(s setting, metric string) {
	m := reading{metric: metric, q: s.q, clause: s.clause, until: r.until.at(r.src.text, s.q.a)}
	m.op, m.hedge = r.opOf(s, metric)
	r.found = append(r.found, m)
}
