package render

import (
	"fmt"
	"strconv"
	"strings"

	"duban/plan"
)

// Part is a target or a task with its standing.
type Part struct {
	Commitment *plan.Commitment
	Target     *plan.Target // nil for a task
	Task       *plan.Task
	Standing   *plan.Standing
}

// Item is the part's id.
func (p *Part) Item() plan.ID {
	if p.Target != nil {
		return p.Target.ID
	}
	return p.Task.ID
}

// name is what the part is called.
func (p *Part) name() string {
	if p.Target != nil {
		return p.Target.Metric
	}
	return "任务：" + p.Task.Text
}

// mostParts is how many parts a message lists before it says how many more there are.
const mostParts = 20

// Parts lists targets and tasks with their lights and reasons, and who answers for them.
func Parts(title string, ps *plan.PlanStanding, parts []Part, duties map[plan.ID]plan.Duty) Message {
	var w strings.Builder
	fmt.Fprintf(&w, "%s（%d项）%s\n", title, len(parts), asOf(ps))
	if len(parts) == 0 {
		w.WriteString("没有这样的事项。")
	}
	for i := range parts[:min(len(parts), mostParts)] {
		p := &parts[i]
		fmt.Fprintf(&w, "%d. %s %s %s\n", i+1, p.Standing.Light.Mark(), shortName(p.Commitment), shorten(p.name(), 28))
		if d := plan.DutyOf(p.Commitment, p.Item(), duties); p.Standing.Light != plan.None {
			fmt.Fprintf(&w, "   %s%s\n", p.Standing.Reason, leadText(d))
		} else if d != nil {
			fmt.Fprintf(&w, "   %s%s\n", p.Standing.Reason, leadText(d))
		}
	}
	if len(parts) > mostParts {
		fmt.Fprintf(&w, "还有%d项没有列出。", len(parts)-mostParts)
	}
	return Message{Text: strings.TrimRight(w.String(), "\n"), Buttons: [][]Button{{{Text: "目录", Action: ListAction("", 0)}}}}
}

// asOf says up to when figures count; "" where there are none.
func asOf(ps *plan.PlanStanding) string {
	if ps.Latest.IsZero() {
		return ""
	}
	return "，数据截至" + ps.AsOf.String()
}

func leadText(d *plan.Duty) string {
	if d == nil {
		return "（未落实责任单位）"
	}
	return "（" + d.Lead + "）"
}

// Mine lists what a department answers for, what has no filing first in mind.
func Mine(department string, ps *plan.PlanStanding, parts []Part, waiting map[plan.ID]int) Message {
	var w strings.Builder
	unfiled := 0
	for i := range parts {
		if parts[i].Standing.Light == plan.None {
			unfiled++
		}
	}
	fmt.Fprintf(&w, "%s负责%d项，%d项未填报%s\n", department, len(parts), unfiled, asOf(ps))
	m := Message{}
	var row []Button
	for i := range parts[:min(len(parts), mostParts)] {
		p := &parts[i]
		fmt.Fprintf(&w, "%d. %s%s %s%s\n", i+1, LightText(p.Standing.Light), lastText(p), shorten(p.name(), 26), waitingText(waiting[p.Item()]))
		if i < 10 {
			row = append(row, Button{Text: "填" + strconv.Itoa(i+1), Action: DoAction("file-start", strconv.Itoa(int(p.Item())))})
		}
		if len(row) == 5 {
			m.Buttons, row = append(m.Buttons, row), nil
		}
	}
	if len(row) > 0 {
		m.Buttons = append(m.Buttons, row)
	}
	if len(parts) > mostParts {
		fmt.Fprintf(&w, "还有%d项没有列出。\n", len(parts)-mostParts)
	}
	w.WriteString("直接发一句话就能填报，例如：" + example(parts))
	m.Text = w.String()
	return m
}

func lastText(p *Part) string {
	switch s := p.Standing; {
	case s.Reported != nil && p.Target != nil:
		return " " + p.Target.Operands(*s.Reported)
	case s.Stage != "":
		return " " + string(s.Stage)
	}
	return ""
}

func waitingText(n int) string {
	if n == 0 {
		return ""
	}
	return "（待审核）"
}

// example is a filing that could be sent for one of the parts.
func example(parts []Part) string {
	for i := range parts {
		if t := parts[i].Target; t != nil {
			half := plan.NewDecimalRat(t.Value.Rat())
			return t.Metric + " " + t.Say(half)
		}
	}
	return parts[0].Task.Text + " 已完成"
}

// HistoryEntry is one filing of a commitment.
type HistoryEntry struct {
	Target *plan.Target
	Task   *plan.Task
	Filing plan.Filing
}

// History lists what was filed for a commitment, corrections too. Persons are named to
// those who may see them.
func History(c *plan.Commitment, entries []HistoryEntry, persons bool) Message {
	if len(entries) == 0 {
		return Message{Text: name(&c.Segment) + "：还没有填报记录。"}
	}
	var w strings.Builder
	w.WriteString(name(&c.Segment) + " 填报记录\n")
	last := ""
	for i := range entries[:min(len(entries), mostParts)] {
		e := &entries[i]
		if head := headOf(e); head != last {
			w.WriteString(head + "\n")
			last = head
		}
		w.WriteString("· " + historyLine(e, persons) + "\n")
	}
	if len(entries) > mostParts {
		fmt.Fprintf(&w, "还有%d条没有列出。", len(entries)-mostParts)
	}
	return Message{Text: strings.TrimRight(w.String(), "\n"), Buttons: [][]Button{{{Text: "看全文", Action: ItemAction(c.Code)}}}}
}

func headOf(e *HistoryEntry) string {
	if e.Target != nil {
		return e.Target.Metric + "（目标" + e.Target.Say(e.Target.Value) + "）"
	}
	return "任务：" + e.Task.Text
}

func historyLine(e *HistoryEntry, persons bool) string {
	f := &e.Filing
	line := f.Date.String() + " "
	if e.Target != nil && f.Value != nil {
		line += e.Target.Say(*f.Value)
	} else {
		line += string(f.Stage)
	}
	switch f.Verdict() {
	case plan.Returned:
		line += " ↩️退回"
	case "":
		line += " 待审核"
	}
	if f.Supersedes != 0 {
		line += "（更正）"
	}
	if f.Note != "" {
		line += "，" + shorten(f.Note, 40)
	}
	if f.Source != "" {
		line += "。来源：" + f.Source
	}
	if persons && f.By != "" {
		line += "（" + f.Department + " " + string(f.By) + "）"
	}
	return line
}
