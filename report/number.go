package report

import (
	"strings"
	"unicode/utf8"

	"duban/plan"
)

// number is a numeral of the text: 3.5万, 1,476, 两, 二十五, 1/3.
type number struct {
	value   plan.Decimal
	end     int  // behind the numeral and its 万, 亿
	han     bool // written in Chinese numerals only
	scaled  bool // carries 万 or 亿
	percent bool // a fraction (1/3, 三分之一, 百分之五), value already in %
	vague   bool // 余, 多
}

// readNumber reads the numeral at s[i:].
func readNumber(s string, i int) (number, bool) {
	if digit(s[i]) {
		return readArabic(s, i)
	}
	return readHan(s, i)
}

// readPlain reads a numeral that is no fraction in words.
func readPlain(s string, i int) (number, bool) {
	if i < len(s) && digit(s[i]) {
		return readArabic(s, i)
	}
	return plainHan(s, i)
}

// longestNumeral is how many characters of digits can make a number; a longer run is a code.
const longestNumeral = 32

// readArabic reads the run of digits at s[i:]. Where it is no number, end is behind it still.
func readArabic(s string, i int) (number, bool) {
	j, text, point := i, make([]byte, 0, longestNumeral), false
	for ; j < len(s); j++ {
		switch {
		case digit(s[j]):
		case s[j] == ',' && thousands(s, i, j):
			continue
		case s[j] == '.' && j+1 < len(s) && digit(s[j+1]) && !point:
			point = true
		default:
			return scaleNumber(s, string(text), j)
		}
		if len(text) < longestNumeral {
			text = append(text, s[j])
		}
	}
	return scaleNumber(s, string(text), j)
}

// thousands reports whether the comma at s[j] groups digits of the numeral from s[i].
func thousands(s string, i, j int) bool {
	group := j+3 < len(s) && digit(s[j+1]) && digit(s[j+2]) && digit(s[j+3])
	return group && j-i >= 1 && (j+4 >= len(s) || !digit(s[j+4]))
}

func scaleNumber(s, text string, end int) (number, bool) {
	value, err := plan.ParseDecimal(text)
	if err != nil {
		return number{end: end}, false
	}
	if n, ok := fraction(s, value, end); ok {
		return n, true
	}
	n := number{value: value, end: end}
	return n.scale(s), true
}

// fraction reads the rest of 1/3: proper fractions of two small numbers, in per cent.
func fraction(s string, upper plan.Decimal, i int) (number, bool) {
	if i+1 >= len(s) || s[i] != '/' || !digit(s[i+1]) {
		return number{}, false
	}
	j := i + 1
	for j < len(s) && digit(s[j]) {
		j++
	}
	lower, err := plan.ParseDecimal(s[i+1 : j])
	if err != nil || lower.IsZero() || upper.Cmp(lower) >= 0 || j < len(s) && s[j] == '/' {
		return number{}, false
	}
	return percentOf(upper, lower, j), true
}

// percentOf returns upper/lower in per cent, cut to two decimals.
func percentOf(upper, lower plan.Decimal, end int) number {
	hundredths := upper.Rat()
	hundredths.Quo(hundredths, lower.Rat())
	hundredths.Mul(hundredths, plan.NewDecimal(10000, 0).Rat())
	units := hundredths.Num()
	units.Quo(units, hundredths.Denom())
	return number{value: plan.NewDecimal(units.Int64(), 2), end: end, percent: true}
}

// scale reads 余, 多 and the multipliers behind a numeral.
func (n number) scale(s string) number {
	n.skipVague(s)
	for n.end < len(s) {
		by, size := multiplier(s[n.end:])
		if size == 0 {
			break
		}
		value, ok := n.value.Times(by)
		if !ok {
			break
		}
		n.value, n.end, n.scaled = value, n.end+size, true
		n.skipVague(s)
	}
	return n
}

func (n *number) skipVague(s string) {
	for _, w := range []string{"余", "多"} {
		if rest, ok := strings.CutPrefix(s[n.end:], w); ok && !strings.HasPrefix(rest, "种") {
			n.end, n.vague = n.end+len(w), true
		}
	}
}

// multiplier returns the power of ten at the start of s and its length; 千瓦, 千米,
// 千克 and 百分点 are units.
func multiplier(s string) (by int64, size int) {
	r, size := utf8.DecodeRuneInString(s)
	switch r {
	case '十':
		return 10, size
	case '百':
		if strings.HasPrefix(s, "百分") {
			return 0, 0
		}
		return 100, size
	case '千':
		if hasPrefixAny(s[size:], "瓦", "米", "克", "卡", "伏") {
			return 0, 0
		}
		return 1000, size
	case '万':
		return 10_000, size
	case '亿':
		return 100_000_000, size
	}
	return 0, 0
}

func hanDigit(r rune) (int64, bool) {
	switch r {
	case '零':
		return 0, true
	case '一':
		return 1, true
	case '二', '两':
		return 2, true
	case '三':
		return 3, true
	case '四':
		return 4, true
	case '五':
		return 5, true
	case '六':
		return 6, true
	case '七':
		return 7, true
	case '八':
		return 8, true
	case '九':
		return 9, true
	}
	return 0, false
}

// readHan reads a numeral in Chinese characters, 百分之五 and 三分之一 among them.
func readHan(s string, i int) (number, bool) {
	if rest, ok := strings.CutPrefix(s[i:], "百分之"); ok && rest != "" {
		n, ok := readPlain(rest, 0)
		n.end, n.percent = n.end+i+len("百分之"), true
		return n, ok
	}
	n, ok := plainHan(s, i)
	return hanFraction(s, n, ok)
}

// plainHan reads a Chinese numeral with a digit or 十 in it; a bare 千, 百, 万, 亿 is none.
func plainHan(s string, i int) (number, bool) {
	var total, section, digits int64
	j, seen := i, false
	for j < len(s) && total+section+digits < 1e14 {
		r, size := utf8.DecodeRuneInString(s[j:])
		if d, ok := hanDigit(r); ok {
			digits, seen = digits*boolInt(hanRun(s, i, j))*10+d, true
			j += size
			continue
		}
		by, size := multiplier(s[j:])
		if size == 0 || !seen && by != 10 {
			break
		}
		if digits == 0 && section == 0 && by == 10 {
			digits = 1
		}
		if by >= 10_000 {
			total, section = (total+section+digits)*by, 0
		} else {
			section += max(digits, 0) * by
		}
		digits, seen, j = 0, true, j+size
	}
	return number{value: plan.NewDecimal(total+section+digits, 0), end: j, han: true}, seen
}

// hanRun reports whether the character before s[j] is a digit too (二零一七).
func hanRun(s string, i, j int) bool {
	if j == i {
		return false
	}
	r, _ := utf8.DecodeLastRuneInString(s[:j])
	_, ok := hanDigit(r)
	return ok
}

func boolInt(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// hanFraction reads the rest of 三分之一.
func hanFraction(s string, n number, seen bool) (number, bool) {
	rest, ok := strings.CutPrefix(s[n.end:], "分之")
	if !ok || !seen || rest == "" {
		return n, seen
	}
	upper, ok := readPlain(rest, 0)
	if !ok || n.value.IsZero() || upper.value.Cmp(n.value) > 0 {
		return n, true
	}
	return percentOf(upper.value, n.value, n.end+len("分之")+upper.end), true
}
