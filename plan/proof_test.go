package plan

import "testing"

func TestProofOf(t *testing.T) {
	t.Parallel()
	p := &Plan{State: Published, CheckedTo: 4, NextID: 9, Commitments: []Commitment{
		{ID: 1, Segment: Segment{Code: "3.1.1.1"}, Targets: []Target{{ID: 2}, {ID: 3, Check: CheckedRight}, {ID: 5}}},
		{ID: 6, Segment: Segment{Code: "3.2.1.1"}, Targets: []Target{{ID: 7, Check: Rejected}, {ID: 8, Check: CheckedFixed}}},
	}}
	if got, want := p.ProofOf(""), (Proof{Total: 5, Right: 1, Fixed: 1, Rejected: 1, Unseen: 2, Waiting: 1}); got != want {
		t.Errorf("%+v", got)
	}
	if got := p.ProofOf("3.2"); got.Total != 2 || got.Checked() != 2 {
		t.Errorf("%+v", got)
	}
	p.State = Draft
	if got := p.ProofOf("3.1"); got.Waiting != 2 {
		t.Errorf("%+v", got)
	}
}

func TestUndoRefusesWhatWasDecidedSince(t *testing.T) {
	t.Parallel()
	p := &Plan{Commitments: []Commitment{{ID: 1, Targets: []Target{{ID: 2, ValueText: "5家"}, {ID: 3, ValueText: "6家"}}}}}
	d := func(item ID, check Check) Correction {
		return Correction{Check: check, Commitment: 1, Item: item, Was: p.Commitments[0].Target(item).ValueText}
	}
	all := []Correction{d(2, CheckedRight), d(3, Rejected), d(2, Rejected)}
	for _, c := range []struct {
		from, to int
		ok       bool
	}{{0, 1, false}, {1, 2, true}, {2, 3, true}, {0, 3, true}, {3, 4, false}, {-1, 1, false}, {1, 1, false}} {
		inverse, ok := Undo(p, all, c.from, c.to)
		if ok != c.ok || ok != (len(inverse) > 0) {
			t.Errorf("%v: %v, %v", c, inverse, ok)
		}
	}
	inverse, _ := Undo(p, all, 2, 3)
	if back := Corrected(p, append(all, inverse...)); back.Commitments[0].Target(2).Check != CheckedRight || back.Commitments[0].Target(3) != nil {
		t.Errorf("%+v", back.Commitments[0].Targets)
	}
}

func TestAdjustKeepsEveryReason(t *testing.T) {
	t.Parallel()
	v := NewDecimal(2400, 0)
	granted := &Review{Verdict: Accepted}
	p := &Plan{Commitments: []Commitment{{ID: 1, Targets: []Target{{ID: 2, Value: NewDecimal(2500, 0), ValueText: "2500公里", Unit: "公里", Deadline: EndOfYear(2017)}}}}}
	got := Adjusted(p, []Request{
		{Item: 2, Kind: Adjust, Value: &v, Reason: "雨季", Approval: "市政府 第1号", Review: granted},
		{Item: 2, Kind: Extend, Deadline: EndOfYear(2018), Reason: "征地", Review: granted},
	}).Commitments[0].Targets[0]
	if o := got.Original; o == nil || o.ValueText != "2500公里" || o.Deadline != EndOfYear(2017) || o.Why != "雨季（市政府 第1号）；征地" {
		t.Errorf("%+v", got.Original)
	}
	if got.ValueText != "2400公里" || got.Deadline != EndOfYear(2018) || p.Commitments[0].Targets[0].Original != nil {
		t.Errorf("%+v", got)
	}
}
