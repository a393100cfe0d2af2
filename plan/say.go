package plan

import (
	"math/big"
	"strings"
	"unicode"
	"unicode/utf8"
)

// scaleWord returns the word by which the report counts a target and its factor: 万 and
// 10,000 for 3.5万套; "" and 1 for 3600张.
func (t *Target) scaleWord() (word string, factor int64) {
	switch {
	case strings.Contains(t.ValueText, "万亿"):
		return "万亿", 1_000_000_000_000
	case strings.Contains(t.ValueText, "亿"):
		return "亿", 100_000_000
	case strings.Contains(t.ValueText, "万"):
		return "万", 10_000
	}
	return "", 1
}

// Say writes a value of the target as the report counts: 824公里, 7.87万人, 80%.
func (t *Target) Say(value Decimal) string { return t.Number(value) + t.UnitWord() }

// Operands writes a value over the target: 824/2500公里, 7.87/8万人, 12人/8万人.
func (t *Target) Operands(value Decimal) string {
	word, factor := t.scaleWord()
	switch {
	case factor == 1:
		return value.String() + "/" + t.Value.String() + t.UnitWord()
	case !value.IsZero() && t.small(value, factor):
		return t.Say(value) + "/" + t.Say(t.Value)
	}
	return scaled(value, factor) + "/" + scaled(t.Value, factor) + word + t.UnitWord()
}

// Number writes a value as Say does, without its unit: 1266, 3.1万.
func (t *Target) Number(value Decimal) string {
	word, factor := t.scaleWord()
	if factor == 1 || t.small(value, factor) {
		return value.String()
	}
	return scaled(value, factor) + word
}

// small reports whether a value is better written without the scale.
func (t *Target) small(value Decimal, factor int64) bool {
	size := value.Rat()
	return size.Abs(size).Cmp(new(big.Rat).SetInt64(factor/100)) < 0
}

// SayDifference says an amount between two values of the target: of rates percentage points.
func (t *Target) SayDifference(d Decimal) string {
	if isRate(t.Unit) {
		return d.String() + "个百分点"
	}
	return t.Say(d)
}

// UnitWord is the unit as it stands behind a number.
func (t *Target) UnitWord() string {
	if t.Unit == "百分点" {
		return "个百分点"
	}
	return t.Unit
}

// scaled writes value / factor with all its digits.
func scaled(value Decimal, factor int64) string {
	r := value.Rat()
	return decimalDigits(r.Quo(r, big.NewRat(factor, 1)))
}

// decimalDigits writes a number whose decimals end, without trailing zeros.
func decimalDigits(r *big.Rat) string {
	s := r.FloatString(12)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

// Numeral is the value as the report writes it, without its unit: 3.5万, 1/3, 翻番.
func (t *Target) Numeral() string {
	for _, unit := range []string{t.UnitWord(), t.Unit} {
		if n, ok := strings.CutSuffix(t.ValueText, unit); ok && unit != "" && n != "" {
			return n
		}
	}
	return t.ValueText
}

// Written is the value as the report writes it, with the unit where the report leaves that to
// the words around it: 8万人 of 8万贫困人口; a fraction such as 1/3 has none.
func (t *Target) Written() string {
	last, _ := utf8.DecodeLastRuneInString(t.ValueText)
	if strings.Contains(t.ValueText, "/") {
		return t.ValueText
	}
	if unicode.IsDigit(last) || strings.ContainsRune("百千万亿", last) {
		return t.ValueText + t.UnitWord()
	}
	return t.ValueText
}

// floors are the words in front of a number by which a report says that it may be more.
var floors = []string{"不低于", "不少于", "不小于", "超过", "突破", "高于", "至少", "超"}

// Floor returns the words around the number by which the report itself says that it may be
// more: 以上 of 50场以上, 不低于 of 不低于90%. Both are "" where the number stands alone.
func (t *Target) Floor() (before, behind string) {
	if t.Op != AtLeast || t.ValueText == "" {
		return "", ""
	}
	head, tail, found := strings.Cut(t.Quote, t.ValueText)
	switch {
	case !found:
		return "", ""
	case strings.HasPrefix(tail, t.Unit+"以上"), strings.HasPrefix(tail, "以上"), strings.Contains(head, "分别") && strings.HasSuffix(tail, "以上"):
		return "", "以上"
	}
	for _, w := range floors {
		if strings.HasSuffix(head, w) {
			return w, ""
		}
	}
	return "", ""
}
