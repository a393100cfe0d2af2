package render

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"duban/plan"
)

// exported is the shape of an extraction that other programs rely on.
type exported struct {
	Report      exportedReport    `json:"report"`
	Commitments []plan.Commitment `json:"commitments"`
	Review      []plan.Segment    `json:"review"`
	Figures     []plan.Figure     `json:"figures"`
}

type exportedReport struct {
	Title         string    `json:"title"`
	Place         string    `json:"place"`
	Year          int       `json:"year"`
	DeliveredOn   plan.Date `json:"delivered_on"`
	Speaker       string    `json:"speaker"`
	Characters    int       `json:"characters"`
	CopiesDropped int       `json:"copies_dropped"`
}

// JSON writes a plan with everything that was read of it.
func JSON(w io.Writer, p *plan.Plan) error {
	out := exported{
		Report:      exportedReport{p.Title, p.Place, p.Year, p.DeliveredOn, p.Speaker, p.Characters, p.CopiesDropped},
		Commitments: p.Commitments, Review: p.Review, Figures: p.Figures,
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	return encoder.Encode(out)
}

// columns of the flat forms, one row a target or task.
var columns = []string{"编号", "名称", "标题", "类别", "指标或任务", "比较", "目标值", "单位", "原文数字", "性质", "语气", "期限", "上年数", "上年原文", "责任单位", "原句"}

func rows(p *plan.Plan) [][]string {
	out := [][]string{columns}
	for i := range p.Commitments {
		c := &p.Commitments[i]
		head := []string{string(c.Code), c.Label, c.Title}
		departments := strings.Join(c.Departments, "、")
		for j := range c.Targets {
			t := &c.Targets[j]
			last, lastText := "", ""
			if t.Baseline != nil {
				last, lastText = t.Baseline.Value.String(), t.Baseline.ValueText
			}
			out = append(out, append(head[:3:3], "指标", t.Metric, string(t.Op), t.Value.String(), t.Unit, t.ValueText,
				string(t.Kind), string(t.Hedge), t.Deadline.String(), last, lastText, departments, t.Quote))
		}
		for _, t := range c.Tasks {
			out = append(out, append(head[:3:3], "任务", t.Text, "", "", "", "", "task", string(t.Hedge), t.Deadline.String(), "", "", departments, t.Text))
		}
	}
	return out
}

// CSV writes one row a target or task in UTF-8.
func CSV(w io.Writer, p *plan.Plan) error {
	out := csv.NewWriter(w)
	for _, row := range rows(p) {
		for i := range row {
			row[i] = harmless(row[i])
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// harmless keeps a cell from being read as a formula; numbers and comparisons stay. Some
// spreadsheets skip blanks in front of one, and take the signs of full width for the others.
func harmless(cell string) string {
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(cell, " \u00a0\u3000"))
	if cell == "=" || !strings.ContainsRune("=+-@\t\r\n＝＋－＠", first) {
		return cell
	}
	return "'" + cell
}

// Workbook writes the rows of CSV as an XLSX file; every cell is text or a number, never a
// formula.
func Workbook(w io.Writer, p *plan.Plan) error {
	f := excelize.NewFile()
	defer func() { _ = f.Close() }()
	sheet := "承诺"
	if err := f.SetSheetName("Sheet1", sheet); err != nil {
		return err
	}
	for i, row := range rows(p) {
		for j, cell := range row {
			name, err := excelize.CoordinatesToCellName(j+1, i+1)
			if err != nil {
				return err
			}
			if err := setCell(f, sheet, name, cell, i > 0 && (j == 6 || j == 12)); err != nil {
				return fmt.Errorf("cell %s: %w", name, err)
			}
		}
	}
	if err := f.SetPanes(sheet, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	return f.Write(w)
}

func setCell(f *excelize.File, sheet, name, cell string, number bool) error {
	if number && cell != "" {
		return f.SetCellDefault(sheet, name, cell)
	}
	return f.SetCellStr(sheet, name, cell)
}
