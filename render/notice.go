package render

import (
	"fmt"
	"strconv"
	"strings"

	"duban/plan"
)

// Section is one part of a message that was sent by the clock.
type Section struct {
	Title string
	Lines []string
	Foot  string // what comes next, and how it stops
	Rows  [][]Button
	Files []Message // pictures and workbooks that belong to it
}

// Notice joins the sections of a message to one person.
func Notice(sections []Section) Message {
	var blocks []string
	m := Message{}
	for i := range sections {
		s := &sections[i]
		block := s.Title + "\n" + strings.Join(s.Lines, "\n")
		if s.Foot != "" {
			block += "\n" + s.Foot
		}
		blocks = append(blocks, strings.TrimSpace(block))
		for _, row := range s.Rows {
			if len(m.Buttons) < 8 {
				m.Buttons = append(m.Buttons, row)
			}
		}
	}
	m.Text = strings.Join(blocks, "\n\n")
	return m
}

// Dispatch is a month's round for one department.
type Dispatch struct {
	Department    string
	Month         int
	Opens, Closes plan.Date
	Rungs         [3]plan.Date // reminder, head, supervisors
	Parts         []Part
}

// mostAsked is how many items a message to a filer lists.
const mostAsked = 12

// DispatchSection asks a department for its filings of the month.
func DispatchSection(d Dispatch) Section {
	return Section{
		Title: fmt.Sprintf("%d月调度（%s—%s），%s%d项待填：", d.Month, plan.DayText(d.Opens), plan.DayText(d.Closes), d.Department, len(d.Parts)),
		Lines: askedLines(d.Parts),
		Foot: "直接回复“1 数字”就能填。\n没填的：" + plan.DayText(d.Rungs[0]) + "提醒，" + plan.DayText(d.Rungs[1]) + "告知分管负责人，" +
			plan.DayText(d.Rungs[2]) + "报督查室。",
		Rows: [][]Button{
			{{Text: "逐项填", Action: DoAction("mine")}, {Text: "全部无变化", Action: DoAction("same-all")}},
			{{Text: "请假或转交", Action: DoAction("leave-help")}, {Text: "已知悉", Action: DoAction("seen")}},
		},
	}
}

// askedLines lists items with what was filed before.
func askedLines(parts []Part) []string {
	var lines []string
	for i := range parts[:min(len(parts), mostAsked)] {
		p := &parts[i]
		line := strconv.Itoa(i+1) + " " + shorten(p.name(), 26)
		switch s := p.Standing; {
		case s.Reported != nil && p.Target != nil:
			line += " 上次" + p.Target.Say(*s.Reported) + "（" + plan.DayText(s.ReportedOn) + "）" + s.Light.Mark()
		case s.Stage != "":
			line += " 上次：" + string(s.Stage)
		default:
			line += " 未填报"
		}
		lines = append(lines, line)
	}
	if len(parts) > mostAsked {
		lines = append(lines, fmt.Sprintf("…还有%d项，发“我的”看全部", len(parts)-mostAsked))
	}
	return lines
}

// LadderSection says what was not filed, on a rung of the ladder: 0 to the filer, 1 to the
// head, 2 to supervisors.
func LadderSection(rung int, d Dispatch) Section {
	s := Section{Lines: askedLines(d.Parts), Rows: [][]Button{{{Text: "看事项", Action: DoAction("mine")}}}}
	switch rung {
	case 0:
		s.Title = fmt.Sprintf("提醒：%d月有%d项还没填", d.Month, len(d.Parts))
		s.Foot = "填了就不再催。" + plan.DayText(d.Rungs[1]) + "告知分管负责人，" + plan.DayText(d.Rungs[2]) + "报督查室。"
		s.Rows = [][]Button{{{Text: "逐项填", Action: DoAction("mine")}, {Text: "全部无变化", Action: DoAction("same-all")}}}
	case 1:
		s.Title = fmt.Sprintf("%s%d月有%d项逾期未填", d.Department, d.Month, len(d.Parts))
		s.Foot = "请督促填报，填了就不再催。" + plan.DayText(d.Rungs[2]) + "报督查室并在周报列出。"
	default:
		s.Title = fmt.Sprintf("%s%d月有%d项未填报", d.Department, d.Month, len(d.Parts))
		s.Foot = "已提醒填报人和分管负责人，将在周报列出。"
		s.Rows = [][]Button{{{Text: "未填报清单", Action: DoAction("unfiled")}}}
	}
	return s
}

// UnassignedSection puts commitments without a department to the supervisors.
func UnassignedSection(parts []Part) Section {
	var lines []string
	for i := range parts[:min(len(parts), mostAsked)] {
		lines = append(lines, "· "+shortName(parts[i].Commitment)+" "+shorten(parts[i].name(), 24))
	}
	if len(parts) > mostAsked {
		lines = append(lines, fmt.Sprintf("…还有%d项", len(parts)-mostAsked))
	}
	return Section{Title: fmt.Sprintf("未落实责任单位（%d项）", len(parts)), Lines: lines, Foot: "发“分派”落实。"}
}

// LaggingSection presses what lags.
func LaggingSection(parts []Part) Section {
	var lines []string
	for i := range parts[:min(len(parts), mostAsked)] {
		p := &parts[i]
		lines = append(lines, "· "+p.Standing.Light.Mark()+shorten(p.name(), 24)+"："+p.Standing.Reason)
	}
	return Section{
		Title: fmt.Sprintf("本周滞后%d项", len(parts)), Lines: lines, Foot: "每周一条，赶上序时就不再发。",
		Rows: [][]Button{{{Text: "申请延期", Action: DoAction("mine")}}},
	}
}

// RedTwiceSection tells a head of what was red two months running.
func RedTwiceSection(parts []Part) Section {
	s := LaggingSection(parts)
	s.Title = fmt.Sprintf("连续两个月红灯（%d项），请负责人说明情况", len(parts))
	s.Foot = "三季度仍是红灯的将在季通报点名。"
	return s
}
