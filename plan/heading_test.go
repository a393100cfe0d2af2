package plan_test

import (
	"testing"

	"duban/plan"
)

// TestSubscriptionsMoveToTheSameHeading: a part, section, theme or item that is called the
// same in the next plan, whatever its number; what has no like is left out.
func TestSubscriptionsMoveToTheSameHeading(t *testing.T) {
	t.Parallel()
	of := func(code plan.Code, part, section, theme, title string) plan.Commitment {
		return plan.Commitment{ID: plan.ID(len(code) + len(title)), Segment: plan.Segment{Code: code, Part: part, Section: section, Theme: theme, Title: title}}
	}
	old := &plan.Plan{Place: "甲市", Year: 2017, Commitments: []plan.Commitment{of("3.6.2.5", "重点", "民生", "实事", "扶老"), of("3.7.1.1", "重点", "改革", "放管服", "审批")}}
	next := &plan.Plan{Place: "甲市", Year: 2018, Commitments: []plan.Commitment{of("2.1.1.1", "任务", "工业", "项目", "招商"), of("2.4.3.9", "重点", "民生", "实事", "扶老")}}
	for prefix, want := range map[plan.Code]plan.Code{"3": "2", "3.6": "2.4", "3.6.2": "2.4.3", "3.6.2.5": "2.4.3.9", "3.7": "", "3.7.1.1": "", "9.9": ""} {
		got := plan.CarryOver(old, next, nil, nil, []plan.Subscription{{Person: "a", Plan: old.Key(), Prefix: prefix}}).Follow
		if len(got) > 1 || (len(got) == 1) != (want != "") || want != "" && got[0].Prefix != want {
			t.Errorf("%s goes to %+v, want %s", prefix, got, want)
		}
	}
}

// TestClosingIsCounted: every rating that is given is one that is shown, and before a closing
// everything is open.
func TestClosingIsCounted(t *testing.T) {
	t.Parallel()
	c := &plan.Closing{Ratings: map[plan.ID]plan.Rating{1: plan.RatedDone, 2: plan.RatedDone, 3: plan.RatedOpen, 4: plan.RatedNone}}
	n := c.Count()
	sum := 0
	for _, r := range plan.Ratings() {
		sum += n[r]
	}
	if sum != 4 || n[plan.RatedDone] != 2 || !c.Open(3) || c.Open(1) || c.Open(99) || !(*plan.Closing)(nil).Open(1) {
		t.Errorf("counted %v", n)
	}
}
