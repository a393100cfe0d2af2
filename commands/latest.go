package commands

import (
	"errors"

	"duban/ask"
	"duban/plan"
	"duban/render"
)

// seesWaiting reports whether the person may be shown what does not count yet: not the public,
// and nobody where others read along.
func (t *turn) seesWaiting() bool { return t.actor.Role != plan.Public && !t.request.Group }

// latest finds the newest filing of each item where it does not count, as far as the person
// may see it.
func (t *turn) latest(key plan.Key) (map[plan.ID]render.Latest, error) {
	if !t.seesWaiting() {
		return nil, nil //nolint:nilnil // the public sees what counts
	}
	filings, err := t.desk().Filings(key)
	if err != nil {
		return nil, err
	}
	latest := map[plan.ID]render.Latest{}
	for item, list := range filings {
		t.keepLatest(latest, item, list)
	}
	return latest, nil
}

func (t *turn) keepLatest(latest map[plan.ID]render.Latest, item plan.ID, filings []plan.Filing) {
	if len(filings) == 0 {
		return
	}
	if f := &filings[len(filings)-1]; f.Verdict() != plan.Accepted {
		latest[item] = render.Latest{Filing: f, Signs: t.router.options.Signed}
	}
}

// countWaiting counts the items with a filing that waits for a decision.
func (t *turn) countWaiting(key plan.Key) (n int, err error) {
	latest, err := t.latest(key)
	for _, l := range latest {
		if l.Waits() {
			n++
		}
	}
	return n, err
}

// withNotes adds to an answer that explains a light what was said beside the figures that it
// rests on.
func (t *turn) withNotes(a *ask.Answer, m render.Message) render.Message {
	if !a.Answered || !a.Explains || a.Plan == nil || len(a.Items) == 0 || a.Items[0].Commitment == nil {
		return m
	}
	item := &a.Items[0]
	for _, part := range partsOf(item.Commitment) {
		if !about(item, &part) {
			continue
		}
		filings, err := t.desk().History(a.Plan.Key(), itemOf(part))
		t.failed = errors.Join(t.failed, err)
		m = render.WithNote(m, render.Part{Commitment: item.Commitment, Target: part.Target, Task: part.Task}, lastCounted(filings, t.today()))
	}
	return m
}

// lastCounted is the newest accepted filing up to a day; nil where there is none.
func lastCounted(filings []plan.Filing, day plan.Date) (last *plan.Filing) {
	for i := range filings {
		f := &filings[i]
		if f.Verdict() == plan.Accepted && !f.Date.After(day) && (last == nil || !f.Date.Before(last.Date)) {
			last = f
		}
	}
	return last
}

// withLatest adds to an answer what its asker may know and what does not count yet: of single
// things what was filed, of lists by lights how much.
func (t *turn) withLatest(a *ask.Answer, m render.Message) render.Message {
	if !t.seesWaiting() || !a.Answered || a.Plan == nil {
		return m
	}
	switch {
	case a.Intent == ask.IntentStatus:
		n, err := t.countWaiting(a.Plan.Key())
		t.failed = errors.Join(t.failed, err)
		return render.WithWaiting(m, n)
	case a.Intent == ask.IntentList, len(a.Items) == 0, a.Items[0].Commitment == nil:
		return m
	}
	return t.withLatestOf(a.Plan.Key(), &a.Items[0], m)
}

// withLatestOf adds what was filed for what one entry is about.
func (t *turn) withLatestOf(key plan.Key, item *ask.Item, m render.Message) render.Message {
	latest := map[plan.ID]render.Latest{}
	var parts []render.Part
	for _, part := range partsOf(item.Commitment) {
		if !about(item, &part) {
			continue
		}
		filings, err := t.desk().History(key, itemOf(part))
		t.failed = errors.Join(t.failed, err)
		t.keepLatest(latest, itemOf(part), filings)
		parts = append(parts, render.Part{Commitment: item.Commitment, Target: part.Target, Task: part.Task})
	}
	return render.WithLatest(m, parts, latest)
}

// about reports whether an entry of an answer is about a part of its commitment; one that
// names none is about all.
func about(item *ask.Item, part *ask.Match) bool {
	if len(item.Targets) == 0 && item.Task == nil {
		return true
	}
	for _, target := range item.Targets {
		if part.Target != nil && target.ID == part.Target.ID {
			return true
		}
	}
	return part.Task != nil && item.Task != nil && item.Task.ID == part.Task.ID
}
