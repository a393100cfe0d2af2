package render_test

import (
	"bytes"
	"slices"
	"testing"

	"github.com/xuri/excelize/v2"

	"duban/plan"
	"duban/render"
)

// No cell of the workbook is a formula, whatever names say.
func TestWorkbookHasNoFormulas(t *testing.T) {
	t.Parallel()
	in := demoInput(t, plan.Month, "2017-07-31")
	evil := `=HYPERLINK("http://example.com","示例")`
	c := in.Now.Plan.Commitment("3.6.2.8")
	c.Title = evil
	in.Duties[c.ID] = plan.Duty{Item: c.ID, Lead: evil}
	in.Turnouts = append(in.Turnouts, plan.Turnout{Department: "+1+1", Asked: 1})
	var out bytes.Buffer
	if err := render.SummaryWorkbook(&out, in); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if want := []string{"汇总", "分单位", "分章", "明细"}; !slices.Equal(f.GetSheetList(), want) {
		t.Errorf("sheets %v, want %v", f.GetSheetList(), want)
	}
	found := 0
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for i, row := range rows {
			for j, cell := range row {
				name, _ := excelize.CoordinatesToCellName(j+1, i+1)
				if formula, _ := f.GetCellFormula(sheet, name); formula != "" {
					t.Errorf("%s %s is the formula %s", sheet, name, formula)
				}
				if cell == evil {
					found++
				}
			}
		}
	}
	if found == 0 {
		t.Error("the name is nowhere in the workbook")
	}
}
