package render

import (
	"io"
	"strings"

	"duban/plan"
)

// lightsInOrder is how tallies list lights: what needs a person first.
var lightsInOrder = []plan.Light{plan.Overdue, plan.Red, plan.Yellow, plan.Green, plan.Done, plan.None, plan.Cancelled}

// statusHeader names the columns of a plan's standing, one row a target or task.
var statusHeader = []string{
	"编号", "名称", "标题", "类别", "指标或任务", "目标", "单位", "实到", "数据日期", "进度", "序时进度", "灯", "说明", "期限",
	"牵头单位", "配合单位", "校核", "原定", "计划",
}

// StatusCSV writes one row a target or task.
func StatusCSV(w io.Writer, s *StatusReport) error { return SheetCSV(w, itemSheet(s)) }

// StatusWorkbook writes a workbook with a summary, the commitments, and the targets and
// tasks.
func StatusWorkbook(w io.Writer, s *StatusReport) error {
	return SheetsXLSX(w, summarySheet(s), commitmentSheet(s), itemSheet(s))
}

func summarySheet(s *StatusReport) *Sheet {
	sheet := &Sheet{Name: "概况", Header: []string{"项目", "内容"}}
	add := func(name string, value Cell) { sheet.Rows = append(sheet.Rows, []Cell{textCell(name), value}) }
	add("计划", textCell(Heading(s.Plan)))
	add("截至", textCell(s.AsOf.String()))
	add("数据截至", textCell(dataUntil(s)))
	if s.Demo {
		add("注意", textCell(demoMark))
	}
	if s.Plan.State != plan.Published {
		add("状态", textCell("草稿，数字未校核"))
	}
	tally := s.Tally()
	for _, l := range lightsInOrder {
		sheet.Rows = append(sheet.Rows, []Cell{lightCell(l, false), countCell(tally[l])})
	}
	if n := s.Unchecked(); n > 0 {
		add("未校核（不计入）", countCell(n))
	}
	return sheet
}

func commitmentSheet(s *StatusReport) *Sheet {
	sheet := &Sheet{Name: "承诺", Header: []string{"编号", "名称", "标题", "灯", "进度", "未填报项", "指标数", "任务数", "牵头单位", "配合单位", "章节", "原文"}}
	for i := range s.Commitments {
		cs := &s.Commitments[i]
		c := cs.Commitment
		lead, support := dutyColumns(c, c.ID, s.Duties)
		sheet.Rows = append(sheet.Rows, []Cell{
			textCell(string(c.Code)), textCell(c.Label), textCell(c.Title), lightCell(cs.Light, late(cs)), shareCell(ratio{cs.Progress, meanDecimals}),
			countCell(cs.Unfiled), countCell(len(c.Targets)), countCell(len(c.Tasks)), textCell(lead), textCell(support),
			textCell(c.Section), textCell(c.Text),
		})
	}
	return sheet
}

func itemSheet(s *StatusReport) *Sheet {
	sheet := &Sheet{Name: "指标和任务", Header: statusHeader}
	for i := range s.Commitments {
		cs := &s.Commitments[i]
		c := cs.Commitment
		for j := range c.Targets {
			sheet.Rows = append(sheet.Rows, targetRow(s, c, &c.Targets[j], &cs.Targets[j]))
		}
		for j := range c.Tasks {
			sheet.Rows = append(sheet.Rows, taskRow(s, c, &c.Tasks[j], &cs.Tasks[j]))
		}
	}
	return sheet
}

func targetRow(s *StatusReport, c *plan.Commitment, t *plan.Target, st *plan.Standing) []Cell {
	lead, support := dutyColumns(c, t.ID, s.Duties)
	check := ""
	if !s.Plan.Counts(t) {
		check = "未校核"
	}
	return []Cell{
		textCell(string(c.Code)), textCell(c.Label), textCell(c.Title), textCell("指标"), textCell(t.Metric), numberCell(&t.Value),
		textCell(t.Unit), numberCell(st.Reported), textCell(st.ReportedOn.String()), shareCell(ratio{st.Progress, shareDecimals}),
		shareCell(ratio{st.Expected, shareDecimals}), lightCell(st.Light, st.Late), textCell(st.Reason), textCell(t.Deadline.String()),
		textCell(lead), textCell(support), textCell(check), textCell(originText(t.Original)), textCell(planCell(s)),
	}
}

func taskRow(s *StatusReport, c *plan.Commitment, t *plan.Task, st *plan.Standing) []Cell {
	lead, support := dutyColumns(c, t.ID, s.Duties)
	check := ""
	if s.Plan.State != plan.Published {
		check = "未校核"
	}
	return []Cell{
		textCell(string(c.Code)), textCell(c.Label), textCell(c.Title), textCell("任务"), textCell(t.Text),
		{},
		{},
		textCell(string(st.Stage)), textCell(st.ReportedOn.String()), shareCell(ratio{st.Progress, shareDecimals}),
		shareCell(ratio{st.Expected, shareDecimals}), lightCell(st.Light, st.Late), textCell(st.Reason), textCell(t.Deadline.String()),
		textCell(lead), textCell(support), textCell(check), textCell(originText(t.Original)), textCell(planCell(s)),
	}
}

// planCell names the plan; of figures for show it says so.
func planCell(s *StatusReport) string {
	if s.Demo {
		return string(s.Plan.Key()) + "（" + demoMark + "）"
	}
	return string(s.Plan.Key())
}

func dutyColumns(c *plan.Commitment, item plan.ID, duties map[plan.ID]plan.Duty) (lead, support string) {
	duty := plan.DutyOf(c, item, duties)
	if duty == nil {
		return "", ""
	}
	return duty.Lead, strings.Join(duty.Support, "、")
}

// originText says what the report itself promised, where it was adjusted.
func originText(o *plan.Origin) string {
	if o == nil {
		return ""
	}
	return strings.TrimSpace("原" + o.ValueText + " " + o.Deadline.String() + "；" + o.Why)
}
