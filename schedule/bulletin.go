package schedule

import (
	"fmt"
	"sync"
	"time"

	"duban/plan"
)

// releasedFor is how long after its release a bulletin is still sent to who missed it.
const releasedFor = 14 * 24 * time.Hour

func quarterName(year, quarter int) string { return fmt.Sprintf("%d-Q%d", year, quarter) }

// bulletin previews the last quarter's bulletin to supervisors; once one of them released
// it, everybody concerned gets it.
func (r *round) bulletin() {
	q, ok := r.lastQuarter()
	if !ok || !r.settings.Quarterly {
		return
	}
	name := quarterName(q.Year, q.quarter())
	view := sync.OnceValue(r.bulletinView(q))
	released, out := r.Told(plan.ReleaseKey(r.p.Plan.Key(), name))
	switch {
	case out && r.now.Sub(released) < releasedFor:
		r.publish(name, released, view)
	case !out:
		r.preview(name, q.Quarter, view)
	}
}

// lastQuarter is the last round of the quarter that ended last, once its ladder is over.
func (r *round) lastQuarter() (Period, bool) {
	p := r.period
	for p.Month%3 != 0 || p.Quarter.After(r.now) {
		p = r.settings.period(r.calendar, p.Year, p.Month-1)
	}
	return p, p.Year == r.p.Plan.Year && r.asksIn(p)
}

func (r *round) preview(name string, due time.Time, view func() BulletinView) {
	pages := r.Pages
	composed := &storedPage{func(tx plan.Tx, now time.Time) (message, error) { return pages.Preview(tx, now, view()) }}
	for _, p := range r.roster.supervisors() {
		if key := r.key("bulletin", name, "preview", string(p.ID)); !r.told(key) {
			r.person(p, entry{keys: []string{key}, due: due, why: "季通报待发布", stored: composed})
		}
	}
}

func (r *round) publish(name string, released time.Time, view func() BulletinView) {
	pages := r.Pages
	composed := &storedPage{func(tx plan.Tx, now time.Time) (message, error) { return pages.Bulletin(tx, now, view()) }}
	send := func(p *plan.Person, chat string) {
		if key := r.key("bulletin", name, "out", chat); !r.told(key) {
			r.add(p, chat, entry{keys: []string{key}, due: released, why: "季通报发布", stored: composed})
		}
	}
	for i := range r.People {
		p := &r.People[i]
		if !p.Removed && p.Role != plan.Public && !p.Away(r.day) && !p.Joined.After(released) {
			send(p, p.Chat)
		}
	}
	followers := r.followers()
	for _, f := range followers {
		if !f.since.After(released) {
			send(nil, f.chat)
		}
	}
	for _, s := range r.onlySubscribed(followers) {
		if !s.At.After(released) {
			send(nil, s.Chat)
		}
	}
}

// bulletinView is how the quarter ended, as known when its ladder was over: what was filed
// later is for an erratum.
func (r *round) bulletinView(q Period) func() BulletinView {
	then := *r // the round goes on to the next plan
	return func() BulletinView {
		p := then.p
		return BulletinView{
			Plan: p.Plan, Year: q.Year, Quarter: q.quarter(), Duties: p.Duties, Frozen: q.Quarter,
			Now: plan.Stand(p.Plan, p.Marks, q.End(), q.Quarter, then.Rules),
		}
	}
}
