package ask

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
)

// longestQuestion is how many characters of a message are read; what follows (a pasted
// report, a flood) cannot make a question clearer.
const longestQuestion = 200

//go:embed traditional.txt
var traditionalText string

// simplified maps traditional characters to simplified ones.
var simplified = sync.OnceValue(func() map[rune]rune {
	table := make(map[rune]rune, 2600)
	for line := range strings.Lines(traditionalText) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for _, group := range strings.Fields(line) {
			forms := []rune(group)
			for _, old := range forms[1:] {
				table[old] = forms[0]
			}
		}
	}
	return table
})

// normalize brings a text to the form that is compared: half width, simplified, lower
// case; everything but letters and digits becomes one space, save a point inside a
// number and a percent sign after one; a dot inside a name and brackets
// are left out. Characters beyond limit are dropped (0: no limit).
func normalize(text string, limit int) string {
	var b strings.Builder
	b.Grow(len(text))
	table, read := simplified(), 0
	previous, pending := ' ', rune(0)
	for _, r := range text {
		if read++; limit > 0 && read > limit {
			break
		}
		r = fold(r, table)
		if strings.ContainsRune("·・•‧()", r) {
			continue
		}
		if r == '.' && isDigit(previous) {
			pending = r
			continue
		}
		if pending != 0 && isDigit(r) {
			b.WriteRune(pending)
		}
		pending = 0
		if !counts(r, previous) {
			r = ' '
		}
		if r != ' ' || previous != ' ' {
			b.WriteRune(r)
		}
		previous = r
	}
	return strings.TrimSpace(b.String())
}

func fold(r rune, table map[rune]rune) rune {
	switch {
	case r >= '！' && r <= '～':
		r -= '！' - '!'
	case r < 0x80:
	default:
		if s, ok := table[r]; ok {
			return s
		}
	}
	return unicode.ToLower(r)
}

func counts(r, previous rune) bool {
	return isHan(r) || isDigit(r) || r >= 'a' && r <= 'z' || r == '%' && isDigit(previous) ||
		r > 0x80 && unicode.IsLetter(r)
}

// cutMark stands in a question where words of period, place or rank were taken out; a
// blank is a break that the asker made.
const cutMark = "\t"

func isGap(r rune) bool { return r == ' ' || r == '\t' }

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func isHan(r rune) bool {
	return r >= 0x4e00 && r <= 0x9fff || r >= 0x3400 && r <= 0x4dbf || r == '〇'
}
