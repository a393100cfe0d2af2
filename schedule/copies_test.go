package schedule_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"duban/schedule"
)

func TestCopyIsDueOnceADay(t *testing.T) {
	t.Parallel()
	c := schedule.Copies{Hour: 3, Keep: 7, Zone: shanghai}
	for _, test := range []struct {
		name string
		made []string
		now  string
		want bool
	}{
		{"the first start", nil, "2017-07-31 12:00", true},
		{"before the hour, yesterday's is there", []string{"2017-07-30 03:00"}, "2017-07-31 02:59", false},
		{"on the hour", []string{"2017-07-30 03:00"}, "2017-07-31 03:00", true},
		{"a restart on the same day", []string{"2017-07-31 03:00"}, "2017-07-31 09:00", false},
		{"a restart behind midnight", []string{"2017-07-31 03:00"}, "2017-08-01 00:30", false},
		{"the machine was off at three", []string{"2017-07-30 03:00"}, "2017-07-31 09:00", true},
		{"made late, due again the next night", []string{"2017-07-31 21:00"}, "2017-08-01 03:00", true},
		{"made in the small hours, before three", []string{"2017-07-31 01:00"}, "2017-07-31 03:00", true},
		{"off for a year", []string{"2016-07-31 03:00"}, "2017-07-31 09:00", true},
		{"the clock was ahead and came back", []string{"2030-01-01 03:00"}, "2017-07-31 09:00", true},
		{"it came back, and one was made since", []string{"2030-01-01 03:00", "2017-07-31 04:00"}, "2017-07-31 09:00", false},
	} {
		var made []time.Time
		for _, m := range test.made {
			made = append(made, at(m))
		}
		if got := c.Due(made, at(test.now)); got != test.want {
			t.Errorf("%s: due %t", test.name, got)
		}
	}
}

// TestCopiesThroughTime lets hours pass with stops, in zones with and without summer time:
// there is one copy a day of running, and the newest stay.
func TestCopiesThroughTime(t *testing.T) {
	t.Parallel()
	berlin := mustZone("Europe/Berlin")
	rapid.Check(t, func(rt *rapid.T) {
		c := schedule.Copies{
			Hour: rapid.IntRange(0, 23).Draw(rt, "hour"), Keep: rapid.IntRange(1, 5).Draw(rt, "keep"),
			Zone: rapid.SampledFrom([]*time.Location{shanghai, berlin}).Draw(rt, "zone"),
		}
		now := time.Date(2017, 3, rapid.IntRange(20, 28).Draw(rt, "day"), 0, 0, 0, 0, c.Zone) // clocks change on the 26th
		var made []time.Time
		for range rapid.IntRange(1, 200).Draw(rt, "hours") {
			now = now.Add(time.Duration(rapid.SampledFrom([]int{1, 1, 1, 1, 1, 30}).Draw(rt, "pass")) * time.Hour)
			if !c.Due(made, now) {
				if now.Sub(made[len(made)-1]) > 26*time.Hour {
					rt.Fatalf("none is due at %s, the last is of %s", now, made[len(made)-1])
				}
				continue
			}
			if n := len(made); n > 1 && now.Sub(made[n-2]) < 23*time.Hour {
				rt.Fatalf("three within a day: %v, %s", made[n-2:], now)
			}
			made = append(made, now)
			gone := c.Surplus(made, now)
			made = slices.DeleteFunc(made, func(m time.Time) bool { return slices.Contains(gone, m) })
			if len(made) > c.Keep || made[len(made)-1] != now || c.Due(made, now) {
				rt.Fatalf("kept %v at %s", made, now)
			}
		}
	})
}

// TestSurplus: what comes from the future goes first, and what was just made never does.
func TestSurplus(t *testing.T) {
	t.Parallel()
	now := at("2017-07-31 03:00")
	future := []time.Time{at("2030-01-01 03:00"), at("2030-01-02 03:00"), at("2030-01-03 03:00")}
	c := schedule.Copies{Hour: 3, Keep: 3, Zone: shanghai}
	made := append(slices.Clone(future), now)
	if gone := c.Surplus(made, now); len(gone) != 1 || !gone[0].Equal(future[0]) {
		t.Errorf("goes: %v", gone)
	}
	c.Keep = 0
	if gone := c.Surplus([]time.Time{now.Add(-time.Hour), now}, now); len(gone) != 1 || gone[0].Equal(now) {
		t.Errorf("nothing is to be kept, goes: %v", gone)
	}
}
