package document_test

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"duban/report/document"
)

// sound checks what every text that was read keeps: valid characters, plain line ends, not
// much more than what went in.
func sound(t *testing.T, text document.Text, in int) {
	t.Helper()
	switch c := text.Content; {
	case strings.TrimSpace(c) == "" || !utf8.ValidString(c) || strings.Contains(c, "\r"):
		t.Errorf("content %q", c)
	case len(c) > 200*in+1000:
		t.Errorf("%d bytes came out of %d", len(c), in)
	}
}

func FuzzDocxBody(f *testing.F) {
	f.Add(para("", "政府工作报告")+item("1", "0", "甲")+item("1", "1", "乙"), lists, sheet)
	f.Add(`<w:tbl><w:tr><w:tc>`+para("", "甲")+`</w:tc></w:tr></w:tbl>`, "", "")
	f.Add(`<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>甲</w:t><w:br/></w:r></w:p><w:txbxContent>`, "<w:num", "<w:style")
	f.Fuzz(func(t *testing.T, body, numbering, styles string) {
		data := archive(t, map[string]string{"word/document.xml": docxHead + body + "</w:body></w:document>", "word/numbering.xml": numbering, "word/styles.xml": styles})
		if text, err := document.Read(t.Context(), "f", bytes.NewReader(data), document.Options{MaxBytes: 1 << 20}); err == nil {
			sound(t, text, len(body))
		}
	})
}

func FuzzHTML(f *testing.F) {
	f.Add(websitePage([]string{"甲", "一、乙，丙。"}))
	f.Add(tablePage([]string{"甲", "一、乙，丙。"}))
	f.Add("<p>甲<sup>1</sup><table><tr><td>乙<td><p>丙<pre>\n 丁")
	f.Fuzz(func(t *testing.T, page string) {
		if text, err := document.Read(t.Context(), "f", strings.NewReader("<html>"+page), document.Options{MaxBytes: 1 << 20}); err == nil {
			sound(t, text, len(page))
		}
	})
}
