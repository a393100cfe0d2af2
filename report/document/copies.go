package document

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
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
		return dropParagraphs(text)
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

// longParagraph is how many characters a paragraph needs to stand in two reports only if
// one is a copy of the other.
const longParagraph = 40

// dropParagraphs keeps one of several copies that have other lines before, between or after
// them, such as a cover or 第二份. What follows the first copy must hold no long paragraph
// that is not in it, or the beginning of one where it was cut off.
func dropParagraphs(text string) (one string, dropped int) {
	lines := strings.SplitAfter(text, "\n")
	marks := make([]string, len(lines))
	first, again := map[string]int{}, -1
	for i, line := range lines {
		marks[i] = bare(line)
		if utf8.RuneCountInString(marks[i]) < longParagraph {
			continue
		}
		j, seen := first[marks[i]]
		switch {
		case again < 0 && !seen:
			first[marks[i]] = i
		case again < 0:
			again, dropped = i, 1
			if j != firstLong(marks) {
				return text, 0
			}
		case seen && j == firstLong(marks):
			dropped++
		case !seen && !cutOff(marks[i], first, i == len(lines)-1):
			return text, 0
		}
	}
	if again < 0 {
		return text, 0
	}
	return strings.Join(lines[:startOfCopy(marks, again)], ""), dropped
}

// firstLong is the place of the first long paragraph.
func firstLong(marks []string) int {
	return slices.IndexFunc(marks, func(m string) bool { return utf8.RuneCountInString(m) >= longParagraph })
}

// cutOff reports whether the last paragraph of a text is the beginning of one seen before.
func cutOff(mark string, seen map[string]int, last bool) bool {
	for whole := range seen {
		if last && strings.HasPrefix(whole, mark) {
			return true
		}
	}
	return false
}

// startOfCopy goes back from the first long paragraph of the second copy to its title.
func startOfCopy(marks []string, again int) int {
	j := firstLong(marks)
	for i := again; j > 0; i, j = i-1, j-1 {
		for i > 0 && marks[i-1] == "" {
			i--
		}
		for j > 0 && marks[j-1] == "" {
			j--
		}
		if j == 0 || i == 0 || marks[i-1] != marks[j-1] {
			return i
		}
		again = i - 1
	}
	return again
}
