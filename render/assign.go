package render

import (
	"fmt"
	"strings"

	"duban/plan"
)

// mostUnassigned is how many commitments the list of those without a department shows.
const mostUnassigned = 10

// Unassigned lists commitments that no department answers for.
func Unassigned(p *plan.Plan, open []*plan.Commitment) Message {
	if len(open) == 0 {
		return Message{Text: Heading(p) + "：每一项都有责任单位。"}
	}
	var w strings.Builder
	fmt.Fprintf(&w, "未落实责任单位（%d项）\n", len(open))
	for i, c := range open[:min(len(open), mostUnassigned)] {
		fmt.Fprintf(&w, "%d. %s %s\n", i+1, c.Code, name(&c.Segment))
	}
	if len(open) > mostUnassigned {
		fmt.Fprintf(&w, "还有%d项没有列出。\n", len(open)-mostUnassigned)
	}
	w.WriteString("分派：发“分派 编号 牵头单位 配合 单位、单位”")
	return Message{Text: w.String()}
}
