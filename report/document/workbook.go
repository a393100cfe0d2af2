package document

import (
	"bytes"
	"errors"
	"math/big"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// workbook reads the first sheet of an Excel file.
type workbook struct {
	file   *excelize.File
	sheet  string
	styles map[int]cellFormat
}

// cellFormat is how a number is shown.
type cellFormat int

const (
	numberCell cellFormat = iota
	percentage
	dayNumber
)

func readWorkbook(name string, data []byte, limit int64) ([]Row, error) {
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{
		UnzipSizeLimit: unpackLimit * limit, UnzipXMLSizeLimit: unpackLimit * limit,
	})
	if err != nil {
		if errors.Is(err, excelize.ErrWorkbookPassword) {
			return nil, saying(name, "设了密码；请去掉密码另存一份再试", ErrEncrypted, err)
		}
		return nil, saying(name, "不是完整的 .xlsx；请重新另存一份再试", ErrBroken, err)
	}
	defer func() { _ = f.Close() }()
	w := &workbook{file: f, styles: map[int]cellFormat{}}
	if sheets := f.GetSheetList(); len(sheets) > 0 {
		w.sheet = sheets[0]
	}
	rows, err := w.rows(name)
	if err == nil && len(rows) == 0 {
		err = saying(name, "第一张表是空的；请把内容放在第一张表里", ErrEmpty, nil)
	}
	return rows, err
}

// A table may have so many columns, and so many cells in all its rows. A few bytes of a
// workbook can stand for a row of 16384 cells.
const (
	maxColumns = 1000
	maxCells   = 2_000_000
)

func (w *workbook) rows(name string) ([]Row, error) {
	raw, err := w.measured()
	if errors.Is(err, ErrTooLarge) {
		return nil, saying(name, "行或列太多；请只留要导入的内容，或拆成几份", ErrTooLarge, nil)
	}
	if err != nil {
		return nil, saying(name, "不是完整的 .xlsx；请重新另存一份再试", ErrBroken, err)
	}
	for i, cells := range raw {
		for j := range cells {
			cells[j] = w.cell(i, j, cells[j])
		}
	}
	raw = w.spread(raw)
	var rows []Row
	for i, cells := range raw {
		rows = appendRow(rows, i+1, cells)
	}
	return rows, nil
}

// measured reads the rows one by one, down to the last with a cell, and gives up with
// ErrTooLarge before a large table is unfolded.
func (w *workbook) measured() (raw [][]string, err error) {
	rows, err := w.file.Rows(w.sheet)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	cells, last := 0, 0
	for rows.Next() {
		row, err := rows.Columns(excelize.Options{RawCellValue: true})
		if err != nil {
			return nil, err
		}
		cells += len(row)
		if len(raw) == maxRows || len(row) > maxColumns || cells > maxCells {
			return nil, ErrTooLarge
		}
		if raw = append(raw, row); len(row) > 0 {
			last = len(raw)
		}
	}
	return raw[:last], rows.Error()
}

// cell writes a number as a person sees it, with all its digits: a proportion as 82.5%, a
// date as 2017-07-31.
func (w *workbook) cell(i, j int, raw string) string {
	number, err := strconv.ParseFloat(raw, 64)
	if err != nil {
		return raw
	}
	at, err := excelize.CoordinatesToCellName(j+1, i+1)
	if err != nil {
		return raw
	}
	kind, err := w.file.GetCellType(w.sheet, at)
	text := kind == excelize.CellTypeSharedString || kind == excelize.CellTypeInlineString
	switch format := w.format(at); {
	case err != nil || text:
		return raw
	case kind == excelize.CellTypeBool:
		return strings.ToUpper(strconv.FormatBool(number != 0))
	case format == percentage:
		return cellNumber(number*100) + "%"
	case format == dayNumber:
		if day, err := excelize.ExcelDateToTime(number, false); err == nil {
			return day.Format("2006-01-02")
		}
	}
	return cellNumber(number)
}

// cellNumber writes a number with the fifteen digits that a workbook keeps.
func cellNumber(number float64) string {
	r, ok := new(big.Rat).SetString(strconv.FormatFloat(number, 'e', 14, 64))
	if !ok {
		return ""
	}
	s := r.FloatString(12)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

func (w *workbook) format(at string) cellFormat {
	id, err := w.file.GetCellStyle(w.sheet, at)
	if err != nil {
		return numberCell
	}
	if f, ok := w.styles[id]; ok {
		return f
	}
	f := numberCell
	if style, err := w.file.GetStyle(id); err == nil {
		f = formatOf(style)
	}
	w.styles[id] = f
	return f
}

// formatOf sorts the built-in formats by their numbers, others by their letters.
func formatOf(style *excelize.Style) cellFormat {
	custom := ""
	if style.CustomNumFmt != nil {
		custom = strings.ToLower(*style.CustomNumFmt)
	}
	n := style.NumFmt
	switch {
	case n == 9, n == 10, strings.HasSuffix(custom, "%"):
		return percentage
	case n >= 14 && n <= 17, n == 22, n >= 27 && n <= 36, n >= 50 && n <= 58, strings.Contains(custom, "yy"), strings.Contains(custom, "m") && strings.Contains(custom, "d"):
		return dayNumber
	}
	return numberCell
}

// spread fills every cell of a merged range with the range's text, as long as that does not
// make a large table of a small one.
func (w *workbook) spread(rows [][]string) [][]string {
	merged, err := w.file.GetMergeCells(w.sheet)
	if err != nil {
		return rows
	}
	budget := maxCells
	for _, m := range merged {
		left, top, err := excelize.CellNameToCoordinates(m.GetStartAxis())
		right, bottom, err2 := excelize.CellNameToCoordinates(m.GetEndAxis())
		if err != nil || err2 != nil || top > len(rows) || left > len(rows[top-1]) {
			continue
		}
		bottom = min(bottom, len(rows))
		if budget -= (bottom - top + 1) * (min(right, maxColumns) - left + 1); budget < 0 {
			return rows
		}
		text := rows[top-1][left-1]
		for i := top - 1; i < bottom; i++ {
			for len(rows[i]) < right && right-left < 64 {
				rows[i] = append(rows[i], "")
			}
			for j := left - 1; j < min(right, len(rows[i])); j++ {
				rows[i][j] = text
			}
		}
	}
	return rows
}
