package document

import (
	"strings"
	"unicode"
)

// Copies shorter than minCopy characters are not looked for: short lines repeat for other
// reasons. A copy cut off counts from minRest characters on.
const (
	minCopy = 200
	minRest = 100
)

const (
	cutChar       = "\ufffd" // what is left of a character that was cut through
	byteOrderMark = "\ufeff" // byte-order mark
)

// dropCopies keeps one of several copies of the same report that stand one behind the other
// in a text. Copies may differ in blanks, line ends and lines of dashes between them; the
// last may be cut off. The work is linear: the smallest period of the characters that count
// is found from the longest border of each beginning (Knuth, Morris and Pratt, 1977).
func dropCopies(text string) (one string, dropped int) {
	signs := significant(text)
	if len(signs) < minCopy+minRest {
		return text, 0
	}
	length := period(signs)
	rest := len(signs) - length
	if length < minCopy || rest < minRest {
		return text, 0
	}
	one = strings.TrimSuffix(text[:endOfCopy(text, length)], lead(text))
	return strings.TrimRight(one, byteOrderMark), (len(signs) - 1) / length
}

// counts reports whether a character tells copies apart.
func counts(r rune) bool {
	switch r {
	case '-', '=', '*', '_', '#', '~', '—', '\ufeff', '\u200b':
		return false
	case '\n', ' ', '\u3000':
		return false
	}
	return !unicode.IsSpace(r)
}

// significant returns the characters of a text that tell copies apart.
func significant(text string) []rune {
	signs := make([]rune, 0, len(text)/3+1)
	for _, r := range text {
		if counts(r) {
			signs = append(signs, r)
		}
	}
	return signs
}

// bare is a text of nothing but its significant characters.
func bare(text string) string { return string(significant(text)) }

// period returns the smallest n such that every sign equals the one n before it.
func period(signs []rune) int {
	border := make([]int32, len(signs))
	k := int32(0)
	for i := 1; i < len(signs); i++ {
		for k > 0 && signs[i] != signs[k] {
			k = border[k-1]
		}
		if signs[i] == signs[k] {
			k++
		}
		border[i] = k
	}
	return len(signs) - int(k)
}

// endOfCopy is the position in text where the significant character after the first n
// stands.
func endOfCopy(text string, n int) int {
	for i, r := range text {
		if !counts(r) {
			continue
		}
		if n == 0 {
			return i
		}
		n--
	}
	return len(text)
}

// lead is what stands before the first significant character; it stands before every
// copy, and the next one's is not the first one's end.
func lead(text string) string {
	for i, r := range text {
		if counts(r) {
			return text[:i]
		}
	}
	return ""
}
