package commands

import (
	"strings"
	"testing"
	"time"

	"duban/plan"
)

// TestDataDate: what is filed for the round of a past month speaks of that month's end; what
// names its date keeps it.
func TestDataDate(t *testing.T) {
	t.Parallel()
	for _, x := range []struct{ day, says, want string }{
		{"2017-07-28", "公路 824", "2017-07-28"},
		{"2017-07-31", "公路 824", "2017-07-31"},
		{"2017-04-04", "公路 100", "2017-03-31"}, // late: nobody answered the round
		{"2017-04-19", "公路 100", "2017-04-19"}, // the next round's
		{"2017-04-04", "截至4月3日公路 100", "2017-04-03"},
		{"2018-01-02", "公路 2500", "2017-12-31"},
		{"2018-01-02", "截至12月底公路 2500", "2017-12-31"},
		{"2018-01-02", "截至2018年1月1日公路 2500", "2018-01-01"},
		{"2017-02-24", "公路 10", "2017-02-24"}, // January's round came before the report
	} {
		w := liaocheng(t)
		w.on(x.day)
		w.tell(roads, x.says)
		list := w.drafts(string(roads.ID))
		if len(list) != 1 || list[0].Date.String() != x.want {
			t.Errorf("%s %q: %+v, want %s", x.day, x.says, list, x.want)
		}
	}
}

// TestDataDateAfterAnAnswer: with the round answered and closed, a filing speaks of its own
// day; in the open window of a past month it still speaks of the month's end.
func TestDataDateAfterAnAnswer(t *testing.T) {
	t.Parallel()
	w := liaochengWith(t, Options{Window: func(month plan.Period) plan.Round {
		r := plan.RoundOf(month)
		r.Closes = r.Closes.AddDays(2)
		return r
	}})
	w.accept("新改建农村公路", "2000", plan.NewDate(2017, time.December, 26))
	for day, want := range map[string]string{"2018-01-02": "2017-12-31", "2018-01-03": "2018-01-03"} {
		w.on(day)
		if got := w.tell(roads, "公路 2500"); !strings.Contains(got[0].Text, "2500公里") || w.drafts(string(roads.ID))[0].Date.String() != want {
			t.Errorf("%s: %s\n%+v", day, got[0].Text, w.drafts(string(roads.ID)))
		}
		w.tell(roads, "取消")
	}
}
