package commands

import (
	"cmp"
	"slices"

	"duban/plan"
	"duban/render"
)

// handleStatus sums the plan up.
func handleStatus(t *turn) ([]render.Message, error) {
	p := t.current()
	if p == nil {
		return one(noPlan), nil
	}
	standing, err := t.standing(p)
	if err != nil {
		return nil, err
	}
	n, err := t.countWaiting(p.Key())
	return one(render.WithWaiting(render.Status(standing), n)), err
}

func (t *turn) shelfDuties(p *plan.Plan) map[plan.ID]plan.Duty {
	return t.router.shelf.duties(p.Key())
}

// handleHistory lists what was filed for a commitment, as far as the person may see it.
func handleHistory(t *turn) ([]render.Message, error) {
	p := t.current()
	if p == nil {
		return one(noPlan), nil
	}
	filers, err := t.filers()
	if err != nil {
		return nil, err
	}
	c := t.named(p, t.words)
	var entries []render.HistoryEntry
	if c != nil {
		if entries, err = t.historyOf(p, c, filers); err != nil {
			return nil, err
		}
	}
	switch {
	case t.words == "" && len(entries) == 0:
		return t.recentFilings(p, filers)
	case c == nil:
		return one(render.Message{Text: "没有找到“" + t.words + "”。请带上编号或名称，例如：历史 实事8"}), nil
	}
	return one(render.History(c, entries)), nil
}

// historyOf are the filings of a commitment, part by part.
func (t *turn) historyOf(p *plan.Plan, c *plan.Commitment, filers func(plan.PersonID) string) ([]render.HistoryEntry, error) {
	var entries []render.HistoryEntry
	for _, part := range partsOf(c) {
		filings, err := t.desk().History(p.Key(), itemOf(part))
		if err != nil {
			return nil, err
		}
		for i := range filings {
			if !filings[i].Date.After(t.today()) {
				entries = append(entries, render.HistoryEntry{Commitment: c, Target: part.Target, Task: part.Task, Filing: filings[i], By: filers(filings[i].By), Signs: t.router.options.Signed})
			}
		}
	}
	return entries, nil
}

// recentFilings lists what was filed last, for whatever item.
func (t *turn) recentFilings(p *plan.Plan, filers func(plan.PersonID) string) ([]render.Message, error) {
	all, err := t.desk().Filings(p.Key())
	if err != nil {
		return nil, err
	}
	var entries []render.HistoryEntry
	for item, filings := range all {
		c := p.Holder(item)
		for i := range filings {
			if c != nil && !filings[i].Date.After(t.today()) {
				entries = append(entries, render.HistoryEntry{Commitment: c, Target: c.Target(item), Task: c.Task(item), Filing: filings[i], By: filers(filings[i].By), Signs: t.router.options.Signed})
			}
		}
	}
	entries = slices.DeleteFunc(entries, func(e render.HistoryEntry) bool { return e.Target == nil && e.Task == nil })
	slices.SortFunc(entries, func(a, b render.HistoryEntry) int { return cmp.Compare(b.Filing.ID, a.Filing.ID) })
	return one(render.Recent(entries)), nil
}

// filers returns how those who filed are called, for somebody who may see it.
func (t *turn) filers() (func(plan.PersonID) string, error) {
	if !t.may(plan.ActSeeAll) {
		return func(plan.PersonID) string { return "" }, nil
	}
	people, err := t.tx.As(plan.System, t.request.Now).People()
	names := map[plan.PersonID]string{}
	for i := range people {
		names[people[i].ID] = render.PersonName(&people[i])
	}
	return func(id plan.PersonID) string {
		if name, known := names[id]; known || id == "" {
			return name
		}
		return render.StrangerName(id)
	}, err
}

// named finds the commitment that words name: a code, 实事8, or what it is about; the one
// that was spoken of where there are none.
func (t *turn) named(p *plan.Plan, words string) *plan.Commitment {
	if words == "" {
		if a := t.chat.answer; a != nil && a.Plan == p && len(a.Items) > 0 {
			return a.Items[0].Commitment
		}
		return nil
	}
	e := t.library.Engine(string(p.Key()))
	if c, _ := e.Reference(words); c != nil {
		return c
	}
	if n := number(words); n > 0 {
		if c, _ := e.Reference("实事" + words); c != nil {
			return c
		}
	}
	a := e.AskOnly(words)
	if a.Answered && len(a.Items) > 0 {
		return a.Items[0].Commitment
	}
	return nil
}
