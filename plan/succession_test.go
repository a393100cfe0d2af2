package plan_test

import (
	"maps"
	"slices"
	"testing"
	"time"

	"duban/plan"
)

func filed(id, supersedes plan.FilingID, verdict plan.Verdict) plan.Filing {
	f := plan.Filing{ID: id, Supersedes: supersedes}
	if verdict != "" {
		f.Reviews = []plan.Review{{Verdict: verdict}}
	}
	return f
}

func TestReplaced(t *testing.T) {
	t.Parallel()
	const no = plan.Verdict("")
	for name, c := range map[string]struct {
		filings []plan.Filing
		want    []plan.FilingID
	}{
		"corrections of one that waits":      {[]plan.Filing{filed(1, 0, no), filed(2, 1, no), filed(3, 1, no)}, []plan.FilingID{1, 2}},
		"the last of them is accepted":       {[]plan.Filing{filed(1, 0, no), filed(2, 1, no), filed(3, 1, plan.Accepted)}, []plan.FilingID{1, 2}},
		"the last of them is returned":       {[]plan.Filing{filed(1, 0, no), filed(2, 1, no), filed(3, 1, plan.Returned)}, []plan.FilingID{1, 2}},
		"a correction waits":                 {[]plan.Filing{filed(1, 0, plan.Accepted), filed(2, 1, no)}, nil},
		"a correction is returned":           {[]plan.Filing{filed(1, 0, plan.Accepted), filed(2, 1, plan.Returned)}, nil},
		"a correction is accepted":           {[]plan.Filing{filed(1, 0, plan.Accepted), filed(2, 1, plan.Accepted)}, []plan.FilingID{1}},
		"a correction of a correction":       {[]plan.Filing{filed(1, 0, plan.Accepted), filed(2, 1, plan.Accepted), filed(3, 2, plan.Accepted)}, []plan.FilingID{1, 2}},
		"two accepted corrections of one":    {[]plan.Filing{filed(1, 0, plan.Accepted), filed(2, 1, plan.Accepted), filed(3, 1, plan.Accepted)}, []plan.FilingID{1, 2}},
		"filings that have nothing to do":    {[]plan.Filing{filed(1, 0, no), filed(2, 0, plan.Accepted), filed(3, 0, no)}, nil},
		"returned, corrected, and once more": {[]plan.Filing{filed(1, 0, plan.Returned), filed(2, 1, no), filed(3, 1, no)}, []plan.FilingID{2}},
	} {
		got := slices.Sorted(maps.Keys(plan.Replaced(c.filings)))
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func TestCurrent(t *testing.T) {
	t.Parallel()
	all := []plan.Filing{filed(1, 0, ""), filed(2, 1, ""), filed(3, 1, plan.Accepted), filed(4, 3, plan.Returned), filed(5, 0, plan.Accepted)}
	for id, want := range map[plan.FilingID]plan.FilingID{1: 3, 2: 3, 3: 3, 4: 3, 5: 5} {
		if got := plan.Current(all, id); got != want {
			t.Errorf("a correction of %d stands for %d, want %d", id, got, want)
		}
	}
}

// TestTwoCorrectionsOfOne: of two accepted corrections of one figure the last counts.
func TestTwoCorrectionsOfOne(t *testing.T) {
	t.Parallel()
	day := plan.NewDate(2017, 7, 28)
	marks := []plan.Mark{{ID: 1, Date: day}, {ID: 2, Date: day, Supersedes: 1}, {ID: 3, Date: day.AddDays(-1), Supersedes: 1}}
	if got := plan.AcceptedAt(marks, day, time.Time{}); len(got) != 1 || got[0].ID != 3 {
		t.Errorf("%+v counts", got)
	}
}
