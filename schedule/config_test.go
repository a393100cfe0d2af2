package schedule_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"duban/schedule"
	"duban/schedule/calendar"
)

func TestDefaultConfigIsTheDefaultSettings(t *testing.T) {
	t.Parallel()
	got, err := schedule.DefaultConfig().Settings(time.UTC)
	if err != nil || got != schedule.DefaultSettings() {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestConfigNamesItsMistakes(t *testing.T) {
	t.Parallel()
	for key, change := range map[string]func(*schedule.Config){
		"digest_day":   func(c *schedule.Config) { c.DigestDay = "周一" },
		"nudge_day":    func(c *schedule.Config) { c.NudgeDay = "" },
		"dispatch_day": func(c *schedule.Config) { c.DispatchDay = 0 },
		"wake":         func(c *schedule.Config) { c.Wake = "TZ=UTC" },
	} {
		c := schedule.DefaultConfig()
		change(&c)
		if _, err := c.Settings(time.UTC); err == nil || !strings.Contains(err.Error(), key) {
			t.Errorf("%s: %v", key, err)
		}
	}
}

// TestWakeOutsideOfWorkingHours is refused: nothing would ever be sent.
func TestWakeOutsideOfWorkingHours(t *testing.T) {
	t.Parallel()
	for wake, works := range map[string]bool{
		"*/5 * * * *": true, "0 9 * * *": true, "30 20 * * 1-5": true, "0 3 * * *": false, "* 21-23 * * *": false, "0 9 1 1 *": false, "0 9 1 10 *": false, "0 0 30 2 *": false,
	} {
		s := settings()
		s.Wake = wake
		if err := s.Wakes(calendar.New(), at("2017-03-01 12:00")); (err == nil) != works {
			t.Errorf("%s: %v", wake, err)
		}
		if _, err := schedule.New(nil, schedule.Options{Settings: s, Now: func() time.Time { return at("2017-03-01 12:00") }}); (err == nil) != works {
			t.Errorf("a clock that wakes %s: %v", wake, err)
		}
	}
}

func openFile(path string) (fs.File, error) { return os.Open(path) }

func TestHolidaysFile(t *testing.T) {
	t.Parallel()
	c := schedule.DefaultConfig()
	c.Holidays = filepath.Join(t.TempDir(), "holidays.txt")
	if _, err := c.Calendar(openFile); err == nil {
		t.Error("a missing file was taken")
	}
	if err := os.WriteFile(c.Holidays, []byte("2060-10-01 休\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	days, err := c.Calendar(openFile)
	if err != nil || !days.Known(2060) || days.Works(calendar.Day{Year: 2060, Month: time.October, Day: 1}) {
		t.Errorf("the file does not count: %v", err)
	}
	if err := os.WriteFile(c.Holidays, []byte("2060-10-01 什么\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Calendar(openFile); err == nil || !strings.Contains(err.Error(), "第1行") {
		t.Errorf("a wrong line: %v", err)
	}
}
