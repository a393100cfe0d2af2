package ask_test

import (
	"fmt"
	"strings"
	"testing"

	"duban/ask"
)

// tally counts how questions fared at one threshold.
type tally struct {
	answerable, answered, right, invented int
}

func (c tally) precision() float64 { return float64(c.right) / float64(max(c.answered, 1)) }
func (c tally) recall() float64    { return float64(c.right) / float64(max(c.answerable, 1)) }
func (c tally) f() float64         { return 2 * c.precision() * c.recall() / (c.precision() + c.recall()) }

// TestConfidence prints precision and recall over the test questions at several thresholds
// as a table, and holds that the one in use is as good as any.
func TestConfidence(t *testing.T) {
	t.Parallel()
	engine := ask.New(builtinPlan(t))
	list := append(readQuestions(t, "testdata/questions.jsonl"), readQuestions(t, "testdata/fresh.jsonl")...)
	var table strings.Builder
	table.WriteString("| 门槛 | 回答 | 答对 | 准确率 | 召回率 | F1 | 无中生有 |\n| --- | --- | --- | --- | --- | --- | --- |\n")
	var best, ours tally
	for _, least := range []float32{0.2, 0.3, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7, 0.8} {
		c := fare(engine.WithThreshold(least), list)
		fmt.Fprintf(&table, "| %.2f | %d | %d | %.3f | %.3f | %.3f | %d |\n", least, c.answered, c.right, c.precision(), c.recall(), c.f(), c.invented)
		if c.f() > best.f() {
			best = c
		}
		if least == ask.Threshold {
			ours = c
		}
	}
	t.Logf("%d questions, %d without an answer in the report\n%s", len(list), len(list)-ours.answerable, table.String())
	if ours.precision() < 0.96 || ours.recall() < 0.96 || ours.f() < best.f()-0.01 {
		t.Errorf("at %.2f precision %.3f, recall %.3f, F %.3f; best F %.3f", ask.Threshold, ours.precision(), ours.recall(), ours.f(), best.f())
	}
}

func fare(engine *ask.Engine, list []asked) (c tally) {
	for _, q := range list {
		a := engine.AskOnly(q.Q)
		if len(q.Codes) > 0 {
			c.answerable++
		}
		if !a.Answered {
			continue
		}
		c.answered++
		switch {
		case len(q.Codes) == 0:
			c.invented++
		case wrong(q, a) == "":
			c.right++
		}
	}
	return c
}
