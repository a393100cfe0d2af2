package commands

import (
	"fmt"
	"slices"
	"strings"

	"duban/plan"
	"duban/report/document"
)

// dutyColumns are the columns of a table of assignments; names of people are optional.
var dutyColumns = []column{
	{"code", []string{"编号", "code", "编码", "代码", "承诺编号"}, true},
	{"metric", []string{"指标", "metric", "指标名称", "指标或任务", "任务"}, false},
	{"lead", []string{"牵头单位", "责任单位", "主办单位", "牵头部门", "责任部门", "牵头", "lead"}, true},
	{"support", []string{"配合单位", "协办单位", "配合部门", "协办部门", "配合", "协办", "support"}, false},
	{"name", []string{"姓名", "name", "联系人"}, false},
	{"role", []string{"角色", "role", "身份"}, false},
	{"department", []string{"单位", "所在单位", "部门", "department"}, false},
	{"plan", []string{"计划", "plan", "报告"}, false},
}

// DutyRow is one assignment that was read from a table.
type DutyRow struct {
	Line int
	Plan plan.Key
	Duty plan.Duty
	Name string // of the commitment, target or task
}

// PersonRow is somebody whom a table names.
type PersonRow struct {
	Line       int
	Name       string
	Role       plan.Role
	Department string
}

// Assignments is what a table of assignments says.
type Assignments struct {
	Duties []DutyRow
	People []PersonRow
	Blank  int // rows with a code and no department, as a form that waits to be filled in
}

// ParseAssignments reads a table of departments and people. A row with a metric is about
// that target or task, one without about the whole commitment; a row with a name is about a
// person too, or only. wrong lists what is wrong with rows; err is about the whole table.
func ParseAssignments(rows []document.Row, plans []*plan.Plan) (a Assignments, wrong []RowError, err error) {
	t, err := newTable(rows, dutyColumns)
	if err != nil {
		return a, nil, err
	}
	for i := range t.rows {
		r := &t.rows[i]
		if err := t.assignment(r, plans, &a); err != nil {
			wrong = append(wrong, RowError{r.Line, err.Error()})
		}
		if err := t.person(r, &a); err != nil {
			wrong = append(wrong, RowError{r.Line, err.Error()})
		}
	}
	return a, wrong, nil
}

func (t *table) assignment(r *document.Row, plans []*plan.Plan, a *Assignments) error {
	code, lead := t.cell(r, "code"), departmentName(t.cell(r, "lead"))
	support := splitDepartments(t.cell(r, "support"))
	switch {
	case code == "" && t.cell(r, "name") != "":
		return nil
	case code == "":
		return fmt.Errorf("没有写编号")
	case lead == "" && len(support) > 0:
		return fmt.Errorf("写了配合单位，没有写牵头单位")
	}
	fits := selectPlans(plans, t.cell(r, "plan"))
	if len(fits) != 1 {
		return fmt.Errorf("计划 %q 不清楚；请加一列 计划 写明，库里有：%s", t.cell(r, "plan"), keysOf(plans))
	}
	row, err := dutyOf(fits[0], code, t.cell(r, "metric"))
	if err != nil {
		return err
	}
	if lead == "" {
		a.Blank++
		return nil
	}
	if leads := splitDepartments(lead); len(leads) > 1 {
		lead, support = leads[0], append(leads[1:], support...)
	}
	row.Line, row.Duty.Lead = r.Line, lead
	for _, s := range support {
		if s != lead && !slices.Contains(row.Duty.Support, s) {
			row.Duty.Support = append(row.Duty.Support, s)
		}
	}
	return a.add(row)
}

// add stores a row unless an earlier one says something else of the same item.
func (a *Assignments) add(row DutyRow) error {
	for i := range a.Duties {
		old := &a.Duties[i]
		if old.Plan != row.Plan || old.Duty.Item != row.Duty.Item {
			continue
		}
		if SameDuty(old.Duty, row.Duty) {
			return nil
		}
		return fmt.Errorf("%s 在第%d行已写成 %s，与这一行不同", row.Name, old.Line, old.Duty.Lead)
	}
	a.Duties = append(a.Duties, row)
	return nil
}

// SameDuty reports whether two duties name the same departments.
func SameDuty(a, b plan.Duty) bool { return a.Lead == b.Lead && slices.Equal(a.Support, b.Support) }

func dutyOf(p *plan.Plan, code, metric string) (DutyRow, error) {
	c := findCommitment(p, code)
	if c == nil {
		return DutyRow{}, fmt.Errorf("编号 %s 不在 %s 里；请核对编号", code, p.Key())
	}
	row := DutyRow{Plan: p.Key(), Duty: plan.Duty{Item: c.ID}, Name: string(c.Code)}
	if metric == "" {
		return row, nil
	}
	var all []candidate
	for i := range c.Targets {
		all = append(all, candidate{id: c.Targets[i].ID, name: c.Targets[i].Metric})
	}
	for i := range c.Tasks {
		all = append(all, candidate{id: c.Tasks[i].ID, name: c.Tasks[i].Text})
	}
	if len(all) == 0 {
		return row, fmt.Errorf("%s 没有指标，也没有任务；请把指标一栏空着", c.Code)
	}
	best, _ := bestOf(metric, all)
	if best == nil {
		return row, fmt.Errorf("%s 里分不清哪个指标是“%s”，请写全名：%s", c.Code, metric, names(all))
	}
	row.Duty.Item, row.Name = best.id, string(c.Code)+" "+best.name
	return row, nil
}

// departmentName is a department's name; a dash stands for none.
func departmentName(s string) string {
	s = strings.Join(strings.Fields(s), "")
	if strings.Trim(s, "-—–/无") == "" {
		return ""
	}
	return s
}

func splitDepartments(s string) []string {
	var list []string
	for part := range strings.FieldsFuncSeq(s, func(r rune) bool { return strings.ContainsRune("、，,；;\n/ ", r) }) {
		if d := departmentName(part); d != "" {
			list = append(list, d)
		}
	}
	return list
}

// person reads whom a row names. Without a role they file; without a department of their
// own they are of the leading one.
func (t *table) person(r *document.Row, a *Assignments) error {
	p := PersonRow{Line: r.Line, Name: t.cell(r, "name"), Role: plan.Staff, Department: departmentName(t.cell(r, "department"))}
	if p.Name == "" {
		return nil
	}
	if written := strings.ToLower(t.cell(r, "role")); written != "" {
		role, ok := roleWords[written]
		if !ok {
			return fmt.Errorf("角色 %q 不认识；应写 填报人、负责人、督查 或 管理员", t.cell(r, "role"))
		}
		p.Role = role
	}
	if leads := splitDepartments(t.cell(r, "lead")); p.Department == "" && len(leads) > 0 {
		p.Department = leads[0]
	}
	if p.Department == "" && (p.Role == plan.Staff || p.Role == plan.Head) {
		return fmt.Errorf("%s 没有写单位", p.Name)
	}
	if p.Role == plan.Supervisor || p.Role == plan.Admin {
		p.Department = departmentName(t.cell(r, "department"))
	}
	if !slices.ContainsFunc(a.People, func(q PersonRow) bool { return q.Name == p.Name && q.Role == p.Role && q.Department == p.Department }) {
		a.People = append(a.People, p)
	}
	return nil
}
