package schedule

import (
	"slices"
	"strconv"
	"time"

	"duban/plan"
	"duban/render"
	"duban/schedule/calendar"
)

// byDepartment groups parts by their lead; those that nobody answers for stand under "".
func byDepartment(list []part) (names []string, groups map[string][]*part) {
	groups = map[string][]*part{}
	for i := range list {
		p := &list[i]
		if groups[p.lead] == nil {
			names = append(names, p.lead)
		}
		groups[p.lead] = append(groups[p.lead], p)
	}
	slices.Sort(names)
	return names, groups
}

// dispatch opens the month's round: one message a filer with all their items; supervisors
// hear of what nobody answers for. After the first rung the ladder has taken its place.
func (r *round) dispatch() {
	if !r.now.Before(r.period.Rungs[rungReminder]) {
		return
	}
	step := r.key("dispatch", r.period.Name(), "")
	for _, name := range r.names {
		if len(r.waiting[name]) == 0 {
			continue
		}
		people := r.roster.filers(name)
		if name == "" {
			people = r.roster.supervisors()
		}
		for _, p := range people {
			fresh, keys := r.fresh(step, p.ID, r.waiting[name])
			if len(fresh) == 0 {
				continue
			}
			r.person(p, r.opening(name, p, fresh, keys))
		}
	}
}

// opening is the entry of a department's round for one person.
func (r *round) opening(department string, p *plan.Person, parts []*part, keys []string) entry {
	e := entry{keys: keys, due: r.period.Opens}
	if department == "" {
		e.why = "有事项未落实责任单位"
		e.sections = []render.Section{render.UnassignedSection(viewsOf(parts))}
		return e
	}
	e.why = r.monthName() + "调度开始"
	e.asked = r.askedOf(parts)
	e.sections = []render.Section{render.DispatchSection(r.dispatchOf(department, p, parts))}
	return e
}

func (r *round) monthName() string { return strconv.Itoa(int(r.period.Month)) + "月" }

// dispatchOf is what a message about a department's round says to a person; numbers go on
// from what the same message asks already.
func (r *round) dispatchOf(department string, p *plan.Person, parts []*part) render.Dispatch {
	d := render.Dispatch{
		Plan: r.p.Plan.Key(), Department: department, Period: r.period.Name(), Month: int(r.period.Month), From: r.asked(p.Chat) + 1,
		Opens: dateIn(r.period.Opens, r.settings.Zone), Closes: dateOf(r.period.Closes), Today: r.day, Parts: r.viewsFor(department, parts),
		StandsIn: p.Department != department && p.Role != plan.Supervisor && p.Role != plan.Admin,
		Listed:   !r.over(r.p), Post: r.post(department),
	}
	filers := r.roster.filers(department)
	d.Files = len(filers) == 1 && filers[0] == p
	d.Reminded = r.climbed(rungReminder, parts, filers)
	d.Told = r.climbed(rungHead, parts, r.roster.heads(department))
	d.Reported = r.climbed(rungSupervisor, parts, r.roster.supervisors())
	for i := range d.Rungs {
		d.Rungs[i] = dateIn(r.period.Rungs[i], r.settings.Zone)
	}
	return d
}

// post counts who serves a department.
func (r *round) post(department string) render.Post {
	staff, heads := r.roster.registered[post{plan.Staff, department}], r.roster.registered[post{plan.Head, department}]
	if staff == 0 {
		staff = heads
	}
	return render.Post{Staff: staff, Heads: heads, Filers: len(r.roster.filers(department)), Managers: len(r.roster.heads(department)), Seen: r.seen(department)}
}

// climbed reports whether the ledger shows a rung for one of some people and parts.
func (r *round) climbed(rung int, parts []*part, people []*plan.Person) bool {
	step := r.key("ladder", r.period.Name(), strconv.Itoa(rung), "")
	for _, p := range people {
		for _, x := range parts {
			if r.told(step + x.number + "/" + string(p.ID)) {
				return true
			}
		}
	}
	return false
}

// asked counts what the message to a chat numbers so far.
func (r *round) asked(chat string) int {
	if n := r.byChat[chat]; n != nil {
		return len(n.Asked)
	}
	return 0
}

func (r *round) askedOf(parts []*part) []plan.Asked {
	list := make([]plan.Asked, len(parts))
	for i, p := range parts {
		list[i] = plan.Asked{Plan: r.p.Plan.Key(), Item: p.id()}
	}
	return list
}

func dateIn(t time.Time, zone *time.Location) plan.Date { return plan.DateOf(t.In(zone)) }

func dateOf(d calendar.Day) plan.Date { return plan.Date{Year: d.Year, Month: d.Month, Day: d.Day} }

func viewsOf(parts []*part) []render.Part {
	list := make([]render.Part, len(parts))
	for i, p := range parts {
		list[i] = render.Part{Commitment: p.commitment, Target: p.target, Task: p.task, Standing: p.standing}
	}
	return list
}

// viewsFor are the parts for a message; those of all that waits are shared.
func (r *round) viewsFor(department string, parts []*part) []render.Part {
	if len(parts) != len(r.waiting[department]) {
		return viewsOf(parts)
	}
	if r.views[department] == nil {
		r.views[department] = viewsOf(parts)
	}
	return r.views[department]
}

// ladder climbs for what was not filed: filers, then heads, then supervisors. A filing
// stops it at once; each rung reaches each person once for each item. Who is on two rungs
// that come together hears of the higher one.
func (r *round) ladder() {
	if !r.asks() {
		return
	}
	for _, name := range r.names {
		if name == "" || len(r.waiting[name]) == 0 {
			continue
		}
		heard := map[plan.PersonID]bool{}
		for rung := rungHead; rung >= rungReminder; rung-- {
			for _, p := range r.rungPeople(rung, name) {
				heard[p.ID] = r.climb(rung, name, p, heard[p.ID]) || heard[p.ID]
			}
		}
	}
	for _, p := range r.roster.supervisors() {
		r.report(p)
	}
}

// rungPeople are those whom a rung of a department reaches now.
func (r *round) rungPeople(rung int, department string) []*plan.Person {
	switch {
	case r.period.Rungs[rung].After(r.now):
		return nil
	case rung == rungReminder:
		return r.roster.filers(department)
	}
	return r.roster.heads(department)
}

// climb notes a rung for one person: the items that they were not told of yet; silent only
// uses its keys up. It reports whether there were any.
func (r *round) climb(rung int, department string, p *plan.Person, silent bool) bool {
	step := r.key("ladder", r.period.Name(), strconv.Itoa(rung), "")
	fresh, keys := r.fresh(step, p.ID, r.waiting[department])
	if len(fresh) == 0 {
		return false
	}
	e := entry{keys: keys, due: r.period.Rungs[rung]}
	if !silent {
		e.why = r.monthName() + "未填报（" + [...]string{"提醒填报人", "告知负责人"}[rung] + "）"
		if rung == rungReminder {
			e.asked = r.askedOf(fresh)
		}
		e.sections = []render.Section{render.LadderSection(rung, r.dispatchOf(department, p, fresh))}
	}
	r.person(p, e)
	return true
}

// report is the last rung: a supervisor hears of all departments in one section.
func (r *round) report(p *plan.Person) {
	due := r.period.Rungs[rungSupervisor]
	if due.After(r.now) {
		return
	}
	step := r.key("ladder", r.period.Name(), strconv.Itoa(rungSupervisor), "")
	e := entry{due: due, why: r.monthName() + "未填报（报督查室）"}
	var list []render.Dispatch
	for _, name := range r.names {
		if name == "" {
			continue
		}
		fresh, keys := r.fresh(step, p.ID, r.waiting[name])
		if len(fresh) == 0 {
			continue
		}
		list, e.keys = append(list, r.dispatchOf(name, p, fresh)), append(e.keys, keys...)
	}
	if len(list) > 0 {
		e.sections = []render.Section{render.UnfiledSection(list)}
		r.person(p, e)
	}
}

// seen counts the filers of a department who have said that they know of the round.
func (r *round) seen(department string) int {
	n := 0
	for _, p := range r.roster.filers(department) {
		if r.told(plan.SeenKey(r.p.Plan.Key(), r.period.Name(), p.ID)) {
			n++
		}
	}
	return n
}
