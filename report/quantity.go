package report

import (
	"strings"
	"unicode/utf8"

	"duban/plan"
)

// Quantity is a number as people write it in a message, with its unit where it has one.
type Quantity struct {
	Value   plan.Decimal // 万 and 亿 multiplied out; percentages as they are
	Unit    string       // 公里, %, 百分点; "" where none stands behind the number
	Scaled  bool         // carries 万 or 亿
	Percent bool         // written as 82%, 百分之八十二 or a fraction
	Start   int          // bytes of the text that it takes
	End     int
}

// Quantities finds the numbers of a short message in order. Full-width digits should be
// narrowed before. Numbers inside names (5G, 第3, 3.6.2.5) are left out; Chinese numerals
// count only with a unit behind them or with 万 in them.
func Quantities(text string) []Quantity {
	var list []Quantity
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if !digit(text[i]) && !hanNumeral(r) {
			i += size
			continue
		}
		q, next := quantityAt(text, i)
		if next <= i {
			next = i + size
		}
		if q.End > 0 {
			list = append(list, q)
		}
		i = next
	}
	return list
}

// quantityAt reads the quantity at text[i:]; its End is 0 where there is none. next is
// where reading goes on.
func quantityAt(text string, i int) (q Quantity, next int) {
	n, ok := readNumber(text, i)
	if !ok {
		return q, n.end
	}
	if partOfName(text, 0, i) || dotted(text[n.end:]) {
		return q, skipCode(text, n.end)
	}
	n = n.compound(text)
	q = Quantity{Value: n.value, Scaled: n.scaled, Percent: n.percent, Start: i, End: n.end}
	q.readUnit(text)
	named := q.Unit == "" && q.End < len(text) && letter(text[q.End]) // 5G
	if named || n.han && !n.scaled && q.Unit == "" {
		return Quantity{}, n.end
	}
	return q, q.End
}

func (q *Quantity) readUnit(text string) {
	rest := text[q.End:]
	blank := len(rest) - len(strings.TrimLeft(rest, " "))
	if mark := prefixOf(rest[blank:], []string{"%", "％"}); mark != "" {
		q.Unit, q.Percent, q.End = "%", true, q.End+blank+len(mark)
		return
	}
	if short, unit := shortUnit(rest[blank:]); short != "" {
		q.Unit, q.End = unit, q.End+blank+len(short)
		return
	}
	name, _ := readUnit(rest[blank:])
	if q.Percent && name == "" {
		q.Unit = "%"
	}
	if name == "" {
		return
	}
	q.Unit, q.End = unitName(name), q.End+blank+len(name)
}

// shortUnits are ways to write a unit that reports do not use; longer ones come first.
var shortUnits = [][2]string{
	{"km2", "平方公里"},
	{"km²", "平方公里"},
	{"KM2", "平方公里"},
	{"km", "km"},
	{"KM", "km"},
	{"Km", "km"},
	{"m2", "平方米"},
	{"m²", "平方米"},
	{"㎡", "平方米"},
	{"ha", "公顷"},
	{"t", "吨"},
	{"T", "吨"},
	{"平米", "平方米"},
	{"华里", "里"},
}

// shortUnit reads km2, ha, t, and a bare 平 or 里 that begins no other word.
func shortUnit(s string) (short, unit string) {
	for _, u := range shortUnits {
		rest, ok := strings.CutPrefix(s, u[0])
		if ok && (rest == "" || !letter(rest[0]) && !digit(rest[0])) {
			return u[0], u[1]
		}
	}
	if rest, ok := strings.CutPrefix(s, "平"); ok && prefixOf(rest, []string{"方", "米", "均", "台", "安", "稳"}) == "" {
		return "平", "平方米"
	}
	if rest, ok := strings.CutPrefix(s, "里"); ok && prefixOf(rest, []string{"程", "面", "边", "外", "头", "有"}) == "" {
		return "里", "里"
	}
	return "", ""
}

// compound reads the rest of 1万8千 and 3万1: digits right behind 万 or 亿.
func (n number) compound(s string) number {
	scale := int64(0)
	switch {
	case strings.HasSuffix(s[:n.end], "亿"):
		scale = 100_000_000
	case strings.HasSuffix(s[:n.end], "万"):
		scale = 10_000
	}
	if scale == 0 || n.end >= len(s) || !digit(s[n.end]) {
		return n
	}
	rest, ok := readArabic(s, n.end)
	if !ok {
		return n
	}
	if rest.end == n.end+1 { // 3万1
		if rest.value, ok = rest.value.Times(scale / 10); !ok {
			return n
		}
	}
	if rest.value.Cmp(plan.NewDecimal(scale, 0)) >= 0 {
		return n
	}
	n.value, n.end = plan.NewDecimalRat(n.value.Rat().Add(n.value.Rat(), rest.value.Rat())), rest.end
	return n
}

// dotted reports whether a number goes on as a code does: .6.2.
func dotted(rest string) bool {
	return len(rest) > 1 && rest[0] == '.' && digit(rest[1])
}

func skipCode(text string, i int) int {
	for i < len(text) && (digit(text[i]) || text[i] == '.') {
		i++
	}
	return i
}
