package render

import (
	"fmt"
	"slices"
	"strings"

	"duban/plan"
)

// ClosingView is the end of a plan's year, before or after it is confirmed.
type ClosingView struct {
	Plan    *plan.Plan
	Closing plan.Closing
	Next    *plan.Plan // that follows; nil while there is none
	Carried plan.Carried
	Done    bool // it is stored
}

// mostRated is how many items of a rating are listed.
const mostRated = 8

// Closing shows the final ratings of a plan and what goes on.
func Closing(v ClosingView) Message {
	count := v.Closing.Count()
	lines := []string{Heading(v.Plan) + "结账预览"}
	if v.Done {
		lines[0] = Heading(v.Plan) + "已结账"
	}
	var parts []string
	for _, r := range plan.Ratings() {
		if count[r] > 0 {
			parts = append(parts, fmt.Sprintf("%s%d", r, count[r]))
		}
	}
	lines = append(lines, strings.Join(parts, " · "))
	for _, r := range []plan.Rating{plan.RatedMissed, plan.RatedNearly} {
		lines = append(lines, ratedLines(&v, string(r)+"：", func(id plan.ID) (string, bool) { return "", v.Closing.Ratings[id] == r })...)
	}
	late := func(id plan.ID) (string, bool) {
		return "（" + string(v.Closing.Ratings[id]) + "）", slices.Contains(v.Closing.Late, id)
	}
	lines = append(lines, ratedLines(&v, "按年底以后的数评定：", late)...)
	lines = append(lines, carryLine(&v))
	m := Message{}
	if !v.Done {
		lines = append(lines, "结账后仍可查阅，不再催报；期限在以后的继续催。评定不能再改。")
		m.Buttons = [][]Button{{{Text: "确认结账", Action: DoAction("close-ok", string(v.Plan.Key()))}, {Text: "先不结", Action: DoAction("close-no")}}}
	} else if v.Next != nil {
		m.Buttons = [][]Button{{{Text: "接续分工和订阅", Action: DoAction("close-ok", string(v.Plan.Key()))}}}
	}
	m.Text = strings.Join(lines, "\n")
	return m
}

// ratedLines lists the items that are rated in a way, each with its mark; nothing where there
// are none.
func ratedLines(v *ClosingView, head string, rated func(plan.ID) (mark string, ok bool)) []string {
	var names []string
	add := func(c *plan.Commitment, id plan.ID, what string) {
		if mark, ok := rated(id); ok {
			names = append(names, "· "+shortName(c)+" "+Shorten(what, 20)+mark)
		}
	}
	for i := range v.Plan.Commitments {
		c := &v.Plan.Commitments[i]
		for j := range c.Targets {
			add(c, c.Targets[j].ID, c.Targets[j].Metric)
		}
		for j := range c.Tasks {
			add(c, c.Tasks[j].ID, c.Tasks[j].Text)
		}
	}
	if len(names) == 0 {
		return nil
	}
	lines := append([]string{head}, names[:min(len(names), mostRated)]...)
	if len(names) > mostRated {
		lines = append(lines, fmt.Sprintf("…还有%d项", len(names)-mostRated))
	}
	return lines
}

func carryLine(v *ClosingView) string {
	if v.Next == nil {
		return fmt.Sprintf("%d年的报告导入后，再发“结账 %d”接续分工和订阅。", v.Plan.Year+1, v.Plan.Year)
	}
	return fmt.Sprintf("接续到%s：分工%d项、订阅%d个。", Heading(v.Next), len(v.Carried.Duties), len(v.Carried.Follow))
}
