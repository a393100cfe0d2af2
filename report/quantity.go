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
		return q, i
	}
	if partOfName(text, 0, i) || dotted(text[n.end:]) {
		return q, skipCode(text, n.end)
	}
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
	if mark := firstOf(rest[blank:], []string{"%", "％"}); mark != "" {
		q.Unit, q.Percent, q.End = "%", true, q.End+blank+len(mark)
		return
	}
	name, _ := readUnit(rest[blank:])
	if name == "" {
		name = firstOf(rest[blank:], []string{"km", "KM", "Km", "m2", "㎡"})
	}
	if q.Percent && name == "" {
		q.Unit = "%"
	}
	if name == "" {
		return
	}
	q.Unit, q.End = unitName(name), q.End+blank+len(name)
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
