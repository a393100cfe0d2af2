package document

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// unwrapped joins the lines of a text that was broken into lines of one width, also where
// each line has become a paragraph of a document, and drops the residue of pages there.
func unwrapped(content string) string {
	if !hardWrapped(content) {
		return content
	}
	if strings.Count(content, "\f") > maxPages {
		content = strings.ReplaceAll(content, "\f", "\n")
	}
	return joinPages(strings.Split(content, "\f"))
}

// hardWrapped reports whether a text was broken into lines of one width: most lines are
// nearly as long as the longest, and most of those stop inside a sentence.
func hardWrapped(s string) bool {
	lines := slices.DeleteFunc(strings.Split(strings.ReplaceAll(s, "\f", "\n"), "\n"), func(line string) bool { return width(line) == 0 })
	longest := tenth(lines, width)
	if len(lines) < 20 || longest > 160 || longest < 20 {
		return false
	}
	full, broken := 0, 0
	for _, line := range lines {
		if width(line)*10 < longest*8 {
			continue
		}
		full++
		if !endsSentence(line) {
			broken++
		}
	}
	return full*2 > len(lines) && broken*10 > full*7
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

// wraps is how the lines of a text were broken.
type wraps struct {
	columns  int  // of a line that fills the page
	chars    int  // of such a line, where they are counted
	indented bool // paragraphs begin with blanks, so that a line without them goes on
	spaced   bool // blank lines part paragraphs
}

func wrapsOf(lines []string) wraps {
	w := wraps{columns: tenth(lines, width), chars: tenth(lines, charsIn)}
	starts, flush, blank := 0, 0, 0
	for _, line := range lines {
		switch {
		case strings.TrimSpace(line) == "":
			blank++
		case indented(line):
			starts++
		case w.fills(line):
			flush++
		}
	}
	w.indented = starts >= 3 && flush >= 3
	full := len(lines) - blank
	w.spaced = blank*12 >= full && blank*2 <= full
	return w
}

// marked reports whether the text shows where paragraphs begin.
func (w wraps) marked() bool { return w.indented || w.spaced }

// fills reports whether a line reaches the edge of the page, as programs measure it.
func (w wraps) fills(line string) bool {
	return width(line)*100 >= w.columns*85 || charsIn(line) >= w.chars
}

// goesOn reports whether the sentence or the paragraph of a line may go on in the next.
func (w wraps) goesOn(line string) bool {
	return w.fills(line) && (w.marked() || !endsParagraph(line))
}

// begins reports whether a line begins a paragraph although the one before it, which ended
// a sentence or not, may go on.
func (w wraps) begins(line string, afterSentence bool) bool {
	if w.marked() {
		return indented(line) || afterSentence && startsHeading(line)
	}
	return indented(line) || startsHeading(line) || startsItem(line)
}

// rejoin makes paragraphs of wrapped lines: a line that fills the page goes on in the next,
// unless that one begins a paragraph.
func rejoin(lines []string) string {
	w := wrapsOf(lines)
	var out strings.Builder
	open, sentence := false, false
	for _, line := range lines {
		text := strings.TrimRight(line, " \t　\r")
		switch {
		case strings.TrimSpace(text) == "":
			open = open && !w.spaced
			continue
		case open && !w.begins(text, sentence):
			text = strings.TrimLeft(text, " \t　")
			out.WriteString(between(out.String(), text))
		case out.Len() > 0:
			out.WriteByte('\n')
		}
		out.WriteString(text)
		open, sentence = w.goesOn(line), endsParagraph(line)
	}
	return out.String()
}

// between is what stands between two lines that are joined: a blank between two Latin
// words, else nothing.
func between(before, next string) string {
	if letter(before[len(before)-1]) && letter(next[0]) {
		return " "
	}
	return ""
}

func letter(b byte) bool { return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' }

// tenth is the measure that a tenth of the lines reach: that of the page.
func tenth(lines []string, measure func(string) int) int {
	var counts [512]int
	total := 0
	for _, line := range lines {
		if n := measure(line); n > 0 {
			counts[min(n, len(counts)-1)]++
			total++
		}
	}
	seen := 0
	for n := len(counts) - 1; n > 0; n-- {
		if seen += counts[n]; seen*10 >= total {
			return n
		}
	}
	return 0
}

// charsIn counts the characters of a line without blanks at its end.
func charsIn(line string) int {
	return utf8.RuneCountInString(strings.TrimRight(line, "\r\n \t　"))
}

func endsParagraph(line string) bool {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(line, " \t　\r\n"))
	return strings.ContainsRune("。！？", r)
}

// indented reports whether a line begins with the blanks of a paragraph.
func indented(line string) bool {
	return strings.HasPrefix(line, "　　") || strings.HasPrefix(line, "    ") || strings.HasPrefix(line, "\t")
}

const hanDigits = "一二三四五六七八九十"

// startsHeading reports whether a line begins with the number of a heading: 一、 （一）
// 第一部分.
func startsHeading(text string) bool {
	t := strings.TrimLeft(text, " \t　")
	r, size := utf8.DecodeRuneInString(t)
	switch {
	case r == '(' || r == '（':
		return bracketed(t[size:], hanDigits)
	case strings.ContainsRune(hanDigits, r):
		return strings.HasPrefix(strings.TrimLeft(t, hanDigits), "、")
	case r == '第':
		return strings.HasPrefix(strings.TrimLeft(t[size:], hanDigits), "部分")
	}
	return false
}

// startsItem reports whether a line begins with the mark of an item: 一是 第一， 1. （1） ①
// ——.
func startsItem(text string) bool {
	t := strings.TrimLeft(text, " \t　")
	r, size := utf8.DecodeRuneInString(t)
	switch {
	case strings.HasPrefix(t, "——"), r >= '①' && r <= '⑳':
		return true
	case r == '(' || r == '（':
		return bracketed(t[size:], plainDigits)
	case strings.ContainsRune(hanDigits, r):
		return strings.HasPrefix(t[size:], "是")
	case r >= '1' && r <= '9':
		return stopsNumber(strings.TrimLeft(t, plainDigits))
	case r == '第':
		return strings.HasPrefix(strings.TrimLeft(t[size:], hanDigits), "，")
	}
	return false
}

// bracketed reports whether a text is a short number of some digits and a closing bracket.
func bracketed(rest, digits string) bool {
	end := strings.IndexAny(rest, ")）")
	return end > 0 && end <= 9 && strings.Trim(rest[:end], digits) == ""
}

// stopsNumber reports whether what follows a number makes it an item's: 、 or a stop that is
// no decimal point.
func stopsNumber(rest string) bool {
	if strings.HasPrefix(rest, "、") || strings.HasPrefix(rest, "．") {
		return true
	}
	return len(rest) > 1 && rest[0] == '.' && !strings.ContainsRune(plainDigits, rune(rest[1]))
}
