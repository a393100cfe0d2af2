package schedule

import (
	"strconv"
	"strings"
	"sync"
	"time"

	"duban/plan"
	"duban/schedule/calendar"
)

// digestTimes finds when the weekly digest of a chat is due in the week of now.
type digestTimes struct {
	usual time.Time
	off   bool // the whole week is
}

func (r *round) newDigestTimes() digestTimes {
	usual, ok := r.settings.weekly(r.calendar, r.settings.Digest, r.settings.Hour, r.now)
	return digestTimes{usual: usual, off: !ok}
}

// digestDue is when the digest of a chat is due; false where it wants none, or not yet.
func (r *round) digestDue(chat string) (time.Time, bool) {
	c, ok := r.Chats[chat]
	switch {
	case r.digests.off || ok && c.Digest.Off:
		return time.Time{}, false
	case !ok || !c.Digest.Own:
		return r.digests.usual, !r.early && !r.digests.usual.After(r.now)
	}
	due, found := r.settings.weekly(r.calendar, c.Digest.Day, c.Digest.Hour, r.now)
	if found && c.Zone != "" {
		due = time.Date(due.Year(), due.Month(), due.Day(), c.Digest.Hour, 0, 0, 0, r.settings.zoneOf(&c))
	}
	return due, found && !due.After(r.now)
}

// digest sends the week's news: to staff, heads and supervisors who are there, and to who
// follows something.
func (r *round) digest() {
	monday := calendar.DayOf(r.local).Add(-fromMonday(r.local.Weekday()))
	if r.digests.off || dateOf(monday).Before(r.p.Plan.DeliveredOn) {
		return
	}
	week := r.week(monday)
	for i := range r.People {
		p := &r.People[i]
		if p.Removed || p.Role == plan.Public || p.Role == plan.Admin || p.Away(r.day) || p.Chat == "" {
			continue
		}
		r.digestTo(week, p, p.Chat, p.Joined, Scope{Role: p.Role, Department: p.Department})
	}
	for _, f := range r.readers() {
		r.digestTo(week, nil, f.chat, f.since, Scope{Role: plan.Public, Follows: f.list})
	}
}

// readers are the followers, and the chats that subscribed to the digest alone: these read
// everything unless they chose what they follow.
func (r *round) readers() []*follower {
	list := r.followers()
	known := make(map[string]*follower, len(list))
	for _, f := range list {
		known[f.chat] = f
	}
	for i := range r.Readers {
		s := &r.Readers[i]
		if r.roster.byChat[s.Chat] != nil && r.roster.byChat[s.Chat].Role != plan.Admin || s.Scope == plan.ScopeFollows {
			continue
		}
		whole := []plan.Subscription{{Chat: s.Chat, Plan: r.p.Plan.Key(), At: s.At}}
		switch f := known[s.Chat]; {
		case f == nil:
			list = append(list, &follower{chat: s.Chat, since: s.At, list: whole})
		case s.Scope == plan.ScopeAll:
			f.list = whole
		}
	}
	return list
}

func (r *round) digestTo(week *week, p *plan.Person, chat string, since time.Time, scope Scope) {
	due, ok := r.digestDue(chat)
	if !ok || since.After(due) {
		return
	}
	key := week.step + chat
	if r.told(key) {
		return
	}
	r.add(p, chat, entry{keys: []string{key}, due: due, why: "周报", page: week.page(scope)})
}

// follower is a chat with what it follows.
type follower struct {
	chat  string
	since time.Time // of the oldest
	list  []plan.Subscription
}

// followers groups the subscriptions by chat; chats of people with a role have their own
// digest.
func (r *round) followers() []*follower {
	byChat := make(map[string]*follower, len(r.p.Subscribers))
	list := make([]*follower, 0, len(r.p.Subscribers))
	for i := range r.p.Subscribers {
		s := &r.p.Subscribers[i]
		if s.Chat == "" || r.roster.byChat[s.Chat] != nil && r.roster.byChat[s.Chat].Role != plan.Admin {
			continue
		}
		f := byChat[s.Chat]
		if f == nil {
			f = &follower{chat: s.Chat, since: s.At}
			byChat[s.Chat] = f
			list = append(list, f)
		}
		if s.At.Before(f.since) {
			f.since = s.At
		}
		f.list = append(f.list, *s)
	}
	return list
}

// week is what the digests of one plan and week share.
type week struct {
	step      string // of their keys
	pages     Pages
	plan      *PlanState
	late      []Late
	standings func() [2]*plan.PlanStanding
	composed  map[string]page
}

// week looks at what was known when the last digest's week ended, and at the end of the
// week before this one: what is recorded later belongs to the next digest, whatever its
// data date. A week that was off has no digest; the next one covers it too.
func (r *round) week(monday calendar.Day) *week {
	p, rules := r.p, r.Rules
	before := monday.Add(-7)
	for !r.worked(before) {
		before = before.Add(-7)
	}
	was, is := r.settings.atHour(before, 0), r.settings.atHour(monday, 0)
	return &week{
		step: r.key("digest", weekOf(r.settings.at(monday)), ""), pages: r.Pages, plan: p, late: r.late(), composed: map[string]page{},
		standings: sync.OnceValue(func() [2]*plan.PlanStanding {
			return [2]*plan.PlanStanding{
				plan.Stand(p.Plan, p.Marks, dateOf(monday.Add(-1)), is, rules),
				plan.Stand(p.Plan, p.Marks, dateOf(before.Add(-1)), was, rules),
			}
		}),
	}
}

// worked reports whether the week from a Monday on has a working day.
func (r *round) worked(monday calendar.Day) bool {
	first := r.calendar.OnOrAfter(monday)
	return dateOf(monday).DaysTo(dateOf(first)) < 7
}

// page composes the digest of a scope once for all who share it.
func (w *week) page(scope Scope) page {
	key := scopeKey(&scope)
	if p, ok := w.composed[key]; ok {
		return p
	}
	p := compose(func() message {
		s := w.standings()
		return w.pages.Digest(DigestView{
			Plan: w.plan.Plan, Now: s[0], Before: s[1], Duties: w.plan.Duties, Late: w.late, Scope: scope, Picture: scope.Role != plan.Public,
		})
	})
	w.composed[key] = p
	return p
}

func scopeKey(s *Scope) string {
	var w strings.Builder
	w.WriteString(string(s.Role) + "/" + s.Department)
	for i := range s.Follows {
		w.WriteString("/" + strconv.Itoa(int(s.Follows[i].Item)) + ":" + string(s.Follows[i].Prefix))
	}
	return w.String()
}

// late lists the departments with items that went through all rungs without a filing.
func (r *round) late() []Late {
	if r.now.Before(r.period.Rungs[rungSupervisor]) {
		return nil
	}
	var list []Late
	for _, name := range r.names {
		if n := len(r.waiting[name]); n > 0 && name != "" {
			list = append(list, Late{Department: name, Items: n})
		}
	}
	return list
}
