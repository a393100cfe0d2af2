package schedule

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"duban/plan"
	"duban/render"
	"duban/schedule/calendar"
)

// Notice is a message that is due.
type Notice struct {
	Keys     []string // of the ledger: used up together
	Chat     string
	Person   plan.PersonID
	Due      time.Time // since when
	Why      string    // for the log of a simulation
	Sections []render.Section
}

// Key is the notice's own in the outbox.
func (n *Notice) Key() string { return n.Keys[0] }

// Due decides what is to be sent at a moment and is not in the ledger: for everybody one
// message with all that concerns them. Nothing is due on days off and in quiet hours, nor
// before the report was delivered. It is pure.
func Due(s *State, settings *Settings, c *calendar.Calendar, now time.Time) []Notice {
	day := plan.DateOf(now.In(settings.Zone))
	if s.Plan.State != plan.Published || !settings.open(c, now) || !s.Plan.DeliveredOn.IsZero() && day.Before(s.Plan.DeliveredOn) {
		return nil
	}
	r := &round{State: s, settings: settings, calendar: c, now: now, day: day}
	r.period = settings.current(c, now)
	r.list = s.parts(day)
	r.dispatch()
	r.ladder()
	r.nudge()
	r.redTwice()
	return r.bundle()
}

// round is one computation.
type round struct {
	*State
	settings *Settings
	calendar *calendar.Calendar
	now      time.Time
	day      plan.Date
	period   Period
	list     []part
	notices  map[plan.PersonID]*Notice
	order    []plan.PersonID
}

// asks reports whether the period is one that the plan is asked about: its window opened
// after the delivery.
func (r *round) asks() bool {
	opens := plan.DateOf(r.period.Opens)
	return r.period.Year >= r.Plan.Year && !opens.Before(r.Plan.DeliveredOn)
}

// waits reports whether a part is asked for in the period and was not filed.
func (r *round) waits(p *part) bool {
	start := plan.Date{Year: r.period.Year, Month: r.period.Month, Day: 1}
	return !p.deadline().Before(start) && !r.filedIn(p.id(), r.period)
}

// add notes something for a person, unless all of its keys are told.
func (r *round) add(p *plan.Person, due time.Time, why string, section render.Section, keys ...string) {
	keys = slices.DeleteFunc(keys, r.Told)
	if len(keys) == 0 || p.Chat == "" || due.After(r.now) {
		return
	}
	if r.notices == nil {
		r.notices = map[plan.PersonID]*Notice{}
	}
	n := r.notices[p.ID]
	if n == nil {
		n = &Notice{Chat: p.Chat, Person: p.ID, Due: due}
		r.notices[p.ID] = n
		r.order = append(r.order, p.ID)
	}
	n.Keys = append(n.Keys, keys...)
	n.Sections = append(n.Sections, section)
	if n.Why != "" {
		why = n.Why + "；" + why
	}
	n.Why = why
	if due.Before(n.Due) {
		n.Due = due
	}
}

func (r *round) bundle() []Notice {
	list := make([]Notice, 0, len(r.order))
	for _, id := range r.order {
		list = append(list, *r.notices[id])
	}
	slices.SortStableFunc(list, func(a, b Notice) int { return cmp.Compare(a.Chat, b.Chat) })
	return list
}

// key joins the parts of a ledger key.
func (r *round) key(kind string, parts ...any) string {
	fields := []string{kind, string(r.Plan.Key())}
	for _, p := range parts {
		fields = append(fields, fmt.Sprint(p))
	}
	return strings.Join(fields, "/")
}

// byDepartment groups the parts that wait by their lead; those that nobody answers for
// stand under "".
func (r *round) byDepartment(keep func(*part) bool) (names []string, groups map[string][]*part) {
	groups = map[string][]*part{}
	for i := range r.list {
		p := &r.list[i]
		if !keep(p) {
			continue
		}
		lead := ""
		if p.duty != nil {
			lead = p.duty.Lead
		}
		if groups[lead] == nil {
			names = append(names, lead)
		}
		groups[lead] = append(groups[lead], p)
	}
	slices.Sort(names)
	return names, groups
}

// filers are those who file for a department: its staff, else its heads.
func (r *round) filers(department string) []*plan.Person {
	if people := r.reach(plan.Staff, department, r.day); len(people) > 0 {
		return people
	}
	return r.reach(plan.Head, department, r.day)
}

// dispatch opens the month's round: one message a filer with all their items; supervisors
// hear of what nobody answers for. After the close the ladder has taken its place.
func (r *round) dispatch() {
	if !r.asks() || !r.now.Before(r.period.Rungs[rungReminder]) {
		return
	}
	names, groups := r.byDepartment(r.waits)
	for _, name := range names {
		section := render.DispatchSection(r.dispatchOf(name, groups[name]))
		people := r.filers(name)
		if name == "" {
			section, people = render.UnassignedSection(viewsOf(groups[name])), r.reach(plan.Supervisor, "", r.day)
		}
		for _, p := range people {
			r.add(p, r.period.Opens, r.period.Name()+"调度开始", section, r.key("dispatch", r.period.Name(), name, p.ID))
		}
	}
}

func (r *round) dispatchOf(department string, parts []*part) render.Dispatch {
	d := render.Dispatch{Department: department, Month: int(r.period.Month), Opens: plan.DateOf(r.period.Opens), Closes: dateOf(r.period.Closes), Parts: viewsOf(parts)}
	for i := range d.Rungs {
		d.Rungs[i] = plan.DateOf(r.period.Rungs[i])
	}
	return d
}

func dateOf(d calendar.Day) plan.Date { return plan.Date{Year: d.Year, Month: d.Month, Day: d.Day} }

func viewsOf(parts []*part) []render.Part {
	list := make([]render.Part, len(parts))
	for i, p := range parts {
		list[i] = render.Part{Commitment: p.commitment, Target: p.target, Task: p.task, Standing: &p.standing}
	}
	return list
}

// ladder climbs for what was not filed: filers, then heads, then supervisors. A filing
// stops it at once; each rung reaches each person once for each item.
func (r *round) ladder() {
	if !r.asks() {
		return
	}
	names, groups := r.byDepartment(func(p *part) bool { return p.duty != nil && r.waits(p) })
	for rung, due := range r.period.Rungs {
		if due.After(r.now) {
			break
		}
		for _, name := range names {
			for _, p := range r.rungPeople(rung, name) {
				r.climb(rung, due, name, p, groups[name])
			}
		}
	}
}

func (r *round) rungPeople(rung int, department string) []*plan.Person {
	switch rung {
	case rungReminder:
		return r.filers(department)
	case rungHead:
		return r.reach(plan.Head, department, r.day)
	}
	return r.reach(plan.Supervisor, "", r.day)
}

// climb notes a rung for one person: the items that it was not told of yet.
func (r *round) climb(rung int, due time.Time, department string, p *plan.Person, parts []*part) {
	var keys []string
	var fresh []*part
	for _, x := range parts {
		if k := r.key("ladder", r.period.Name(), x.id(), rung, p.ID); !r.Told(k) {
			keys, fresh = append(keys, k), append(fresh, x)
		}
	}
	if len(fresh) == 0 {
		return
	}
	why := fmt.Sprintf("%s未填报，第%d级（%s）", r.period.Name(), rung+1, department)
	r.add(p, due, why, render.LadderSection(rung, r.dispatchOf(department, fresh)), keys...)
}

// nudge presses what lags, once a week for each person.
func (r *round) nudge() {
	due, ok := r.settings.weekly(r.calendar, r.settings.Nudge, r.now)
	if !ok || due.After(r.now) {
		return
	}
	names, groups := r.byDepartment(func(p *part) bool {
		return p.duty != nil && (p.standing.Light == plan.Yellow || p.standing.Light == plan.Red || p.standing.Light == plan.Overdue)
	})
	for _, name := range names {
		for _, p := range r.filers(name) {
			r.add(p, due, week(due)+"有滞后事项", render.LaggingSection(viewsOf(groups[name])), r.key("nudge", week(due), name, p.ID))
		}
	}
}

// redTwice tells the head of what was red at the ends of two months running (Nanjing's
// rule).
func (r *round) redTwice() {
	if !r.asks() || r.now.Before(r.period.Rungs[rungReminder]) {
		return
	}
	before := plan.EndOfMonth(yearMonth(r.period.Year, r.period.Month-1))
	if before.Before(r.Plan.DeliveredOn) {
		return
	}
	red := r.redAt(r.period.End())
	was := r.redAt(before)
	names, groups := r.byDepartment(func(p *part) bool { return p.duty != nil && red[p.id()] && was[p.id()] })
	for _, name := range names {
		for _, p := range r.reach(plan.Head, name, r.day) {
			var keys []string
			for _, x := range groups[name] {
				keys = append(keys, r.key("red-twice", r.period.Name(), x.id(), p.ID))
			}
			r.add(p, r.period.Rungs[rungReminder], r.period.Name()+"连续两个月红灯", render.RedTwiceSection(viewsOf(groups[name])), keys...)
		}
	}
}

// redAt tells which items were red or overdue at the end of a day.
func (r *round) redAt(day plan.Date) map[plan.ID]bool {
	red := map[plan.ID]bool{}
	for _, p := range r.parts(day) {
		red[p.id()] = p.standing.Light == plan.Red || p.standing.Light == plan.Overdue
	}
	return red
}
