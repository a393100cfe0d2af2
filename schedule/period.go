package schedule

import (
	"fmt"
	"time"

	"duban/plan"
	"duban/schedule/calendar"
)

// Period (月调度) is one month's round of filing.
type Period struct {
	Year   int
	Month  time.Month
	Opens  time.Time    // the window; at the hour of sending
	Closes calendar.Day // its last day
	Rungs  [3]time.Time // reminder, head, supervisors
}

// Rungs of the ladder.
const (
	rungReminder = iota
	rungHead
	rungSupervisor
)

// period computes the round of a month: it opens on the dispatch day and closes on the
// month's last day, both moved to the next working day.
func (s *Settings) period(c *calendar.Calendar, year int, month time.Month) Period {
	first := calendar.DayOf(time.Date(year, month, s.DispatchDay, 12, 0, 0, 0, time.UTC))
	last := calendar.DayOf(time.Date(year, month+1, 0, 12, 0, 0, 0, time.UTC))
	p := Period{Year: year, Month: month, Opens: s.at(c.OnOrAfter(first)), Closes: c.OnOrAfter(last)}
	for i, days := range [3]int{s.Reminder, s.Head, s.Supervisor} {
		p.Rungs[i] = s.at(c.After(p.Closes, days))
	}
	return p
}

// current is the round whose window opened last.
func (s *Settings) current(c *calendar.Calendar, now time.Time) Period {
	y, m, _ := now.In(s.Zone).Date()
	p := s.period(c, y, m)
	if p.Opens.After(now) {
		p = s.period(c, y, m-1)
		p.Year, p.Month = yearMonth(y, m-1)
	}
	return p
}

func yearMonth(y int, m time.Month) (int, time.Month) {
	at := time.Date(y, m, 1, 0, 0, 0, 0, time.UTC)
	return at.Year(), at.Month()
}

// Name is the period's in keys of the ledger: 2017-07.
func (p Period) Name() string { return fmt.Sprintf("%04d-%02d", p.Year, int(p.Month)) }

// End is the last day of the month that is reported.
func (p Period) End() plan.Date { return plan.EndOfMonth(p.Year, p.Month) }

// week names the ISO week of a day: 2017-W31.
func week(t time.Time) string {
	y, w := t.ISOWeek()
	return fmt.Sprintf("%04d-W%02d", y, w)
}

// weekly is the moment of a weekly message in the week of now: its weekday, else the first
// working day after it in the same week; false where the week has none left.
func (s *Settings) weekly(c *calendar.Calendar, day time.Weekday, now time.Time) (time.Time, bool) {
	local := now.In(s.Zone)
	back := (int(local.Weekday()) + 6) % 7 // days since Monday
	monday := calendar.DayOf(local).Add(-back)
	for i := (int(day) + 6) % 7; i < 7; i++ {
		if d := monday.Add(i); c.Works(d) {
			return s.at(d), true
		}
	}
	return time.Time{}, false
}
