package ask

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"duban/plan"
)

// silent returns why the best unit does not answer the question, "" where it does.
func (e *Engine) silent(q *question, top candidate) string {
	u := &e.index.unit[top.unit]
	n := &e.index.node[u.node]
	switch {
	case top.raw < e.needed(q) && len(q.attributes) > 0:
		return "报告没有讲" + q.attributes[0].name
	case top.raw < e.needed(q):
		return "报告没有讲到"
	}
	sentence := n.segment.Text
	if u.sentence >= 0 {
		sentence = n.sentences[u.sentence]
	}
	if q.foreign && !strings.Contains(sentence, q.subject) {
		return "本报告没有讲" + q.subject
	}
	if scope := scopeOf(q.text); scope != "" && !strings.Contains(sentence, scope) {
		return "本报告没有讲" + scope
	}
	if reason := e.otherYear(q, n, u); reason != "" {
		return reason
	}
	for _, a := range q.attributes {
		if a == responsibility && n.commitment != nil && len(departments(q.ctx.View, e.plan, n.commitment, n.commitment.ID)) > 0 {
			continue
		}
		if a == responsibility {
			return "报告没有写明责任单位"
		}
		if !a.says(sentence) && !q.measuredBy(u) && (!a.pays() || !e.paid(q, top.unit)) {
			return "报告提到了相关工作，但没有说" + a.name
		}
	}
	if share, term := e.focusShare(q, top.unit); share < focusNeeded && !u.measures(term) && (!q.when || !u.numeric() && !finished(term)) {
		return "报告提到了相关工作，但没有说" + term
	}
	said := sentence
	if u.task != nil {
		said = u.task.Text
	}
	switch {
	case q.quantity && q.unit != "" && q.dimension > counting && u.target == nil && u.figure == nil && !numbersIn(sentence, q.dimension):
		return "报告提到了相关工作，但没有写这个数"
	case q.quantity && !strings.Contains(q.text, "哪几") && q.dimension == counting && q.unit != "" && !u.numeric() && len(e.beside(q, u)) == 0 && !numbersIn(said, counting):
		return "报告提到了相关工作，但没有写这个数"
	case q.dimension == money && q.unit != "" && u.numeric() && u.dim != money && !numbersIn(sentence, money):
		return "报告提到了相关工作，但没有写钱数"
	case strings.Contains(q.text, "多少") && !u.numeric() && len(e.beside(q, u)) == 0 && !countsAny(said):
		return "报告提到了相关工作，但没有写数量"
	case q.names && u.target != nil && u.target.Kind == plan.Count && !enumerates(sentence, u.target) && e.named(q, top):
		return "报告写了数量，但没有列出名单"
	}
	return ""
}

// countsAny reports whether a sentence says any number with a unit behind it.
func countsAny(sentence string) bool {
	for d := counting; d <= multiple; d++ {
		if numbersIn(sentence, d) {
			return true
		}
	}
	return false
}

// finished reports whether a term says no more than that something is done: 改完, 建好.
func finished(term string) bool {
	return strings.HasSuffix(term, "完") || strings.HasSuffix(term, "好") || strings.HasSuffix(term, "成")
}

// focusNeeded is how much of the term beside the question word the answer must hold.
const focusNeeded = 0.25

// measuredBy reports whether a unit's own number is a length, an area or a weight as asked.
func (q *question) measuredBy(u *unit) bool {
	return u.target != nil && q.unit != "" && u.dim == q.dimension && (u.dim == length || u.dim == area || u.dim == mass)
}

// pays reports whether an attribute is what somebody pays or is paid.
func (a *attribute) pays() bool {
	return a.name == "收费和价格" || a.name == "补贴或发放的标准"
}

// paid reports whether a unit is itself what is paid to a person or a household, and the
// question names it: 城市低保标准提高到每月480元.
func (e *Engine) paid(q *question, id int32) bool {
	u := &e.index.unit[id]
	if u.target == nil || u.target.Unit != "元" || u.target.Value.Cmp(plan.NewDecimal(mostPaid, 0)) > 0 {
		return false
	}
	return containsAny(u.target.Metric, []string{"标准", "补贴", "补助", "养老金", "每人", "每户", "每月", "每年", "工资", "救助", "津贴", "水平"}) && e.ownShare(q, id) >= 0.5
}

// mostPaid is the most yuan that a standard has; more is a sum that is spent.
const mostPaid = 100_000

// measures reports whether a unit's own number is what a word such as 面积 asks for.
func (u *unit) measures(term string) bool {
	dim, known := measureWords[term]
	return known && (u.target != nil && dimensionOf(u.target.Unit) == dim || u.figure != nil && dimensionOf(u.figure.Unit) == dim)
}

// focusShare is how much of the term beside the question word a unit holds, 1 where there
// is none.
func (e *Engine) focusShare(q *question, unit int32) (share float32, term string) {
	narrow := e.index.holding(unit, true)
	defer narrow.done()
	share, total := narrow.cover(q.atoms, func(a *atom) bool { return a.focus && a.weight > boundary })
	if total < 0.5 {
		return 1, ""
	}
	for i := range q.atoms {
		if a := &q.atoms[i]; a.focus && a.weight > boundary {
			term = joinPairs(term, a)
		}
	}
	return share, term
}

// joinPairs adds an atom to the word that is built of the atoms before it: neighbouring pairs
// share a character.
func joinPairs(term string, a *atom) string {
	last, _ := utf8.DecodeLastRuneInString(term)
	first, size := utf8.DecodeRuneInString(a.text)
	if term != "" && !a.word && last == first {
		return term + a.text[size:]
	}
	return term + a.text
}

// otherYear returns why a unit does not answer for a year that the question names.
func (e *Engine) otherYear(q *question, n *node, u *unit) string {
	for _, year := range []int{q.past, q.year} {
		if year == 0 || strings.Contains(n.segment.Text, strconv.Itoa(year)) {
			continue
		}
		if year > e.plan.Year && u.target != nil && u.target.Deadline.Year == year || year > e.plan.Year && n.horizon && year <= e.plan.Year+5 {
			continue
		}
		return fmt.Sprintf("报告没有讲%d年的这个情况", year)
	}
	return ""
}

// scopeOf returns the wider area that a question is about, "" where it is about the plan's
// own: it stands in front.
func scopeOf(text string) string {
	for _, scope := range scopeCues {
		if strings.HasPrefix(strings.TrimPrefix(text, "今年"), scope) {
			return scope
		}
	}
	return ""
}

// named reports whether a question that asks which ones asks for what a target counts.
func (e *Engine) named(q *question, top candidate) bool {
	own := e.index.hold()
	defer own.done()
	u := &e.index.unit[top.unit]
	own.add(u.name, 1)
	own.addText(normalize(u.target.ValueText, 0), 1)
	share, _ := own.cover(q.atoms, func(a *atom) bool { return a.known && (a.text[0] < '0' || a.text[0] > '9') })
	return share >= 0.5
}
