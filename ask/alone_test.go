package ask

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"duban/plan"
	"duban/report"
	"duban/report/builtin"
)

// TestAlone: a question that stands alone is answered the same whatever was asked before.
func TestAlone(t *testing.T) {
	t.Parallel()
	p, err := report.Parse(builtin.Text(), report.Options{})
	if err != nil {
		t.Fatal(err)
	}
	e := New(p)
	questions := []string{"去年呢", "那危桥呢", "完成多少了", "谁负责", "第二个", "它什么时候完成", "今年目标是多少", "", "你好", "多少"}
	for _, q := range questions {
		if e.Alone(q) {
			t.Errorf("%q stands alone", q)
		}
	}
	for i := range p.Commitments {
		for j := range p.Commitments[i].Targets {
			questions = append(questions, "今年"+p.Commitments[i].Targets[j].Metric+"是多少？")
		}
	}
	var before []Answer
	for _, q := range []string{"今年要新增多少张养老床位？", "3.6.2", "有哪些民生实事"} {
		before = append(before, e.AskOnly(q))
	}
	alone := 0
	for _, q := range questions {
		if !e.Alone(q) {
			continue
		}
		alone++
		want := e.AskOnly(q)
		for i := range before {
			got := e.Ask(q, Context{Previous: &before[i]})
			if !cmp.Equal(want.Items, got.Items, cmp.AllowUnexported(plan.Decimal{})) || want.Intent != got.Intent {
				t.Errorf("%q depends on the last answer", q)
			}
		}
	}
	if alone*10 < len(questions)*8 {
		t.Errorf("only %d of %d questions stand alone", alone, len(questions))
	}
}
