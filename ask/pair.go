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
