package ask

import (
	"strings"
	"time"

	"duban/plan"
)

// furthest is the year to which 以后 reaches.
const furthest = 2199

// dueWords say that something falls due; they name no single thing.
var dueWords = []string{
	"要到期", "到期", "截止", "必须完成", "要完成", "该完成", "应完成", "完成", "实现", "达到", "交账", "要做到", "做到", "办成", "兑现", "目标", "任务", "指标", "事项", "承诺",
}

// spanWords stand around a year and name nothing.
var spanWords = []string{"以后", "之后", "以前", "之前", "以内", "之内", "年底", "年末", "底前", "末前", "底", "末", "当年", "那年", "那一年", "什么", "啥"}

// bySpan answers 哪些指标要到2020年, 两年内要完成的有哪些 and 2019年底前到期的: what falls due in
// the years that are named.
func (e *Engine) bySpan(q *question, a *Answer) bool {
	if q.lastYear || q.past > 0 || q.deeds || q.horizon || !q.list && !containsAny(q.text, dueWords) {
		return false
	}
	from, by, rest := q.span()
	if by == 0 {
		return false
	}
	within, ok := e.scope(q, cutAll(cutAll(cutAll(rest, listCues), dueWords), spanWords))
	if !ok || within != "" && !q.list {
		return false
	}
	e.filtered(Filter{Kind: FilterDue, From: plan.NewDate(from, time.January, 1), By: plan.EndOfYear(by), Within: within}, a, q.ctx)
	return true
}

// span reads the years of a question, 0 where it names none: 2018年以后, 到2020年, 2019年底前,
// 明年, 三年内 (what the plan's own year brings is left out).
func (q *question) span() (from, by int, rest string) {
	if q.year > 0 {
		from, by = q.year, q.year
		switch {
		case containsAny(q.text, []string{"年以后", "年之后", "年后", "年起"}):
			by = furthest
		case containsAny(q.text, []string{"年前", "年以前", "年之前", "年底前", "年底以前", "年底之前", "年末前"}):
			from = q.planYear + 1
		}
		return from, by, q.rest
	}
	for i, word := range []string{"明年", "后年"} {
		if strings.Contains(strings.ReplaceAll(q.text, "今后", cutMark), word) {
			return q.planYear + 1 + i, q.planYear + 1 + i, strings.ReplaceAll(q.rest, word, cutMark)
		}
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
