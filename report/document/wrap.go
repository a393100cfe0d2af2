package document

import (
	"strings"
	"unicode/utf8"
)

// hardWrapped reports whether a text was broken into lines of one width: most lines are
// nearly as long as the longest, and most of those stop inside a sentence.
func hardWrapped(s string) bool {
	lines, longest := 0, 0
	for line := range strings.Lines(s) {
		if n := width(line); n > 0 {
			lines, longest = lines+1, max(longest, n)
		}
	}
	if lines < 20 || longest > 160 || longest < 20 {
		return false
	}
	full, broken := 0, 0
	for line := range strings.Lines(s) {
		if width(line)*10 < longest*8 {
			continue
		}
		full++
		if !endsSentence(line) {
			broken++
		}
	}
	return full*2 > lines && broken*10 > full*7
}

// width counts columns: two for a wide character.
func width(line string) int {
	n := 0
	for _, r := range strings.TrimRight(line, "\r\n \t　") {
		if isWide(r) {
			n++
		}
		n++
	}
	return n
}

// isWide reports whether a character takes two columns: Han and its punctuation.
func isWide(r rune) bool { return r >= 0x2E80 }

func endsSentence(line string) bool {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(line, "\r\n \t　"))
	return strings.ContainsRune("。！？；：:;!?”）)", r)
}

// rejoin makes paragraphs of wrapped lines: a line that fills the page and does not end a
// sentence goes on in the next, unless that one starts a paragraph.
func rejoin(lines []string) string {
	full := fullWidth(lines)
	var out strings.Builder
	open := false
	for _, line := range lines {
		text := strings.TrimRight(line, " \t　\r")
		if strings.TrimSpace(text) == "" {
			continue
		}
		if out.Len() > 0 {
			if open && !startsParagraph(text) {
				if r, _ := utf8.DecodeLastRuneInString(out.String()); r < 0x80 && r != '\n' && text[0] < 0x80 && text[0] != ' ' && !digits(r, text) {
					out.WriteByte(' ')
				}
				text = strings.TrimLeft(text, " \t　")
			} else {
				out.WriteByte('\n')
			}
		}
		out.WriteString(strings.TrimRight(text, " "))
		open = width(line)*100 >= full*85 && !endsParagraph(line)
	}
	return out.String()
}

// digits reports whether a number was broken in two.
func digits(last rune, next string) bool {
	return last >= '0' && last <= '9' && next[0] >= '0' && next[0] <= '9'
}

// fullWidth is the width that a tenth of the lines reach: the measure of the page.
func fullWidth(lines []string) int {
	var counts [512]int
	total := 0
	for _, line := range lines {
		if w := width(line); w > 0 {
			counts[min(w, len(counts)-1)]++
			total++
		}
	}
	seen := 0
	for w := len(counts) - 1; w > 0; w-- {
		if seen += counts[w]; seen*10 >= total {
			return w
		}
	}
	return 0
}

func endsParagraph(line string) bool {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(line, " \t　\r\n"))
	return strings.ContainsRune("。！？", r)
}

// startsParagraph reports whether a line is indented or begins with a number of the
// outline.
func startsParagraph(text string) bool {
	if strings.HasPrefix(text, "　　") || strings.HasPrefix(text, "    ") || strings.HasPrefix(text, "——") {
		return true
	}
	t := strings.TrimLeft(text, " \t　")
	r, size := utf8.DecodeRuneInString(t)
	switch {
	case r >= '①' && r <= '⑳':
		return true
	case r == '(' || r == '（':
		rest := t[size:]
		end := strings.IndexAny(rest, ")）")
		return end > 0 && end <= 9 && strings.Trim(rest[:end], "一二三四五六七八九十0123456789") == ""
	case strings.ContainsRune("一二三四五六七八九十", r):
		rest := strings.TrimLeft(t, "一二三四五六七八九十")
		return strings.HasPrefix(rest, "、") || strings.HasPrefix(rest, "是") && size == len("一")
	case r >= '1' && r <= '9':
		rest := strings.TrimLeft(t, "0123456789")
		return strings.HasPrefix(rest, "、") || strings.HasPrefix(rest, "．") || strings.HasPrefix(rest, ".") && len(rest) > 1 && (rest[1] < '0' || rest[1] > '9')
	case r == '第':
		rest := strings.TrimLeft(t[size:], "一二三四五六七八九十")
		return strings.HasPrefix(rest, "部分") || strings.HasPrefix(rest, "，")
	}
	return false
}
