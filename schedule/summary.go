package schedule

import (
	"slices"

	"duban/plan"
	"duban/render"
)

// message keeps signatures short.
type message = render.Message

// summary tells supervisors how the month's round went.
func (r *round) summary() {
	if !r.asks() || r.now.Before(r.period.Summary) {
		return
	}
	step := r.key("summary", r.period.Name(), "")
	var composed page
	for _, p := range r.roster.supervisors() {
		key := step + string(p.ID)
		if r.told(key) {
			continue
		}
		if composed == nil {
			composed = r.summaryPage()
		}
		r.person(p, entry{keys: []string{key}, due: r.period.Summary, why: r.monthName() + "调度小结", page: composed})
	}
}

func (r *round) summaryPage() page {
	v := SummaryView{Plan: r.p.Plan, Period: r.period.Name(), Now: r.standing, Duties: r.p.Duties, Turnouts: r.turnouts()}
	v.Next = [2]plan.Date{dateIn(r.period.Rungs[rungHead], r.settings.Zone), dateIn(r.period.Rungs[rungSupervisor], r.settings.Zone)}
	pages := r.Pages
	return compose(func() message { return pages.Summary(v) })
}

// turnouts counts who filed in the round, by department; what nobody answers for is left
// out.
func (r *round) turnouts() []Turnout {
	byName := map[string]*Turnout{}
	at := func(name string) *Turnout {
		if byName[name] == nil {
			byName[name] = &Turnout{Department: name}
		}
		return byName[name]
	}
	for name, waiting := range r.waiting {
		if name != "" {
			at(name).Missing = viewsOf(waiting)
		}
	}
	since := r.period.Opens.AddDate(0, 0, -r.settings.Early)
	r.p.each(func(c *plan.Commitment, item plan.ID) {
		if name := r.p.lead(c, item); name != "" && r.p.filedSince(item, since) {
			at(name).Filed++
		}
	})
	list := make([]Turnout, 0, len(byName))
	for _, name := range sortedKeys(byName) {
		list = append(list, *byName[name])
	}
	return list
}

// each visits the targets that may be rated and the tasks.
func (s *PlanState) each(f func(c *plan.Commitment, item plan.ID)) {
	for i := range s.Plan.Commitments {
		c := &s.Plan.Commitments[i]
		for j := range c.Targets {
			if s.Plan.Counts(&c.Targets[j]) {
				f(c, c.Targets[j].ID)
			}
		}
		for j := range c.Tasks {
			f(c, c.Tasks[j].ID)
		}
	}
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
