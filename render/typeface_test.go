package render

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"duban/report"
	"duban/report/builtin"
)

// Every character of GB2312, and every one of the built-in report, has a glyph.
func TestTypefaceHasCharacters(t *testing.T) {
	t.Parallel()
	p := newPen(smallSize)
	for row := byte(0xB0); row <= 0xF7; row++ {
		for column := byte(0xA1); column <= 0xFE; column++ {
			text, err := simplifiedchinese.GBK.NewDecoder().Bytes([]byte{row, column})
			if r := []rune(string(text)); err == nil && r[0] >= 0x4E00 && r[0] <= 0x9FFF && !p.has(r[0]) {
				t.Errorf("no glyph for %q", r[0])
			}
		}
	}
	for _, r := range builtin.Text() {
		if r > ' ' && !p.has(r) && r != '\u3000' {
			t.Errorf("no glyph for %q of the report", r)
		}
	}
	for l := rune(0x4E00); l <= 0x9FA5; l++ {
		if !p.has(l) {
			t.Fatalf("no glyph for %q", l)
		}
	}
}

func TestFontLicence(t *testing.T) {
	t.Parallel()
	for _, words := range []string{"SIL OPEN FONT LICENSE Version 1.1", "Adobe", "Noto Sans CJK SC"} {
		if !strings.Contains(FontLicence(), words) {
			t.Errorf("the licence of the font lacks %q", words)
		}
	}
	if n := len(fontFile); n > 8<<20 {
		t.Errorf("the font has %d bytes", n)
	}
}

// What messages call items and lights can be drawn whole.
func TestNamesAreDrawnWhole(t *testing.T) {
	t.Parallel()
	p, err := report.Parse(builtin.Text(), report.Options{})
	if err != nil {
		t.Fatal(err)
	}
	w := newPen(nameSize)
	for i := range p.Commitments {
		c := &p.Commitments[i]
		for j := range c.Targets {
			for _, s := range []string{c.Title, c.Targets[j].Metric, c.Targets[j].Say(c.Targets[j].Value)} {
				if _, whole := w.legible(s); !whole {
					t.Errorf("%q is not drawn whole", s)
				}
			}
		}
	}
	for _, l := range lightOrder {
		if _, whole := w.legible(l.Word()); !whole {
			t.Errorf("%q is not drawn whole", l.Word())
		}
	}
	if shown, whole := w.legible("🔴红灯\ufe0f"); whole || shown != "〓红灯" {
		t.Errorf("a mark became %q", shown)
	}
}
