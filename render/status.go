package render

import (
	"fmt"
	"strings"

	"duban/plan"
)

// lightOrder is the order in which lights are listed.
var lightOrder = []plan.Light{plan.Overdue, plan.Red, plan.Yellow, plan.Green, plan.Done, plan.Cancelled, plan.None}

// Status sums a plan up: the lights of its targets, then each chapter's.
func Status(ps *plan.PlanStanding) Message {
	p := ps.Plan
	var w strings.Builder
	fmt.Fprintf(&w, "%s\n%s\n", Heading(p), counts(p))
	tally := ps.Tally()
	if tally[plan.None] == p.Targets() {
		fmt.Fprintf(&w, "进展：%d个指标都未填报\n", p.Targets())
	} else {
		fmt.Fprintf(&w, "指标：%s%s（数据截至%s）\n", TallyText(tally), waitText(ps), ps.AsOf)
	}
	silent := 0
	for _, c := range Chapters(p) {
		lights := chapterTally(ps, c.Code)
		if lights == "" {
			silent++
			continue
		}
		fmt.Fprintf(&w, "· %s：%s\n", Shorten(c.Title, 22), lights)
	}
	if silent > 0 && silent < len(Chapters(p)) {
		fmt.Fprintf(&w, "其余%d章还没有填报\n", silent)
	}
	m := Message{Text: strings.TrimRight(w.String(), "\n")}
	m.Buttons = [][]Button{{{Text: "滞后清单", Action: DoAction("lagging")}, {Text: "谁没填报", Action: DoAction("unfiled")}, {Text: "目录", Action: ListAction("", 0)}}}
	return m
}

// TallyText writes counts of lights: 🔴红灯1 🟡黄灯1 ⚪未填报134.
func TallyText(t plan.Tally) string {
	var parts []string
	for _, l := range lightOrder {
		if t[l] > 0 {
			parts = append(parts, fmt.Sprintf("%s%d", LightText(l), t[l]))
		}
	}
	return strings.Join(parts, " ")
}

// waitText counts what waits to be checked and therefore stands in no tally.
func waitText(ps *plan.PlanStanding) string {
	if n := ps.Unchecked(); n > 0 {
		return fmt.Sprintf(" 未校核%d（不计入）", n)
	}
	return ""
}

// chapterTally counts the rated lights of a chapter; "" where nothing is filed.
func chapterTally(ps *plan.PlanStanding, code plan.Code) string {
	t := ps.TallyOf(func(cs *plan.CommitmentStanding) bool { return cs.Commitment.Code.Within(code) })
	for l := range t {
		if l != plan.None {
			return TallyText(t)
		}
	}
	return ""
}
