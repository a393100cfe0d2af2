package ask

import (
	"strings"
	"time"

	"duban/plan"
)

// furthest is the year to which 以后 reaches.
const furthest = 2199

// bySpan answers 哪些指标要到2020年 and 两年内要完成的有哪些: what falls due in the years that
// are named.
func (e *Engine) bySpan(q *question, a *Answer) bool {
	if !q.list || q.lastYear || q.deeds || q.horizon {
		return false
	}
	from, by, rest := q.span()
	if by == 0 {
		return false
	}
	within, ok := e.scope(q, cutAll(cutAll(rest, listCues), []string{"以后", "之后", "以前", "之前", "以内", "之内", "年底", "底"}))
	if !ok {
		return false
	}
	e.filtered(Filter{Kind: FilterDue, From: plan.NewDate(from, time.January, 1), By: plan.EndOfYear(by), Within: within}, a, q.ctx)
	return true
}

// span reads the years of a question, 0 where it names none: 2018年以后, 到2020年, 三年内 (what
// the year itself brings left out).
func (q *question) span() (from, by int, rest string) {
	if q.year > 0 {
		from, by = q.year, q.year
		if containsAny(q.text, []string{"年以后", "年之后", "年后", "年起"}) {
			by = furthest
		}
		return from, by, q.rest
	}
	for _, word := range []string{"年内", "年之内", "年以内"} {
		at := strings.Index(q.text, word)
		if at < 0 {
			continue
		}
		if n, start := numeralBefore(q.text, at); n > 1 && n < 10 {
			return q.planYear + 1, q.planYear + n - 1, q.text[:start] + cutMark + q.text[at+len(word):]
		}
	}
	return 0, 0, q.rest
}
