package commands

import "duban/plan"

// reading finds what a message means that answers no question of ours; ok is false where it
// is something else, writes tells that the handler changes what is stored.
type reading func(t *turn) (run handler, writes, ok bool)

// writing is a reading whose handler may change what is stored.
func writing(read func(t *turn) (handler, bool)) reading {
	return func(t *turn) (run handler, writes, ok bool) {
		run, ok = read(t)
		return run, true, ok
	}
}

// unprompted decides what answers a message that answers no question of ours: the readings
// are tried in their order, a question of the report is what is left.
func (t *turn) unprompted() (run handler, writes bool) {
	if t.text == "" {
		return t.onlyMedia()
	}
	for _, read := range []reading{
		(*turn).dueSet, (*turn).adjusting, writing((*turn).typedButton), writing((*turn).numbered), writing((*turn).offeredButton),
		(*turn).lastButton, (*turn).leafed, (*turn).outOfPlace, (*turn).saidOtherwise, (*turn).onLeave, (*turn).reports, (*turn).citizens,
	} {
		if run, writes, ok := read(t); ok {
			return run, writes
		}
	}
	return converse, false
}

// dueSet takes words that set a deadline.
func (t *turn) dueSet() (run handler, writes, ok bool) {
	run, ok = t.setsDue()
	return run, false, ok
}

// adjusting takes words that set a target.
func (t *turn) adjusting() (run handler, writes, ok bool) {
	words, ok := t.adjusts()
	if ok {
		t.words = words
	}
	return handleAdjusting, true, ok
}

// onLeave takes words of who will be away.
func (t *turn) onLeave() (run handler, writes, ok bool) {
	words, ok := t.away()
	switch {
	case !ok:
		return nil, false, false
	case t.request.Group:
		return inPrivate, false, true
	}
	t.words = words
	return handleLeave, true, true
}

// reports takes status reports, and what staff say around them.
func (t *turn) reports() (run handler, writes, ok bool) {
	switch staff := t.may(plan.ActFile); {
	case t.readsAsFiling():
		return beginFiling, true, true
	case staff && isAnswer(t.text):
		return say("没有在等答复的填报。请先发一句话，例如：养老床位 1476"), false, true
	case staff && len(t.request.Media) > 0:
		return beginEvidence, true, true
	case staff && t.speaksOfPlans():
		return notFiled, false, true
	}
	return nil, false, false
}

// citizens takes what citizens do in words of their own.
func (t *turn) citizens() (run handler, writes, ok bool) {
	if run, words, ok := t.followsNamed(); ok {
		t.words = words
		return run, true, true
	}
	if words, ok := complaint(t.text); ok && t.may(plan.ActFeedback) {
		t.words = words
		return handleFeedback, true, true
	}
	return nil, false, false
}
