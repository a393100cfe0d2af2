package plan_test

import (
	"errors"
	"fmt"
	"testing"

	"duban/plan"
)

// TestWhatARequestNeeds: a reason, and what its kind asks for.
func TestWhatARequestNeeds(t *testing.T) {
	t.Parallel()
	v := plan.NewDecimal(1, 0)
	day := plan.EndOfYear(2018)
	node := func(percent int64, day plan.Date) []plan.Node {
		return []plan.Node{{Date: day, Percent: plan.NewDecimal(percent, 0)}}
	}
	for i, c := range []struct {
		r    plan.Request
		good bool
	}{
		{plan.Request{Kind: plan.Extend, Deadline: day}, true},
		{plan.Request{Kind: plan.Extend}, false},
		{plan.Request{Kind: plan.Schedule, Nodes: node(50, day)}, true},
		{plan.Request{Kind: plan.Schedule}, false},
		{plan.Request{Kind: plan.Schedule, Nodes: node(101, day)}, false},
		{plan.Request{Kind: plan.Schedule, Nodes: node(-1, day)}, false},
		{plan.Request{Kind: plan.Schedule, Nodes: node(50, plan.Date{})}, false},
		{plan.Request{Kind: plan.Adjust, Value: &v, Approval: "1号"}, true},
		{plan.Request{Kind: plan.Adjust, Deadline: day, Approval: "1号"}, true},
		{plan.Request{Kind: plan.Adjust, Approval: "1号"}, false},
		{plan.Request{Kind: plan.Adjust, Value: &v}, false},
		{plan.Request{Kind: plan.Drop, Approval: "1号"}, true},
		{plan.Request{Kind: plan.Drop}, false},
		{plan.Request{Kind: plan.Transfer, To: "财政局"}, true},
		{plan.Request{Kind: plan.Transfer}, false},
		{plan.Request{Kind: "other", To: "财政局"}, false},
	} {
		if err := c.r.Check(); !errors.Is(err, plan.ErrInvalid) {
			t.Errorf("case %d, without a reason: %v", i, err)
		}
		c.r.Reason = "征地"
		if err := c.r.Check(); (err == nil) != c.good {
			t.Errorf("case %d, %s: %v", i, c.r.Kind, err)
		}
	}
}

// TestGrantedToAWholeCommitment: an extension or a cancellation of a commitment concerns its
// tasks and targets; what was not granted concerns nothing.
func TestGrantedToAWholeCommitment(t *testing.T) {
	t.Parallel()
	p := report(plan.Commitment{
		ID: 1, Targets: []plan.Target{{ID: 2, Deadline: plan.EndOfYear(2017)}},
		Tasks: []plan.Task{{ID: 3, Deadline: plan.EndOfYear(2017)}, {ID: 4, Deadline: plan.EndOfYear(2017)}},
	})
	granted, refused := &plan.Review{Verdict: plan.Accepted}, &plan.Review{Verdict: plan.Returned}
	extend := plan.Request{Item: 1, Kind: plan.Extend, Deadline: plan.EndOfYear(2018), Reason: "征地", Review: granted}
	drop := plan.Request{Item: 3, Kind: plan.Drop, Reason: "停办", Approval: "2号", Review: granted}
	again := plan.Request{Item: 4, Kind: plan.Adjust, Deadline: plan.EndOfYear(2019), Reason: "雨季", Approval: "3号", Review: granted}
	for _, c := range []struct {
		requests []plan.Request
		want     string // deadlines, what is cancelled, why the last task was changed
	}{
		{nil, "2017 2017 2017  "},
		{[]plan.Request{extend}, "2018 2018 2018  征地"},
		{[]plan.Request{{Item: 1, Kind: plan.Extend, Deadline: plan.EndOfYear(2018), Reason: "征地", Review: refused}}, "2017 2017 2017  "},
		{[]plan.Request{{Item: 1, Kind: plan.Extend, Deadline: plan.EndOfYear(2018), Reason: "征地"}}, "2017 2017 2017  "},
		{[]plan.Request{extend, drop, again}, "2018 2018 2019 停办（2号） 征地；雨季（3号）"},
		{[]plan.Request{{Item: 4, Kind: plan.Schedule, Review: granted}, {Item: 1, Kind: plan.Transfer, Deadline: plan.EndOfYear(2018), Review: granted}}, "2017 2017 2017  "},
	} {
		got := plan.Adjusted(p, c.requests).Commitments[0]
		why := ""
		if o := got.Tasks[1].Original; o != nil {
			why = o.Why
			if o.Deadline != plan.EndOfYear(2017) {
				t.Errorf("the report's deadline is said to be %s", o.Deadline)
			}
		}
		if text := fmt.Sprint(got.Targets[0].Deadline.Year, got.Tasks[0].Deadline.Year, got.Tasks[1].Deadline.Year, " ", got.Tasks[0].Cancelled, " ", why); text != c.want {
			t.Errorf("%q, want %q", text, c.want)
		}
	}
	if p.Commitments[0].Tasks[1].Original != nil || p.Commitments[0].Targets[0].Deadline != plan.EndOfYear(2017) {
		t.Error("the plan was changed")
	}
}

// TestLapsedDecisions: those on what a corrected report reads differently or lacks; of
// several on one target the last.
func TestLapsedDecisions(t *testing.T) {
	t.Parallel()
	p := twoTargets()
	beds, bridges := p.Commitments[0].Targets[0], p.Commitments[0].Targets[1]
	right := decision(plan.CheckedRight, beds.ID, beds.ValueText, nil)
	other := decision(plan.CheckedFixed, beds.ID, "3500张", nil)
	for name, c := range map[string]struct {
		decisions []plan.Correction
		want      int
	}{
		"as it was read":           {[]plan.Correction{right}, 0},
		"read differently":         {[]plan.Correction{other}, 1},
		"decided anew":             {[]plan.Correction{other, right}, 0},
		"taken back":               {[]plan.Correction{other, {Check: plan.Unchecked, Commitment: 1, Item: beds.ID}}, 0},
		"added":                    {[]plan.Correction{decision(plan.CheckedAdded, 99, "", &bridges)}, 0},
		"gone from the report":     {[]plan.Correction{decision(plan.CheckedRight, 98, "5张", nil)}, 1},
		"its commitment is gone":   {[]plan.Correction{{Check: plan.CheckedRight, Commitment: 77, Item: 78}}, 1},
		"whatever stood there":     {[]plan.Correction{decision(plan.Rejected, bridges.ID, "", nil)}, 0},
		"one holds, one does not":  {[]plan.Correction{right, decision(plan.CheckedRight, bridges.ID, "90座", nil)}, 1},
		"nobody decided on it yet": {nil, 0},
	} {
		if got := plan.Lapsed(p, c.decisions); len(got) != c.want {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// TestUndoOfAnAddition: what was added is rejected, what was rejected comes back, and a
// commitment that is gone takes its decisions along.
func TestUndoOfAnAddition(t *testing.T) {
	t.Parallel()
	p := twoTargets()
	beds := p.Commitments[0].Targets[0]
	all := []plan.Correction{
		decision(plan.CheckedAdded, 99, "", &beds), decision(plan.Rejected, beds.ID, beds.ValueText, nil),
		{Check: plan.CheckedRight, Commitment: 77, Item: 78},
	}
	inverse, ok := plan.Undo(p, all, 0, 3)
	if !ok || len(inverse) != 3 {
		t.Fatalf("%+v, %t", inverse, ok)
	}
	if got, want := corrected(p, append(all, inverse...)...), corrected(p); got != want {
		t.Errorf("after taking back: %s, before: %s", got, want)
	}
}
