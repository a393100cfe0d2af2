package commands

import (
	"fmt"
	"slices"
	"strings"

	"duban/plan"
	"duban/render"
	"duban/report"
)

// sheet collects what the rows of a workbook change.
type sheet struct {
	*proofing
	filed     func(plan.ID) bool // whether somebody filed for a target
	seen      map[plan.ID]int    // line by target
	decisions []plan.Correction
	problems  []string
	notes     int // rows with a note and nothing else, which are not stored
}

// editable are the columns that change a target, with the field that each is.
var editable = []struct {
	column int
	field  string
}{
	{render.ColumnMetric, "指标"},
	{render.ColumnUnit, "单位"},
	{render.ColumnValue, "数值"},
	{render.ColumnOp, "比较"},
	{render.ColumnDeadline, "期限"},
	{render.ColumnBasis, "口径"},
	{render.ColumnWeight, "权重"},
}

// row takes one row; it returns what is wrong with it.
func (s *sheet) row(r *render.ProofRow) string {
	check := r.Cell(render.ColumnCheck)
	switch check {
	case "", "对", "改", "不是指标", "新增":
	default:
		return "“校核”栏只能是对、改、不是指标、新增，现在是“" + check + "”"
	}
	if r.Cell(render.ColumnID) == "" {
		return s.addition(r)
	}
	c, t := s.target(plan.ID(number(r.Cell(render.ColumnID))))
	switch {
	case t == nil:
		return "没有序号" + r.Cell(render.ColumnID) + "的指标；新增的行“序号”要空着"
	case s.seen[t.ID] > 0:
		return fmt.Sprintf("序号%d和第%d行重复", t.ID, s.seen[t.ID])
	case r.Cell(render.ColumnCode) != string(c.Code):
		return "编号" + r.Cell(render.ColumnCode) + "和序号对不上，应是" + string(c.Code) + "；请重新导出"
	}
	s.seen[t.ID] = r.Line
	return s.change(r, c, t)
}

// change compares a row with its target. A row that says what holds already changes
// nothing, however it is written and whenever it was exported.
func (s *sheet) change(r *render.ProofRow, c *plan.Commitment, t *plan.Target) string {
	now := render.ProofCells(s.plan, c, t, s.touched(t.ID), s.note(t.ID))
	check, note := r.Cell(render.ColumnCheck), r.Cell(render.ColumnNote)
	stale := r.Cell(render.ColumnBase) != now[render.ColumnBase]
	to, problem := s.edited(r, t, differs(r, now))
	if problem == "" && sameTarget(t, to) && (check == now[render.ColumnCheck] || t.Check == plan.CheckedFixed && holdsFixed(check, stale)) {
		return s.noteOnly(c, t, note, note != strings.TrimSpace(now[render.ColumnNote]))
	}
	if stale {
		return "导出以后这一项又校核过，请重新导出再改"
	}
	d, problem := s.decide(check, c, t, to, problem)
	if problem == "" {
		d.Reason = note
		s.decisions = append(s.decisions, d)
	}
	return problem
}

// holdsFixed reports whether the word of a row leaves a fixed target as it is: one that was
// fixed by this row, and later perhaps read again.
func holdsFixed(check string, stale bool) bool {
	return check == "对" || check == "改" || check == "" && stale
}

// edited is a target with what a row changes in it.
func (s *sheet) edited(r *render.ProofRow, t *plan.Target, fields []int) (to *plan.Target, problem string) {
	e := edit{plan: s.plan, target: *t}
	for _, i := range fields {
		if problem := e.field(editable[i].field, r.Cell(editable[i].column)); problem != "" {
			return t, problem
		}
	}
	return &e.target, ""
}

// noteOnly stores a new note with the decision that stands.
func (s *sheet) noteOnly(c *plan.Commitment, t *plan.Target, note string, noted bool) string {
	switch {
	case !noted:
	case t.Check == "":
		s.notes++
	default:
		d := decisionOn(c, t, t.Check)
		d.Reason = note
		s.decisions = append(s.decisions, d)
	}
	return ""
}

// differs lists the editable columns that a row changes.
func differs(r *render.ProofRow, now []string) []int {
	var fields []int
	for i, e := range editable {
		if r.Cell(e.column) != strings.TrimSpace(now[e.column]) {
			fields = append(fields, i)
		}
	}
	return fields
}

// decide makes the decision of a row that differs; problem is what is wrong with its fields.
func (s *sheet) decide(check string, c *plan.Commitment, t, to *plan.Target, problem string) (plan.Correction, string) {
	switch {
	case check == "不是指标" && s.filed(t.ID):
		return plan.Correction{}, "这一项已经有填报，不能记为“不是指标”；停办请在聊天里用“取消事项”"
	case check == "不是指标":
		return decisionOn(c, t, plan.Rejected), ""
	case problem != "":
		return plan.Correction{}, problem
	case !sameTarget(t, to):
		return fixed(c, t, to), ""
	case check == "对":
		return decisionOn(c, t, plan.CheckedRight), ""
	case check == "":
		if t.Check != plan.CheckedRight {
			return plan.Correction{}, "“校核”栏清空了；改过或不要的指标请写对、改或不是指标"
		}
		return decisionOn(c, t, ""), ""
	case check == "新增":
		return plan.Correction{}, "这一项报告里本来就有；新增的行“序号”要空着"
	case t.Check == plan.Rejected || t.Check == plan.CheckedRight:
		return decisionOn(c, t, plan.CheckedFixed), ""
	}
	return plan.Correction{}, "写了“改”，但没有改动；没有错就写“对”"
}

// addition takes a row without a target.
func (s *sheet) addition(r *render.ProofRow) string {
	if r.Cell(render.ColumnCheck) != "新增" {
		return "没有序号；新增的指标请在“校核”栏写“新增”"
	}
	c := s.commitment(r.Cell(render.ColumnCode))
	if c == nil {
		return "没有编号“" + r.Cell(render.ColumnCode) + "”；请写承诺的编号，例如 3.6.2.8 或 实事8"
	}
	e := edit{plan: s.plan, target: plan.Target{Op: plan.AtLeast, Deadline: plan.EndOfYear(s.plan.Year), Start: c.Start}}
	for _, f := range editable {
		text := r.Cell(f.column)
		optional := f.field != "指标" && f.field != "数值"
		if text == "" && optional || f.field == "单位" {
			continue
		}
		if f.field == "数值" {
			e.target.Unit = report.UnitName(r.Cell(render.ColumnUnit))
		}
		if problem := e.field(f.field, text); problem != "" {
			return problem
		}
	}
	e.locate(c)
	target := e.target
	if problem := notInReport(c, &target); s.plan.State == plan.Published && problem != "" {
		return problem
	}
	if s.known(c, &target) {
		return ""
	}
	s.decisions = append(s.decisions, plan.Correction{
		Check: plan.CheckedAdded, Commitment: c.ID, Target: &target, Reason: r.Cell(render.ColumnNote),
	})
	return ""
}

// known reports whether an addition stands in the plan already, or in a row above: a workbook
// may come twice.
func (s *sheet) known(c *plan.Commitment, target *plan.Target) bool {
	same := func(old *plan.Target) bool {
		return old.Metric == target.Metric && old.Value == target.Value && old.Unit == target.Unit
	}
	return slices.ContainsFunc(c.Targets, func(old plan.Target) bool { return old.Check != plan.Rejected && same(&old) }) ||
		slices.ContainsFunc(s.decisions, func(d plan.Correction) bool {
			return d.Check == plan.CheckedAdded && d.Commitment == c.ID && d.Item == 0 && same(d.Target)
		})
}

func (s *sheet) commitment(code string) *plan.Commitment {
	if c := s.plan.Commitment(plan.Code(code)); c != nil {
		return c
	}
	for i := range s.plan.Commitments {
		if c := &s.plan.Commitments[i]; code != "" && c.Label == code {
			return c
		}
	}
	return nil
}
