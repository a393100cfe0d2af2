package schedule_test

import (
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

func TestHolidaysFile(t *testing.T) {
	t.Parallel()
	c := schedule.DefaultConfig()
	c.Holidays = filepath.Join(t.TempDir(), "holidays.txt")
	if _, err := c.Calendar(); err == nil {
		t.Error("a missing file was taken")
	}
	if err := os.WriteFile(c.Holidays, []byte("2060-10-01 休\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	days, err := c.Calendar()
	if err != nil || !days.Known(2060) || days.Works(calendar.Day{Year: 2060, Month: time.October, Day: 1}) {
		t.Errorf("the file does not count: %v", err)
	}
	if err := os.WriteFile(c.Holidays, []byte("2060-10-01 什么\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Calendar(); err == nil || !strings.Contains(err.Error(), "第1行") {
		t.Errorf("a wrong line: %v", err)
	}
}
