package schedule_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"duban/schedule"
	"duban/schedule/calendar"
)

// span is a time in which the program does not run.
type span struct{ from, to time.Time }

var yearFrom, yearTo = at("2017-06-20 00:00"), at("2018-01-20 23:00")

// keysOf runs the clock through a part of the year with stops and returns when every key
// of the ledger was used up.
func keysOf(t *testing.T, stops []span) (keys map[string]time.Time, events []schedule.Event) {
	t.Helper()
	w := newWorld(t)
	events = append(w.filings(t), w.released("2017-Q3", at("2017-10-18 15:00")))
	keys = map[string]time.Time{}
	from := yearFrom
	left := slices.SortedStableFunc(slices.Values(events), func(a, b schedule.Event) int { return a.At.Compare(b.At) })
	for _, stop := range append(stops, span{yearTo, yearTo}) {
		n := 0
		for n < len(left) && !left[n].At.After(stop.from) {
			n++
		}
		err := w.clock(t).Simulate(t.Context(), from, stop.from, left[:n], func(s schedule.Sent) error {
			for _, key := range s.Notice.Keys {
				if _, twice := keys[key]; twice {
					return fmt.Errorf("%s came twice", key)
				}
				keys[key] = s.At
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		from, left = stop.to, left[n:]
	}
	return keys, events
}

// TestRestarts stops and starts the program fifty times, sometimes for days: what is sent
// is the same, save what became untrue or was overtaken while it was down.
func TestRestarts(t *testing.T) {
	want, events := keysOf(t, nil)
	checks := 0
	rapid.Check(t, func(rt *rapid.T) {
		if checks++; checks > restartChecks() {
			return
		}
		stops := drawStops(rt)
		got, _ := keysOf(t, stops)
		for key := range got {
			if _, ok := want[key]; !ok {
				rt.Errorf("%s came only with stops", key)
			}
		}
		for key, moment := range want {
			if _, ok := got[key]; !ok && !excused(key, moment, stops, events) {
				rt.Errorf("%s, due %s, never came; stops %v", key, moment, stops)
			}
		}
	})
}

// restartChecks is how many years are simulated; each takes about a second.
func restartChecks() int {
	if testing.Short() {
		return 2
	}
	return 8
}

func drawStops(rt *rapid.T) []span {
	var stops []span
	minutes := int(yearTo.Sub(yearFrom) / time.Minute)
	at := rapid.SliceOfN(rapid.IntRange(1, minutes-1), 50, 50).Draw(rt, "stops")
	slices.Sort(at)
	for _, m := range at {
		length := rapid.OneOf(rapid.IntRange(1, 300), rapid.IntRange(1, 300), rapid.IntRange(1000, 18000)).Draw(rt, "minutes down")
		s := span{yearFrom.Add(time.Duration(m) * time.Minute), yearFrom.Add(time.Duration(m+length) * time.Minute)}
		if n := len(stops); n > 0 && !s.from.After(stops[n-1].to) || !s.to.Before(yearTo) {
			continue
		}
		stops = append(stops, s)
	}
	return stops
}

// excused reports whether a key that was due at a moment may be missing: the program was
// down then, and when it could next write to people the key was overtaken or untrue.
func excused(key string, due time.Time, stops []span, events []schedule.Event) bool {
	up := due
	set, c := settings(), calendar.New()
	down := false
	for _, s := range stops {
		if s.from.Before(up) && s.to.After(up) {
			down, up = true, s.to
		}
		if s.from.Before(up) && !s.to.Before(up) {
			up = s.to
		}
		for !open(c, up) || up.Hour() < set.Hour {
			up = up.Truncate(time.Minute).Add(time.Minute)
			if s.from.Before(up) && s.to.After(up) {
				up = s.to
			}
		}
	}
	if !down {
		return false
	}
	if up.After(yearTo) { // nobody could be written to any more
		return true
	}
	for _, e := range events { // a filing or a release changed what is true
		if e.At.After(due) && !e.At.After(up) {
			return true
		}
	}
	return !up.Before(overtaken(key, due, &set, c))
}

func open(c *calendar.Calendar, now time.Time) bool {
	return c.Works(calendar.DayOf(now.In(shanghai))) && now.In(shanghai).Hour() >= 8 && now.In(shanghai).Hour() < 21
}

// overtaken is when a key is not due any more.
func overtaken(key string, due time.Time, set *schedule.Settings, c *calendar.Calendar) time.Time {
	parts := strings.Split(key, "/")
	if parts[0] == "nudge" || parts[0] == "digest" { // the week ends
		day := due.In(shanghai)
		monday := day.AddDate(0, 0, -(int(day.Weekday())+6)%7)
		return time.Date(monday.Year(), monday.Month(), monday.Day()+7, 0, 0, 0, 0, shanghai)
	}
	if parts[0] == "bulletin" {
		return due.AddDate(0, 0, 14)
	}
	year, _ := strconv.Atoi(parts[2][:4])
	month, _ := strconv.Atoi(parts[2][5:])
	if parts[0] == "dispatch" {
		return set.PeriodOf(c, year, time.Month(month)).Rungs[0]
	}
	return set.PeriodOf(c, year, time.Month(month)+1).Opens
}
