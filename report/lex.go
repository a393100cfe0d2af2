package report

import (
	"strings"
	"unicode/utf8"

	"duban/plan"
)

// quantity is a number with its unit: where it stands in the text, what it says, and the
// words directly behind it that say how it is meant.
type quantity struct {
	a, b    int // numeral to unit
	end     int // behind 以上, 左右 too
	value   plan.Decimal
	upper   *plan.Decimal
	unit    string
	kind    unitKind
	bound   plan.Op       // of 以上, 以内, 左右 behind it; "" without
	han     bool          // Chinese numerals only
	doubled bool          // 翻番
	quoted  bool          // inside quotation marks or a book title
	stretch *plan.Decimal // 力争 value behind it
	timed   bool          // stands behind a word that names a time: 时限压缩到
}

// lex finds the quantities in text[a:b], in order.
func lex(text string, a, b int) []quantity {
	var found []quantity
	depth := 0
	for i := a; i < b; {
		r, size := decode(text[:b], i)
		switch {
		case r == '“' || r == '《' || r == '‘':
			depth++
		case r == '”' || r == '》' || r == '’':
			depth = max(0, depth-1)
		case sentenceEnd(r) || r == '\n':
			depth = 0
		case digit(byte(r)) && r < utf8.RuneSelf || hanNumeral(r):
			q, ok, next := lexAt(text[:b], a, i)
			q.quoted = depth > 0
			if ok {
				found = append(found, q)
			}
			i = max(next, i+size)
			continue
		case r == '翻':
			if q, ok := lexDouble(text[:b], i); ok {
				q.quoted = depth > 0
				found = append(found, q)
				i = q.b
				continue
			}
		}
		i += size
	}
	return found
}

func hanNumeral(r rune) bool {
	switch r {
	case '百', '千', '万', '亿', '十':
		return true
	}
	_, ok := hanDigit(r)
	return ok
}

// lexDouble reads 翻番, 翻一番, 翻两番.
func lexDouble(s string, i int) (quantity, bool) {
	for word, value := range map[string]int64{"翻番": 2, "翻一番": 2, "翻两番": 4, "翻三番": 8} {
		if strings.HasPrefix(s[i:], word) {
			b := i + len(word)
			q := quantity{a: i, b: b, end: b, value: plan.NewDecimal(value, 0), unit: "倍", kind: times, doubled: true}
			return q, true
		}
	}
	return quantity{}, false
}

// lexAt reads the quantity at s[i:]; next is where reading goes on.
func lexAt(s string, from, i int) (q quantity, ok bool, next int) {
	n, ok := readNumber(s, i)
	if !ok && digit(s[i]) { // a run of digits too long for a number
		return q, false, n.end
	}
	if !ok {
		return bareMultiplier(s, i)
	}
	next = n.end
	if partOfName(s, from, i) {
		return quantity{}, false, skipName(s, next)
	}
	q = quantity{a: i, value: n.value, han: n.han, timed: timed(s[from:i])}
	n = q.readRange(s, n)
	q.b, ok = q.readUnit(s, n)
	if !ok {
		return quantity{}, false, max(next, q.b)
	}
	q.readBound(s)
	return q, true, q.end
}

// timeWords name how long something lasts or may take.
var timeWords = newWords("寿命", "年限", "时间", "时限", "周期", "时长", "用时", "工期")

// timed reports whether the words before a numeral say that it is a length of time.
func timed(before string) bool {
	return timeWords.suffix(trimComparator(before)) != ""
}

// partOfName reports whether the numeral belongs to a name or an ordinal: 5G, PM2.5,
// 第7, G351, 2×66.
func partOfName(s string, from, i int) bool {
	if i <= from {
		return false
	}
	r, _ := utf8.DecodeLastRuneInString(s[from:i])
	return r == '第' || r < utf8.RuneSelf && (letter(byte(r)) || digit(byte(r))) || r == '×' || r == '.' || r == '+'
}

// skipName passes over the letters and digits of a name (A级 in 4A级).
func skipName(s string, i int) int {
	for i < len(s) && (letter(s[i]) || digit(s[i])) {
		i++
	}
	return i
}

// readRange reads the other end of 6%-7%, 1-2家, 3万至5万; n becomes the last number read.
func (q *quantity) readRange(s string, n number) number {
	i := n.end
	if strings.HasPrefix(s[i:], "%") {
		i++
	}
	sep := prefixOf(s[i:], []string{"-", "~", "——", "—", "至", "到"})
	j := i + len(sep)
	if sep == "" || j >= len(s) || !digit(s[j]) || n.han {
		return n
	}
	upper, ok := readArabic(s, j)
	if !ok || hasPrefixAny(s[upper.end:], "年", "月", "日", "号", "时") {
		return n
	}
	if upper.scaled && !n.scaled {
		q.value = rescale(s, q.value, j, upper)
	}
	if upper.value.Cmp(q.value) > 0 {
		q.upper = &upper.value
		return upper
	}
	return n
}

// rescale gives the lower end of 3-5万 the multiplier of the upper one.
func rescale(s string, lower plan.Decimal, j int, upper number) plan.Decimal {
	for j < upper.end && (digit(s[j]) || s[j] == '.' || s[j] == ',') {
		j++
	}
	for j < upper.end {
		by, size := multiplier(s[j:])
		if size == 0 {
			break
		}
		if v, ok := lower.Times(by); ok {
			lower = v
		}
		j += size
	}
	return lower
}

// readUnit reads the unit behind a number and returns the end of the quantity; ok is
// false for what is no quantity: years, dates, ordinals, model numbers.
func (q *quantity) readUnit(s string, n number) (end int, ok bool) {
	end = n.end
	if n.percent {
		q.unit, q.kind = "%", proportion
		return end, true
	}
	if end < len(s) && (letter(s[end]) || s[end] == '.' || strings.HasPrefix(s[end:], "×")) {
		if name, kind := readUnit(s[end:]); kind == physical && (end+len(name) >= len(s) || !letter(s[end+len(name)])) {
			q.unit, q.kind = name, kind
			return end + len(name), true
		}
		return skipName(s, end), false
	}
	name, kind := readUnit(s[end:])
	if name == "期" && n.scaled {
		kind = things // 课程1万期, not 二期工程
	}
	if kind == lapse || kind == duration && !q.timed || kind == noUnit && !n.scaled && !strings.HasPrefix(s[end:], "以") {
		return end + len(name), false
	}
	per := ""
	if name != "" {
		name += timesUnit(s[end+len(name):], kind)
		per = perUnit(s[end+len(name):])
	}
	q.unit, q.kind = unitName(name)+per, kind
	end += len(name) + len(per)
	if rest := s[end:]; kind == people && strings.HasPrefix(rest, "制") && !hasPrefixAny(rest, "制定", "制作", "制造", "制订") {
		return end, false // 3人制
	}
	if kind == money && strings.HasPrefix(s[end:], "人民币") {
		end += len("人民币")
	}
	return end, true
}

// readBound reads the words behind the quantity that say how it is meant.
func (q *quantity) readBound(s string) {
	q.end = q.b + otherUnit(s[q.b:])
	for {
		word := prefixOf(s[q.end:], []string{"以上", "及以上", "左右", "上下", "以内", "之内", "以下", "及以下", "之下"})
		if word == "" {
			return
		}
		q.end += len(word)
		switch word {
		case "以上", "及以上":
			q.bound = plan.AtLeast
		case "左右", "上下":
			q.bound = plan.About
		default:
			q.bound = plan.AtMost
		}
	}
}

// otherUnit returns the length of a second unit in brackets: 15万套(间).
func otherUnit(s string) int {
	if !strings.HasPrefix(s, "(") {
		return 0
	}
	if name, kind := readUnit(s[1:]); kind == things && strings.HasPrefix(s[1+len(name):], ")") {
		return len(name) + 2
	}
	return 0
}

// bareMultiplier reads 千亿, 百亿元, 亿元 as a quantity where it closes its clause.
func bareMultiplier(s string, i int) (q quantity, ok bool, next int) {
	n := number{value: plan.NewDecimal(1, 0), end: i}
	n = n.scale(s)
	if n.end == i {
		_, size := utf8.DecodeRuneInString(s[i:])
		return quantity{}, false, i + size
	}
	q = quantity{a: i, value: n.value, han: true}
	q.b, ok = q.readUnit(s, n)
	ok = ok && (q.kind == money || q.kind == noUnit) && strings.ContainsRune(s[i:n.end], '亿')
	if !ok {
		return quantity{}, false, max(n.end, i+1)
	}
	q.readBound(s)
	rest := s[q.end:]
	if rest != "" && !hasPrefixAny(rest, "，", "。", "；", "、", "！", "大关", "\n", "）", ")", "级") {
		return quantity{}, false, q.end
	}
	return q, !strings.HasPrefix(rest, "级"), q.end
}
