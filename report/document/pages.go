package document

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// cleanPDF drops what the engine leaves between characters: marks of soft hyphens, control
// characters, halves of surrogates. Some programs write a radical (⼀, U+2F00) where the
// character of the same shape (一) is meant; such are exchanged.
func cleanPDF(raw string) string {
	raw = strings.ReplaceAll(normalizeLines(raw), "\u00a0", " ")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\f', r == '\t':
			return r
		case unicode.IsControl(r), r == '\ufffe', r == '\uffff', r == '\u00ad', r == '\u200b', r == '\ufeff':
			return -1
		case r >= 0x2E80 && r <= 0x2FDF, r >= 0xF900 && r <= 0xFAFF:
			return same(r)
		}
		return r
	}, raw)
}

// same is the character that a radical or a compatibility form stands for.
func same(r rune) rune {
	if out := []rune(norm.NFKC.String(string(r))); len(out) == 1 {
		return out[0]
	}
	return r
}

// joinPages drops page numbers and running heads and joins wrapped lines, also over the
// edge of a page.
func joinPages(pages []string) string {
	heads := runningLines(pages)
	var lines []string
	for _, page := range pages {
		for line := range strings.SplitSeq(page, "\n") {
			if t := strings.TrimSpace(line); t == "" || pageNumber(t) || heads[t] {
				continue
			}
			lines = append(lines, line)
		}
	}
	return rejoin(lines)
}

// runningLines are the first and last lines that most pages share.
func runningLines(pages []string) map[string]bool {
	counts := map[string]int{}
	for _, page := range pages {
		lines := strings.FieldsFunc(page, func(r rune) bool { return r == '\n' })
		for i, line := range lines {
			if i == 0 || i == len(lines)-1 {
				counts[strings.TrimSpace(line)]++
			}
		}
	}
	heads := map[string]bool{}
	for line, n := range counts {
		heads[line] = len(pages) >= 3 && n*2 > len(pages)
	}
	return heads
}

const (
	plainDigits = "0123456789０１２３４５６７８９"
	pageMarks   = plainDigits + "-—－–―·•|/ 　第页共,，"
)

// pageNumber reports whether a line is only a page's number: - 3 -, 第3页 共20页, 3/20.
func pageNumber(line string) bool {
	const longest = 40 // bytes
	return line != "" && len(line) <= longest && strings.Trim(line, pageMarks) == "" && strings.ContainsAny(line, plainDigits)
}
