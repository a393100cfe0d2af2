package plan_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"duban/plan"
)

func commitment(code plan.Code, text string, targets ...plan.Target) plan.Commitment {
	return plan.Commitment{Segment: plan.Segment{Code: code, Text: text, Title: text}, Targets: targets}
}

func target(metric, value, unit string) plan.Target {
	d, err := plan.ParseDecimal(value)
	if err != nil {
		panic(err)
	}
	return plan.Target{Metric: metric, Op: plan.AtLeast, Value: d, Unit: unit, ValueText: value + unit, Deadline: plan.EndOfYear(2017)}
}

func report(commitments ...plan.Commitment) *plan.Plan {
	return &plan.Plan{Place: "某市", Year: 2017, State: plan.Draft, Commitments: commitments}
}

func TestFirstImportNumbersEverything(t *testing.T) {
	t.Parallel()
	merged, diff := plan.Merge(nil, report(commitment("2.1.1.1", "新增养老床位3600张", target("新增养老床位", "3600", "张")), commitment("2.1.1.2", "改造危桥100座")))
	if merged.Commitments[0].ID != 1 || merged.Commitments[0].Targets[0].ID != 2 || merged.Commitments[1].ID != 3 || merged.NextID != 4 {
		t.Errorf("ids %+v", merged)
	}
	if len(diff.Entries) != 2 || diff.Entries[0].Change != plan.Added {
		t.Errorf("diff %+v", diff)
	}
}

func TestMergeKeepsWhatIsTheSame(t *testing.T) {
	t.Parallel()
	old, _ := plan.Merge(nil, report(
		commitment("2.1.1.1", "新增养老床位3600张", target("新增养老床位", "3600", "张")),
		commitment("2.1.1.2", "新改建农村公路2500公里，改造农村危桥100座", target("新改建农村公路", "2500", "公里"), target("改造农村危桥", "100", "座")),
	))
	old.State = plan.Published
	merged, diff := plan.Merge(old, report(
		commitment("2.1.1.1", "新建公园8处", target("新建公园", "8", "处")),
		commitment("2.1.1.2", "新增养老床位3600张", target("新增养老床位", "3600", "张")),
		commitment("2.1.1.3", "新改建农村公路2600公里，改造农村危桥100座", target("新改建农村公路", "2600", "公里"), target("改造农村危桥", "100", "座")),
	))
	if merged.State != plan.Published {
		t.Error("the plan is no longer published")
	}
	ids := []plan.ID{merged.Commitments[1].ID, merged.Commitments[2].ID, merged.Commitments[2].Targets[0].ID, merged.Commitments[0].ID}
	if want := []plan.ID{1, 3, 4, old.NextID}; !slices.Equal(ids, want) {
		t.Errorf("ids %v, want %v", ids, want)
	}
	want := []plan.Entry{
		{Change: plan.Added, Code: "2.1.1.1", Title: "新建公园8处", After: "新建公园8处", Item: old.NextID},
		{Change: plan.Changed, Code: "2.1.1.2", Title: "新增养老床位3600张", Field: "code", Before: "2.1.1.1", After: "2.1.1.2"},
		{Change: plan.Changed, Code: "2.1.1.3", Title: "新改建农村公路2600公里，改造农村危桥100座", Field: "code", Before: "2.1.1.2", After: "2.1.1.3"},
		{Change: plan.Changed, Code: "2.1.1.3", Title: "新改建农村公路2600公里，改造农村危桥100座", Field: "text", Before: "新改建农村公路2500公里，改造农村危桥100座", After: "新改建农村公路2600公里，改造农村危桥100座"},
		{Change: plan.Changed, Code: "2.1.1.3", Title: "新改建农村公路2600公里，改造农村危桥100座", Metric: "新改建农村公路", Field: "value", Before: ">=2500公里", After: ">=2600公里"},
	}
	if d := cmp.Diff(want, diff.Entries); d != "" {
		t.Error(d)
	}
}

// words make commitments that are well apart.
var words = []string{"养老床位增加", "农村公路修建", "危桥改造加固", "学校操场新建", "水库除险完成", "公交车辆投放", "老旧小区整治", "医院病房扩建", "绿道公园建设", "停车泊位新增"}

func anyReport(t *rapid.T, label string) *plan.Plan {
	picked := rapid.SliceOfNDistinct(rapid.IntRange(0, len(words)-1), 0, len(words), rapid.ID).Draw(t, label)
	p := report()
	for i, w := range picked {
		value := fmt.Sprint(rapid.IntRange(1, 99).Draw(t, "value"))
		code := plan.NewCode(2, 1, 1, i+1)
		p.Commitments = append(p.Commitments, commitment(code, words[w]+value+"个", target(words[w], value, "个")))
	}
	return p
}

func TestMergeProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		first, _ := plan.Merge(nil, anyReport(t, "first"))
		fresh := anyReport(t, "second")
		second, _ := plan.Merge(first, fresh)
		if again, diff := plan.Merge(second, fresh); !diff.Empty() || !cmp.Equal(again, second, cmp.AllowUnexported(plan.Decimal{})) {
			t.Fatalf("importing the same report again changes %+v", diff)
		}
		seen := map[plan.ID]bool{}
		for _, c := range second.Commitments {
			for _, id := range []plan.ID{c.ID, c.Targets[0].ID} {
				if id == 0 || seen[id] || id >= second.NextID {
					t.Fatalf("id %d is missing, double or beyond %d", id, second.NextID)
				}
				seen[id] = true
			}
			for _, before := range first.Commitments {
				if before.Text == c.Text && before.ID != c.ID {
					t.Fatalf("%s changed its id from %d to %d", c.Text, before.ID, c.ID)
				}
				if before.ID == c.ID && before.Targets[0].Metric != c.Targets[0].Metric {
					t.Fatalf("id %d went from %s to %s", c.ID, before.Text, c.Text)
				}
			}
		}
	})
}
