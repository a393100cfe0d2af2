package document

import (
	"strconv"
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
	for i := range pages {
		pages[i] = strings.Trim(pages[i], "\r\n")
	}
	numbers, heads := numberShift(pages), runningLines(pages)
	var lines []string
	for i, page := range pages {
		all := strings.Split(page, "\n")
		edges := edgesOf(all)
		for j, line := range all {
			text := strings.TrimSpace(line)
			residue := dashedNumber(text) || edges[j] && (heads[words(text)] && !titleOf(i, text, all) || plainNumber(text) == i+numbers)
			if !residue {
				lines = append(lines, line)
			}
		}
	}
	return rejoin(lines)
}

// edgesOf marks the first and the last lines of a page, page numbers not counted.
func edgesOf(lines []string) []bool {
	const deep = 2
	edges := make([]bool, len(lines))
	mark := func(n, step int) {
		for left := deep; left > 0 && n >= 0 && n < len(lines); n += step {
			text := strings.TrimSpace(lines[n])
			edges[n] = true
			if text != "" && !dashedNumber(text) && plainNumber(text) < 0 {
				left--
			}
		}
	}
	mark(0, 1)
	mark(len(lines)-1, -1)
	return edges
}

// runningLines are the lines at the edges that many pages share, numbers left out; left and
// right pages may have a head of their own.
func runningLines(pages []string) map[string]bool {
	const fewest = 3
	counts := map[string]int{}
	for _, page := range pages {
		lines := strings.Split(page, "\n")
		for i, edge := range edgesOf(lines) {
			if text := words(lines[i]); edge && text != "" {
				counts[text]++
			}
		}
	}
	heads := map[string]bool{}
	for line, n := range counts {
		heads[line] = len(pages) >= fewest && n*5 > len(pages)*2
	}
	return heads
}

// titleOf reports whether a line that other pages have as their head is the report's title
// here: the first page says it only once.
func titleOf(page int, text string, lines []string) bool {
	if page > 0 || !strings.HasSuffix(text, "报告") {
		return false
	}
	n := 0
	for _, line := range lines {
		if words(line) == words(text) {
			n++
		}
	}
	return n == 1
}

const (
	plainDigits = "0123456789０１２３４５６７８９"
	pageMarks   = plainDigits + "-—－–―·•|/ 　第页共,，"
)

// words is a line of a page's edge without its page number.
func words(line string) string { return strings.Trim(line, pageMarks+"\t\r") }

// dashedNumber reports whether a line is only a page's number with its signs: - 3 -,
// 第3页 共20页, 3/20.
func dashedNumber(line string) bool {
	const longest = 40 // bytes
	return len(line) <= longest && words(line) == "" && strings.ContainsAny(line, plainDigits) &&
		(strings.ContainsAny(line, "第页/") || strings.Trim(line, plainDigits+" 　") != "" && strings.IndexAny(line, plainDigits) > 0)
}

// plainNumber is the value of a line that is nothing but a short number, else -1.
func plainNumber(line string) int {
	const longest = 4
	if n, err := strconv.Atoi(line); err == nil && len(line) <= longest && line[0] != '+' && line[0] != '-' {
		return n
	}
	return -1
}

// numberShift is by how much plain page numbers are more than the page's place, as most
// pages have it; 1 where they have none.
func numberShift(pages []string) int {
	counts := map[int]int{}
	best := 1
	for i, page := range pages {
		lines := strings.Split(page, "\n")
		for j, edge := range edgesOf(lines) {
			n := plainNumber(strings.TrimSpace(lines[j]))
			if !edge || n < 0 {
				continue
			}
			if counts[n-i]++; counts[n-i] > counts[best] {
				best = n - i
			}
		}
	}
	return best
}
