package render

import (
	"fmt"
	"strconv"
	"strings"

	"duban/plan"
)

// Dispatch is a month's round for one department.
type Dispatch struct {
	Plan          plan.Key
	Department    string
	Period        string // 2017-07
	Month         int
	From          int // number of the first item
	Opens, Closes plan.Date
	Today         plan.Date
	Rungs         [3]plan.Date // reminder, head, supervisors
	Parts         []Part
	StandsIn      bool // the reader stands in for somebody of the department
	Files         bool // the reader is who files for the department
	Listed        bool // the weekly digest lists what was not filed
	Post          Post
	Reminded      bool // the ledger shows that filers were reminded of one of the parts
	Told          bool // and that the head was told
	Reported      bool // and that supervisors were
}

// Post is who serves a department.
type Post struct {
	Staff, Heads     int // registered, on leave too; staff counts heads where there are none
	Filers, Managers int // there, or stood in for
	Seen             int // filers who have said that they know of the round
}

// mostAsked is how many items a message lists.
const mostAsked = 12

// DispatchSection asks a department for its filings of the month.
func DispatchSection(d Dispatch) Section {
	return Section{
		Title: fmt.Sprintf("%d月调度（%s—%s），%s%d项待填：", d.Month, plan.DayText(d.Opens), closeText(d), d.Department, len(d.Parts)),
		Lines: askedLines(d.Parts, d.From),
		Foot:  d.how() + "没填的：" + plan.DayText(d.Rungs[0]) + "提醒，" + plan.DayText(d.Rungs[1]) + "告知单位负责人，" + plan.DayText(d.Rungs[2]) + "报督查室。填了就不再催。" + d.whose(),
		Rows: [][]Button{
			{{Text: "逐项填", Action: DoAction("mine")}, {Text: "全部无变化", Action: DoAction("same-all")}},
			{{Text: "请假或转交", Action: DoAction("leave-help")}, {Text: "已知悉", Action: DoAction("seen", d.Period, string(d.Plan))}},
		},
	}
}

// closeText is the window's last day, without the month where it is the same.
func closeText(d Dispatch) string {
	if d.Closes.Month == d.Opens.Month {
		return strconv.Itoa(d.Closes.Day) + "日"
	}
	return plan.DayText(d.Closes)
}

// how says how to file, by the first item.
func (d *Dispatch) how() string {
	first := strconv.Itoa(d.From)
	if d.Parts[0].Target == nil {
		return "直接回复“" + first + " 已完成”或“" + first + " 无变化”就能填。\n"
	}
	return "直接回复“" + first + " 数字”就能填。\n"
}

// whose says why somebody of elsewhere gets it.
func (d *Dispatch) whose() string {
	if !d.StandsIn {
		return ""
	}
	return "\n你在代理" + d.Department + "的同事。"
}

// askedLines lists items with what was filed before.
func askedLines(parts []Part, from int) []string {
	var lines []string
	for i := range parts[:min(len(parts), mostAsked)] {
		p := &parts[i]
		line := strconv.Itoa(from+i) + " " + Shorten(p.name(), 26)
		switch s := p.Standing; {
		case s.Reported != nil && p.Target != nil:
			line += " 上次" + p.Target.Say(*s.Reported) + "（" + plan.DayText(s.ReportedOn) + "）" + LightText(s.Light)
		case s.Stage != "":
			line += " 上次：" + string(s.Stage)
		case p.Target != nil:
			line += " 还没填过，目标" + p.Target.Say(p.Target.Value)
		default:
			line += " 还没填过"
		}
		lines = append(lines, line)
	}
	if len(parts) > mostAsked {
		lines = append(lines, fmt.Sprintf("…还有%d项，点“逐项填”看全部", len(parts)-mostAsked))
	}
	return lines
}

// LadderSection says what was not filed, on a rung of the ladder: 0 to the filer, 1 to the
// head.
func LadderSection(rung int, d Dispatch) Section {
	if rung > 0 {
		urge := "请督促填报"
		switch {
		case d.Files:
			urge = "单位没有别的填报人，请直接填报"
		case d.Reminded:
			urge = "已提醒过填报人。请督促填报"
		}
		return Section{
			Title: fmt.Sprintf("%s%d月有%d项逾期未填（%s截止）", d.Department, d.Month, len(d.Parts), plan.DayText(d.Closes)),
			Lines: listedLines(d.Parts), Foot: urge + "，填了就不再催。" + d.next(),
			Rows: [][]Button{{{Text: "看事项", Action: DoAction("mine")}}},
		}
	}
	return Section{
		Title: fmt.Sprintf("提醒：%s%d月还有%d项没填（%s截止）", d.Department, d.Month, len(d.Parts), plan.DayText(d.Closes)),
		Lines: askedLines(d.Parts, d.From), Foot: d.how() + "填了就不再催。" + d.next() + d.whose(),
		Rows: [][]Button{
			{{Text: "逐项填", Action: DoAction("mine")}, {Text: "全部无变化", Action: DoAction("same-all")}},
			{{Text: "请假或转交", Action: DoAction("leave-help")}, {Text: "3天后提醒", Action: DoAction("snooze")}},
		},
	}
}

// UnfiledSection tells supervisors what was not filed after everybody was warned.
func UnfiledSection(list []Dispatch) Section {
	n, lines, foot := 0, []string{}, "填报人和单位负责人都提醒过了。"
	for i := range list {
		d := &list[i]
		n += len(d.Parts)
		if !d.Reminded || !d.Told {
			foot = ""
		}
		lines = append(lines, fmt.Sprintf("· %s%d项：%s%s", d.Department, len(d.Parts), someNames(d.Parts), d.warned()))
	}
	return Section{
		Title: fmt.Sprintf("%d月有%d个单位、%d项未填报（%s截止）", list[0].Month, len(list), n, plan.DayText(list[0].Closes)),
		Lines: lines, Foot: foot + list[0].listed("每月报一次，周报会列出，补填后自动去掉。", "每月报一次，补填了就不再报。"),
		Rows: [][]Button{{{Text: "未填报清单", Action: DoAction("unfiled")}}},
	}
}

// someNames names the first items of a list.
func someNames(parts []Part) string {
	var names []string
	for i := range parts[:min(len(parts), 2)] {
		names = append(names, Shorten(strings.TrimPrefix(parts[i].name(), "任务："), 16))
	}
	text := strings.Join(names, "、")
	if len(parts) > 2 {
		text += "等"
	}
	return text
}

// listed is the first text where the digest lists what was not filed, else the second.
func (d *Dispatch) listed(listed, silent string) string {
	if d.Listed {
		return listed
	}
	return silent
}

// next says which rungs follow and when, and of the last whether it was reached.
func (d *Dispatch) next() string {
	report := plan.DayText(d.Rungs[2]) + "报督查室"
	switch {
	case d.Today.Before(d.Rungs[1]):
		return plan.DayText(d.Rungs[1]) + "告知单位负责人，" + report + "。"
	case d.Today.Before(d.Rungs[2]):
		return report + d.listed("，并在周报列出。", "。")
	case d.Reported:
		return "已报督查室" + d.listed("，周报会列出。", "。")
	}
	return "已到报督查室的时候" + d.listed("，周报会列出。", "。")
}

// warned says who of a department was not warned, or has said that they know.
func (d *Dispatch) warned() string {
	switch p := &d.Post; {
	case p.Staff == 0:
		return "（没有人登记，请管理员邀请填报人）"
	case p.Filers == 0:
		return "（填报人在请假，没有人代理）"
	case p.Seen > 0:
		return fmt.Sprintf("（%d人点过已知悉）", p.Seen)
	case !d.Reminded:
		return "（此前没有提醒到填报人）"
	case p.Heads == 0:
		return "（负责人没有登记）"
	case p.Managers == 0:
		return "（负责人在请假，没有人代理）"
	case !d.Told:
		return "（此前没有告知到负责人）"
	}
	return ""
}

// listedLines lists items without numbers, for those who do not file.
func listedLines(parts []Part) []string {
	var lines []string
	for i := range parts[:min(len(parts), mostUnfiled)] {
		line := "· " + Shorten(parts[i].name(), 26)
		if t := parts[i].Target; t != nil {
			line += "（目标" + t.Say(t.Value) + "）"
		}
		lines = append(lines, line)
	}
	if len(parts) > mostUnfiled {
		lines = append(lines, fmt.Sprintf("…还有%d项", len(parts)-mostUnfiled))
	}
	return lines
}

// mostUnfiled is how many items those hear of who do not file.
const mostUnfiled = 5
