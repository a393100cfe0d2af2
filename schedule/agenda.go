package schedule

import (
	"time"

	"duban/plan"
	"duban/render"
	"duban/schedule/calendar"
)

// Upcoming lists what would be sent from a moment until another if nothing changed
// meanwhile: Due in virtual time, without storing anything. who, where it is not "", leaves
// everybody else out.
func (c *Clock) Upcoming(tx plan.Tx, from, until time.Time, who plan.PersonID) ([]render.Upcoming, error) {
	state, err := c.load(tx, from)
	if err != nil {
		return nil, err
	}
	virtual, stored := map[string]time.Time{}, state.Told
	state.Told = func(key string) (time.Time, bool) {
		if at, ok := virtual[key]; ok {
			return at, true
		}
		return stored(key)
	}
	var list []render.Upcoming
	for now := from; !now.After(until); now = c.after(now, state) {
		notices := Due(state, &c.settings, c.calendar, now)
		if state.failed != nil {
			return nil, state.failed
		}
		sortNotices(notices)
		for _, n := range notices {
			for _, key := range n.Keys {
				virtual[key] = now
			}
			if who == "" || n.Person == who {
				list = append(list, render.Upcoming{At: now.In(c.settings.Zone), To: n.To, Why: n.Why})
			}
		}
	}
	return list, nil
}

// after is the next moment at which something may become due.
func (c *Clock) after(now time.Time, s *State) time.Time {
	day := calendar.DayOf(now.In(c.settings.Zone))
	for {
		for _, at := range c.moments(day, s) {
			if at.After(now) && c.settings.open(c.calendar, at) {
				return at
			}
		}
		day = day.Add(1)
	}
}

// Rounds are the round of a moment, unless it is over, and the next one.
func (c *Clock) Rounds(now time.Time) []render.Round {
	p := c.settings.current(c.calendar, now)
	next := c.roundOf(c.settings.period(c.calendar, p.Year, p.Month+1), now)
	if r := c.roundOf(p, now); r.Open {
		return []render.Round{r, next}
	}
	return []render.Round{next}
}

func (c *Clock) roundOf(p Period, now time.Time) render.Round {
	r := render.Round{Month: int(p.Month), Opens: dateIn(p.Opens, c.settings.Zone), Closes: dateOf(p.Closes)}
	for i := range r.Rungs {
		r.Rungs[i] = dateIn(p.Rungs[i], c.settings.Zone)
	}
	r.Open = !p.Opens.After(now) && !p.Rungs[rungSupervisor].Before(now)
	return r
}
