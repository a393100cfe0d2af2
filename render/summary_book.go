package render

import (
	"fmt"
	"io"
	"math/big"
	"strings"

	"duban/plan"
)

// SummaryWorkbook writes the sheets 汇总, 分单位, 分章 and 明细. Every cell is a text or a
// number, never a formula.
func SummaryWorkbook(w io.Writer, in DigestInput) error {
	return SheetsXLSX(w, overviewSheet(&in), departmentSheet(&in), chapterSheet(&in), detailSheet(&in))
}

// lightHeader heads the columns of counts.
func lightHeader() []string {
	var words []string
	for _, l := range lightOrder {
		words = append(words, l.Word())
	}
	return words
}

func tallyCells(t plan.Tally) []Cell {
	var cells []Cell
	for _, l := range lightOrder {
		cells = append(cells, countCell(t[l]))
	}
	return cells
}

// overviewSheet is the first sheet: what the figures are, and the sums.
func overviewSheet(in *DigestInput) *Sheet {
	p, tally := in.Now.Plan, countedTally(in.Now)
	sum := sumTurnout(in.Turnouts)
	s := &Sheet{Name: "汇总", Header: []string{"项目", "数值"}}
	text := func(name, value string) { s.Rows = append(s.Rows, []Cell{textCell(name), textCell(value)}) }
	count := func(name string, n int) { s.Rows = append(s.Rows, []Cell{textCell(name), countCell(n)}) }
	text("计划", Heading(p))
	text("期间", PeriodText(in.Period, in.Now.AsOf))
	text("数据截至", in.Now.AsOf.String())
	for _, l := range lightOrder {
		count("指标："+l.Word(), tally[l])
	}
	count("应填", sum.Asked)
	count("按时填报", sum.OnTime)
	count("迟填", sum.Late)
	count("未填", sum.Missing())
	count("未落实责任单位的承诺", NewDigest(*in).orphans)
	text("说明", "未填报的不算进度，也不计入排名；灯色由序时进度与实际进度之差得出")
	return s
}

func departmentSheet(in *DigestInput) *Sheet {
	s := &Sheet{Name: "分单位", Header: append([]string{"牵头单位", "指标数"}, append(lightHeader(), "应填", "按时", "迟填", "未填")...)}
	turnouts := map[string]plan.Turnout{}
	for _, t := range in.Turnouts {
		turnouts[t.Department] = t
	}
	seen := map[string]bool{}
	add := func(name string, items int, tally plan.Tally) {
		t := turnouts[name]
		row := append([]Cell{textCell(name), countCell(items)}, tallyCells(tally)...)
		s.Rows = append(s.Rows, append(row, countCell(t.Asked), countCell(t.OnTime), countCell(t.Late), countCell(t.Missing())))
		seen[name] = true
	}
	for _, g := range tallyBy(in, byDepartmentName) {
		add(g.name, g.items, g.tally)
	}
	for _, t := range in.Turnouts { // who answers for tasks only
		if !seen[t.Department] {
			add(t.Department, 0, plan.Tally{})
		}
	}
	return s
}

func chapterSheet(in *DigestInput) *Sheet {
	s := &Sheet{Name: "分章", Header: append([]string{"章", "指标数"}, lightHeader()...)}
	for _, g := range tallyBy(in, byChapterTitle) {
		s.Rows = append(s.Rows, append([]Cell{textCell(g.name), countCell(g.items)}, tallyCells(g.tally)...))
	}
	return s
}

// detailSheet has one row a target or task.
func detailSheet(in *DigestInput) *Sheet {
	s := &Sheet{Name: "明细", Header: []string{"编号", "名称", "标题", "类别", "指标或任务", "牵头单位", "配合单位", "目标", "完成", "数据日期", "进度", "应到", "灯色", "期初灯色", "期限", "说明"}}
	for _, x := range plan.Shifts(in.Before, in.Now) {
		s.Rows = append(s.Rows, detailRow(in, &x))
	}
	return s
}

func detailRow(in *DigestInput, x *plan.Shift) []Cell {
	c, now := x.Commitment, x.Now
	kind, target, reached := "任务", "", string(now.Stage)
	if x.Target != nil {
		kind, target = "指标", x.Target.Say(x.Target.Value)
		if now.Reported != nil {
			reached = x.Target.Say(*now.Reported)
		}
	}
	lead, support := noDepartment, ""
	if d := plan.DutyOf(c, x.Item(), in.Duties); d != nil {
		lead, support = d.Lead, strings.Join(d.Support, "、")
	}
	before := Cell{}
	if x.Before != nil {
		before = lightCell(x.Before.Light, x.Before.Late)
	}
	return []Cell{
		textCell(string(c.Code)), textCell(c.Label), textCell(c.Title), textCell(kind), textCell(x.What()), textCell(lead), textCell(support),
		textCell(target), textCell(reached), textCell(now.ReportedOn.String()), percentCell(now.Progress), percentCell(now.Expected),
		lightCell(now.Light, now.Late), before, textCell(x.Deadline().String()), textCell(now.Reason),
	}
}

// percentCell is a share that is shown as a percentage; empty where there is none.
func percentCell(r *big.Rat) Cell {
	if r == nil {
		return Cell{}
	}
	f, _ := r.Float64()
	return Cell{Text: fmt.Sprintf("%.1f%%", f*100), Number: &f, Percent: true}
}
