package plan

import (
	"math/big"
	"strings"
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
func (t *Target) Say(value Decimal) string { return t.number(value) + t.UnitWord() }

// Operands writes a value over the target: 824/2500公里, 7.87/8万人.
func (t *Target) Operands(value Decimal) string {
	word, factor := t.scaleWord()
	if factor == 1 {
		return value.String() + "/" + t.Value.String() + t.UnitWord()
	}
	return scaled(value, factor) + "/" + scaled(t.Value, factor) + word + t.UnitWord()
}

func (t *Target) number(value Decimal) string {
	word, factor := t.scaleWord()
	if factor == 1 || value.Rat().Cmp(big.NewRat(factor/100, 1)) < 0 {
		return value.String()
	}
	return scaled(value, factor) + word
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

// NewDecimalRat returns r with nine decimals at the most, rounded.
func NewDecimalRat(r *big.Rat) Decimal {
	d, err := ParseDecimal(strings.TrimSuffix(strings.TrimRight(r.FloatString(maxScale), "0"), "."))
	if err != nil {
		return Decimal{}
	}
	return d
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
