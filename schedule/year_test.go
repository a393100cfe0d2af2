package schedule_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"duban/plan"
	"duban/schedule"
)

// released is the supervisor's button under the bulletins.
func (w *world) released(quarter string, when time.Time) schedule.Event {
	return schedule.Event{At: when, Apply: func(tx plan.Tx, now time.Time) error {
		return tx.Tell(now, plan.ReleaseKey(w.key, quarter))
	}}
}

// year simulates 2017 and the spring of 2018.
func (w *world) year(t testing.TB) []schedule.Sent {
	t.Helper()
	events := append(w.filings(t), w.released("2017-Q3", at("2017-10-18 15:00")))
	var log []schedule.Sent
	err := w.clock(t).Simulate(t.Context(), at("2017-01-01 00:00"), at("2018-03-31 23:00"), events, func(s schedule.Sent) error {
		log = append(log, s)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return log
}

// TestYear compares the year of 2017 with its golden log. Digests, whose text is composed
// elsewhere, are named by their first line.
func TestYear(t *testing.T) {
	t.Parallel()
	began := time.Now()
	log := newWorld(t).year(t)
	t.Logf("%d messages in %s", len(log), time.Since(began))
	var w strings.Builder
	for i := range log {
		w.WriteString(short(log[i]))
	}
	if *update {
		if err := os.WriteFile("testdata/2017.golden", []byte(w.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("testdata/2017.golden")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(w.String(), "\n")); diff != "" {
		t.Errorf("the year differs (-want +got):\n%s", diff[:min(len(diff), 3000)])
	}
}

// short is what a simulation prints, of a digest that stands alone only the first line.
func short(s schedule.Sent) string {
	text := s.Text(shanghai)
	if len(s.Notice.Why) > 1 || s.Notice.Why[0] != "周报" {
		return text
	}
	lines := strings.SplitN(text, "\n", 4)
	return strings.Join(lines[:3], "\n") + "\n"
}
