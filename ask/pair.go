package ask

import (
	"slices"
	"strings"
)

// ownSubject is the weight from which a clause says itself of what it asks.
const ownSubject = 0.6

// surePair is the confidence that each of two answers needs.
const surePair = 0.7

// byPair answers 养老床位多少张，停车位多少个: two questions for a number in one message, each
// with its own subject, one behind the other.
func (e *Engine) byPair(q *question, a *Answer) bool {
	if e.byPastPair(q, a) || e.byNow(q, a) {
		return true
	}
	clauses := strings.Split(q.text, " ")
	if len(clauses) != 2 || q.list || q.compare || q.deeds || q.ordinal != 0 || len(q.attributes) > 0 || q.about != nil {
		return false
	}
	var answers [2]Answer
	for i, clause := range clauses {
		one := e.understand(clause)
		if !one.quantity || one.total < ownSubject || !one.subjects() || containsAny(clause, []string{"几年", "时间", "多久"}) {
			return false
		}
		one.ctx = q.ctx
		e.byUnit(one, &answers[i])
		if !answers[i].Answered || !targeted(&answers[i]) || answers[i].Score < surePair {
			return false
		}
	}
	first, second := answers[0].Items[0], answers[1].Items[0]
	if first.Targets[0] == second.Targets[0] {
		return false
	}
	first.Targets, second.Targets = first.Targets[:1], second.Targets[:1]
	a.Why, a.Score = slices.Concat(answers[0].Why, answers[1].Why), min(answers[0].Score, answers[1].Score)
	a.answer(IntentPair, first, second)
	return true
}

// joints join two things that are asked for in one message.
var joints = []string{" ", "和", "以及", "跟", "与", "还有"}

// byPastPair answers 去年GDP和财政收入分别多少: two figures of last year, one behind the other.
func (e *Engine) byPastPair(q *question, a *Answer) bool {
	if !q.lastYear || q.compare || q.list && !strings.Contains(q.text, "分别") || q.deeds || q.about != nil || len(q.attributes) > 0 {
		return false
	}
	for _, joint := range joints {
		head, tail, found := strings.Cut(q.text, joint)
		if !found || strings.Contains(tail, joint) || !containsAny(q.text, lastYearCues) {
			continue
		}
		first, ok := e.pastFigure(q, head)
		second, also := e.pastFigure(q, tail)
		if !ok || !also || sameFigure(&first, &second) {
			continue
		}
		a.Why, a.Score = slices.Concat(first.Why, second.Why), min(first.Score, second.Score)
		a.answer(IntentPair, first.Items[0], second.Items[0])
		return true
	}
	return false
}

// pastFigure answers one half of a question for two of last year's figures; ok is false
// where the half names no indicator of the review.
func (e *Engine) pastFigure(whole *question, half string) (a Answer, ok bool) {
	one := e.understand(half)
	if one.total < halfSubject || !one.subjects() {
		return a, false
	}
	one.lastYear, one.quantity, one.ctx, one.list = true, true, whole.ctx, false
	e.byUnit(one, &a)
	if !a.Answered || a.Score < surePair || len(a.Items) == 0 || a.Items[0].Commitment != nil || len(a.Items[0].Figures) == 0 {
		return a, false
	}
	return a, true
}

// halfSubject is the weight from which half of a question names something.
const halfSubject = 0.5

func sameFigure(a, b *Answer) bool {
	for _, f := range a.Items[0].Figures {
		if slices.Contains(b.Items[0].Figures, f) {
			return true
		}
	}
	return false
}
