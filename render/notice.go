package render

import (
	"fmt"
	"strings"

	"duban/plan"
)

// Section is one part of a message that was sent by the clock.
type Section struct {
	Title string
	Lines []string
	Foot  string // why it came, what comes next, and how it stops
	Rows  [][]Button
}

// Notice joins the sections of a message to one person.
func Notice(sections []Section) Message {
	var blocks []string
	m := Message{}
	for i := range sections {
		s := &sections[i]
		lines := append([]string{s.Title}, s.Lines...)
		if s.Foot != "" {
			lines = append(lines, s.Foot)
		}
		blocks = append(blocks, strings.Join(lines, "\n"))
		m.AddRows(s.Rows)
	}
	m.Text = strings.Join(blocks, "\n\n")
	return m
}

// AddRows adds rows of buttons; a button that is there already is left out.
func (m *Message) AddRows(rows [][]Button) {
	for _, row := range rows {
		var fresh []Button
		for _, b := range row {
			if !m.has(b.Action) {
				fresh = append(fresh, b)
			}
		}
		if len(fresh) > 0 {
			m.Buttons = append(m.Buttons, fresh)
		}
	}
}

// KeepRows cuts the rows of buttons to a number of them; the one that ends messages stays.
func (m *Message) KeepRows(most int) {
	if len(m.Buttons) <= most {
		return
	}
	kept := m.Buttons[:most:most]
	for _, row := range m.Buttons[most:] {
		for _, b := range row {
			if b.Action == DoAction("unsubscribe") {
				kept[most-1] = []Button{b}
			}
		}
	}
	m.Buttons = kept
}

func (m *Message) has(action string) bool {
	for _, row := range m.Buttons {
		for _, b := range row {
			if b.Action == action {
				return true
			}
		}
	}
	return false
}

// CalendarSection tells admins that the holidays of a year are not known.
func CalendarSection(year int) Section {
	return Section{
		Title: fmt.Sprintf("%d年的放假安排还没有录入", year),
		Lines: []string{"没有录入的年份只按周末算工作日，节假日也会发提醒。"},
		Foot:  "请把国务院公布的放假和调休写进 schedule.holidays 指定的文件。每年只提醒一次。",
	}
}

// UnassignedSection puts commitments without a department to the supervisors.
func UnassignedSection(parts []Part) Section {
	var lines []string
	for _, c := range commitmentsOf(parts) {
		lines = append(lines, "· "+string(c.Code)+" "+name(&c.Segment))
	}
	n := len(lines)
	if n > mostUnassigned {
		lines = append(lines[:mostUnassigned], fmt.Sprintf("…还有%d条", n-mostUnassigned))
	}
	return Section{
		Title: fmt.Sprintf("未落实责任单位（%d条承诺、%d项）", n, len(parts)), Lines: lines,
		Foot: "没有单位，就没有人填报。发“分派 实事5 民政局”落实；每月提醒一次，落实了就不再发。",
		Rows: [][]Button{{{Text: "全部未落实", Action: DoAction("unassigned")}}},
	}
}

// mostUnassigned is how many commitments without a department are listed every month.
const mostUnassigned = 5

func commitmentsOf(parts []Part) []*plan.Commitment {
	var list []*plan.Commitment
	for i := range parts {
		if n := len(list); n == 0 || list[n-1] != parts[i].Commitment {
			list = append(list, parts[i].Commitment)
		}
	}
	return list
}

// LaggingSection presses what lags.
func LaggingSection(department string, parts []Part) Section {
	var lines []string
	for i := range parts[:min(len(parts), mostAsked)] {
		p := &parts[i]
		lines = append(lines, "· "+LightText(p.Standing.Light)+" "+Shorten(p.name(), 24)+"："+reasonText(p.Standing.Reason))
	}
	if len(parts) > mostAsked {
		lines = append(lines, fmt.Sprintf("…还有%d项", len(parts)-mostAsked))
	}
	return Section{
		Title: fmt.Sprintf("%s有%d项落后于序时进度", department, len(parts)), Lines: lines,
		Foot: "本单位牵头的滞后事项每周合成一条；赶上序时、或批准延期后就不再发。",
		Rows: [][]Button{{{Text: "报进展", Action: DoAction("mine")}, {Text: "申请延期", Action: DoAction("extend-help")}, {Text: "3天后提醒", Action: DoAction("snooze")}}},
	}
}

// reasonText leaves the light out of a reason that stands behind it.
func reasonText(reason string) string {
	head, tail, found := strings.Cut(reason, "→")
	if !found {
		return reason
	}
	if _, rest, more := strings.Cut(tail, "；"); more {
		return head + "；" + rest
	}
	return head
}

// RedTwiceSection tells a head of what was red at the ends of two months running.
func RedTwiceSection(department string, month int, parts []Part) Section {
	s := LaggingSection(department, parts)
	s.Title = fmt.Sprintf("%s有%d项连续两个月红灯（%d月、%d月），请负责人说明情况", department, len(parts), (month+10)%12+1, month)
	s.Foot = "连续两个月红灯的事项告知单位负责人，每月一次；转为黄灯、绿灯就不再发。季通报会点名。"
	if month < 9 {
		s.Foot = "连续两个月红灯的事项告知单位负责人，每月一次；转为黄灯、绿灯就不再发。三季度仍是红灯的，季通报点名。"
	}
	s.Rows = [][]Button{{{Text: "看事项", Action: DoAction("mine")}, {Text: "申请延期", Action: DoAction("extend-help")}}}
	return s
}
