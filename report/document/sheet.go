package document

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	fullwidth "golang.org/x/text/width"
)

// ErrNotSheet occurs where a file is neither a workbook nor a table of text.
var ErrNotSheet = errors.New("document: neither a workbook nor a table")

// Row is one row of a table that people filled in.
type Row struct {
	Line  int      // in the file, from 1
	Cells []string // without blanks around them
}

// maxRows is how many rows of a table are read.
const maxRows = 200_000

// ReadSheet reads the first sheet of a workbook (.xlsx), or a table of text parted by
// commas, semicolons or tabs, in UTF-8, UTF-16 or GB18030. Rows without any text are left
// out. A quote that keeps a cell from being read as a formula is taken off. path, stdin and
// errors are as in ReadFile.
func ReadSheet(path string, stdin io.Reader, opts Options) ([]Row, error) {
	name, data, err := readBytes(path, stdin, opts)
	if err != nil {
		return nil, err
	}
	switch sniff(data) {
	case zipFile:
		return readWorkbook(name, data, opts.limit())
	case textFile:
		text, err := readPlain(name, data)
		if err != nil {
			return nil, saying(name, "不是表格；支持 .csv 和 .xlsx", ErrNotSheet, err)
		}
		return readCSV(name, text)
	case oleFile:
		return nil, saying(name, "是旧版 Excel 或加了密的文件；请另存为 .xlsx 再试", ErrOldFormat, nil)
	}
	return nil, saying(name, "不是表格；支持 .csv 和 .xlsx", ErrNotSheet, nil)
}

func readCSV(name, text string) ([]Row, error) {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes = comma(text), -1, true
	var rows []Row
	for {
		record, err := r.Read()
		switch {
		case errors.Is(err, io.EOF):
			return rows, nil
		case err != nil:
			return nil, saying(name, "不是完整的 CSV；请检查引号，或另存为 .xlsx 再试", ErrBroken, err)
		case len(rows) == maxRows:
			return nil, saying(name, "行数太多；请拆成几份", ErrTooLarge, nil)
		}
		line, _ := r.FieldPos(0)
		rows = appendRow(rows, line, record)
	}
}

// comma finds what parts the cells of the first line that is not blank.
func comma(text string) rune {
	first, _, _ := strings.Cut(strings.TrimLeft(text, "\n \t"), "\n")
	best := ','
	for _, c := range ";\t" {
		if strings.Count(first, string(c)) > strings.Count(first, string(best)) {
			best = c
		}
	}
	return best
}

func appendRow(rows []Row, line int, cells []string) []Row {
	row := Row{Line: line, Cells: make([]string, len(cells))}
	blank := true
	for i, c := range cells {
		row.Cells[i] = plainCell(c)
		blank = blank && row.Cells[i] == ""
	}
	if blank {
		return rows
	}
	return append(rows, row)
}

// plainCell trims a cell and takes off the quote in front of a formula's sign.
func plainCell(c string) string {
	c = strings.TrimSpace(strings.Trim(c, "\ufeff"))
	if rest, ok := strings.CutPrefix(c, "'"); ok {
		rest = strings.TrimSpace(rest)
		if first, _ := utf8.DecodeRuneInString(rest); strings.ContainsRune("=+-@＝＋－＠", first) {
			return rest
		}
	}
	return c
}

// Narrow turns full-width letters, digits and marks into plain ones, for headers, codes and
// dates.
func Narrow(s string) string { return fullwidth.Fold.String(strings.TrimSpace(s)) }

// readBytes reads a file, or stdin for "-", with the errors of ReadFile.
func readBytes(path string, stdin io.Reader, opts Options) (name string, data []byte, err error) {
	name, f, err := opts.openSource(path, stdin)
	if err != nil {
		return name, nil, err
	}
	defer func() { _ = f.Close() }()
	data, err = io.ReadAll(io.LimitReader(f, opts.limit()+1))
	switch {
	case err != nil:
		return name, nil, trouble(name, ErrUnreadable, err)
	case int64(len(data)) > opts.limit():
		return name, nil, tooLarge(name, opts.limit())
	case len(bytes.TrimSpace(data)) == 0:
		return name, nil, saying(name, "是空的；请换一份有内容的表格", ErrEmpty, nil)
	}
	return name, data, nil
}
