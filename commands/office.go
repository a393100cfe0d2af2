package commands

import (
	"slices"
	"strconv"

	"duban/plan"
	"duban/render"
)

// officeStanding shows how what an office answers for stands; what is no office that is known
// is asked of the report.
func (t *turn) officeStanding(office string) ([]render.Message, error) {
	p := t.current()
	switch {
	case p == nil:
		return one(noPlan), nil
	case !t.isOffice(office):
		return t.ask(t.text), nil
	}
	return t.officeParts(p, t.router.offices.unify(office, p.Place, t.departments(p)), 0)
}

// isOffice reports whether a name is that of an office: one that answers for something, or one
// of the table.
func (t *turn) isOffice(office string) bool {
	p := t.current()
	if p == nil {
		return false
	}
	known := t.departments(p)
	name := t.router.offices.unify(office, p.Place, known)
	return slices.Contains(known, name) || t.router.offices.named(name)
}

// knownOffice is the name of an office that answers for something, or that stands in the
// table, as it is written there; it needs no transaction.
func (t *turn) knownOffice(name string) (as string, ok bool) {
	p := t.current()
	if p == nil {
		return name, false
	}
	var known []string
	for _, d := range t.shelfDuties(p) {
		known = append(append(known, d.Lead), d.Support...)
	}
	as = t.router.offices.unify(name, p.Place, known)
	if slices.Contains(known, as) || t.router.offices.named(as) {
		return as, true
	}
	return name, false
}

// byLight is the order of what an office answers for: what is worst first, of one light what
// it leads.
var byLight = []plan.Light{plan.Overdue, plan.Red, plan.Yellow, plan.Green, plan.Done, plan.None, plan.Cancelled}

// officeParts shows a page of what an office leads or supports.
func (t *turn) officeParts(p *plan.Plan, office string, page int) ([]render.Message, error) {
	standing, err := t.standing(p)
	if err != nil {
		return nil, err
	}
	duties := t.shelfDuties(p)
	list := partsBy(standing, func(x *render.Part) bool { return plan.DutyOf(x.Commitment, x.Item(), duties).Includes(office) })
	if len(list) == 0 {
		return one(render.Message{Text: office + "名下还没有事项。发“分工”看各单位负责什么。"}), nil
	}
	order := func(x *render.Part) int {
		n := 2 * slices.Index(byLight, x.Standing.Light)
		if plan.DutyOf(x.Commitment, x.Item(), duties).Lead != office {
			n++
		}
		return n
	}
	slices.SortStableFunc(list, func(a, b render.Part) int { return order(&a) - order(&b) })
	t.showParts(p, list)
	first := list[0].Item()
	place := slices.Index(officesOf(plan.DutyOf(list[0].Commitment, first, duties)), office)
	turnTo := func(page int) string {
		return render.DoAction("office", strconv.Itoa(int(first)), strconv.Itoa(place), strconv.Itoa(page))
	}
	return one(render.OfficeParts(office, standing, list, duties, page, turnTo)), nil
}

// officePage is a button that turns the page; the office is named by an item that it answers
// for and by its place there.
func officePage(t *turn) ([]render.Message, error) {
	p, item := t.current(), plan.ID(number(t.arg(0)))
	if p == nil || p.Holder(item) == nil {
		return stale(t)
	}
	offices := officesOf(plan.DutyOf(p.Holder(item), item, t.shelfDuties(p)))
	place := number(t.arg(1))
	if place < 0 || place >= len(offices) {
		return stale(t)
	}
	return t.officeParts(p, offices[place], number(t.arg(2)))
}

// officesOf are the leading office and those that support it.
func officesOf(d *plan.Duty) []string {
	if d == nil {
		return nil
	}
	return append([]string{d.Lead}, d.Support...)
}
