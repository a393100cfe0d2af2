package schedule

import (
	"errors"
	"fmt"
	"time"

	"duban/plan"
	"duban/schedule/calendar"
)

// Settings of the schedule. Days are counted in Zone; only working days count.
type Settings struct {
	Zone        *time.Location
	Wake        string       // five fields of cron: when the clock looks; see Validate
	Hour        int          // of sending
	QuietFrom   int          // hour from which nobody is written to
	QuietTo     int          // hour until which nobody is written to
	DispatchDay int          // of the month on which the filing window opens
	Early       int          // days before that from which a filing answers the round already
	Reminder    int          // working days after the window's close: filers are reminded
	Head        int          // the department's head is told
	Supervisor  int          // supervisors are told
	Digest      time.Weekday // of the weekly digest
	Nudge       time.Weekday // of the weekly message on what lags
	Quarterly   bool         // bulletins are prepared
}

// DefaultSettings are those of domain practice: windows from the 25th, rungs after one,
// three and five working days, digests on Monday at nine, quiet from 21 to 8.
func DefaultSettings() Settings {
	return Settings{
		Zone: time.UTC, Wake: "*/5 * * * *", Hour: 9, QuietFrom: 21, QuietTo: 8, DispatchDay: 25, Early: 7,
		Reminder: 1, Head: 3, Supervisor: 5, Digest: time.Monday, Nudge: time.Wednesday, Quarterly: true,
	}
}

// Validate reports the first setting that cannot work.
func (s *Settings) Validate() error {
	switch {
	case s.Zone == nil:
		return errors.New("时区没有给")
	case s.DispatchDay < 1 || s.DispatchDay > 28:
		return fmt.Errorf("dispatch_day 应在1到28之间，现在是%d", s.DispatchDay)
	case s.Early < 0 || s.Early > 20:
		return fmt.Errorf("early 应在0到20天之间，现在是%d", s.Early)
	case s.Reminder < 1 || s.Head < s.Reminder || s.Supervisor < s.Head || s.Supervisor > 10:
		return fmt.Errorf("reminder_after、head_after、supervisor_after 应依次不减、在 1 到 10 个工作日之间，现在是 %d、%d、%d", s.Reminder, s.Head, s.Supervisor)
	case s.QuietTo < 0 || s.QuietFrom > 24 || s.QuietTo >= s.QuietFrom:
		return fmt.Errorf("quiet_from（晚上几点起）应大于 quiet_to（早上几点止），都在 0 到 24 之间，现在是 %d 和 %d", s.QuietFrom, s.QuietTo)
	case s.Hour < 0 || s.Hour > 23:
		return fmt.Errorf("hour 应是钟点，0 到 23，现在是 %d", s.Hour)
	case s.Hour < s.QuietTo || s.Hour >= s.QuietFrom:
		return fmt.Errorf("hour 应在 %d 到 %d 之间，不在免打扰时间里，现在是 %d", s.QuietTo, s.QuietFrom-1, s.Hour)
	case s.Digest < time.Sunday || s.Digest > time.Saturday || s.Nudge < time.Sunday || s.Nudge > time.Saturday:
		return errors.New("digest_day、nudge_day 应是星期几：0（周日）到6（周六）")
	}
	_, err := parseSpec(s.Wake)
	return err
}

// open reports whether people may be written to at a moment: a working day outside of the
// quiet hours.
func (s *Settings) open(c *calendar.Calendar, now time.Time) bool {
	local := now.In(s.Zone)
	return c.Works(calendar.DayOf(local)) && s.awake(local)
}

// awake reports whether a moment, in the zone of who is written to, lies outside of the
// quiet hours.
func (s *Settings) awake(local time.Time) bool {
	return local.Hour() >= s.QuietTo && local.Hour() < s.QuietFrom
}

// at is the hour of sending on a day.
func (s *Settings) at(d calendar.Day) time.Time { return s.atHour(d, s.Hour) }

func (s *Settings) atHour(d calendar.Day, hour int) time.Time {
	return time.Date(d.Year, d.Month, d.Day, hour, 0, 0, 0, s.Zone)
}

// zoneOf is the zone of a chat: its own, else that of the plans.
func (s *Settings) zoneOf(c *plan.Chat) *time.Location {
	if c.Zone == "" {
		return s.Zone
	}
	zone, err := time.LoadLocation(c.Zone)
	if err != nil {
		return s.Zone
	}
	return zone
}
