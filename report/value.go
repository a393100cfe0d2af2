package report

import (
	"strings"
	"unicode"

	"duban/plan"
)

// ParseQuantity reads a value as people write it in a cell or a message: 3.5万, 82%, 1,476,
// １４７６公里, 负1.4%, 三千六百张, 三分之一. 万 and 亿 are multiplied out and unit is what is
// left, "" for none. ok is false where the text is anything but one exact number with at
// most a unit behind it: 3000余, 3-5万, 2017年.
func ParseQuantity(text string) (value plan.Decimal, unit string, ok bool) {
	s := compact(text)
	rest, negative := cutSign(s)
	if rest == "" || !startsNumber(rest) {
		return plan.Decimal{}, "", false
	}
	n, ok := readNumber(rest, 0)
	if !ok || n.vague {
		return plan.Decimal{}, "", false
	}
	if unit, ok = wholeUnit(rest[n.end:], n.percent); !ok || unit == "年" && n.end == len("2017") {
		return plan.Decimal{}, "", false
	}
	if negative {
		n.value, ok = n.value.Times(-1)
	}
	return n.value, unit, ok
}

// compact drops blanks and turns full-width characters into plain ones.
func compact(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), unicode.Is(unicode.Cf, r):
			return -1
		case r >= '！' && r <= '～':
			return r - '！' + '!'
		case r == '〇':
			return '零'
		case r == '−' || r == '–':
			return '-'
		}
		return r
	}, text)
}

func cutSign(s string) (rest string, negative bool) {
	for _, sign := range []string{"-", "负"} {
		if rest, ok := strings.CutPrefix(s, sign); ok {
			return rest, true
		}
	}
	return strings.TrimPrefix(s, "+"), false
}

func startsNumber(s string) bool {
	return digit(s[0]) || strings.HasPrefix(s, "百分之") || firstNumeral(s)
}

func firstNumeral(s string) bool {
	for _, r := range s {
		_, ok := hanDigit(r)
		return ok || r == '十'
	}
	return false
}

// wholeUnit reads a text that is nothing but a unit, or nothing at all.
func wholeUnit(s string, percent bool) (unit string, ok bool) {
	if s == "" {
		if percent {
			return "%", true
		}
		return "", true
	}
	name, kind := readUnit(s)
	if name == "" || kind == lapse || percent {
		return "", false
	}
	per := perUnit(s[len(name):])
	return unitName(name) + per, len(name)+len(per) == len(s)
}
