package render_test

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"duban/plan"
	"duban/render"
)

// evil are names, notes and remarks that a spreadsheet must not run.
var evil = []string{
	"=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "　=1", "＝1+1", "＋1", "－1", "＠A1", `=HYPERLINK("http://example.com","x")`, "=cmd|' /C calc'!A0", "'=1",
}

// TestExportsHoldNoFormula writes such texts into every table of the archive's export.
func TestExportsHoldNoFormula(t *testing.T) {
	t.Parallel()
	for _, text := range evil {
		p := demoInput(t, plan.Month, "2017-07-31").Now.Plan
		p.Commitments = p.Commitments[:2] // the texts are elsewhere
		archive := &plan.Archive{
			Plans:    []plan.Records{{Plan: p}},
			People:   []plan.Person{{ID: "telegram:1", Name: text, Department: text, Role: plan.Staff}},
			Feedback: []plan.Feedback{{ID: 1, Plan: p.Key(), Text: text, Place: text, Answer: text}},
			Filings:  []plan.Filing{{ID: 1, Plan: p.Key(), Item: 2, Note: text, Reason: text, Department: text}},
			Gaps:     []plan.Gap{{Question: text, Count: 1}},
		}
		sheets := render.ArchiveSheets(archive)
		for _, s := range sheets {
			var out bytes.Buffer
			if err := render.SheetCSV(&out, s); err != nil {
				t.Fatal(err)
			}
			rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(out.String(), "\ufeff"))).ReadAll()
			if err != nil {
				t.Fatal(err)
			}
			for _, row := range rows {
				for i, cell := range row {
					if strings.Contains(cell, strings.TrimSpace(text)) && !strings.HasPrefix(cell, "'") {
						t.Errorf("%s, column %d: %q", s.Name, i, cell)
					}
				}
			}
		}
		noFormula(t, text, sheets)
	}
}

func noFormula(t *testing.T, text string, sheets []*render.Sheet) {
	t.Helper()
	var out bytes.Buffer
	if err := render.SheetsXLSX(&out, sheets...); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	found := 0
	for _, name := range f.GetSheetList() {
		rows, err := f.GetRows(name)
		if err != nil {
			t.Fatal(err)
		}
		for i, row := range rows {
			for j, cell := range row {
				at, _ := excelize.CoordinatesToCellName(j+1, i+1)
				if is, err := f.GetCellFormula(name, at); err != nil || is != "" {
					t.Errorf("%s %s is the formula %q", name, at, is)
				}
				if strings.Contains(cell, strings.TrimSpace(text)) {
					found++
				}
			}
		}
	}
	if found < 3 {
		t.Errorf("%q stands in %d cells", text, found)
	}
}

// TestBulletinEscapes: names and titles cannot become markup of the bulletin.
func TestBulletinEscapes(t *testing.T) {
	t.Parallel()
	const markup = `<script>alert("x")</script><img src=x onerror=y>`
	in := demoInput(t, plan.Quarter, "2017-07-31")
	for i := range in.Now.Plan.Commitments {
		c := &in.Now.Plan.Commitments[i]
		c.Title = markup
		in.Duties[c.ID] = plan.Duty{Item: c.ID, Lead: markup}
	}
	in.Turnouts = append(in.Turnouts, plan.Turnout{Department: markup, Asked: 1})
	records := demoRecords(t)
	b, err := render.BulletinOf(render.BulletinInput{DigestInput: in, Marks: records.Marks})
	if err != nil {
		t.Fatal(err)
	}
	page := string(b.Document)
	if strings.Contains(page, "<script") || strings.Contains(page, "<img") || !strings.Contains(page, "&lt;script&gt;") {
		t.Errorf("markup stands in the bulletin:\n%s", page)
	}
}

// FuzzProofSheet reads any bytes, and any table, as an edited workbook.
func FuzzProofSheet(f *testing.F) {
	f.Add([]byte("PK"), "1", "3.6.2.8", "改")
	f.Add([]byte{}, "=1", "9.9", "新增")
	f.Fuzz(func(t *testing.T, data []byte, id, code, check string) {
		_, _, _ = render.ReadProofSheet(data)
		row := make([]string, len(render.ProofColumns))
		row[0], row[1], row[11] = id, code, check
		book, err := render.WriteProofSheet([][]string{row})
		if err != nil {
			return
		}
		if _, _, err := render.ReadProofSheet(book); err != nil {
			t.Errorf("our own workbook cannot be read: %v", err)
		}
	})
}

// FuzzAction reads any callback data: what is understood is written as it was.
func FuzzAction(f *testing.F) {
	for _, s := range []string{"i:3.6.2.5", "l::0", "s:low.5:3", "a:file-ok:1:2", "a:", "i:", "l:3.6:-1", "x:1", "l:3:00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, data string) {
		a, ok := render.ParseAction(data)
		if !ok {
			return
		}
		again, ok := render.ParseAction(a.String())
		if !ok || again.String() != a.String() || len(a.String()) > render.MaxAction {
			t.Errorf("%q is read as %+v, written as %q", data, a, a)
		}
	})
}
