package plan

import (
	"cmp"
	"errors"
	"math"
	"math/big"
	"strconv"
	"strings"
)

// ErrNotDecimal is returned for text that is no plain decimal number, or one that
// needs more than 18 significant digits.
var ErrNotDecimal = errors.New("not a decimal number of at most 18 digits")

const maxScale = 9

// Decimal is an exact decimal number: units / 10^scale. The zero value is 0. Values
// made by this package are in lowest terms, so == compares numbers.
type Decimal struct {
	units int64
	scale uint8
}

// NewDecimal returns units / 10^scale; a scale over nine digits is cut to nine.
func NewDecimal(units int64, scale int) Decimal {
	for scale > maxScale {
		units, scale = units/10, scale-1
	}
	for scale > 0 && units%10 == 0 {
		units, scale = units/10, scale-1
	}
	return Decimal{units: units, scale: uint8(scale)}
}

// ParseDecimal reads plain ASCII decimals such as "2.3", "-14" or "07"; it returns
// ErrNotDecimal for anything else.
func ParseDecimal(s string) (Decimal, error) {
	whole, fraction, _ := strings.Cut(s, ".")
	digits := whole + fraction
	if len(fraction) > maxScale || len(digits) > 19 || strings.HasSuffix(s, ".") || strings.HasPrefix(digits, "+") {
		return Decimal{}, ErrNotDecimal
	}
	units, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || strings.ContainsAny(fraction, "+-") {
		return Decimal{}, ErrNotDecimal
	}
	return NewDecimal(units, len(fraction)), nil
}

// Times returns d × n; ok is false where the product does not fit.
func (d Decimal) Times(n int64) (product Decimal, ok bool) {
	if n == 0 || d.units == 0 {
		return Decimal{}, true
	}
	if d.units > math.MaxInt64/n && n > 0 || d.units < math.MinInt64/n && n > 0 || n < 0 {
		return d.timesBig(n)
	}
	return NewDecimal(d.units*n, int(d.scale)), true
}

func (d Decimal) timesBig(n int64) (Decimal, bool) {
	units := new(big.Int).Mul(big.NewInt(d.units), big.NewInt(n))
	scale, ten := int(d.scale), big.NewInt(10)
	for scale > 0 {
		q, r := new(big.Int).QuoRem(units, ten, new(big.Int))
		if r.Sign() != 0 {
			break
		}
		units, scale = q, scale-1
	}
	if !units.IsInt64() {
		return Decimal{}, false
	}
	return NewDecimal(units.Int64(), scale), true
}

// Parts returns units and scale of the number, units / 10^scale.
func (d Decimal) Parts() (units int64, scale int) { return d.units, int(d.scale) }

// Rat returns the number for exact arithmetic.
func (d Decimal) Rat() *big.Rat {
	if d.scale == 0 {
		return new(big.Rat).SetInt64(d.units)
	}
	den := int64(1)
	for range d.scale {
		den *= 10
	}
	return big.NewRat(d.units, den)
}

// Cmp returns -1, 0 or +1 as d is less than, equal to or greater than e.
func (d Decimal) Cmp(e Decimal) int {
	if d.scale == e.scale {
		return cmp.Compare(d.units, e.units)
	}
	return d.Rat().Cmp(e.Rat())
}

// IsZero reports whether d is 0.
func (d Decimal) IsZero() bool { return d.units == 0 }

// String prints the number without exponent and without trailing zeros: "2300000000", "7.5".
func (d Decimal) String() string {
	s := strconv.FormatInt(d.units, 10)
	if d.scale == 0 {
		return s
	}
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = "-", s[1:]
	}
	if missing := int(d.scale) + 1 - len(s); missing > 0 {
		s = strings.Repeat("0", missing) + s
	}
	cut := len(s) - int(d.scale)
	return sign + s[:cut] + "." + s[cut:]
}

// MarshalJSON writes a JSON number.
func (d Decimal) MarshalJSON() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalJSON reads a JSON number written by MarshalJSON.
func (d *Decimal) UnmarshalJSON(data []byte) error {
	v, err := ParseDecimal(string(data))
	if err != nil {
		return err
	}
	*d = v
	return nil
}

// NewDecimalRat returns r with nine decimals at the most, rounded; with fewer where the
// number is too long for them. What is beyond 18 digits becomes 0.
func NewDecimalRat(r *big.Rat) Decimal {
	if r.IsInt() && r.Num().IsInt64() {
		return NewDecimal(r.Num().Int64(), 0)
	}
	for decimals := maxScale; decimals >= 0; decimals-- {
		text := r.FloatString(decimals)
		if decimals > 0 {
			text = strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
		}
		if d, err := ParseDecimal(text); err == nil {
			return d
		}
	}
	return Decimal{}
}
