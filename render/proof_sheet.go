package render

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"duban/plan"
)

// ProofColumns are the columns of the workbook in which targets are checked, one row each.
var ProofColumns = []string{"序号", "编号", "标题", "原句", "指标", "比较", "数值", "单位", "期限", "口径", "权重", "校核", "备注", "底本"}

// Places of columns in ProofColumns.
const (
	ColumnID = iota
	ColumnCode
	ColumnTitle
	ColumnSentence
	ColumnMetric
	ColumnOp
	ColumnValue
	ColumnUnit
	ColumnDeadline
	ColumnBasis
	ColumnWeight
	ColumnCheck
	ColumnNote
	ColumnBase // plan and number of decisions at the time of the export
)

// Limits of a workbook that is read.
const (
	proofSheet     = "校核"
	largestSheet   = 8 << 20
	unzippedSheet  = 64 << 20
	mostSheetRows  = 20_000
	mostSheetCells = 1_000_000
	firstDateCell  = 30_000 // 1982 as a spreadsheet counts days
	lastDateCell   = 80_000
	textCellFormat = 49 // "@": what is typed stays text
)

// ErrNotProofSheet is returned for a file that is no workbook of ours.
var ErrNotProofSheet = errors.New("这不是校核表。请用“校核 表格”或 duban proof export 导出的文件")

// ProofRow is what a workbook says of one target.
type ProofRow struct {
	Line  int // in the workbook, from 1
	Cells []string
}

// Cell returns a cell by its column.
func (r *ProofRow) Cell(column int) string { return r.Cells[column] }

// ProofCells are the cells of one target; touched is the number of decisions on it so far.
func ProofCells(p *plan.Plan, c *plan.Commitment, t *plan.Target, touched int, note string) []string {
	weight := "1"
	if !t.Weight.IsZero() {
		weight = t.Weight.String()
	}
	return []string{
		strconv.Itoa(int(t.ID)), string(c.Code), strings.TrimSpace(c.Label + " " + c.Title), Sentence(c, t), t.Metric, OpWord(t.Op), t.Numeral(), t.UnitWord(),
		t.Deadline.String(), BasisWord(plan.BasisOf(t)), weight, CheckWord(t.Check), note, ProofBase(p.Key(), touched),
	}
}

// ProofBase names the state that a row was exported from.
func ProofBase(key plan.Key, touched int) string { return string(key) + "#" + strconv.Itoa(touched) }

// ProofFile is the workbook's name.
func ProofFile(key plan.Key) string { return "校核表-" + string(key) + ".xlsx" }

// WriteProofSheet writes the workbook. Every cell is text: nothing is read as a formula.
func WriteProofSheet(rows [][]string) ([]byte, error) {
	f := excelize.NewFile()
	defer func() { _ = f.Close() }()
	if err := f.SetSheetName("Sheet1", proofSheet); err != nil {
		return nil, err
	}
	for i, row := range append([][]string{ProofColumns}, rows...) {
		for j, cell := range row {
			name, err := excelize.CoordinatesToCellName(j+1, i+1)
			if err != nil {
				return nil, err
			}
			if err := f.SetCellStr(proofSheet, name, cell); err != nil {
				return nil, fmt.Errorf("cell %s: %w", name, err)
			}
		}
	}
	if err := errors.Join(layOut(f), choices(f)); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err := f.Write(&out)
	return out.Bytes(), err
}

// layOut sets widths, the text format and the frozen head.
func layOut(f *excelize.File) error {
	style, err := f.NewStyle(&excelize.Style{NumFmt: textCellFormat, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	if err != nil {
		return err
	}
	err = f.SetColStyle(proofSheet, "A:N", style)
	for column, width := range map[string]float64{"A": 7, "B": 11, "C": 22, "D": 60, "E": 30, "F": 9, "G": 12, "H": 9, "I": 13, "J": 8, "K": 7, "L": 11, "M": 24, "N": 16} {
		err = errors.Join(err, f.SetColWidth(proofSheet, column, column, width))
	}
	return errors.Join(err, f.SetPanes(proofSheet, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}))
}

// choices offers the words that some columns take.
func choices(f *excelize.File) error {
	var err error
	for column, words := range map[string][]string{
		"F": {"不少于", "不超过", "左右", "等于"}, "J": {"累计", "变化", "水平"}, "L": {"对", "改", "不是指标", "新增"},
	} {
		v := excelize.NewDataValidation(true)
		v.SetSqref(column + "2:" + column + strconv.Itoa(mostSheetRows))
		err = errors.Join(err, v.SetDropList(words), f.AddDataValidation(proofSheet, v))
	}
	return err
}

// ReadProofSheet reads an edited workbook; problems are rows that hold formulas.
func ReadProofSheet(data []byte) (rows []ProofRow, problems []string, err error) {
	if len(data) > largestSheet {
		return nil, nil, ErrNotProofSheet
	}
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: unzippedSheet, UnzipXMLSizeLimit: unzippedSheet})
	if err != nil {
		return nil, nil, ErrNotProofSheet
	}
	defer func() { _ = f.Close() }()
	if !measured(f) {
		return nil, nil, ErrNotProofSheet
	}
	shown, err := f.GetRows(proofSheet)
	if err != nil || len(shown) == 0 {
		return nil, nil, ErrNotProofSheet
	}
	raw, err := f.GetRows(proofSheet, excelize.Options{RawCellValue: true})
	if err != nil || !isHead(shown[0]) {
		return nil, nil, ErrNotProofSheet
	}
	for i := 1; i < len(shown); i++ {
		row := ProofRow{Line: i + 1, Cells: make([]string, len(ProofColumns))}
		for j := range row.Cells {
			row.Cells[j] = proofCell(j, at(shown[i], j), at(raw[i], j))
			if name, _ := excelize.CoordinatesToCellName(j+1, i+1); formula(f, name) {
				problems = append(problems, fmt.Sprintf("第%d行“%s”是公式，请改成数或文字", row.Line, ProofColumns[j]))
			}
		}
		if strings.Join(row.Cells, "") != "" {
			rows = append(rows, row)
		}
	}
	return rows, problems, nil
}

// measured reports whether the sheet is no larger than a workbook of ours can become: a few
// bytes can stand for a row of 16384 cells, which is found before the sheet is unfolded.
func measured(f *excelize.File) bool {
	rows, err := f.Rows(proofSheet)
	if err != nil {
		return false
	}
	defer func() { _ = rows.Close() }()
	lines, cells := 0, 0
	for rows.Next() {
		row, err := rows.Columns()
		lines, cells = lines+1, cells+len(row)
		if err != nil || lines > mostSheetRows || cells > mostSheetCells {
			return false
		}
	}
	return rows.Error() == nil
}

func formula(f *excelize.File, name string) bool {
	text, err := f.GetCellFormula(proofSheet, name)
	return err == nil && text != ""
}

func isHead(row []string) bool {
	for i, c := range ProofColumns {
		if strings.TrimSpace(at(row, i)) != c {
			return false
		}
	}
	return true
}

func at(row []string, i int) string {
	if i < len(row) {
		return row[i]
	}
	return ""
}

// proofCell is a cell as it was meant: spreadsheets make dates of 2018-06-30 and shorten
// long numbers.
func proofCell(column int, shown, raw string) string {
	shown, raw = strings.TrimSpace(shown), strings.TrimSpace(raw)
	if column == ColumnDeadline {
		if days, err := strconv.Atoi(raw); err == nil && days > firstDateCell && days < lastDateCell {
			return plan.NewDate(1899, 12, 30).AddDays(days).String()
		}
	}
	if strings.Contains(shown, "E+") {
		return raw
	}
	return shown
}
