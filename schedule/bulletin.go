package schedule

import (
	"fmt"
	"sync"
	"time"

	"duban/plan"
	"duban/render"
)

// releasedFor is how long after its release a bulletin is still sent to who missed it, and
// an erratum after it was made.
const releasedFor = 14 * 24 * time.Hour

func quarterName(year, quarter int) string { return fmt.Sprintf("%d-Q%d", year, quarter) }

// bulletin previews the last quarter's bulletin to supervisors, and sends those that one of
// them released, of whatever quarter, to everybody concerned.
func (r *round) bulletin() {
	r.released()
	q, ok := r.lastQuarter()
	if !ok || !r.settings.Quarterly {
		return
	}
	name := quarterName(q.Year, q.quarter())
	if _, out := r.Told(plan.ReleaseKey(r.p.Plan.Key(), name)); !out {
		r.preview(name, q.Quarter, sync.OnceValue(r.bulletinView(q)))
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
	composed := &storedPage{func(tx plan.Tx, now time.Time) (render.Message, error) { return pages.Preview(tx, now, view()) }}
	for _, p := range r.roster.supervisors() {
		if key := r.key("bulletin", name, "preview", string(p.ID)); !r.told(key) {
			r.person(p, entry{keys: []string{key}, due: due, why: "季通报待发布", stored: composed})
		}
	}
}

// released sends what was released or corrected lately. It looks at every quarter of the
// plan's years: an old one may be released late.
func (r *round) released() {
	year, month, _ := r.local.Date()
	for y := r.p.Plan.Year; y <= min(year, r.p.Plan.LastYear()+1); y++ {
		for quarter := 1; quarter <= 4 && (y < year || quarter <= (int(month)+2)/3); quarter++ {
			name := quarterName(y, quarter)
			at, out := r.Told(plan.ReleaseKey(r.p.Plan.Key(), name))
			if !out {
				continue
			}
			view := sync.OnceValue(r.bulletinView(r.settings.period(r.calendar, y, time.Month(quarter*3))))
			errata := r.errata(name)
			if r.now.Sub(at) < releasedFor {
				r.publish(name, at, len(errata), view)
			}
			for i, at := range errata {
				if r.now.Sub(at) < releasedFor {
					r.correct(name, i+1, at, view)
				}
			}
		}
	}
}

// errata are the moments of a bulletin's errata.
func (r *round) errata(name string) (list []time.Time) {
	for {
		at, ok := r.Told(plan.ErratumKey(r.p.Plan.Key(), name, len(list)+1))
		if !ok {
			return list
		}
		list = append(list, at)
	}
}

func (r *round) outKey(name, chat string) string { return r.key("bulletin", name, "out", chat) }

func (r *round) erratumKey(name string, n int, chat string) string {
	return r.key("bulletin", name, fmt.Sprintf("erratum-%d", n), chat)
}

// publish sends a released bulletin; the errata that it has already come with it.
func (r *round) publish(name string, released time.Time, errata int, view func() BulletinView) {
	pages := r.Pages
	page := officeAndPublic(func(tx plan.Tx, now time.Time) (render.Message, error) { return pages.Bulletin(tx, now, view()) })
	r.audience(func(p *plan.Person, chat string, since time.Time) {
		key := r.outKey(name, chat)
		if since.After(released) || r.told(key) {
			return
		}
		keys := []string{key}
		for n := 1; n <= errata; n++ {
			keys = append(keys, r.erratumKey(name, n, chat))
		}
		r.add(p, chat, entry{keys: keys, due: released, why: "季通报发布", stored: page(p)})
	})
}

// correct sends an erratum to those who had the bulletin.
func (r *round) correct(name string, n int, made time.Time, view func() BulletinView) {
	pages := r.Pages
	page := officeAndPublic(func(tx plan.Tx, now time.Time) (render.Message, error) { return pages.Erratum(tx, now, view(), n) })
	r.audience(func(p *plan.Person, chat string, _ time.Time) {
		if key := r.erratumKey(name, n, chat); r.told(r.outKey(name, chat)) && !r.told(key) {
			r.add(p, chat, entry{keys: []string{key}, due: made, why: "季通报更正", stored: page(p)})
		}
	})
}

// officeAndPublic makes the two forms of a page: the public's says how to end it.
func officeAndPublic(compose func(plan.Tx, time.Time) (render.Message, error)) func(*plan.Person) *storedPage {
	form := func(mark func(*render.Message)) *storedPage {
		return &storedPage{func(tx plan.Tx, now time.Time) (render.Message, error) {
			m, err := compose(tx, now)
			mark(&m)
			return m, err
		}}
	}
	office, public := form(render.ForOffice), form(render.ForSubscriber)
	return func(p *plan.Person) *storedPage {
		if p != nil {
			return office
		}
		return public
	}
}

// audience visits who gets what was released: departments and supervisors who are there,
// and the public that follows or subscribed, unless they ended it; since is from when on.
// Admins get none for their role.
func (r *round) audience(visit func(p *plan.Person, chat string, since time.Time)) {
	for i := range r.People {
		p := &r.People[i]
		if !p.Removed && p.Role != plan.Public && p.Role != plan.Admin && !p.Away(r.day) {
			visit(p, p.Chat, p.Joined)
		}
	}
	followers := r.followers()
	for _, f := range followers {
		if r.Digests[f.chat].Scope != plan.ScopeNone {
			visit(nil, f.chat, f.since)
		}
	}
	for _, s := range r.onlySubscribed(followers) {
		visit(nil, s.Chat, s.At)
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
