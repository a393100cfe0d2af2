package render

import (
	"encoding/csv"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"

	"duban/plan"
)

// Sheet is a table of an export: a name, a header, rows as wide as the header.
type Sheet struct {
	Name   string // of the file
	Title  string // of the sheet, at most 31 characters; "" is the name
	Header []string
	Rows   [][]Cell
}

// Cell is one value of a table; Text is how it is written where there are no numbers.
type Cell struct {
	Text    string
	Number  *float64   // for workbooks
	Percent bool       // Number is a share
	Light   plan.Light // colours the cell
}

func (s *Sheet) title() string {
	if s.Title == "" {
		return s.Name
	}
	return s.Title
}

func textCell(s string) Cell { return Cell{Text: s} }

// numberCell is a number that is written as it is.
func numberCell(d *plan.Decimal) Cell {
	if d == nil {
		return Cell{}
	}
	f, _ := d.Rat().Float64()
	return Cell{Text: d.String(), Number: &f}
}

func countCell(n int) Cell {
	d := plan.NewDecimal(int64(n), 0)
	return numberCell(&d)
}

func lightCell(l plan.Light, late bool) Cell {
	text := l.Word()
	if late {
		text += "（晚于期限）"
	}
	return Cell{Text: text, Light: l}
}

// SheetCSV writes a table in UTF-8 with a byte-order mark, so that Excel reads it. No cell
// can be taken for a formula.
func SheetCSV(w io.Writer, s *Sheet) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	if err := out.Write(s.Header); err != nil {
		return err
	}
	record := make([]string, len(s.Header))
	for _, row := range s.Rows {
		for i, c := range row {
			record[i] = c.Text
			if c.Number == nil {
				record[i] = harmless(c.Text)
			}
		}
		if err := out.Write(record[:len(row)]); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// SheetsXLSX writes a workbook: a sheet a table, its header frozen and filtered, columns as
// wide as what they hold, lights in colour and in words. No cell is a formula.
func SheetsXLSX(w io.Writer, sheets ...*Sheet) error {
	b := &book{file: excelize.NewFile(), lights: map[plan.Light]int{}}
	defer func() { _ = b.file.Close() }()
	if err := b.styles(); err != nil {
		return err
	}
	for i, s := range sheets {
		if err := b.add(s); err != nil {
			return err
		}
		if i == 0 {
			index, _ := b.file.GetSheetIndex(s.title())
			b.file.SetActiveSheet(index)
		}
	}
	if err := b.file.DeleteSheet("Sheet1"); err != nil {
		return err
	}
	return b.file.Write(w)
}

// book is a workbook that is being written.
type book struct {
	file                  *excelize.File
	header, wrap, percent int
	lights                map[plan.Light]int
}

// fills are the colours of lights; the words stand in the cells too.
var fills = map[plan.Light]string{
	plan.Overdue: "C00000", plan.Red: "FF7C80", plan.Yellow: "FFE699", plan.Green: "C6E0B4", plan.Done: "A9D08E",
	plan.None: "EDEDED", plan.Cancelled: "D9D9D9",
}

func (b *book) styles() (err error) {
	thin := []excelize.Border{{Type: "bottom", Color: "808080", Style: 1}}
	if b.header, err = b.file.NewStyle(&excelize.Style{
		Font: &excelize.Font{Bold: true}, Border: thin,
		Fill:      excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"D9E1F2"}},
		Alignment: &excelize.Alignment{Vertical: "center", WrapText: true},
	}); err != nil {
		return err
	}
	if b.wrap, err = b.file.NewStyle(&excelize.Style{Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}}); err != nil {
		return err
	}
	format := "0.0%"
	if b.percent, err = b.file.NewStyle(&excelize.Style{CustomNumFmt: &format, Alignment: &excelize.Alignment{Vertical: "top"}}); err != nil {
		return err
	}
	for light, colour := range fills {
		font := &excelize.Font{Color: "000000"}
		if light == plan.Overdue {
			font.Color = "FFFFFF"
		}
		if b.lights[light], err = b.file.NewStyle(&excelize.Style{
			Font: font, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}},
			Alignment: &excelize.Alignment{Vertical: "top", Horizontal: "center"},
		}); err != nil {
			return err
		}
	}
	return nil
}

// add writes one table.
func (b *book) add(s *Sheet) error {
	if _, err := b.file.NewSheet(s.title()); err != nil {
		return err
	}
	w, err := b.file.NewStreamWriter(s.title())
	if err != nil {
		return err
	}
	for i, width := range widths(s) {
		if err := w.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
	}
	if err := w.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	if err := b.rows(w, s); err != nil {
		return err
	}
	if err := filter(w, s); err != nil {
		return err
	}
	return w.Flush()
}

// rows writes the header and what is below it.
func (b *book) rows(w *excelize.StreamWriter, s *Sheet) error {
	header := make([]any, len(s.Header))
	for i, h := range s.Header {
		header[i] = excelize.Cell{StyleID: b.header, Value: h}
	}
	if err := w.SetRow("A1", header); err != nil {
		return err
	}
	for i, row := range s.Rows {
		at, err := excelize.CoordinatesToCellName(1, i+2)
		if err != nil {
			return err
		}
		if err := w.SetRow(at, b.row(row)); err != nil {
			return err
		}
	}
	return nil
}

// filter lets people sort and filter the table; an empty one needs none.
func filter(w *excelize.StreamWriter, s *Sheet) error {
	last, err := excelize.CoordinatesToCellName(len(s.Header), len(s.Rows)+1)
	if err != nil || len(s.Rows) == 0 {
		return err
	}
	return w.AddTable(&excelize.Table{Range: "A1:" + last})
}

func (b *book) row(row []Cell) []any {
	values := make([]any, len(row))
	for i, c := range row {
		switch {
		case c.Number != nil && c.Percent:
			values[i] = excelize.Cell{StyleID: b.percent, Value: *c.Number}
		case c.Number != nil:
			values[i] = excelize.Cell{StyleID: b.wrap, Value: *c.Number}
		case c.Light != "":
			values[i] = excelize.Cell{StyleID: b.lights[c.Light], Value: c.Text}
		default:
			values[i] = excelize.Cell{StyleID: b.wrap, Value: cellText(c.Text)}
		}
	}
	return values
}

// cellText keeps a text inside what a cell may hold.
func cellText(s string) string {
	if runes := []rune(s); len(runes) > excelize.TotalCellChars {
		return string(runes[:excelize.TotalCellChars])
	}
	return strings.ToValidUTF8(s, "")
}

// Widths of columns, in characters.
const (
	narrowest = 8
	widest    = 48
)

// widths fits the columns to their headers and the longest cell among the first rows.
func widths(s *Sheet) []float64 {
	list := make([]float64, len(s.Header))
	for i, h := range s.Header {
		list[i] = float64(max(narrowest, Width(h)+4))
	}
	for _, row := range s.Rows[:min(len(s.Rows), 500)] {
		for i, c := range row {
			list[i] = min(max(list[i], float64(Width(c.Text)+2)), widest)
		}
	}
	return list
}
