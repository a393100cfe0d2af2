package ask

import (
	"strings"

	"duban/plan"
)

// Match is a target or a task that words may mean.
type Match struct {
	Commitment *plan.Commitment
	Target     *plan.Target // nil for a task
	Task       *plan.Task
	Score      float64 // share of the words that it holds, 0 to about 1
}

// Match finds the targets and tasks that words may mean, best first, at most most of them.
// keep, where it is not nil, leaves commitments out before they count.
func (e *Engine) Match(words string, most int, keep func(*plan.Commitment) bool) []Match {
	q := e.understand(words)
	var found []Match
	for _, c := range e.rank(q) {
		u := &e.index.unit[c.unit]
		n := &e.index.node[u.node]
		if n.commitment == nil || u.target == nil && u.task == nil || keep != nil && !keep(n.commitment) {
			continue
		}
		found = append(found, Match{Commitment: n.commitment, Target: u.target, Task: u.task, Score: float64(c.score)})
		if len(found) == most {
			break
		}
	}
	return found
}

// Reference reads a reference to a commitment at the beginning of a message: 3.6.2.8, 实事6,
// 第五件实事. rest is what follows it; c is nil where there is none.
func (e *Engine) Reference(message string) (c *plan.Commitment, rest string) {
	text := strings.TrimSpace(message)
	if n := len(text) - len(strings.TrimLeft(text, "0123456789.")); n > 0 && strings.Count(text[:n], ".") > 1 {
		if c = e.plan.Commitment(plan.Code(text[:n])); c != nil {
			return c, trimLead(text[n:])
		}
	}
	for _, lead := range []string{"民生实事第", "实事第", "民生实事", "实事", "第"} {
		after, ok := strings.CutPrefix(text, lead)
		if !ok {
			continue
		}
		after = strings.TrimLeft(after, " ")
		n, size := readNumeral(after)
		if n < 1 || n > len(e.deeds()) || lead == "第" && !strings.HasPrefix(after[size:], "件实事") {
			return nil, message
		}
		after = strings.TrimPrefix(strings.TrimPrefix(after[size:], "件"), "实事")
		return e.deeds()[n-1], trimLead(after)
	}
	return nil, message
}

func trimLead(text string) string { return strings.TrimLeft(text, " ：:，,、") }
