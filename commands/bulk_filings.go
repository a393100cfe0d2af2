package commands

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"duban/plan"
	"duban/report/document"
)

// filingColumns are the columns of bulk filings: the contract's names and what people write.
var filingColumns = []column{
	{"code", []string{"code", "编号", "编码", "代码", "承诺编号"}, true},
	{"metric", []string{"metric", "指标", "指标名称", "指标或任务", "任务"}, false},
	{"date", []string{"date", "数据日期", "日期", "截至日期", "截至"}, true},
	{"value", []string{"value", "累计值", "累计完成", "数值", "值", "完成数", "完成情况", "实到"}, true},
	{"unit", []string{"unit", "单位", "计量单位"}, false},
	{"note", []string{"note", "说明", "备注", "进展说明"}, false},
	{"by", []string{"by", "填报人"}, false},
	{"source", []string{"source", "来源", "出处"}, false},
	{"plan", []string{"plan", "计划", "报告"}, false},
	{"review", []string{"审核", "审核状态", "审核结果"}, false},
}

// FilingRow is one filing that was read from a table, with where it stands.
type FilingRow struct {
	Line   int
	Filing plan.Filing
	Name   string // of the target or task
	Unit   string // as written

	Unaccepted bool // an export says that it was not accepted; nothing else is set
}

// ParseFilings reads bulk filings. plans are those they may be about; today is the filer's.
// The rows that are right come with the errors of the others; err is about the table as a
// whole. Of an export only what was accepted is read.
func ParseFilings(rows []document.Row, plans []*plan.Plan, today plan.Date) (list []FilingRow, wrong []RowError, err error) {
	t, err := newTable(rows, filingColumns)
	if err != nil {
		return nil, nil, err
	}
	for i := range t.rows {
		if review := t.cell(&t.rows[i], "review"); review != "" && review != "通过" {
			list = append(list, FilingRow{Line: t.rows[i].Line, Unaccepted: true})
			continue
		}
		f, err := t.filing(&t.rows[i], plans, today)
		if err != nil {
			wrong = append(wrong, RowError{t.rows[i].Line, err.Error()})
			continue
		}
		list = append(list, f)
	}
	return list, wrong, nil
}

// filing reads one row for the plan that it fits.
func (t *table) filing(r *document.Row, plans []*plan.Plan, today plan.Date) (FilingRow, error) {
	day, err := ParseDay(t.cell(r, "date"))
	switch {
	case err != nil:
		return FilingRow{}, err
	case day.After(today):
		return FilingRow{}, fmt.Errorf("日期 %s 还没到；请改成数据的实际日期", day)
	}
	fits := selectPlans(plans, t.cell(r, "plan"))
	if len(fits) == 0 {
		return FilingRow{}, fmt.Errorf("没有名为 %q 的计划；库里有：%s", t.cell(r, "plan"), keysOf(plans))
	}
	var found []FilingRow
	var first error
	for _, p := range fits {
		f, err := t.filingOf(r, p, day)
		switch {
		case err == nil:
			found = append(found, f)
		case first == nil || p.Year == day.Year:
			first = err
		}
	}
	return onlyPlan(found, first, day)
}

// onlyPlan takes the one plan that a row fits; of several that of the date's year.
func onlyPlan(found []FilingRow, first error, day plan.Date) (FilingRow, error) {
	if len(found) > 1 {
		var ofYear []FilingRow
		for _, f := range found {
			if strings.HasSuffix(string(f.Filing.Plan), strconv.Itoa(day.Year)) {
				ofYear = append(ofYear, f)
			}
		}
		if len(ofYear) != 1 {
			return FilingRow{}, fmt.Errorf("不止一个计划有这一项；请加一列 plan 写明计划，如 %s", found[0].Filing.Plan)
		}
		found = ofYear
	}
	if len(found) == 0 {
		return FilingRow{}, first
	}
	return found[0], nil
}

// filingOf reads a row as one of a plan.
func (t *table) filingOf(r *document.Row, p *plan.Plan, day plan.Date) (FilingRow, error) {
	if day.Year < p.Year {
		return FilingRow{}, fmt.Errorf("日期 %s 早于计划年度 %d；请核对日期", day, p.Year)
	}
	code := t.cell(r, "code")
	if code == "" {
		return FilingRow{}, fmt.Errorf("没有写编号")
	}
	c := findCommitment(p, code)
	if c == nil {
		return FilingRow{}, fmt.Errorf("编号 %s 不在 %s 里；请核对编号", code, p.Key())
	}
	row := FilingRow{Line: r.Line, Filing: plan.Filing{
		Plan: p.Key(), Date: day, Note: t.cell(r, "note"), By: plan.PersonID(t.cell(r, "by")), Source: t.cell(r, "source"),
	}}
	value := t.cell(r, "value")
	if value == "" {
		return row, fmt.Errorf("没有写数值")
	}
	if stage, percent, ok := readStage(value); ok {
		row.Filing.Stage, row.Filing.Percent = stage, percent
		return row, row.task(c, t.cell(r, "metric"))
	}
	return row, row.target(c, t.cell(r, "metric"), value, t.cell(r, "unit"))
}

// target finds the target and reads its value.
func (f *FilingRow) target(c *plan.Commitment, metric, text, unit string) error {
	value, written, err := readValue(text, unit)
	if err != nil {
		return err
	}
	if task, ok := taskNamed(c, metric, written); ok {
		f.Filing.Item, f.Name, f.Filing.Stage, f.Filing.Percent = task.ID, task.Text, plan.Ongoing, &value
		return nil
	}
	var all, fitting []candidate
	for i := range c.Targets {
		t := &c.Targets[i]
		one := candidate{id: t.ID, name: t.Metric + "（" + t.Say(t.Value) + "）"}
		all = append(all, one)
		if t.Fits(written) {
			fitting = append(fitting, candidate{id: t.ID, name: t.Metric})
		}
	}
	id, err := pick(c, metric, "指标", written, all, fitting)
	if err != nil {
		return err
	}
	f.Filing.Item, f.Filing.Value, f.Unit, f.Name = id, &value, written, c.Target(id).Metric
	return nil
}

// task finds the task.
func (f *FilingRow) task(c *plan.Commitment, text string) error {
	var all []candidate
	for i := range c.Tasks {
		all = append(all, candidate{id: c.Tasks[i].ID, name: c.Tasks[i].Text})
	}
	id, err := pick(c, text, "任务", "", all, append([]candidate(nil), all...))
	if err != nil {
		return err
	}
	f.Filing.Item, f.Name = id, c.Task(id).Text
	return nil
}

// taskNamed reports whether a percentage is filed for the task of that very name.
func taskNamed(c *plan.Commitment, text, unit string) (*plan.Task, bool) {
	if unit != "%" || text == "" {
		return nil, false
	}
	for i := range c.Tasks {
		if bare(c.Tasks[i].Text) == bare(text) {
			return &c.Tasks[i], true
		}
	}
	return nil, false
}

// pick chooses among the items whose unit fits; all are named in errors.
func pick(c *plan.Commitment, text, kind, unit string, all, fitting []candidate) (plan.ID, error) {
	switch {
	case len(all) == 0:
		return 0, fmt.Errorf("%s 没有%s", c.Code, kind)
	case text == "" && len(all) == 1 && len(fitting) == 1:
		return fitting[0].id, nil
	case text == "" && len(all) > 1:
		return 0, fmt.Errorf("%s 有%d个%s，请写明是哪个：%s", c.Code, len(all), kind, names(all))
	case len(fitting) == 0:
		return 0, fmt.Errorf("单位 %s 与 %s 的%s不符：%s", unit, c.Code, kind, names(all))
	}
	if id, ok := spelledOut(text, all, fitting); ok {
		return id, nil
	}
	if best, _ := bestOf(text, fitting); best != nil {
		return best.id, nil
	}
	if unit != "" && len(fitting) < len(all) {
		if best, exact := bestOf(text, append([]candidate(nil), all...)); exact || best != nil {
			return 0, fmt.Errorf("单位 %s 与指标不符：%s", unit, best.name)
		}
	}
	return 0, fmt.Errorf("%s 里分不清哪个%s是“%s”，请写全名：%s", c.Code, kind, text, names(all))
}

// spelledOut finds the item that is written as errors list it, with its number: two of a
// commitment may have one name.
func spelledOut(text string, all, fitting []candidate) (plan.ID, bool) {
	for i := range all {
		fits := slices.ContainsFunc(fitting, func(c candidate) bool { return c.id == all[i].id })
		if fits && bare(all[i].name) == bare(text) {
			return all[i].id, true
		}
	}
	return 0, false
}
