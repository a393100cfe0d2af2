package schedule

import (
	"slices"
	"time"

	"duban/plan"
	"duban/render"
)

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

// summaryPage is how the month ended and who filed for it.
func (r *round) summaryPage() page {
	v := SummaryView{
		Plan: r.p.Plan, Period: r.period.Name(), Duties: r.p.Duties, Turnouts: r.turnouts(),
		Now: plan.Stand(r.p.Plan, r.p.Marks, r.period.End(), time.Time{}, r.Rules),
	}
	pages := r.Pages
	return compose(func() render.Message { return pages.Summary(v) })
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
