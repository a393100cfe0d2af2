package report

import (
	"strings"
	"unicode/utf8"
)

// style is a way of numbering headings or items.
type style uint8

const (
	plain       style = iota
	partStyle         // 一、
	partWord          // 第一部分
	sectionHan        // (一)
	bracketHead       // 【工业】
	itemShi           // 一是, 一要
	itemOrdinal       // 第一，
	itemDot           // 1.
	itemComma         // 1、
	itemParen         // (1)
	itemCircle        // ①
	itemDash          // ——
)

// marker is a number at the start of a heading or an item.
type marker struct {
	style style
	n     int // 0 where the style does not count
	end   int // behind it

	joined bool // a digit follows (7.50个小区), so that it may be a decimal
}

// headMarker reads the marker at the start of a line.
func headMarker(s string, a, b int) marker {
	t := s[a:b]
	if m := hanHead(t); m.style != plain {
		m.end += a
		return m
	}
	if rest, ok := strings.CutPrefix(t, "【"); ok {
		if close := strings.Index(rest, "】"); close > 0 && close < 60 {
			return marker{style: bracketHead, end: a + len("【") + close + len("】")}
		}
	}
	return itemMarker(s, a, b)
}

// hanHead reads 一、 第一部分 (一).
func hanHead(t string) marker {
	if n, size := smallHan(t); size > 0 && strings.HasPrefix(t[size:], "、") {
		return marker{style: partStyle, n: n, end: size + len("、")}
	}
	if rest, ok := strings.CutPrefix(t, "第"); ok {
		n, size := smallHan(rest)
		if word := prefixOf(rest[size:], []string{"部分", "章", "篇"}); size > 0 && word != "" {
			end := len("第") + size + len(word)
			return marker{style: partWord, n: n, end: end + len(prefixOf(t[end:], []string{"：", "、", "，", "."}))}
		}
	}
	if rest, ok := strings.CutPrefix(t, "("); ok {
		if n, size := smallHan(rest); size > 0 && strings.HasPrefix(rest[size:], ")") {
			end := 1 + size + 1
			return marker{style: sectionHan, n: n, end: end + len(prefixOf(t[end:], []string{"、", "."}))}
		}
	}
	return marker{}
}

// smallHan reads a Chinese ordinal up to 99 and returns its length.
func smallHan(t string) (n, size int) {
	for i := 0; i < 3; i++ {
		r, w := utf8.DecodeRuneInString(t[size:])
		d, ok := hanDigit(r)
		switch {
		case r == '十':
			n = max(n, 1) * 10
		case ok && d > 0 && r != '两' && (size == 0 || n%10 == 0):
			n += int(d)
		default:
			return n, size
		}
		size += w
	}
	return n, size
}

// itemMarker reads the number of an item at s[a:b].
func itemMarker(s string, a, b int) marker {
	t := s[a:b]
	r, size := utf8.DecodeRuneInString(t)
	switch {
	case r >= '①' && r <= '⑳':
		return marker{style: itemCircle, n: int(r-'①') + 1, end: a + size}
	case r >= '⑴' && r <= '⒇':
		return marker{style: itemParen, n: int(r-'⑴') + 1, end: a + size}
	case r >= '⒈' && r <= '⒛':
		return marker{style: itemDot, n: int(r-'⒈') + 1, end: a + size}
	case strings.HasPrefix(t, "——") || strings.HasPrefix(t, "――"):
		return marker{style: itemDash, end: a + len("——")}
	case r == '(':
		if n, w := smallArabic(t[1:]); n > 0 && strings.HasPrefix(t[1+w:], ")") {
			return marker{style: itemParen, n: n, end: a + 2 + w}
		}
	case digit(byte(r)) && r < utf8.RuneSelf:
		return arabicMarker(t, a)
	}
	return hanItem(t, a)
}

func smallArabic(t string) (n, size int) {
	for size < len(t) && size < 3 && digit(t[size]) {
		n = n*10 + int(t[size]-'0')
		size++
	}
	if size > 2 {
		return 0, 0
	}
	return n, size
}

func arabicMarker(t string, a int) marker {
	n, w := smallArabic(t)
	rest := t[w:]
	switch {
	case w == 0 || n == 0:
		return marker{}
	case strings.HasPrefix(rest, "、"):
		return marker{style: itemComma, n: n, end: a + w + len("、")}
	case strings.HasPrefix(rest, "."):
		joined := len(rest) > 1 && digit(rest[1]) && !yearAt(rest[1:])
		return marker{style: itemDot, n: n, end: a + w + 1, joined: joined}
	case strings.HasPrefix(rest, ")"):
		return marker{style: itemParen, n: n, end: a + w + 1}
	}
	return marker{}
}

// yearAt reports whether s starts with a year such as 2023年.
func yearAt(s string) bool {
	return len(s) > 4 && digit(s[0]) && digit(s[1]) && digit(s[2]) && digit(s[3]) && strings.HasPrefix(s[4:], "年")
}

// hanItem reads 一是, 一要, 第一， and 其一，.
func hanItem(t string, a int) marker {
	if n, size := smallHan(t); size > 0 {
		if word := prefixOf(t[size:], []string{"是", "要"}); word != "" {
			return marker{style: itemShi, n: n, end: a + size + len(word)}
		}
		return marker{}
	}
	lead := prefixOf(t, []string{"第", "其"})
	if lead == "" {
		return marker{}
	}
	n, size := smallHan(t[len(lead):])
	if word := prefixOf(t[len(lead)+size:], []string{"，", "、", "是", "："}); size > 0 && word != "" {
		return marker{style: itemOrdinal, n: n, end: a + len(lead) + size + len(word)}
	}
	return marker{}
}
