package schedule

import (
	"fmt"
	"time"

	"duban/plan"
	"duban/schedule/calendar"
)

// Period (月调度) is one month's round of filing.
type Period struct {
	Year    int
	Month   time.Month
	Opens   time.Time    // the window; at the hour of sending
	Closes  calendar.Day // its last day
	Rungs   [3]time.Time // reminder, head, supervisors
	Summary time.Time    // of the round, for supervisors
	Quarter time.Time    // preview of the bulletin, after a quarter's last round
}

// Rungs of the ladder.
const (
	rungReminder = iota
	rungHead
	rungSupervisor
)

// period computes the round of a month: it opens on the dispatch day and closes on the
// month's last day, both moved to the next working day. The summary comes a working day
// after the first rung, a bulletin a working day after the last.
func (s *Settings) period(c *calendar.Calendar, year int, month time.Month) Period {
	year, month = yearMonth(year, month)
	first := calendar.DayOf(time.Date(year, month, s.DispatchDay, 12, 0, 0, 0, time.UTC))
	last := calendar.DayOf(time.Date(year, month+1, 0, 12, 0, 0, 0, time.UTC))
	p := Period{Year: year, Month: month, Opens: s.at(c.OnOrAfter(first)), Closes: c.OnOrAfter(last)}
	for i, days := range [3]int{s.Reminder, s.Head, s.Supervisor} {
		p.Rungs[i] = s.at(c.After(p.Closes, days))
	}
	p.Summary = s.at(c.After(p.Closes, s.Reminder+1))
	p.Quarter = s.at(c.After(p.Closes, s.Supervisor+1))
	return p
}

// Window is the round of each month, as the clock asks for it.
func (s *Settings) Window(c *calendar.Calendar) plan.Window {
	return func(month plan.Period) plan.Round {
		p, next := s.period(c, month.To.Year, month.To.Month), s.period(c, month.To.Year, month.To.Month+1)
		since := func(p Period) plan.Date { return plan.DateOf(p.Opens).AddDays(-s.Early) }
		return plan.Round{From: month.From, Opens: plan.DateOf(p.Opens), Closes: plan.Date(p.Closes), Since: since(p), Until: since(next)}
	}
}

// current is the round whose window opened last.
func (s *Settings) current(c *calendar.Calendar, now time.Time) Period {
	y, m, _ := now.In(s.Zone).Date()
	p := s.period(c, y, m)
	for p.Opens.After(now) { // holidays may move a window into the next month
		m--
		p = s.period(c, y, m)
	}
	return p
}

func yearMonth(y int, m time.Month) (int, time.Month) {
	at := time.Date(y, m, 1, 0, 0, 0, 0, time.UTC)
	return at.Year(), at.Month()
}

// Name is the period's in keys of the ledger: 2017-07.
func (p Period) Name() string { return fmt.Sprintf("%04d-%02d", p.Year, int(p.Month)) }

// Start is the first day of the month that is reported, End the last.
func (p Period) Start() plan.Date { return plan.Date{Year: p.Year, Month: p.Month, Day: 1} }

// End is the last day of the month that is reported.
func (p Period) End() plan.Date { return plan.EndOfMonth(p.Year, p.Month) }

// quarter is the place of the month's quarter in its year.
func (p Period) quarter() int { return (int(p.Month) + 2) / 3 }

// weekOf names the ISO week of a moment in its own zone: 2017-W31.
func weekOf(t time.Time) string {
	y, w := t.ISOWeek()
	return fmt.Sprintf("%04d-W%02d", y, w)
}

// weekly is the moment of a weekly message in the week of now: its weekday, else the first
// working day after it in the same week, else the last before it; false where the whole
// week is off.
func (s *Settings) weekly(c *calendar.Calendar, day time.Weekday, hour int, now time.Time) (time.Time, bool) {
	local := now.In(s.Zone)
	monday := calendar.DayOf(local).Add(-fromMonday(local.Weekday()))
	for i := fromMonday(day); i < 7; i++ {
		if d := monday.Add(i); c.Works(d) {
			return s.atHour(d, hour), true
		}
	}
	for i := fromMonday(day) - 1; i >= 0; i-- {
		if d := monday.Add(i); c.Works(d) {
			return s.atHour(d, hour), true
		}
	}
	return time.Time{}, false
}

// fromMonday counts the days since Monday.
func fromMonday(day time.Weekday) int { return (int(day) + 6) % 7 }
