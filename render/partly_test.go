package render

import (
	"testing"

	"duban/plan"
)

// TestPartlyDone holds that what is not filed is never counted as done.
func TestPartlyDone(t *testing.T) {
	t.Parallel()
	for want, list := range map[string][]overall{
		"✅已完成2": {{plan.Done, 2, 0}, {plan.Done, 1, 0}},
		"✅已完成1 ◐部分完成1 ⚪未填报1": {{plan.Done, 2, 0}, {plan.Done, 9, 8}, {plan.None, 3, 3}},
		"◐部分完成1":    {{plan.Done, 9, 1}},
		"🔴红灯1 🟢绿灯1": {{plan.Red, 2, 1}, {plan.Green, 2, 1}},
	} {
		if got, _ := overallTally(list); got != want {
			t.Errorf("%v: %s, want %s", list, got, want)
		}
	}
	if got := (overall{plan.Done, 9, 8}).text(); got != "◐部分完成（1/9项）" {
		t.Error(got)
	}
}
