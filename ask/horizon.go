package ask

import "slices"

// byHorizons answers 城镇化率五年目标和今年目标分别是多少: this year's goal and that of the
// coming years, one behind the other.
func (e *Engine) byHorizons(q *question, a *Answer) bool {
	if !q.horizon || !q.thisYear || q.list || q.distinct() == 0 {
		return false
	}
	near, far := *q, *q
	near.horizon, far.thisYear = false, false
	var first, second Answer
	e.byUnit(&near, &first)
	e.byUnit(&far, &second)
	if !first.Answered || !second.Answered || !targeted(&first) || !targeted(&second) || first.Items[0].Commitment == second.Items[0].Commitment {
		return false
	}
	a.Why, a.Score = slices.Concat(first.Why, second.Why), min(first.Score, second.Score)
	a.answer(IntentHorizon, first.Items[0], second.Items[0])
	return true
}

func targeted(a *Answer) bool { return a.Items[0].Commitment != nil && len(a.Items[0].Targets) > 0 }
