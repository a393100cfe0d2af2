package ask

import (
	"slices"

	"duban/plan"
)

// nowCues ask how something stands today.
var nowCues = []string{"现在", "目前", "当前", "眼下", "如今"}

// changeOnly are words of a clause that says a change and not what it came to.
var changeOnly = []string{"年均", "百分点", "增长", "下降了", "提高了", "增加了"}

// sureNow is the share of a question that what the review says must hold.
const sureNow = 0.65

// byNow answers 城镇化率现在多少，2025年多少: what the review says it has come to, and the goal of
// the year that is named, one behind the other.
func (e *Engine) byNow(q *question, a *Answer) bool {
	if !q.quantity || q.year == 0 && !q.horizon || q.list || !containsAny(q.text, nowCues) {
		return false
	}
	var goal Answer
	e.byUnit(q, &goal)
	if !goal.Answered || !targeted(&goal) {
		return false
	}
	past := *q
	past.year, past.horizon, past.lastYear = 0, false, true
	for _, c := range e.rank(&past) {
		item, ok := e.standsAt(&past, c, goal.Items[0].Targets[0])
		if !ok {
			continue
		}
		second := goal.Items[0]
		second.Targets = second.Targets[:1]
		a.Why, a.Score = slices.Clone(goal.Why), goal.Score
		a.answer(IntentPair, item, second)
		return true
	}
	return false
}

// standsAt reads out of a candidate of the review how what a target measures stands: a figure,
// else the clause that says it.
func (e *Engine) standsAt(q *question, c candidate, t *plan.Target) (item Item, ok bool) {
	u := &e.index.unit[c.unit]
	n := &e.index.node[u.node]
	if n.commitment != nil || c.raw < sureNow || u.sentence < 0 {
		return item, false
	}
	item.Segment = n.segment
	if u.figure != nil && u.figure.Unit == t.Unit {
		item.Figures = []*plan.Figure{u.figure}
		return item, e.ownShare(q, c.unit) >= sureNow
	}
	for _, clause := range clausesOf(n.sentences[u.sentence]) {
		if numbersIn(clause, dimensionOf(t.Unit)) && e.covers(q, clause) >= sureNow && !containsAny(clause, changeOnly) {
			item.Sentences = []string{"…" + clause + "…"}
			return item, true
		}
	}
	return item, false
}
