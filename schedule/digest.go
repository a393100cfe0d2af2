package schedule

import (
	"strconv"
	"strings"
	"sync"
	"time"

	"duban/plan"
	"duban/render"
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
	s, own := r.Digests[chat]
	switch {
	case r.digests.off || s.Scope == plan.ScopeNone:
		return time.Time{}, false
	case !own:
		return r.digests.usual, !r.early && !r.digests.usual.After(r.now)
	}
	due, found := r.settings.weekly(r.calendar, s.Day, s.Hour, r.now)
	if c, ok := r.Chats[chat]; ok && found && c.Zone != "" {
		due = time.Date(due.Year(), due.Month(), due.Day(), s.Hour, 0, 0, 0, r.settings.zoneOf(&c))
	}
	return due, found && !due.After(r.now)
}

// digest sends the week's news: to staff, heads and supervisors who are there, to who
// follows something, and to who subscribed.
func (r *round) digest() {
	monday := calendar.DayOf(r.local).Add(-fromMonday(r.local.Weekday()))
	if r.digests.off || dateOf(monday).Before(r.p.Plan.DeliveredOn) {
		return
	}
	week, followers := r.week(monday), r.followers()
	for i := range r.People {
		p := &r.People[i]
		if p.Removed || p.Role == plan.Public || p.Role == plan.Admin || p.Away(r.day) || p.Chat == "" {
			continue
		}
		r.digestTo(week, p, p.Chat, p.Joined, r.readerOf(p))
	}
	for _, f := range followers {
		reader := f.reader()
		if r.Digests[f.chat].Scope == plan.ScopeAll {
			reader = render.Reader{}
		}
		r.digestTo(week, nil, f.chat, f.since, reader)
	}
	for _, s := range r.onlySubscribed(followers) {
		r.digestTo(week, nil, s.Chat, s.At, render.Reader{})
	}
}

// readerOf is what the digest of somebody with a role is about.
func (r *round) readerOf(p *plan.Person) render.Reader {
	s, own := r.Digests[p.Chat]
	if !own {
		s = plan.DigestSubscription{Chat: p.Chat, Person: p.ID}
	}
	var follows []plan.Subscription
	if s.Scope == plan.ScopeFollows {
		for i := range r.p.Subscribers {
			if r.p.Subscribers[i].Chat == p.Chat {
				follows = append(follows, r.p.Subscribers[i])
			}
		}
	}
	return render.ReaderOf(&s, p, follows)
}

// onlySubscribed lists the chats that subscribed to everything and neither have a role nor
// follow anything, in the order of their names.
func (r *round) onlySubscribed(followers []*follower) []plan.DigestSubscription {
	following := make(map[string]bool, len(followers))
	for _, f := range followers {
		following[f.chat] = true
	}
	var list []plan.DigestSubscription
	for _, chat := range sortedKeys(r.Digests) {
		s := r.Digests[chat]
		if !following[chat] && !r.roster.served(chat) && s.Scope != plan.ScopeFollows && s.Scope != plan.ScopeNone {
			list = append(list, s)
		}
	}
	return list
}

func (r *round) digestTo(week *week, p *plan.Person, chat string, since time.Time, reader render.Reader) {
	due, ok := r.digestDue(chat)
	if !ok || since.After(due) {
		return
	}
	key := week.step + chat
	if r.told(key) {
		return
	}
	r.add(p, chat, entry{keys: []string{key}, due: due, why: "周报", page: week.page(reader, p != nil)})
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
		if s.Chat == "" || r.roster.served(s.Chat) {
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

// reader is what a follower's digest is about: everything, or what is followed.
func (f *follower) reader() render.Reader {
	for i := range f.list {
		if f.list[i].Item == 0 && f.list[i].Prefix == "" {
			return render.Reader{}
		}
	}
	return render.Reader{Follows: f.list}
}

// week is what the digests of one plan and week share.
type week struct {
	step      string // of their keys
	pages     Pages
	plan      *PlanState
	several   bool
	absent    func() []plan.Turnout // asks while Due runs; what it found stays
	round     plan.Date
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
		step: r.key("digest", weekOf(r.settings.at(monday)), ""), pages: r.Pages, plan: p, several: r.reported > 1, absent: sync.OnceValue(r.absent), round: r.period.Start(), composed: map[string]page{},
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

// page composes the digest of a reader once for all who share it; the public's pictures are
// behind a button.
func (w *week) page(reader render.Reader, picture bool) page {
	key := strconv.FormatBool(picture) + readerKey(&reader)
	if p, ok := w.composed[key]; ok {
		return p
	}
	absent := w.absent()
	p := compose(func() render.Message {
		s := w.standings()
		return w.pages.Digest(DigestView{
			Plan: w.plan.Plan, Now: s[0], Before: s[1], Duties: w.plan.Duties, Turnouts: absent, Round: w.round, Several: w.several, Reader: reader, Picture: picture,
		})
	})
	w.composed[key] = p
	return p
}

func readerKey(reader *render.Reader) string {
	var w strings.Builder
	w.WriteString("/" + reader.Department)
	for i := range reader.Follows {
		w.WriteString("/" + strconv.Itoa(int(reader.Follows[i].Item)) + ":" + string(reader.Follows[i].Prefix))
	}
	return w.String()
}

// absent counts who filed in the period once it went through all rungs; nil before that.
func (r *round) absent() []plan.Turnout {
	if !r.asks() || r.now.Before(r.period.Rungs[rungSupervisor]) {
		return nil
	}
	return r.turnouts()
}
