package document_test

import (
	"bytes"
	"context"
	"testing"
	"unicode/utf8"

	"duban/report/document"
)

// FuzzSheet reads any bytes as a table: every cell is text, every row has one.
func FuzzSheet(f *testing.F) {
	for _, s := range []string{"编号,数值\n3.6,\"1,476\"\n", "a;b\n'=1;\"x", "a\tb\n\"", "\ufeffcode\n", "PK\x03\x04", "\xff\xfea\x00,\x00"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) { tabular(t, data) })
}

// FuzzWorkbook reads any cells of a workbook.
func FuzzWorkbook(f *testing.F) {
	f.Add(`<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData><mergeCells><mergeCell ref="A1:C9"/></mergeCells>`)
	f.Add(`<sheetData><row r="2"><c r="B2" t="inlineStr"><is><t>甲</t></is></c><c r="A1" t="s"><v>-5</v></c></row></sheetData>`)
	f.Add(`<sheetData><row r="1048577"><c r="XFE0"><f>1+1</f><v>1e999</v></c></row></sheetData><mergeCells><mergeCell ref=":"/></mergeCells>`)
	f.Fuzz(func(t *testing.T, inside string) { tabular(t, sheetFile(t, inside)) })
}

func tabular(t *testing.T, data []byte) {
	t.Helper()
	rows, err := document.ReadSheet("-", bytes.NewReader(data), document.Options{MaxBytes: 1 << 20})
	if err != nil {
		return
	}
	for _, row := range rows {
		text := 0
		for _, c := range row.Cells {
			if !utf8.ValidString(c) {
				t.Errorf("line %d: %q", row.Line, c)
			}
			text += len(c)
		}
		if text == 0 || row.Line < 1 {
			t.Errorf("an empty row %+v", row)
		}
	}
}

// FuzzPDFText takes anything for the text of a PDF file's pages.
func FuzzPDFText(f *testing.F) {
	f.Add("政府工作报告\n一、回顾\n- 1 -\f第二页\n新增床位50张。\n- 2 -")
	f.Add("\f\f\f1\f2\f")
	f.Fuzz(func(t *testing.T, pages string) {
		read := func(context.Context, []byte) (string, error) { return pages, nil }
		if text, err := document.Read(t.Context(), "f", bytes.NewReader([]byte("%PDF-1.4\n")), document.Options{PDF: read}); err == nil {
			sound(t, text, len(pages))
		}
	})
}
