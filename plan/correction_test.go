package plan_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"duban/plan"
)

// corrected returns the targets of the first commitment after decisions, in a line each.
func corrected(p *plan.Plan, decisions ...plan.Correction) string {
	var lines []string
	for _, x := range plan.Corrected(p, decisions).Commitments[0].Targets {
		lines = append(lines, fmt.Sprintf("%d %s %s %s", x.ID, x.Metric, x.ValueText, x.Check))
	}
	return strings.Join(lines, "; ")
}

func decision(check plan.Check, item plan.ID, was string, to *plan.Target) plan.Correction {
	return plan.Correction{Check: check, Commitment: 1, Item: item, Was: was, Target: to}
}

func twoTargets() *plan.Plan {
	p, _ := plan.Merge(nil, report(commitment("2.1.1.1", "新增养老床位3600张，改造危桥100座", target("新增养老床位", "3600", "张"), target("改造危桥", "100", "座"))))
	return p
}

func TestCorrected(t *testing.T) {
	t.Parallel()
	half, other, whole := target("新增城市养老床位", "1600", "张"), target("新增农村养老床位", "2000", "张"), target("床位和危桥", "3700", "")
	const bridge = "3 改造危桥 100座 "
	for _, c := range []struct {
		name      string
		decisions []plan.Correction
		want      string
	}{
		{"none", nil, "2 新增养老床位 3600张 ; " + bridge},
		{"accept", []plan.Correction{decision(plan.CheckedRight, 2, "3600张", nil)}, "2 新增养老床位 3600张 accepted; " + bridge},
		{"fix", []plan.Correction{decision(plan.CheckedFixed, 2, "3600张", &half)}, "2 新增城市养老床位 1600张 fixed; " + bridge},
		{"fix twice", []plan.Correction{decision(plan.CheckedFixed, 2, "3600张", &half), decision(plan.CheckedFixed, 2, "3600张", &other)}, "2 新增农村养老床位 2000张 fixed; " + bridge},
		{"fix, then accept", []plan.Correction{decision(plan.CheckedFixed, 2, "3600张", &half), decision(plan.CheckedRight, 2, "3600张", nil)}, "2 新增城市养老床位 1600张 fixed; " + bridge},
		{"reject", []plan.Correction{decision(plan.Rejected, 2, "3600张", nil)}, bridge},
		{"reject, then accept", []plan.Correction{decision(plan.Rejected, 2, "3600张", nil), decision(plan.CheckedRight, 2, "3600张", nil)}, "2 新增养老床位 3600张 accepted; " + bridge},
		{"add", []plan.Correction{decision(plan.CheckedAdded, 9, "", &other)}, "2 新增养老床位 3600张 ; " + bridge + "; 9 新增农村养老床位 2000张 added"},
		{"add, then fix", []plan.Correction{decision(plan.CheckedAdded, 9, "", &other), decision(plan.CheckedFixed, 9, "", &half)}, "2 新增养老床位 3600张 ; " + bridge + "; 9 新增城市养老床位 1600张 added"},
		{"add, then reject", []plan.Correction{decision(plan.CheckedAdded, 9, "", &other), decision(plan.Rejected, 9, "", nil)}, "2 新增养老床位 3600张 ; " + bridge},
		{"add, reject, accept", []plan.Correction{decision(plan.CheckedAdded, 9, "", &other), decision(plan.Rejected, 9, "", nil), decision(plan.CheckedRight, 9, "", nil)}, "2 新增养老床位 3600张 ; " + bridge + "; 9 新增农村养老床位 2000张 added"},
		{"split", []plan.Correction{decision(plan.CheckedFixed, 2, "3600张", &half), decision(plan.CheckedAdded, 9, "", &other)}, "2 新增城市养老床位 1600张 fixed; " + bridge + "; 9 新增农村养老床位 2000张 added"},
		{"merge", []plan.Correction{decision(plan.CheckedFixed, 2, "3600张", &whole), decision(plan.Rejected, 3, "100座", nil)}, "2 床位和危桥 3700 fixed"},
		{"of a number that changed", []plan.Correction{decision(plan.CheckedFixed, 2, "3500张", &half)}, "2 新增养老床位 3600张 ; " + bridge},
		{"of another commitment", []plan.Correction{{Check: plan.Rejected, Commitment: 7, Item: 2}}, "2 新增养老床位 3600张 ; " + bridge},
	} {
		p := twoTargets()
		if got := corrected(p, c.decisions...); strings.ReplaceAll(got, " ;", ";") != strings.ReplaceAll(c.want, " ;", ";") {
			t.Errorf("%s: %s\nwant %s", c.name, got, c.want)
		}
		if got := corrected(p); got != "2 新增养老床位 3600张 ; "+bridge {
			t.Errorf("%s: the plan itself is changed: %s", c.name, got)
		}
	}
}

func TestFixKeepsWhatWasRead(t *testing.T) {
	t.Parallel()
	p := twoTargets()
	p.Commitments[0].Targets[0].Start, p.Commitments[0].Targets[0].Quote = 42, "新增养老床位3600张"
	to := target("新增护理床位", "360", "张")
	x := plan.Corrected(p, []plan.Correction{decision(plan.CheckedFixed, 2, "3600张", &to), decision(plan.CheckedFixed, 2, "3600张", &to)}).Commitments[0].Targets[0]
	if x.Read != "3600张" || x.ID != 2 || x.Start != 42 || x.Quote != "新增养老床位3600张" {
		t.Errorf("%+v", x)
	}
}

// TestCorrectionsAfterACorrectedReport: decisions live as long as the number that they are on.
func TestCorrectionsAfterACorrectedReport(t *testing.T) {
	t.Parallel()
	p := twoTargets()
	p.State, p.CheckedTo = plan.Published, p.NextID
	to := target("新增护理床位", "360", "张")
	decisions := []plan.Correction{decision(plan.CheckedFixed, 2, "3600张", &to), decision(plan.Rejected, 3, "100座", nil)}
	moved, _ := plan.Merge(p, report(commitment("2.1.1.7", "新建公园8处", target("新建公园", "8", "处")), commitment("2.1.1.8", "新增养老床位3600张，改造危桥120座", target("新增养老床位", "3600", "张"), target("改造危桥", "120", "座"))))
	after := plan.Corrected(moved, decisions)
	bed, bridge := after.Commitments[1].Target(2), after.Commitments[1].Target(3)
	if bed == nil || bed.ValueText != "360张" || bridge == nil || bridge.Check != "" {
		t.Fatalf("%+v %+v", bed, bridge)
	}
	if !after.Counts(bed) || after.Counts(bridge) || after.Counts(&after.Commitments[0].Targets[0]) {
		t.Error("a number that changed, or is new, counts before anybody looked at it")
	}
	again, diff := plan.Merge(moved, report(commitment("2.1.1.7", "新建公园8处", target("新建公园", "8", "处")), commitment("2.1.1.8", "新增养老床位3600张，改造危桥120座", target("新增养老床位", "3600", "张"), target("改造危桥", "120", "座"))))
	if !diff.Empty() || again.NextID != moved.NextID || again.Counts(again.Commitments[1].Target(3)) {
		t.Errorf("the same report again: %+v", diff)
	}
	again.CheckedTo = again.NextID
	if !again.Counts(again.Commitments[1].Target(3)) {
		t.Error("after it was published anew it does not count")
	}
}

func TestCounts(t *testing.T) {
	t.Parallel()
	x := target("新增养老床位", "3600", "张")
	for _, c := range []struct {
		state     plan.State
		checkedTo plan.ID
		id        plan.ID
		check     plan.Check
		want      bool
	}{
		{plan.Draft, 0, 2, "", false},
		{plan.Draft, 5, 2, plan.CheckedRight, false},
		{plan.Published, 0, 2, "", true},
		{plan.Published, 5, 2, "", true},
		{plan.Published, 5, 5, "", false},
		{plan.Published, 5, 6, plan.CheckedRight, true},
	} {
		x.ID, x.Check = c.id, c.check
		if got := (&plan.Plan{State: c.state, CheckedTo: c.checkedTo}).Counts(&x); got != c.want {
			t.Errorf("%+v: %t", c, got)
		}
	}
}

func TestAdjusted(t *testing.T) {
	t.Parallel()
	p := twoTargets()
	p.Commitments[0].Tasks = []plan.Task{{ID: 8, Text: "整合", Deadline: plan.EndOfYear(2017)}}
	less := plan.NewDecimal(3000, 0)
	june := plan.NewDate(2018, 6, 30)
	granted, refused := &plan.Review{Verdict: plan.Accepted}, &plan.Review{Verdict: plan.Returned}
	out := plan.Adjusted(p, []plan.Request{
		{Item: 2, Kind: plan.Extend, Deadline: june, Reason: "征地未完成", Review: granted},
		{Item: 2, Kind: plan.Adjust, Value: &less, Reason: "上级调减", Approval: "聊政发〔2017〕8号", Review: granted},
		{Item: 2, Kind: plan.Drop, Reason: "没有批准", Review: refused},
		{Item: 3, Kind: plan.Drop, Reason: "并入省级项目", Approval: "聊政发〔2017〕9号", Review: granted},
		{Item: 3, Kind: plan.Extend, Deadline: june, Reason: "还在等"},
		{Item: 8, Kind: plan.Adjust, Deadline: june, Reason: "试点推迟", Approval: "聊政发〔2017〕10号", Review: granted},
	}).Commitments[0]
	bed, bridge, task := out.Targets[0], out.Targets[1], out.Tasks[0]
	if bed.ValueText != "3000张" || bed.Deadline != june || bed.Cancelled != "" {
		t.Errorf("%+v", bed)
	}
	if o := bed.Original; o == nil || o.ValueText != "3600张" || o.Value != plan.NewDecimal(3600, 0) || o.Deadline != plan.EndOfYear(2017) || o.Why != "征地未完成；上级调减（聊政发〔2017〕8号）" {
		t.Errorf("the original is %+v", o)
	}
	if bridge.Cancelled != "并入省级项目（聊政发〔2017〕9号）" || bridge.Deadline != plan.EndOfYear(2017) {
		t.Errorf("%+v", bridge)
	}
	if task.Deadline != june || task.Original == nil || task.Original.Deadline != plan.EndOfYear(2017) {
		t.Errorf("%+v", task)
	}
	whole := plan.Adjusted(p, []plan.Request{{Item: 1, Kind: plan.Extend, Deadline: june, Reason: "整体延期", Review: granted}}).Commitments[0]
	if whole.Targets[0].Deadline != june || whole.Targets[1].Deadline != june || whole.Tasks[0].Deadline != june {
		t.Errorf("an extension of the whole commitment: %+v", whole)
	}
	if p.Commitments[0].Targets[0].Original != nil {
		t.Error("the plan itself is changed")
	}
}

// TestChangedTargetsWait publishes a plan and imports a corrected report.
func TestChangedTargetsWait(t *testing.T) {
	t.Parallel()
	same, roads := target("新增养老床位", "3600", "张"), target("新改建农村公路", "2500", "公里")
	first, _ := plan.Merge(nil, report(commitment("2.1.1.1", "新增养老床位3600张，新改建农村公路2500公里", same, roads)))
	first.State, first.CheckedTo = plan.Published, first.NextID
	later := roads
	later.Deadline = plan.EndOfYear(2018)
	for name, changed := range map[string]plan.Target{"value": target("新改建农村公路", "2600", "公里"), "deadline": later, "metric": target("新改建农村公路里程", "2500", "公里")} {
		p, _ := plan.Merge(first, report(commitment("2.1.1.1", "新增养老床位3600张，新改建农村公路，新建公园8处", same, changed, target("新建公园", "8", "处"))))
		decided := plan.Corrected(p, []plan.Correction{
			{Check: plan.CheckedRight, Commitment: 1, Item: 3, Was: "2500公里", Seen: first.NextID},
		})
		for i, want := range []bool{false, true, true} {
			if got := decided.Waits(&decided.Commitments[0].Targets[i]); got != want {
				t.Errorf("%s: target %d waits: %v", name, i, got)
			}
		}
		waiting := decided.Commitments[0].Targets[1]
		if accepted := plan.Corrected(p, []plan.Correction{{Check: plan.CheckedRight, Commitment: 1, Item: 3, Was: waiting.ValueText, Seen: p.NextID}}); accepted.Waits(&accepted.Commitments[0].Targets[1]) {
			t.Errorf("%s: it waits after it was accepted", name)
		}
	}
}

// TestWhatWaitsIsInNoRollUp files for a target that nobody checked.
func TestWhatWaitsIsInNoRollUp(t *testing.T) {
	t.Parallel()
	value := plan.NewDecimal(1, 0)
	p, _ := plan.Merge(nil, report(commitment("2.1.1.1", "新增养老床位3600张", target("新增养老床位", "3600", "张"), target("新建公园", "8", "处"))))
	p.State, p.CheckedTo = plan.Published, 3
	marks := map[plan.ID][]plan.Mark{3: {{ID: 1, Value: &value, Date: plan.NewDate(2017, 6, 30)}}}
	ps := plan.Stand(p, marks, plan.NewDate(2017, 7, 31), time.Time{}, plan.DefaultRules())
	cs := &ps.Commitments[0]
	if s := cs.Targets[1]; !s.Unchecked || s.Light != plan.Red {
		t.Errorf("the target stands %+v", s)
	}
	if cs.Light != plan.None || cs.Progress != nil || cs.Unfiled != 1 || cs.Unchecked != 1 || ps.Unchecked() != 1 {
		t.Errorf("the commitment stands %+v", cs)
	}
	if tally := ps.Tally(); tally[plan.Red] != 0 || tally[plan.None] != 1 {
		t.Errorf("counted %v", tally)
	}
}
