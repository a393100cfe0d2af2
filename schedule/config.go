package schedule

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"duban/schedule/calendar"
)

// Config is what a configuration file says of the schedule, under the key schedule.
type Config struct {
	Wake            string `yaml:"wake"`             // five fields of cron: when the clock looks
	Hour            int    `yaml:"hour"`             // of sending, 0 to 23
	QuietFrom       int    `yaml:"quiet_from"`       // hour from which nobody is written to
	QuietTo         int    `yaml:"quiet_to"`         // hour until which nobody is written to
	DispatchDay     int    `yaml:"dispatch_day"`     // of the month on which the filing window opens, 1 to 28
	Early           int    `yaml:"early"`            // days before it from which a filing answers the round
	ReminderAfter   int    `yaml:"reminder_after"`   // working days after the close: filers
	HeadAfter       int    `yaml:"head_after"`       // heads
	SupervisorAfter int    `yaml:"supervisor_after"` // supervisors
	DigestDay       string `yaml:"digest_day"`       // monday … sunday
	NudgeDay        string `yaml:"nudge_day"`        // monday … sunday
	Bulletins       bool   `yaml:"bulletins"`        // prepare them every quarter
	Holidays        string `yaml:"holidays"`         // file of days that go before the announced ones; "" none
}

// DefaultConfig is that of a file that says nothing.
func DefaultConfig() Config {
	s := DefaultSettings()
	return Config{
		Wake: s.Wake, Hour: s.Hour, QuietFrom: s.QuietFrom, QuietTo: s.QuietTo, DispatchDay: s.DispatchDay, Early: s.Early,
		ReminderAfter: s.Reminder, HeadAfter: s.Head, SupervisorAfter: s.Supervisor,
		DigestDay: dayName(s.Digest), NudgeDay: dayName(s.Nudge), Bulletins: s.Quarterly,
	}
}

// Settings are what the configuration means in a zone, or the first of its mistakes.
func (c Config) Settings(zone *time.Location) (Settings, error) {
	s := Settings{
		Zone: zone, Wake: c.Wake, Hour: c.Hour, QuietFrom: c.QuietFrom, QuietTo: c.QuietTo, DispatchDay: c.DispatchDay, Early: c.Early,
		Reminder: c.ReminderAfter, Head: c.HeadAfter, Supervisor: c.SupervisorAfter, Quarterly: c.Bulletins,
	}
	var err error
	if s.Digest, err = parseDay(c.DigestDay); err != nil {
		return s, fmt.Errorf("digest_day %w", err)
	}
	if s.Nudge, err = parseDay(c.NudgeDay); err != nil {
		return s, fmt.Errorf("nudge_day %w", err)
	}
	return s, s.Validate()
}

// Calendar is that of the announced holidays with the configured days before them, whose
// file open opens.
func (c Config) Calendar(open func(path string) (fs.File, error)) (*calendar.Calendar, error) {
	days := calendar.New()
	if c.Holidays == "" {
		return days, nil
	}
	f, err := open(c.Holidays)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("schedule.holidays %s 不存在；请检查路径，没有就写空", c.Holidays)
	case err != nil:
		return nil, fmt.Errorf("schedule.holidays %s 读不了；请让运行 duban 的用户能读它", c.Holidays)
	}
	defer func() { _ = f.Close() }() // only read
	if err := days.Override(f); err != nil {
		return nil, fmt.Errorf("schedule.holidays %s 的%w", c.Holidays, err)
	}
	return days, nil
}

func dayName(day time.Weekday) string { return strings.ToLower(day.String()) }

func parseDay(name string) (time.Weekday, error) {
	for day := time.Sunday; day <= time.Saturday; day++ {
		if dayName(day) == strings.ToLower(name) {
			return day, nil
		}
	}
	return 0, fmt.Errorf("应是 monday 到 sunday，现在是 %q", name)
}
