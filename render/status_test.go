package render_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"duban/plan"
	"duban/render"
	"duban/report"
	"duban/report/builtin"
)

// july is the standing of the built-in plan on 31 July 2017 with two figures.
func july(t *testing.T) *render.StatusReport {
	t.Helper()
	read, err := report.Parse(builtin.Text(), report.Options{})
	if err != nil {
		t.Fatal(err)
	}
	p, _ := plan.Merge(nil, read)
	p.State = plan.Published
	day := plan.Date{Year: 2017, Month: 7, Day: 31}
	c := p.Commitment("3.6.2.8")
	roads, bridges := plan.NewDecimal(824, 0), plan.NewDecimal(28, 0)
	marks := map[plan.ID][]plan.Mark{
		c.Targets[0].ID: {{ID: 1, Value: &roads, Date: day}},
		c.Targets[1].ID: {{ID: 2, Value: &bridges, Date: day}},
	}
	duties := map[plan.ID]plan.Duty{c.ID: {Item: c.ID, Lead: "=HYPERLINK(\"x\")", Support: []string{"市财政局", "市公路局"}}}
	return &render.StatusReport{PlanStanding: plan.Stand(p, marks, day, time.Time{}, plan.DefaultRules()), Duties: duties}
}

func TestStatusJSON(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if err := render.StatusJSON(&out, july(t)); err != nil {
		t.Fatal(err)
	}
	var got struct {
		AsOf        string `json:"as_of"`
		Commitments []map[string]any
		Tasks       []map[string]any
		Targets     []map[string]any
	}
	if err := json.Unmarshal(out.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if got.AsOf != "2017-07-31" || len(got.Targets) != 148 || len(got.Tasks) == 0 {
		t.Errorf("as of %s: %d targets, %d tasks", got.AsOf, len(got.Targets), len(got.Tasks))
	}
	for _, c := range got.Commitments {
		if c["code"] == "3.6.2.8" && (c["progress"] != 0.305 || c["light"] != "red" || c["unfiled"] != 0.0 || c["label"] != "实事8") {
			t.Errorf("commitment %v", c)
		}
	}
	for _, target := range got.Targets {
		filed := target["code"] == "3.6.2.8"
		if roads := target["metric"] == "新改建农村公路"; roads && (target["progress"] != 0.3296 || target["expected"] != 0.5808 || target["reported_on"] != "2017-07-31" || target["gap"] != 25.12) {
			t.Errorf("target %v", target)
		}
		if !filed && (target["reported"] != nil || target["progress"] != nil || target["light"] != "none") {
			t.Errorf("an unfiled target has a figure: %v", target)
		}
	}
}

func TestStatusCSVHoldsNoFormula(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if err := render.StatusCSV(&out, july(t)); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(out.String(), "\ufeff编号,") || !strings.Contains(out.String(), `'=HYPERLINK`) || strings.Contains(out.String(), `,"=`) || strings.Contains(out.String(), ",=") {
		t.Errorf("not safe: %.200s", out.String())
	}
}

func TestStatusWorkbook(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if err := render.StatusWorkbook(&out, july(t)); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(f.GetSheetList(), " "); got != "概况 承诺 指标和任务" {
		t.Errorf("sheets %s", got)
	}
	for _, name := range f.GetSheetList() {
		panes, err := f.GetPanes(name)
		if err != nil || !panes.Freeze || panes.YSplit != 1 {
			t.Errorf("%s: the header is not frozen: %+v %v", name, panes, err)
		}
		rows, err := f.GetRows(name)
		if err != nil {
			t.Fatal(err)
		}
		for i, row := range rows {
			for j, cell := range row {
				at, _ := excelize.CoordinatesToCellName(j+1, i+1)
				if formula, err := f.GetCellFormula(name, at); err != nil || formula != "" {
					t.Errorf("%s!%s is a formula: %s", name, at, cell)
				}
				if cell == "红灯" {
					red(t, f, name, at)
				}
			}
		}
	}
	if width, err := f.GetColWidth("指标和任务", "E"); err != nil || width < 20 {
		t.Errorf("the column of metrics is %v wide, %v", width, err)
	}
}

// red checks that a cell's fill is the red of lights.
func red(t *testing.T, f *excelize.File, sheet, at string) {
	t.Helper()
	id, err := f.GetCellStyle(sheet, at)
	if err != nil {
		t.Fatal(err)
	}
	style, err := f.GetStyle(id)
	if err != nil || len(style.Fill.Color) == 0 || style.Fill.Color[0] != "FF7C80" {
		t.Errorf("%s!%s is not red: %+v %v", sheet, at, style.Fill, err)
	}
}
