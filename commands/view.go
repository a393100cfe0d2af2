package commands

import (
	"cmp"
	"errors"
	"slices"
	"time"

	"duban/ask"
	"duban/plan"
)

// view is what one person may know of filings and duties: it implements ask.View inside the
// transaction of a turn.
type view struct {
	turn  *turn
	marks map[plan.Key]map[plan.ID][]plan.Mark
}

// read returns the accepted filings of a plan; where they cannot be read there are none.
func (v *view) read(key plan.Key) map[plan.ID][]plan.Mark {
	if known, ok := v.marks[key]; ok {
		return known
	}
	if v.marks == nil {
		v.marks = map[plan.Key]map[plan.ID][]plan.Mark{}
	}
	marks, err := v.turn.desk().Marks(key)
	v.turn.failed = errors.Join(v.turn.failed, err)
	v.marks[key] = marks
	return marks
}

// Standing implements ask.View.
func (v *view) Standing(p *plan.Plan, item plan.ID, day plan.Date) ask.Standing {
	c := p.Holder(item)
	if c == nil {
		return ask.Standing{}
	}
	marks := plan.AcceptedAt(v.read(p.Key())[item], day, time.Time{})
	rules := v.turn.router.options.Rules
	var s plan.Standing
	if t := c.Target(item); t != nil {
		s = plan.LightAt(t, marks, p.Year, day, rules)
		s.Unchecked = p.Waits(t)
	} else if t := c.Task(item); t != nil {
		s = plan.TaskLight(t, marks, p.Year, day, rules)
	}
	return ask.Standing{
		Light: s.Light, Late: s.Late, Reported: s.Reported, Stage: string(s.Stage), On: s.ReportedOn,
		Progress: s.Progress, Reason: s.Reason, Unchecked: s.Unchecked,
	}
}

// Departments implements ask.View.
func (v *view) Departments(p *plan.Plan, item plan.ID) []string {
	c := p.Holder(item)
	if c == nil {
		return nil
	}
	d := plan.DutyOf(c, item, v.turn.router.shelf.duties(p.Key()))
	if d == nil {
		return nil
	}
	return append([]string{d.Lead}, d.Support...)
}

// Changes implements ask.View: the accepted figures by their data dates.
func (v *view) Changes(p *plan.Plan, since, until plan.Date) []ask.Change {
	var list []ask.Change
	for item, marks := range v.read(p.Key()) {
		c := p.Holder(item)
		if c == nil {
			continue
		}
		before := ""
		for _, m := range plan.AcceptedAt(marks, until, time.Time{}) {
			after := sayMark(c, item, &m)
			if m.Date.After(since) {
				list = append(list, ask.Change{Item: item, On: m.Date, Before: before, After: after, What: "填报"})
			}
			before = after
		}
	}
	slices.SortFunc(list, func(a, b ask.Change) int {
		return cmp.Or(b.On.Compare(a.On), cmp.Compare(a.Item, b.Item))
	})
	return list
}

// sayMark writes what was filed: 824公里, 推进中.
func sayMark(c *plan.Commitment, item plan.ID, m *plan.Mark) string {
	if t := c.Target(item); t != nil && m.Value != nil {
		return t.Say(*m.Value)
	}
	return string(m.Stage)
}
