package report

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/width"

	"duban/plan"
)

// Stated is a value as people state it in a few words: 40%以上, 控制在3%左右, 6%-7%,
// 3600. What the words do not say is empty.
type Stated struct {
	Op    plan.Op
	Hedge plan.Hedge
	Value plan.Decimal
	Upper *plan.Decimal
	Unit  string
	Text  string // numeral and unit as written: 3.5万套
	Start int    // of Text, in bytes of the narrowed text
	kind  unitKind
}

// leadOps are the words and signs in front of a value that say how it is to be compared.
var leadOps = map[string]plan.Op{
	"不低于": plan.AtLeast, "不少于": plan.AtLeast, "至少": plan.AtLeast, "超过": plan.AtLeast, "突破": plan.AtLeast, "大于": plan.AtLeast,
	">=": plan.AtLeast, "≥": plan.AtLeast, ">": plan.AtLeast,
	"控制在": plan.AtMost, "不超过": plan.AtMost, "不高于": plan.AtMost, "不多于": plan.AtMost, "至多": plan.AtMost, "最多": plan.AtMost,
	"小于": plan.AtMost, "低于": plan.AtMost, "<=": plan.AtMost, "≤": plan.AtMost, "<": plan.AtMost,
	"约": plan.About, "大约": plan.About, "等于": plan.Exactly, "正好": plan.Exactly, "恰好": plan.Exactly, "=": plan.Exactly,
}

// ReadStated reads the last value of a short text; before is what stands in front of it
// without the words of comparison. ok is false where the text holds no number.
func ReadStated(text string) (s Stated, before string, ok bool) {
	text = Narrow(text)
	if list := lex(text, 0, len(text)); len(list) > 0 {
		q := list[len(list)-1]
		s = Stated{Op: q.bound, Value: q.value, Upper: q.upper, Unit: q.unit, Text: text[q.a:q.b], Start: q.a, kind: q.kind}
	} else if s, ok = loneNumber(text); !ok {
		return Stated{}, text, false
	}
	before = s.compare(strings.TrimRight(text[:s.Start], " ：:,，"))
	return s, before, true
}

// loneNumber takes the last number of a text that has none with a unit.
func loneNumber(text string) (Stated, bool) {
	list := Quantities(text)
	if len(list) == 0 {
		return Stated{}, false
	}
	q := list[len(list)-1]
	_, kind := readUnit(q.Unit)
	return Stated{Value: q.Value, Unit: q.Unit, Text: text[q.Start:q.End], Start: q.Start, kind: kind}, true
}

// compare takes the words of comparison off the end of what stands in front.
func (s *Stated) compare(before string) string {
	if word := leadOp(before); word != "" {
		before = strings.TrimRight(strings.TrimSuffix(before, word), " ：:")
		switch op := leadOps[word]; {
		case s.Op == plan.About && op == plan.AtMost:
			s.Op, s.Hedge = plan.AtMost, plan.Roughly
		case s.Op == "" || op == plan.AtMost:
			s.Op = op
		}
	}
	for _, hedge := range []plan.Hedge{plan.Strive, plan.Endeavour} {
		if rest, found := strings.CutSuffix(before, string(hedge)); found {
			s.Hedge, before = hedge, strings.TrimRight(rest, " ")
		}
	}
	if s.Op == plan.About && s.Hedge == "" {
		s.Hedge = plan.Roughly
	}
	return before
}

// leadOp returns the longest word of comparison that a text ends with.
func leadOp(text string) string {
	best := ""
	for w := range leadOps {
		if len(w) > len(best) && strings.HasSuffix(text, w) {
			best = w
		}
	}
	return best
}

// KindOf is what sort of number a stated value is for a metric, as the parser sorts them.
func (s *Stated) KindOf(metric string, op plan.Op) plan.Kind {
	q := quantity{value: s.Value, unit: s.Unit, kind: s.kind}
	if q.kind == noUnit {
		_, q.kind = readUnit(s.Unit)
	}
	return kindOf(reading{metric: metric, q: &q, op: op})
}

// WithUnit gives a value that was stated without a unit one.
func (s *Stated) WithUnit(unit string) {
	if s.Unit == "" && unit != "" {
		name := unit
		if unit == "百分点" {
			name = "个百分点"
		}
		s.Unit, s.Text = unit, s.Text+name
	}
}

// UnitName is a unit as plans write it: 百分点 for 个百分点.
func UnitName(written string) string { return unitName(strings.TrimSpace(Narrow(written))) }

// ReadDeadline reads 2018年底前, 2018年6月底, 2020年, 两年内; false where the text names no
// deadline. year is the plan's.
func ReadDeadline(text string, year int) (plan.Date, bool) {
	text = strings.TrimSpace(Narrow(text))
	if y := yearIn(strings.TrimSuffix(text, "年") + "年"); y > 0 && utf8.RuneCountInString(text) <= 5 {
		return plan.EndOfYear(y), true
	}
	if text == "年底" || text == "年底前" {
		return plan.EndOfYear(year), true
	}
	d := deadlinesOf(text, 0, len(text), year, plan.Date{})
	if len(d.words) == 0 {
		return plan.Date{}, false
	}
	return d.words[len(d.words)-1].date, true
}

// Narrow writes full-width digits, letters and signs as the parser wants them.
func Narrow(text string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '，', '。', '；', '：', '！', '？':
			return r
		}
		if n := width.LookupRune(r).Narrow(); n != 0 {
			return n
		}
		return r
	}, text)
}
