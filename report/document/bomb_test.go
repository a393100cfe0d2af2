package document_test

import (
	"bytes"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"duban/report/document"
)

// sheetFile is a workbook whose first sheet holds what is given.
func sheetFile(t testing.TB, inside string) []byte {
	t.Helper()
	const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	return archive(t, map[string]string{
		"[Content_Types].xml":        `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`,
		"_rels/.rels":                `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml":            `<workbook xmlns="` + main + `" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml":   `<worksheet xmlns="` + main + `">` + inside + `</worksheet>`,
	})
}

// repeated writes n things that know their number.
func repeated(n int, format string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i+1)
	}
	return b.String()
}

// frugal runs f and reports what it took: seconds and megabytes that were allocated.
func frugal(t *testing.T, name string, f func() error) error {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	began := time.Now()
	err := f()
	runtime.ReadMemStats(&after)
	if took, mb := time.Since(began), (after.TotalAlloc-before.TotalAlloc)>>20; took > 20*time.Second || mb > 1500 {
		t.Errorf("%s took %v and %d MB", name, took, mb)
	}
	return err
}

// TestSheetBombs: small files that unfold to large tables are refused before they unfold.
func TestSheetBombs(t *testing.T) {
	wide := `<row r="%[1]d"><c r="XFD%[1]d"><v>1</v></c></row>`
	for name, inside := range map[string]string{
		"wide rows":       "<sheetData>" + repeated(3000, wide) + "</sheetData>",
		"a row far below": `<sheetData><row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>`,
		"many cells":      "<sheetData>" + repeated(17_000, `<row r="%[1]d"><c r="DZ%[1]d"><v>1</v></c></row>`) + "</sheetData>",
	} {
		data := sheetFile(t, inside)
		err := frugal(t, name, func() error {
			_, err := document.ReadSheet("-", bytes.NewReader(data), document.Options{})
			return err
		})
		if !errors.Is(err, document.ErrTooLarge) {
			t.Errorf("%s (%d KB): %v", name, len(data)>>10, err)
		}
	}
}

// TestMergedRangesAreBounded: many large ranges over a long table are not all filled.
func TestMergedRangesAreBounded(t *testing.T) {
	rows := repeated(20_000, `<row r="%[1]d"><c r="A%[1]d"><v>1</v></c></row>`)
	data := sheetFile(t, "<sheetData>"+rows+"</sheetData><mergeCells>"+repeated(2000, `<mergeCell ref="A%d:AZ1048576"/>`)+"</mergeCells>")
	err := frugal(t, "merged ranges", func() error {
		list, err := document.ReadSheet("-", bytes.NewReader(data), document.Options{})
		if len(list) != 20_000 {
			t.Errorf("%d rows", len(list))
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// TestDocumentBombs: what is small in a file stays small, or is refused.
func TestDocumentBombs(t *testing.T) {
	lol := `<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">` + repeated(9, `<!ENTITY a%d "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">`) + `<!ENTITY x SYSTEM "file:///etc/hostname">]>`
	_, root, _ := strings.Cut(docxHead, "?>")
	text := `<w:p><w:r><w:t>政府工作报告&a9;&x;</w:t></w:r></w:p></w:body></w:document>`
	for name, body := range map[string]string{
		"entities":          lol + root + text,
		"nested paragraphs": docxHead + strings.Repeat("<w:p>", 200_000) + para("", "甲"),
		"nested tables":     docxHead + strings.Repeat("<w:tbl><w:tr><w:tc>", 50_000) + para("", "甲"),
		"nested boxes":      docxHead + strings.Repeat("<w:p><w:r><w:txbxContent>", 50_000) + para("", "甲"),
	} {
		data := archive(t, map[string]string{"word/document.xml": body})
		var got document.Text
		err := frugal(t, name, func() (err error) {
			got, err = document.Read(t.Context(), "报告.docx", bytes.NewReader(data), document.Options{})
			return err
		})
		if err == nil && len(got.Content) > len(body) || strings.Contains(got.Content, "哈") {
			t.Errorf("%s: %d bytes of text: %.100q", name, len(got.Content), got.Content)
		}
	}
	for name, page := range map[string]string{
		"nested elements": "<html>" + strings.Repeat("<div>", 500_000) + "政府工作报告",
		"nested tables":   "<html>" + strings.Repeat("<table><tr><td>", 100_000) + "政府工作报告",
		"attributes":      "<html><p " + repeated(300_000, "a%d=1 ") + ">政府工作报告",
	} {
		_ = frugal(t, "page with "+name, func() error {
			_, err := document.Read(t.Context(), "f", strings.NewReader(page), document.Options{})
			return err
		})
	}
}
