package schedule

import (
	"fmt"
	"time"

	"duban/schedule/calendar"
)

// Settings of the schedule. Days are counted in Zone; only working days count.
type Settings struct {
	Zone        *time.Location
	Hour        int          // of sending
	QuietFrom   int          // hour from which nobody is written to
	QuietTo     int          // hour until which nobody is written to
	DispatchDay int          // of the month on which the filing window opens
	Reminder    int          // working days after the window's close: filers are reminded
	Head        int          // the department's head is told
	Supervisor  int          // supervisors are told
	Digest      time.Weekday // of the weekly digest
	Nudge       time.Weekday // of the weekly message on what lags
}

// DefaultSettings are those of domain practice: windows from the 25th, rungs after one,
// three and five working days, digests on Monday at nine, quiet from 21 to 8.
func DefaultSettings() Settings {
	return Settings{
		Zone: time.UTC, Hour: 9, QuietFrom: 21, QuietTo: 8, DispatchDay: 25, Reminder: 1, Head: 3, Supervisor: 5,
		Digest: time.Monday, Nudge: time.Wednesday,
	}
}

// Validate reports the first setting that cannot work.
func (s *Settings) Validate() error {
	switch {
	case s.DispatchDay < 1 || s.DispatchDay > 28:
		return fmt.Errorf("dispatch_day 应在1到28之间，现在是%d", s.DispatchDay)
	case s.Reminder < 1 || s.Head < s.Reminder || s.Supervisor < s.Head:
		return fmt.Errorf("催报的天数应依次不减：%d、%d、%d", s.Reminder, s.Head, s.Supervisor)
	case s.QuietTo < 0 || s.QuietFrom > 24 || s.QuietTo >= s.QuietFrom:
		return fmt.Errorf("quiet 应写成从晚到早的钟点，现在是%d点到%d点", s.QuietFrom, s.QuietTo)
	case s.Hour < s.QuietTo || s.Hour >= s.QuietFrom:
		return fmt.Errorf("hour %d点落在免打扰时间里", s.Hour)
	}
	return nil
}

// open reports whether people may be written to at a moment: a working day outside of the
// quiet hours.
func (s *Settings) open(c *calendar.Calendar, now time.Time) bool {
	local := now.In(s.Zone)
	return c.Works(calendar.DayOf(local)) && local.Hour() >= s.QuietTo && local.Hour() < s.QuietFrom
}

// at is the hour of sending on a day.
func (s *Settings) at(d calendar.Day) time.Time {
	return time.Date(d.Year, d.Month, d.Day, s.Hour, 0, 0, 0, s.Zone)
}
