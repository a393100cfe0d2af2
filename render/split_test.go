package render

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestSplit(t *testing.T) {
	t.Parallel()
	buttons := [][]Button{{{Text: "看", Action: "l::0"}}}
	long := strings.Repeat("第一段的话。", 400) // 2,400 characters
	for _, c := range []struct {
		name  string
		in    Message
		parts []int // units of each
	}{
		{"empty", Message{Text: " \n", Buttons: buttons}, nil},
		{"short", Message{Text: "短", Buttons: buttons}, []int{1}},
		{"just fits", Message{Text: strings.Repeat("长", 4096)}, []int{4096}},
		{"fits but for the line end", Message{Text: strings.Repeat("长", 4096) + "\n", Buttons: buttons}, []int{4096}},
		{"paragraphs", Message{Text: long + "\n\n" + long, Buttons: buttons}, []int{2400, 2400}},
		{"pairs", Message{Text: strings.Repeat("😀", 3000)}, []int{4096, 1904}},
		{"an address", Message{Text: strings.Repeat("长", 4090) + "https://example.com/a"}, []int{4090, 21}},
		{"a family", Message{Text: strings.Repeat("长", 4093) + "👨\u200d👩\u200d👧"}, []int{4093, 8}},
		{"caption fits", Message{Text: strings.Repeat("图", 1024), Photo: &File{}}, []int{1024}},
		{"caption too long", Message{Text: "标题\n" + strings.Repeat("图", 1100), Document: &File{}, Buttons: buttons}, []int{2, 1100}},
	} {
		parts := Split(c.in)
		if len(parts) != len(c.parts) {
			t.Errorf("%s: %d parts, want %d", c.name, len(parts), len(c.parts))
			continue
		}
		for i := range parts {
			if got := units(parts[i].Text); got != c.parts[i] {
				t.Errorf("%s: part %d has %d units, want %d", c.name, i, got, c.parts[i])
			}
			if last := i == len(parts)-1; (len(parts[i].Buttons) > 0) != (last && len(c.in.Buttons) > 0) {
				t.Errorf("%s: buttons of part %d: %v", c.name, i, parts[i].Buttons)
			}
		}
	}
}

// TestSplitLosesNothing: all parts fit, hold something, and together hold every letter.
func TestSplitLosesNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		piece := rapid.SampledFrom([]string{"字", "a", "9", " ", "\n", "\n\n", "。", "😀", "e\u0301", "👍🏽", "https://x.cn/y", strings.Repeat("长", 700)})
		text := strings.Join(rapid.SliceOfN(piece, 1, 60).Draw(t, "pieces"), "")
		var got strings.Builder
		for _, p := range Split(Message{Text: text}) {
			if n := units(p.Text); n == 0 || n > 4096 || !utf8.ValidString(p.Text) || strings.TrimSpace(p.Text) == "" {
				t.Fatalf("a part of %d units", n)
			}
			got.WriteString(p.Text)
		}
		bare := func(s string) string { return strings.Join(strings.Fields(s), "") }
		if bare(got.String()) != bare(text) {
			t.Fatalf("%q became %q", text, got.String())
		}
		if folded := Fold([]Message{{Text: text}, {Text: text}}); len(folded) != 1 || units(folded[0].Text) > 4096 {
			t.Fatal("folded to more than one message")
		}
	})
}
