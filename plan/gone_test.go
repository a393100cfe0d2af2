package plan_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"duban/plan"
)

// editions are two editions of a report: the second lacks the parking spaces, a task and a
// whole commitment.
func editions() (whole, cut *plan.Plan) {
	parking := target("新增停车位", "800", "个")
	parking.Quote = "新增停车位800个"
	beds := target("新增养老床位", "3600", "张")
	task := plan.Task{Text: "整合农村五保供养制度"}
	c := commitment("2.1.1.1", "新增养老床位3600张，新增停车位800个，整合农村五保供养制度", beds, parking)
	c.Tasks = []plan.Task{task}
	roads := commitment("2.1.1.2", "新改建农村公路2500公里", target("新改建农村公路", "2500", "公里"))
	whole = report(c, roads)
	cut = report(commitment("2.1.1.1", "新增养老床位3600张", beds))
	return whole, cut
}

func TestWhatComesBackHasItsOldIDs(t *testing.T) {
	t.Parallel()
	whole, cut := editions()
	first, _ := plan.Merge(nil, whole)
	without, _ := plan.Merge(first, cut)
	if len(without.Gone) != 2 || len(without.Gone[0].Targets) != 1 || len(without.Gone[0].Tasks) != 1 {
		t.Fatalf("gone: %+v", without.Gone)
	}
	again, _ := plan.Merge(without, cut)
	if d := cmp.Diff(without, again, cmp.AllowUnexported(plan.Decimal{})); d != "" {
		t.Errorf("importing the cut report again changes %s", d)
	}
	back, diff := plan.Merge(again, whole)
	if d := cmp.Diff(first.Commitments, back.Commitments, cmp.AllowUnexported(plan.Decimal{})); d != "" {
		t.Errorf("what came back differs: %s", d)
	}
	if len(back.Gone) != 0 || back.NextID != first.NextID || diff.Empty() {
		t.Errorf("gone %v, next id %d, diff %v", back.Gone, back.NextID, diff)
	}
}

func TestWhatMovesKeepsItsID(t *testing.T) {
	t.Parallel()
	whole, cut := editions()
	first, _ := plan.Merge(nil, whole)
	parking := first.Commitments[0].Targets[1]
	elsewhere := commitment("2.1.1.5", "实施城市停车设施提升工程，新增停车位800个", plan.Target{}, parking)
	elsewhere.Targets[0] = target("改造老旧小区", "12", "个")
	moved := report(cut.Commitments[0], elsewhere)
	for name, old := range map[string]*plan.Plan{"at once": first, "later": mergedWith(first, cut)} {
		merged, _ := plan.Merge(old, moved)
		if got := merged.Commitments[1].Targets[1]; got.ID != parking.ID {
			t.Errorf("%s: id %d, want %d", name, got.ID, parking.ID)
		}
	}
}

func mergedWith(old, fresh *plan.Plan) *plan.Plan {
	merged, _ := plan.Merge(old, fresh)
	return merged
}

func TestWeigh(t *testing.T) {
	t.Parallel()
	whole, cut := editions()
	first, _ := plan.Merge(nil, whole)
	parking, roads := first.Commitments[0].Targets[1].ID, first.Commitments[1].Targets[0].ID
	filings := map[plan.ID][]plan.Filing{parking: make([]plan.Filing, 2), roads: make([]plan.Filing, 1)}
	without, diff := plan.Merge(first, cut)
	diff.Weigh(first, without, filings)
	weights := func(d plan.Diff) map[string]int {
		n := map[string]int{}
		for _, e := range d.Entries {
			if e.Filings > 0 {
				n[string(e.Change)+" "+e.Metric] += e.Filings
			}
		}
		return n
	}
	if d := cmp.Diff(map[string]int{"removed 新增停车位": 2, "removed ": 1}, weights(diff)); d != "" {
		t.Error(d)
	}
	back, diff := plan.Merge(without, whole)
	diff.Weigh(without, back, filings)
	if d := cmp.Diff(map[string]int{"added 新增停车位": 2, "added ": 1}, weights(diff)); d != "" {
		t.Error(d)
	}
}

// TestNothingIsLost goes through editions at random: a target that stands again as it stood
// before has the id that it had.
func TestNothingIsLost(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		ids := map[string]plan.ID{}
		var p *plan.Plan
		for range rapid.IntRange(1, 5).Draw(t, "editions") {
			p, _ = plan.Merge(p, anyReport(t, "edition"))
			seen := map[plan.ID]bool{}
			for _, c := range p.Commitments {
				metric, id := c.Targets[0].Metric, c.Targets[0].ID
				if known, ok := ids[metric]; seen[id] || ok && known != id {
					t.Fatalf("%s has id %d, had %d", metric, id, known)
				}
				ids[metric], seen[id] = id, true
			}
		}
	})
}
