package report

import (
	"strings"
	"unicode/utf8"
)

// longHeading reports whether a heading that mentions 实事 speaks of more than their list.
func longHeading(title string) bool { return utf8.RuneCountInString(title) > 16 }

// headingLine reports whether a whole line is a heading: short, without a full stop, and
// not the lead of a list.
func headingLine(t string, bold bool) bool {
	n := utf8.RuneCountInString(t)
	last, _ := utf8.DecodeLastRuneInString(t)
	if (sentenceEnd(last) || last == '：') && !bold || strings.ContainsAny(t, "；") || strings.Contains(t, "各位代表") {
		return false
	}
	return n <= 24 || bold && n <= 40
}

// headingEnd returns where the heading that starts at a ends: behind its full stop, or
// the colon of a short one.
func headingEnd(text string, a, b int) int {
	for i, r := range text[a:b] {
		if sentenceEnd(r) {
			return a + i + utf8.RuneLen(r)
		}
		if r == '：' && i < 60 {
			return a + i + utf8.RuneLen(r)
		}
	}
	return b
}

// onlyHeading reports whether an item's paragraph is nothing but its heading.
func onlyHeading(t string) bool {
	t = strings.TrimRight(t, "。")
	return utf8.RuneCountInString(t) <= 30 && !strings.ContainsAny(t, "。；：")
}

// mentionsList reports whether the words introduce a list of 民生实事.
func mentionsList(t string) bool {
	i := strings.Index(t, "实事")
	return i >= 0 && !strings.HasPrefix(t[i:], "实事求是")
}

// firstItem returns where the first item of a paragraph starts, its end where it has none.
func firstItem(text string, a, b int) int {
	found := b
	eachMarker(text, a, b, func(at int, m marker) bool {
		if m.n == 1 {
			found = at
		}
		return m.n != 1
	})
	return found
}

// eachMarker calls f for every item number at the start of a paragraph or sentence.
func eachMarker(text string, a, b int, f func(at int, m marker) bool) {
	start, depth := true, 0
	for i := a; i < b; {
		r, size := decode(text[:b], i)
		if start && depth == 0 || r >= '①' && r <= '⑳' {
			m := itemMarker(text, i, b)
			if m.style == plain {
				m = innerHead(text, i, b)
			}
			if m.style != plain {
				if !f(i, m) {
					return
				}
				i = m.end
				continue
			}
		}
		switch r {
		case '“', '《':
			depth++
		case '”', '》':
			depth = max(0, depth-1)
			i += size
			continue
		}
		start = sentenceEnd(r) || r == '：' || start && r == '”'
		if sentenceEnd(r) {
			depth = 0
		}
		i += size
	}
}

// innerHead reads 一、 and (一) inside a run-on paragraph.
func innerHead(text string, i, b int) marker {
	m := hanHead(text[i:b])
	if m.style != partStyle && m.style != sectionHan {
		return marker{}
	}
	m.end += i
	return m
}

func (o *outliner) titleOf(s *segment) string {
	if len(o.stack) > 0 {
		if t := itemTitle(o.src, s.content, s.b); t != "" {
			return t
		}
	}
	if s.theme != "" {
		return s.theme
	}
	if s.section != "" {
		return s.section
	}
	return o.part.title
}

// itemTitle is the first sentence of an item, or its first clause where that is short
// and carries no number.
func itemTitle(src *source, a, b int) string {
	for i, r := range src.text[a:b] {
		if sentenceEnd(r) || r == '：' || r == '，' || r == '\n' {
			from := behindPlace(src.text[a:a+i]) + a
			t := src.words(from, a+i)
			whole := a+i+utf8.RuneLen(r) >= b && r != '，' && r != '：'
			if utf8.RuneCountInString(t) <= 24 && (whole || len(lex(src.text, a, a+i)) == 0) {
				return t
			}
			return firstThing(src, from, a+i)
		}
	}
	if t := src.words(a, b); utf8.RuneCountInString(t) <= 24 {
		return t
	}
	return ""
}

// behindPlace returns where the verb of a clause stands that begins with a place: 新建 of
// 在昌南大道等地新建10座公厕; 0 for any other.
func behindPlace(clause string) int {
	if !strings.HasPrefix(clause, "在") {
		return 0
	}
	return len(clause) - len(withoutPlace(clause))
}

// firstThing is the first of the things that a clause lists, "" for a long one.
func firstThing(src *source, a, b int) string {
	if i := strings.Index(src.text[a:b], "、"); i > 0 {
		b = a + i
	}
	if n := utf8.RuneCountInString(src.text[a:b]); n < 4 || n > 24 {
		return ""
	}
	return src.words(a, b)
}

// connects reports whether words only lead to what follows: 分别是, 主要包括, 具体如下.
func connects(t string) bool {
	return suffixOf(t, []string{"分别是", "分别为", "包括", "如下", "就是", "具体是", "主要是", "即"}) != "" && utf8.RuneCountInString(t) <= 8
}

// themeTitle is what a paragraph is headed by: its short first sentence, or the short
// sentence that introduces its list, which starts at lead.
func themeTitle(src *source, a, b, lead int) string {
	title, from := "", a
	for i, r := range src.text[a:lead] {
		if !sentenceEnd(r) && r != '：' {
			continue
		}
		t := src.text[from : a+i]
		n := utf8.RuneCountInString(t)
		opening := from == a && r == '。' && n <= 16 && a+i+utf8.RuneLen(r) < lead
		short := n <= 20 && (opening || !strings.Contains(t, "，")) && len(lex(src.text, from, a+i)) == 0
		if short && !connects(t) && (title == "" && from == a || lead < b) {
			title = src.words(from, a+i)
		}
		from = a + i + utf8.RuneLen(r)
	}
	return strings.TrimPrefix(title, "各位代表")
}
