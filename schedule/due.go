package schedule

import (
	"strconv"
	"strings"
	"time"

	"duban/plan"
	"duban/render"
	"duban/schedule/calendar"
)

// Due decides what is to be sent at a moment and is not in the ledger: for every chat one
// message with all that concerns it. Nothing is due on days off and in quiet hours, nor
// before a report was delivered. It changes nothing but why it failed, which
// is kept in s where Told or Filings could not read.
func Due(s *State, settings *Settings, c *calendar.Calendar, now time.Time) []*Notice {
	if !settings.open(c, now) {
		return nil
	}
	r := newRound(s, settings, c, now)
	var running []*PlanState
	for i := range s.Plans {
		p := &s.Plans[i]
		if p.Plan.State == plan.Published && (p.Plan.DeliveredOn.IsZero() || !r.day.Before(p.Plan.DeliveredOn)) {
			running = append(running, p)
			if !r.over(p) {
				r.reported++
			}
		}
	}
	for _, p := range running {
		r.plan(p)
	}
	r.unknownYear()
	return r.order
}

// round is one computation.
type round struct {
	*State
	settings *Settings
	calendar *calendar.Calendar
	roster   *roster
	now      time.Time
	local    time.Time // now in the zone of the plans
	day      plan.Date
	early    bool // before the hour of sending: only what asked for its own hour is due
	period   Period
	digests  digestTimes
	order    []*Notice
	byChat   map[string]*Notice
	reported int // plans that have digests

	// Of the plan in hand.
	p        *PlanState
	prefix   string // of its keys
	standing *plan.PlanStanding
	list     []part
	names    []string                 // departments with parts, sorted; "" first
	groups   map[string][]*part       // parts by department
	waiting  map[string][]*part       // those that are asked for and were not filed
	views    map[string][]render.Part // of waiting
}

func newRound(s *State, settings *Settings, c *calendar.Calendar, now time.Time) *round {
	local := now.In(settings.Zone)
	day := plan.DateOf(local)
	r := &round{
		State: s, settings: settings, calendar: c, now: now, local: local, day: day, early: local.Hour() < settings.Hour,
		period: settings.current(c, now), roster: newRoster(s.People, day), byChat: map[string]*Notice{},
	}
	r.digests = r.newDigestTimes()
	return r
}

// plan decides what is due for one plan.
func (r *round) plan(p *PlanState) {
	r.p, r.prefix = p, string(p.Plan.Key())+"/"
	r.standing = plan.Stand(p.Plan, p.Marks, r.day, time.Time{}, r.Rules)
	r.list = p.parts(r.standing)
	r.names, r.groups = byDepartment(r.list)
	r.waiting, r.views = map[string][]*part{}, map[string][]render.Part{}
	if r.asks() {
		r.wait()
	}
	if !r.early {
		r.dispatch()
		r.ladder()
		r.redTwice()
		r.nudge()
		if !r.over(p) {
			r.summary()
		}
		r.bulletin()
	}
	if !r.over(p) {
		r.digest()
	}
}

// asks reports whether the period is one that the plan is asked about: its window opened
// after the delivery.
func (r *round) asks() bool { return r.asksIn(r.period) }

func (r *round) asksIn(p Period) bool {
	return p.Year >= r.p.Plan.Year && !plan.DateOf(p.Opens).Before(r.p.Plan.DeliveredOn)
}

// wait finds what is asked for in the period and was not filed. Work whose deadline passed
// before the month is not asked for any more, nor of who was made to answer for it after
// the window had closed.
func (r *round) wait() {
	window := r.window()
	asked := window
	asked.Until = r.day.AddDays(1) // what comes early for the next round stops this one's ladder too
	for name, group := range r.groups {
		for _, p := range group {
			switch {
			case p.deadline(r.p.Plan.Year).Before(r.period.Start()), r.p.filed(p.id(), asked, r.settings.Zone):
			case p.duty != nil && !p.duty.Asked(window):
			default:
				r.waiting[name] = append(r.waiting[name], p)
			}
		}
	}
}

// window is the period as a round of filing.
func (r *round) window() plan.Round {
	return r.settings.Window(r.calendar)(plan.PeriodAt(plan.Month, r.period.Start()))
}

// turnouts counts who filed in the period, and who has not.
func (r *round) turnouts() []plan.Turnout {
	var filings map[plan.ID][]plan.Filing
	if r.p.Filings != nil {
		var err error
		if filings, err = r.p.Filings(); err != nil {
			r.failed = err
		}
	}
	now := plan.Stand(r.p.Plan, r.p.Marks, r.period.End(), time.Time{}, r.Rules)
	return plan.Turnouts(now, r.p.Duties, filings, r.window())
}

// over reports whether a plan has no news any more: its year is closed and the last round
// of it is through.
func (r *round) over(p *PlanState) bool {
	if p.Closing == nil {
		return false
	}
	last := r.settings.period(r.calendar, p.Plan.Year, time.December)
	return !r.now.Before(last.Quarter)
}

// told reports whether a key is used up.
func (r *round) told(key string) bool {
	_, ok := r.Told(key)
	return ok
}

// key joins the parts of a ledger key, all but the last of which are of one step.
func (r *round) key(kind string, parts ...string) string {
	return kind + "/" + r.prefix + strings.Join(parts, "/")
}

// fresh finds the items of a step that a person was not told of, with their keys.
func (r *round) fresh(step string, who plan.PersonID, parts []*part) (list []*part, keys []string) {
	list, keys = make([]*part, 0, len(parts)), make([]string, 0, len(parts))
	for _, p := range parts {
		if key := step + p.number + "/" + string(who); !r.told(key) {
			list, keys = append(list, p), append(keys, key)
		}
	}
	return list, keys
}

// add notes something for a chat, unless all of its keys are told or the chat does not
// want to be written to now.
func (r *round) add(to *plan.Person, chat string, e entry) {
	if len(e.keys) == 0 || chat == "" || e.due.After(r.now) || !r.reachable(chat) {
		return
	}
	n := r.byChat[chat]
	if n == nil {
		n = &Notice{Chat: chat, To: TitleOf(to), Due: e.due}
		if to != nil {
			n.Person = to.ID
		}
		r.byChat[chat] = n
		r.order = append(r.order, n)
	}
	n.join(e)
}

// person notes something for a person.
func (r *round) person(p *plan.Person, e entry) { r.add(p, p.Chat, e) }

// reachable reports whether a chat may be written to: it did not ask to be reminded later,
// and it is not night in its own zone.
func (r *round) reachable(chat string) bool {
	c, ok := r.Chats[chat]
	if !ok {
		return true
	}
	return !r.now.Before(c.Snoozed) && r.settings.awake(r.now.In(r.settings.zoneOf(&c)))
}

// unknownYear tells admins once a year that the holidays of a year are not known; of the
// next one from December on.
func (r *round) unknownYear() {
	for _, year := range []int{r.day.Year, plan.NewDate(r.day.Year, r.day.Month+1, 1).Year} {
		if r.calendar.Known(year) || r.early {
			continue
		}
		for _, p := range r.roster.admins() {
			key := "calendar/" + strconv.Itoa(year) + "/" + string(p.ID)
			if r.told(key) {
				continue
			}
			r.person(p, entry{keys: []string{key}, due: r.settings.at(calendar.DayOf(r.local)), why: strconv.Itoa(year) + "年的放假安排没有录入", sections: []render.Section{render.CalendarSection(year)}})
			break
		}
	}
}
