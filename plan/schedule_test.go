package plan_test

import (
	"testing"

	"duban/plan"
)

func TestMonthsTo(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		from, to string
		want     int
	}{
		{"2017-07-31", "2017-12-31", 5},
		{"2017-08-29", "2017-12-31", 4},
		{"2017-08-10", "2017-12-31", 5},
		{"2017-01-31", "2017-02-28", 1},
		{"2017-02-19", "2017-04-10", 2},
		{"2017-11-30", "2017-12-31", 1},
		{"2017-12-01", "2017-12-31", 0},
		{"2017-12-31", "2018-06-30", 6},
		{"2018-06-30", "2017-12-31", 0},
	} {
		from, _ := plan.ParseDate(c.from)
		to, _ := plan.ParseDate(c.to)
		if got := from.MonthsTo(to); got != c.want {
			t.Errorf("from %s to %s: %d, want %d", c.from, c.to, got, c.want)
		}
	}
}
