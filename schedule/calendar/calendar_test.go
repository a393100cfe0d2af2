package calendar_test

import (
	"strings"
	"testing"
	"time"

	"duban/schedule/calendar"
)

func day(t *testing.T, s string) calendar.Day {
	t.Helper()
	at, err := time.Parse(time.DateOnly, s)
	if err != nil {
		t.Fatal(err)
	}
	return calendar.DayOf(at)
}

func TestAnnouncedDays(t *testing.T) {
	t.Parallel()
	c := calendar.New()
	for text, works := range map[string]bool{
		"2017-09-29": true, "2017-09-30": true, "2017-10-01": false, "2017-10-08": false, "2017-10-09": true, // National Day, a Saturday made up
		"2018-02-11": true, "2018-02-15": false, "2018-02-21": false, "2018-02-22": true, "2018-02-24": true, // Spring Festival, two make-up days
		"2017-04-01": true, "2017-04-04": false, "2017-07-29": false, "2017-07-31": true,
	} {
		if got := c.Works(day(t, text)); got != works {
			t.Errorf("%s: works %t, want %t", text, got, works)
		}
	}
	if !c.Known(2017) || !c.Known(2026) || c.Known(2060) {
		t.Error("the known years are wrong")
	}
}

func TestCounting(t *testing.T) {
	t.Parallel()
	c := calendar.New()
	for _, x := range []struct {
		from string
		n    int
		want string
	}{
		{"2017-07-31", 1, "2017-08-01"},
		{"2017-07-31", 3, "2017-08-03"},
		{"2017-07-31", 5, "2017-08-07"},
		{"2017-09-30", 1, "2017-10-09"},
		{"2018-02-14", 1, "2018-02-22"},
		{"2018-02-14", 3, "2018-02-24"},
		{"2017-10-01", 0, "2017-10-09"},
	} {
		if got := c.After(day(t, x.from), x.n); got != day(t, x.want) {
			t.Errorf("%d working days after %s: %v, want %s", x.n, x.from, got, x.want)
		}
	}
}

func TestOverride(t *testing.T) {
	t.Parallel()
	c := calendar.New()
	if err := c.Override(strings.NewReader("# 2060年\n2060-10-01 休\n2060-10-02 休 # 周六\n2060-10-09 班\n")); err != nil {
		t.Fatal(err)
	}
	if c.Works(day(t, "2060-10-01")) || !c.Works(day(t, "2060-10-09")) || !c.Known(2060) {
		t.Error("overrides do not count")
	}
	if err := c.Override(strings.NewReader("2061-02-07 休\n")); err != nil || c.Known(2061) {
		t.Errorf("one day makes a year known: %v", err)
	}
	for _, bad := range []string{"2060-13-01 休", "2060-10-01", "2060-10-01 off", "明天 休"} {
		if err := c.Override(strings.NewReader(bad)); err == nil || !strings.Contains(err.Error(), "第1行") {
			t.Errorf("%q: %v", bad, err)
		}
	}
}
