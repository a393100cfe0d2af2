package schedule

import (
	"duban/plan"
	"duban/render"
)

// nudge presses what lags, once a week for each person.
func (r *round) nudge() {
	due, ok := r.settings.weekly(r.calendar, r.settings.Nudge, r.settings.Hour, r.now)
	if !ok || due.After(r.now) {
		return
	}
	for _, name := range r.names {
		lagging := only(r.groups[name], r.pressed)
		if name == "" || len(lagging) == 0 {
			continue
		}
		for _, p := range r.roster.filers(name) {
			key := r.key("nudge", weekOf(due), name, string(p.ID))
			if !r.told(key) {
				r.person(p, entry{keys: []string{key}, due: due, why: "本周有滞后事项", sections: []render.Section{render.LaggingSection(name, viewsOf(lagging))}})
			}
		}
	}
}

// pressedAfter is how many days after its deadline work that is not done is still pressed;
// later it stands in digests and bulletins only.
const pressedAfter = 28

// pressed reports whether a part is one for the weekly message.
func (r *round) pressed(p *part) bool {
	return p.lags() && p.deadline(r.p.Plan.Year).DaysTo(r.day) <= pressedAfter
}

func only(list []*part, keep func(*part) bool) []*part {
	var kept []*part
	for _, p := range list {
		if keep(p) {
			kept = append(kept, p)
		}
	}
	return kept
}

// redTwice tells the head of what was red at the ends of two months running and still is
// (Nanjing's rule); supervisors where a department has no head.
func (r *round) redTwice() {
	due := r.period.Rungs[rungReminder]
	before := plan.NewDate(r.period.Year, r.period.Month, 0)
	if !r.asks() || r.now.Before(due) || before.Before(r.p.Plan.DeliveredOn) {
		return
	}
	step := r.key("red-twice", r.period.Name(), "")
	for _, name := range r.names {
		if name == "" {
			continue
		}
		list := only(r.groups[name], func(p *part) bool { return p.red() && !p.deadline(r.p.Plan.Year).Before(r.period.Start()) })
		people := r.roster.heads(name)
		if len(people) == 0 {
			people = r.roster.supervisors()
		}
		twice := r.twice(before)
		for _, p := range people {
			fresh, _ := r.fresh(step, p.ID, list)
			if fresh, keys := r.fresh(step, p.ID, only(fresh, twice)); len(fresh) > 0 {
				section := render.RedTwiceSection(name, int(r.period.Month), viewsOf(fresh))
				r.person(p, entry{keys: keys, due: due, why: "连续两个月红灯", sections: []render.Section{section}})
			}
		}
	}
}

// twice finds what was red at the end of the round's month and at the end of the month
// before, looking at each part once.
func (r *round) twice(before plan.Date) func(*part) bool {
	known := map[*part]bool{}
	return func(p *part) bool {
		red, ok := known[p]
		if !ok {
			red = r.redAt(p, r.period.End()) && r.redAt(p, before)
			known[p] = red
		}
		return red
	}
}

// redAt reports whether a part was red or overdue at the end of a day.
func (r *round) redAt(p *part, day plan.Date) bool {
	light := r.p.lightAt(p, day, r.Rules)
	return light == plan.Red || light == plan.Overdue
}
