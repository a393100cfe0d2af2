package ask

import "duban/plan"

// bySum answers for the money of a thing whose own sentence has none with the one sum that its
// segment speaks of: 双百工程投多少钱, with 完成投资300亿元 in the next sentence.
func (e *Engine) bySum(q *question, a *Answer, top candidate) bool {
	n := &e.index.node[e.index.unit[top.unit].node]
	if q.dimension != money || q.unit == "" || n.commitment == nil || top.raw < e.needed(q) || len(q.attributes) > 0 || q.foreign {
		return false
	}
	var sum *plan.Target
	for i := range n.commitment.Targets {
		t := &n.commitment.Targets[i]
		if t.Kind != plan.Amount {
			continue
		}
		if sum != nil {
			return false
		}
		sum = t
	}
	if sum == nil || !containsAny(sum.Metric, []string{"投资", "资金", "投入"}) {
		return false
	}
	a.answer(IntentTarget, Item{Commitment: n.commitment, Segment: n.segment, Targets: []*plan.Target{sum}})
	return true
}

// pastCues show that a question without a year asks for what was done already.
var pastCues = []string{"了多少", "了几", "过多少", "过几"}

// reportCues speak of the report itself: what it mentions is mostly done.
var reportCues = []string{"报告里", "报告中", "报告提"}

// byPast answers from the review of last year where the plan is silent on a number and the
// question names no period but this year.
func (e *Engine) byPast(q *question, a *Answer) bool {
	if !q.quantity || q.lastYear || q.horizon || q.past > 0 || q.year > 0 || q.about != nil || len(q.attributes) > 0 || asksCount(q.text) {
		return false
	}
	past := *q
	past.lastYear = true
	for _, c := range e.rank(&past) {
		u := &e.index.unit[c.unit]
		if u.figure == nil {
			continue
		}
		if u.figure.Year != e.plan.Year-1 || c.raw < e.least+0.1 || e.ownShare(q, c.unit) < e.ownNeeded(q) || e.silent(&past, c) != "" {
			return false
		}
		n := &e.index.node[u.node]
		a.answer(IntentReview, Item{Segment: n.segment, Figures: []*plan.Figure{u.figure}, Sentences: []string{n.sentences[max(u.sentence, 0)]}})
		a.Score, a.Untold = float64(min(c.raw, 1)), q.thisYear
		return true
	}
	return false
}

// ownNeeded is how much of the question the name of a figure must hold: less where the
// question itself asks for what was done.
func (e *Engine) ownNeeded(q *question) float32 {
	if containsAny(q.text, pastCues) || containsAny(q.text, reportCues) {
		return 0.5
	}
	return 0.7
}
