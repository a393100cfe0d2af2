package report

import (
	"strings"
	"unicode/utf8"
)

// source is the text that the parser works on: one line a paragraph, full-width digits
// and brackets folded, blanks, emphasis and footnote marks left out. Every byte knows
// where it came from.
type source struct {
	raw    string
	text   string
	rawAt  []int32 // byte of text → byte of raw
	runeAt []int32 // byte of text → code points of raw before it
	lines  []line
	matter string // Markdown front matter, unparsed
}

// line is one paragraph of source.text, without its line break.
type line struct {
	a, b int
	bold bool // the whole line is emphasised or marked as a heading
}

// cut returns the words of raw between two positions of text, as received.
func (s *source) cut(a, b int) string {
	if a >= b {
		return ""
	}
	_, size := utf8.DecodeLastRuneInString(s.text[:b])
	last := int(s.rawAt[b-size])
	_, size = utf8.DecodeRuneInString(s.raw[last:])
	return s.raw[s.rawAt[a] : last+size]
}

// words returns the characters of raw between two positions of text without those that
// cleaning left out.
func (s *source) words(a, b int) string {
	if a >= b {
		return ""
	}
	whole := s.raw[s.rawAt[a]:s.rawAt[b]]
	if whole == s.text[a:b] || int(s.runeAt[b]-s.runeAt[a]) == utf8.RuneCountInString(s.text[a:b]) {
		return whole
	}
	var w strings.Builder
	w.Grow(b - a)
	for i := a; i < b; {
		_, size := decode(s.text, i)
		r, _ := decode(s.raw, int(s.rawAt[i]))
		w.WriteRune(r)
		i += size
	}
	return w.String()
}

// start returns the position in code points of the raw text.
func (s *source) start(a int) int { return int(s.runeAt[a]) }

// cleaner builds a source in one pass.
type cleaner struct {
	src     *source
	out     []byte
	i, n    int // byte and code point of raw
	line    int // where the current line starts in out
	bold    bool
	strong  int // bytes of the line written while emphasised
	heading bool
	quoted  bool // inside straight quotation marks
	circled int  // last circled numeral of this line taken as an item's number
}

func clean(raw string) *source {
	c := &cleaner{src: &source{raw: raw}, out: make([]byte, 0, len(raw))}
	c.src.rawAt = make([]int32, 0, len(raw)+8)
	c.src.runeAt = make([]int32, 0, len(raw)+8)
	c.frontMatter()
	for c.i < len(raw) {
		r, size := decode(raw, c.i)
		if size == 3 && r >= 0x4E00 && r <= 0x9FFF && r != '一' && r != '二' {
			c.put(r, size) // by far the most: nothing to fold or to leave out
			continue
		}
		c.take(r, size)
	}
	c.endLine()
	c.src.text = string(c.out)
	c.src.rawAt = append(c.src.rawAt, int32(c.i))
	c.src.runeAt = append(c.src.runeAt, int32(c.n))
	return c.src
}

// frontMatter skips a leading block between two lines of three hyphens.
func (c *cleaner) frontMatter() {
	raw := c.src.raw
	if !strings.HasPrefix(raw, "---\n") {
		return
	}
	end := strings.Index(raw[4:], "\n---")
	if end < 0 || end > 4096 {
		return
	}
	c.src.matter = raw[4 : 4+end]
	c.skip(4 + end + 4)
}

// skip leaves out bytes of raw.
func (c *cleaner) skip(size int) {
	c.n += utf8.RuneCountInString(c.src.raw[c.i : c.i+size])
	c.i += size
}

func (c *cleaner) take(r rune, size int) {
	if r == '一' || r == '二' {
		c.hanYear()
		if r, size = decode(c.src.raw, c.i); c.i >= len(c.src.raw) {
			return
		}
	}
	switch {
	case r == '\n':
		c.endLine()
		c.put('\n', size)
		c.line = len(c.out)
	case c.leftOut(r):
		c.skip(size)
	case r == '*' && strings.HasPrefix(c.src.raw[c.i:], "**"):
		c.bold = !c.bold
		c.skip(2)
	case (r == '#' || r == '>') && len(c.out) == c.line:
		c.heading = c.heading || r == '#'
		c.skip(size)
	default:
		c.put(c.fold(r), size)
	}
}

// hanYear writes a year such as 二〇一四年 in digits.
func (c *cleaner) hanYear() {
	rest, year := c.src.raw[c.i:], [4]rune{}
	sizes := [4]int{}
	at := 0
	for k := range year {
		r, size := utf8.DecodeRuneInString(rest[at:])
		switch d, ok := hanDigit(r); {
		case ok && r != '两':
			year[k] = '0' + rune(d)
		case r == '〇' || r == '○' || r == 'O' || r == 'Ｏ' || r == '0' || r == '０':
			year[k] = '0'
		default:
			return
		}
		sizes[k], at = size, at+size
	}
	century := string(year[:2])
	if century != "19" && century != "20" || !strings.HasPrefix(rest[at:], "年") {
		return
	}
	for k := range year {
		c.put(year[k], sizes[k])
	}
}

func (c *cleaner) put(r rune, size int) {
	before := len(c.out)
	c.out = utf8.AppendRune(c.out, r)
	width, at, n := len(c.out)-before, int32(c.i), int32(c.n)
	c.src.rawAt = append(c.src.rawAt, at, at, at, at)[:before+width]
	c.src.runeAt = append(c.src.runeAt, n, n, n, n)[:before+width]
	if c.bold {
		c.strong += len(c.out) - before
	}
	c.i, c.n = c.i+size, c.n+1
}

// endLine records the line that ends here; rules of hyphens and empty lines are none.
func (c *cleaner) endLine() {
	text := strings.TrimRight(string(c.out[c.line:]), "\t")
	if strings.Trim(text, "-_=\t") != "" {
		whole := c.heading || c.strong > 0 && c.strong >= len(text)-len("。")
		c.src.lines = append(c.src.lines, line{a: c.line, b: c.line + len(text), bold: whole})
	}
	c.strong, c.heading, c.circled, c.quoted = 0, false, 0, false
}

// leftOut reports whether the character carries no text: blanks, invisible characters
// and footnote marks.
func (c *cleaner) leftOut(r rune) bool {
	switch {
	case r == '\t':
		return len(c.out) == c.line
	case blank(r):
		return !c.betweenLetters()
	case r >= '①' && r <= '⑳':
		return c.footnote(int(r-'①') + 1)
	case r == '[' || r == '〔':
		return c.bracketNote(r)
	case r == '¹' || r == '²' || r == '³' || r >= '⁰' && r <= '⁹':
		last, _ := utf8.DecodeLastRune(c.out)
		return last >= 0x2E80 && last != '米'
	}
	return false
}

func blank(r rune) bool {
	switch r {
	case ' ', '\r', '\u00a0', '\u3000', '\u200b', '\u200c', '\u200d', '\ufeff', '\u00ad', '\u2002', '\u2003', '\u2009', '\v', '\f':
		return true
	}
	return false
}

// betweenLetters reports whether a blank separates two Latin words.
func (c *cleaner) betweenLetters() bool {
	if c.i+1 >= len(c.src.raw) || len(c.out) == c.line || len(c.out) == 0 {
		return false
	}
	return letter(c.out[len(c.out)-1]) && letter(c.src.raw[c.i+1])
}

func letter(b byte) bool { return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' }

// footnote reports whether a circled numeral is a mark on the word before it and not
// the number of an item: items stand at the start of a line or of a sentence, or go on
// counting.
func (c *cleaner) footnote(n int) bool {
	item := len(c.out) == c.line || n > 1 && n == c.circled+1
	if !item {
		last, _ := utf8.DecodeLastRune(c.out)
		item = sentenceEnd(last) || last == '：'
	}
	if rest := c.src.raw[c.i+len("①"):]; item && (rest == "" || rest[0] == '\n' || rest[0] == '\r') {
		item = false
	}
	if item {
		c.circled = n
	}
	return !item
}

func sentenceEnd(r rune) bool {
	return r == '。' || r == '；' || r == '！' || r == '？' || r == '\t'
}

// bracketNote skips [12] or 〔12〕 behind a word; the closing bracket goes with it.
func (c *cleaner) bracketNote(open rune) bool {
	closing := "]"
	if open == '〔' {
		closing = "〕"
	}
	rest := c.src.raw[c.i+utf8.RuneLen(open):]
	digits := 0
	for digits < len(rest) && digits < 3 && rest[digits] >= '0' && rest[digits] <= '9' {
		digits++
	}
	if digits == 0 || digits > 2 || len(c.out) == c.line || !strings.HasPrefix(rest[digits:], closing) {
		return false
	}
	c.skip(utf8.RuneLen(open) + digits)
	c.skip(len(closing) - utf8.RuneLen(open))
	return true
}

// fold maps variants of a character to the one that the parser looks for.
func (c *cleaner) fold(r rune) rune {
	switch r {
	case ',':
		if c.betweenDigits() {
			return r
		}
		return '，'
	case ':':
		if c.betweenDigits() {
			return r
		}
		return '：'
	case ';':
		return '；'
	case '!':
		return '！'
	case '?':
		return '？'
	case '，', '；', '：', '！', '？':
		return r
	case '－', '–', '−', '‑', '﹣':
		return '-'
	case '～', '∼':
		return '~'
	case '〇':
		return '零'
	case '"':
		return c.quote()
	}
	if r >= '！' && r <= '～' {
		return r - 0xFEE0
	}
	return r
}

// quote turns a straight quotation mark into the opening or closing one of its line.
func (c *cleaner) quote() rune {
	c.quoted = !c.quoted
	if c.quoted {
		return '“'
	}
	return '”'
}

func (c *cleaner) betweenDigits() bool {
	if len(c.out) == 0 || c.i+1 >= len(c.src.raw) {
		return false
	}
	return digit(c.out[len(c.out)-1]) && digit(c.src.raw[c.i+1])
}

func digit(b byte) bool { return b >= '0' && b <= '9' }
