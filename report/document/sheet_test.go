package document_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
	utf16enc "golang.org/x/text/encoding/unicode"

	"duban/report/document"
)

func workbook(t *testing.T, data string) []document.Row {
	t.Helper()
	rows, err := document.ReadSheet("-", strings.NewReader(data), document.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestSheetsOfText(t *testing.T) {
	t.Parallel()
	want := []document.Row{{Line: 1, Cells: []string{"编号", "数值"}}, {Line: 3, Cells: []string{"3.6", "1,476"}}}
	plain := "编号,数值\n,\n 3.6 ,\"1,476\"\n"
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(plain)
	if err != nil {
		t.Fatal(err)
	}
	wide, err := utf16enc.UTF16(utf16enc.LittleEndian, utf16enc.UseBOM).NewEncoder().String(plain)
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string]string{
		"UTF-8": plain, "mark": "\ufeff" + plain, "GB18030": gb, "UTF-16": wide, "DOS": strings.ReplaceAll(plain, "\n", "\r\n"),
		"tabs": "编号\t数值\n\t\n3.6\t1,476\n", "semicolons": "编号;数值\n;\n3.6;1,476", "formulas": "编号,数值\n,\n'3.6,\"1,476\"",
	} {
		if name == "formulas" {
			if got := workbook(t, "a\n'=cmd\n'3\n'-5"); !cmp.Equal(got[1:], []document.Row{{2, []string{"=cmd"}}, {3, []string{"'3"}}, {4, []string{"-5"}}}) {
				t.Errorf("formulas: %v", got)
			}
			continue
		}
		if diff := cmp.Diff(want, workbook(t, data)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	if got := workbook(t, "a,b\n\"first\nsecond\",x\nlast,y\n"); got[2].Line != 4 {
		t.Errorf("lines are counted wrongly: %v", got)
	}
}

func TestWorkbooks(t *testing.T) {
	t.Parallel()
	f := excelize.NewFile()
	percent, _ := f.NewStyle(&excelize.Style{NumFmt: 10})
	custom := "yyyy\"年\"m\"月\"d\"日\""
	day, _ := f.NewStyle(&excelize.Style{CustomNumFmt: &custom})
	for at, value := range map[string]any{
		"A1": "标题", "A3": "单位", "B3": "数", "A4": "市民政局", "B4": 1476, "B5": 0.1 + 0.2, "C4": 0.9725, "C5": time.Date(2017, 7, 31, 0, 0, 0, 0, time.UTC),
		"D4": "007", "D5": true, "E4": 80000000.5,
	} {
		if err := f.SetCellValue("Sheet1", at, value); err != nil {
			t.Fatal(err)
		}
	}
	for at, style := range map[string]int{"C4": percent, "C5": day} {
		if err := f.SetCellStyle("Sheet1", at, at, style); err != nil {
			t.Fatal(err)
		}
	}
	for _, m := range [][2]string{{"A1", "D1"}, {"A4", "A5"}} {
		if err := f.MergeCell("Sheet1", m[0], m[1]); err != nil {
			t.Fatal(err)
		}
	}
	var data bytes.Buffer
	if err := f.Write(&data); err != nil {
		t.Fatal(err)
	}
	want := []document.Row{
		{1, []string{"标题", "标题", "标题", "标题"}},
		{3, []string{"单位", "数"}},
		{4, []string{"市民政局", "1476", "97.25%", "007", "80000000.5"}},
		{5, []string{"市民政局", "0.3", "2017-07-31", "TRUE"}},
	}
	if diff := cmp.Diff(want, workbook(t, data.String())); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestSheetErrors(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		data string
		want error
	}{
		"empty":   {"\n \n", document.ErrEmpty},
		"binary":  {strings.Repeat("\x00\x01\xff", 100), document.ErrNotSheet},
		"pdf":     {"%PDF-1.4\n", document.ErrNotSheet},
		"old":     {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 600), document.ErrOldFormat},
		"cut zip": {"PK\x03\x04" + strings.Repeat("x", 100), document.ErrBroken},
		"large":   {strings.Repeat("a,b\n", 1000), document.ErrTooLarge},
	} {
		_, err := document.ReadSheet("-", strings.NewReader(c.data), document.Options{MaxBytes: 2000})
		if !errors.Is(err, c.want) || !strings.HasPrefix(err.Error(), "标准输入 ") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
