package ask_test

import (
	"os"
	"testing"

	"duban/ask"
	"duban/plan"
	"duban/report"
)

// TestFreshQuestions holds the accuracy on questions that other kinds of askers wrote from
// the report alone, type by type.
func TestFreshQuestions(t *testing.T) {
	t.Parallel()
	least := map[string]float64{
		"keyword": 0.95, "direct": 0.95, "colloquial": 0.95, "ordinal": 0.95, "baseline": 0.95,
		"section": 0.9, "place": 0.9, "fiveyear": 0.95, "unanswerable": 0.95,
	}
	list := readQuestions(t, "testdata/fresh.jsonl")
	if share := accuracyOf(t, ask.New(builtinPlan(t)), list, least); share < 0.96 {
		t.Errorf("accuracy %.3f, want 0.96", share)
	}
}

// secondPlan reads another city's report, which is not part of the sources.
func secondPlan(t testing.TB) *plan.Plan {
	t.Helper()
	data, err := os.ReadFile("../../shared/reports/jingdezhen-2023.txt")
	if err != nil {
		t.Skipf("the second report is not here: %v", err)
	}
	p, err := report.Parse(string(data), report.Options{})
	if err != nil {
		t.Fatal(err)
	}
	p.State = plan.Published
	return p
}

// TestSecondPlan asks another city's report, imported beside the first: what was learnt of
// words must not hang on one report.
func TestSecondPlan(t *testing.T) {
	t.Parallel()
	second := secondPlan(t)
	library := ask.NewLibrary(builtinPlan(t), second)
	engine := library.Engine(string(second.Key()))
	list := readQuestions(t, "testdata/second.jsonl")
	if share := accuracyOf(t, engine, list, nil); share < 0.95 {
		t.Errorf("accuracy %.3f, want 0.95", share)
	}
	if a := library.Ask("景德镇今年新建多少个5G基站", ask.Context{}); a.Plan != second || !a.Answered {
		t.Errorf("answered %v from %s", a.Answered, a.Plan.Key())
	}
	if a := library.Ask("聊城第五件实事是什么", ask.Context{}); a.Plan == second || !a.Answered {
		t.Errorf("answered %v from %s", a.Answered, a.Plan.Key())
	}
}
