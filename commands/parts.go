package commands

import (
	"math/big"
	"slices"
	"strconv"
	"time"

	"duban/plan"
	"duban/render"
)

// partList is a list of targets and tasks: what it holds, in which order, and what it says
// where it is empty. Its verb is that of the buttons that turn its pages.
type partList struct {
	title, verb, empty string
	keep               func(t *turn, p *render.Part) bool
	compare            func(a, b *render.Part) int // nil is the order of the report
}

// worstFirst is the order of lights in lists of what lags.
var worstFirst = []plan.Light{plan.Overdue, plan.Red, plan.Yellow}

var laggingList = partList{
	title: "滞后", verb: "lagging", empty: "没有滞后的事项。未填报的另看“谁没填报”。",
	keep: func(_ *turn, p *render.Part) bool { return slices.Contains(worstFirst, p.Standing.Light) },
	compare: func(a, b *render.Part) int {
		if d := slices.Index(worstFirst, a.Standing.Light) - slices.Index(worstFirst, b.Standing.Light); d != 0 {
			return d
		}
		return compareRats(b.Standing.Gap, a.Standing.Gap)
	},
}

var lowestList = partList{
	title: "完成率最低", verb: "lowest", empty: "还没有能算完成率的填报。",
	keep: func(_ *turn, p *render.Part) bool {
		return p.Target != nil && p.Standing.Progress != nil && p.Standing.Light.Rated() && p.Standing.Light != plan.Done
	},
	compare: func(a, b *render.Part) int { return compareRats(a.Standing.Progress, b.Standing.Progress) },
}

var dueList = partList{
	title: "本月到期", verb: "due", empty: "本月没有到期的事项。",
	keep: func(t *turn, p *render.Part) bool {
		d, today := p.Deadline(), t.today()
		return d.Year == today.Year && d.Month == today.Month && p.Standing.Light != plan.Done && p.Standing.Light != plan.Cancelled
	},
	compare: func(a, b *render.Part) int { return a.Deadline().Compare(b.Deadline()) },
}

// compareRats orders numbers; what is not known comes last.
func compareRats(a, b *big.Rat) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil:
		return 1
	case b == nil:
		return -1
	}
	return a.Cmp(b)
}

func handleLagging(t *turn) ([]render.Message, error) { return t.parts(&laggingList) }
func handleLowest(t *turn) ([]render.Message, error)  { return t.parts(&lowestList) }
func handleDue(t *turn) ([]render.Message, error)     { return t.parts(&dueList) }

// parts shows a page of a list; its number is the button's argument.
func (t *turn) parts(l *partList) ([]render.Message, error) {
	p := t.current()
	if p == nil {
		return one(noPlan), nil
	}
	standing, err := t.standing(p)
	if err != nil {
		return nil, err
	}
	list := ratedBy(standing, func(x *render.Part) bool { return l.keep(t, x) })
	if len(list) == 0 {
		return one(render.Message{Text: l.empty + t.nextDue(l, standing)}), nil
	}
	if l.compare != nil {
		slices.SortStableFunc(list, func(a, b render.Part) int { return l.compare(&a, &b) })
	}
	t.showParts(p, list)
	turnTo := func(page int) string { return render.DoAction(l.verb, strconv.Itoa(page)) }
	return one(render.Parts(l.title, standing, list, t.shelfDuties(p), number(t.arg(0)), turnTo)), nil
}

// nextDue says when the next deadline comes where none is in this month.
func (t *turn) nextDue(l *partList, ps *plan.PlanStanding) string {
	if l != &dueList {
		return ""
	}
	var next plan.Date
	n := 0
	for _, x := range ratedBy(ps, func(x *render.Part) bool { return x.Deadline().After(t.today()) }) {
		switch d := x.Deadline(); {
		case next.IsZero() || d.Before(next):
			next, n = d, 1
		case d == next:
			n++
		}
	}
	if n == 0 {
		return ""
	}
	return "最近的期限是" + fullDate(next) + "，" + strconv.Itoa(n) + "项。"
}

// partsBy collects targets and tasks with their standing, in the order of the report.
func partsBy(ps *plan.PlanStanding, keep func(*render.Part) bool) []render.Part {
	var parts []render.Part
	for i := range ps.Commitments {
		cs := &ps.Commitments[i]
		for j := range cs.Targets {
			parts = append(parts, render.Part{Commitment: cs.Commitment, Target: &cs.Commitment.Targets[j], Standing: &cs.Targets[j]})
		}
		for j := range cs.Tasks {
			parts = append(parts, render.Part{Commitment: cs.Commitment, Task: &cs.Commitment.Tasks[j], Standing: &cs.Tasks[j]})
		}
	}
	return slices.DeleteFunc(parts, func(p render.Part) bool { return !keep(&p) })
}

// ratedBy is partsBy without the targets that wait to be checked.
func ratedBy(ps *plan.PlanStanding, keep func(*render.Part) bool) []render.Part {
	return partsBy(ps, func(x *render.Part) bool { return !x.Standing.Unchecked && keep(x) })
}

// showParts remembers a list, so that a bare number opens the commitment of an entry and a
// number with a figure files for it.
func (t *turn) showParts(p *plan.Plan, parts []render.Part) {
	members := make([]*plan.Commitment, len(parts))
	items := make([]plan.Asked, len(parts))
	for i := range parts {
		members[i], items[i] = parts[i].Commitment, plan.Asked{Plan: p.Key(), Item: parts[i].Item()}
	}
	t.show(p, members)
	t.chat.parts, t.chat.partsAt, t.chat.picking = items, t.request.Now, false
}

// handleMine lists what the person's department answers for.
func handleMine(t *turn) ([]render.Message, error) {
	p := t.current()
	if p == nil {
		return one(noPlan), nil
	}
	if t.actor.Department == "" {
		return one(render.Message{Text: "你没有登记在某个单位名下。督查室发“待审”或“滞后”，其他人可以直接提问。"}), nil
	}
	standing, err := t.standing(p)
	if err != nil {
		return nil, err
	}
	parts := t.ownParts(p, standing)
	if len(parts) == 0 {
		return one(render.Message{Text: t.actor.Department + "名下还没有分派事项。请督查室用“分派”落实责任单位。"}), nil
	}
	latest, err := t.latest(p.Key())
	if err != nil {
		return nil, err
	}
	t.showParts(p, parts)
	return one(render.Mine(t.actor.Department, standing, parts, latest, number(t.arg(0)))), nil
}

// ownParts are the targets and tasks that the person's department answers for.
func (t *turn) ownParts(p *plan.Plan, standing *plan.PlanStanding) []render.Part {
	duties := t.shelfDuties(p)
	return partsBy(standing, func(x *render.Part) bool {
		return plan.DutyOf(x.Commitment, x.Item(), duties).Includes(t.actor.Department)
	})
}

// handleUnfiled counts by department what has no filing that counts.
func handleUnfiled(t *turn) ([]render.Message, error) {
	p := t.current()
	if p == nil {
		return one(noPlan), nil
	}
	standing, err := t.standing(p)
	if err != nil {
		return nil, err
	}
	latest, err := t.latest(p.Key())
	if err != nil {
		return nil, err
	}
	list := ratedBy(standing, func(x *render.Part) bool { return x.Standing.Light == plan.None && !waits(latest, x) })
	waiting := ratedBy(standing, func(x *render.Part) bool { return x.Standing.Light == plan.None && waits(latest, x) })
	t.show(p, nil)
	t.chat.entries = render.UnfiledEntries(list, t.shelfDuties(p))
	return one(render.Unfiled(standing, list, waiting, latest, t.shelfDuties(p), number(t.arg(0)))), nil
}

// waits reports whether something was filed for a part and waits for a decision.
func waits(latest map[plan.ID]render.Latest, x *render.Part) bool {
	l, known := latest[x.Item()]
	return known && l.Waits()
}

// unfiledOf lists what one department has not filed; the department is that of the item in
// the first argument.
func unfiledOf(t *turn) ([]render.Message, error) {
	p := t.current()
	if p == nil {
		return one(noPlan), nil
	}
	duties, item := t.shelfDuties(p), plan.ID(number(t.arg(0)))
	c := p.Holder(item)
	if c == nil {
		return stale(t)
	}
	lead := render.LeadOf(plan.DutyOf(c, item, duties))
	keep := func(x *render.Part) bool { return render.LeadOf(plan.DutyOf(x.Commitment, x.Item(), duties)) == lead }
	turnTo := func(page int) string { return render.DoAction("unfiled-of", t.arg(0), strconv.Itoa(page)) }
	return t.unfiledParts(p, lead, keep, number(t.arg(1)), turnTo)
}

// ownOpen lists what the person's department has not filed, of who is in none by department.
func ownOpen(t *turn) ([]render.Message, error) {
	p, own := t.current(), t.actor.Department
	if p == nil || own == "" {
		return handleUnfiled(t)
	}
	if len(t.ownItems(p)) == 0 {
		return handleMine(t)
	}
	duties := t.shelfDuties(p)
	keep := func(x *render.Part) bool { return plan.DutyOf(x.Commitment, x.Item(), duties).Includes(own) }
	turnTo := func(page int) string { return render.DoAction("own-unfiled", strconv.Itoa(page)) }
	return t.unfiledParts(p, own, keep, number(t.arg(0)), turnTo)
}

// unfiledParts shows a page of what a department answers for and has not filed.
func (t *turn) unfiledParts(p *plan.Plan, lead string, keep func(*render.Part) bool, page int, turnTo func(int) string) ([]render.Message, error) {
	standing, err := t.standing(p)
	if err != nil {
		return nil, err
	}
	latest, err := t.latest(p.Key())
	if err != nil {
		return nil, err
	}
	list := ratedBy(standing, func(x *render.Part) bool {
		return x.Standing.Light == plan.None && !waits(latest, x) && keep(x)
	})
	if len(list) == 0 {
		return one(render.Message{Text: lead + "没有未填报的事项。发“我的”看各项进展。"}), nil
	}
	t.showParts(p, list)
	return one(render.Parts(lead+" 未填报", standing, list, nil, page, turnTo)), nil
}

// handleSame files 无变化 for everything that was asked for last, else for everything of the
// department, that was filed before and is neither done nor filed since, or this month.
func handleSame(t *turn) ([]render.Message, error) {
	p := t.current()
	if p == nil {
		return one(noPlan), nil
	}
	items, since := t.ownItems(p), time.Time{}
	if len(t.kept.Asked) > 0 {
		items, since = t.kept.Asked, t.kept.AskedAt
	}
	d := filingDialog{Message: t.request.Message}
	never := 0
	for _, item := range items {
		s, err := t.subject(item.Plan, item.Item)
		if err != nil || !plan.Allowed(t.actor, plan.ActFile, s.duty) {
			continue // it was taken away meanwhile
		}
		x := draft{Plan: item.Plan, Item: item.Item, Date: t.dataDate(s)}
		switch last := s.last(x.Date); {
		case last == nil:
			never++
		case s.filedSince(last, since, x.Date), s.done(t.today(), t.router.options.Rules):
		default:
			x.unchanged(s)
			d.Drafts = append(d.Drafts, x)
		}
	}
	if len(d.Drafts) == 0 {
		return one(render.NothingSame(never)), nil
	}
	return t.proceed(&d)
}

// done reports whether a subject is met by what was accepted.
func (s *subject) done(day plan.Date, rules plan.Rules) bool {
	accepted := plan.AcceptedAt(s.accepted, day, time.Time{})
	if s.target != nil {
		return plan.LightAt(s.target, accepted, s.plan.Year, day, rules).Light == plan.Done
	}
	return plan.TaskLight(s.task, accepted, s.plan.Year, day, rules).Light == plan.Done
}

// filedSince reports whether an item was filed for since the list that asked for it, else
// for the month of a day.
func (s *subject) filedSince(last *plan.Mark, asked time.Time, day plan.Date) bool {
	if asked.IsZero() {
		return !last.Date.Before(plan.NewDate(day.Year, day.Month, 1))
	}
	return !last.At.Before(asked)
}
