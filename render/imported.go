package render

import (
	"fmt"

	"duban/plan"
)

// Imported says what was read out of a report; its button leads to checking it.
func Imported(p *plan.Plan) Message {
	tasks := 0
	for i := range p.Commitments {
		tasks += len(p.Commitments[i].Tasks)
	}
	return Message{
		Text: fmt.Sprintf("已读入%s：%d条承诺、%d个指标、%d项任务。现在是草稿，数字标为未校核；督查室校核后发布。",
			Heading(p), len(p.Commitments), p.Targets(), tasks),
		Buttons: [][]Button{{{Text: "校核", Action: DoAction("proof-go", string(p.Key()))}}},
	}
}
