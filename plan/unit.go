package plan

import (
	"math/big"
	"slices"
	"strings"
)

// sameUnits are units that people exchange freely.
var sameUnits = [][]string{
	{"个", "家", "处", "所", "户"}, // of bodies; those of a bridge, a bed or a car are none of them
	{"个", "座", "处", "栋", "幢"},
	{"个", "处", "条", "根", "道", "段"},
	{"个", "处", "片", "块"},
	{"个", "项", "件", "条", "种", "类"},
	{"个", "张", "床"},
	{"个", "套", "户", "间"},
	{"个", "辆", "台", "部"},
	{"个", "盏"},
	{"个", "口", "眼"},
	{"个", "支", "只"},
	{"人", "名", "位", "个", "人次"},
	{"场", "场次", "次", "个", "期"},
	{"公里", "千米", "km", "里程"},
	{"平方米", "平米", "平方", "平", "㎡", "m2", "m²"},
	{"平方公里", "平方千米", "km2", "km²"},
	{"立方米", "立方", "方", "m3", "m³"},
	{"公顷", "ha", "hm²"},
	{"吨", "t"},
	{"千瓦", "kw"},
	{"%", "％", "百分之", "个百分点", "百分点", "个点", "点", "成"},
	{"元", "块", "块钱", "元钱", "人民币", "元人民币"},
}

// convertible are units that people write for another, as parts of it.
var convertible = []struct {
	written, unit string
	part          *big.Rat
}{
	{"里", "公里", big.NewRat(1, 2)},
	{"华里", "公里", big.NewRat(1, 2)},
	{"米", "公里", big.NewRat(1, 1000)},
	{"亩", "公顷", big.NewRat(1, 15)},
	{"公顷", "亩", big.NewRat(15, 1)},
	{"斤", "吨", big.NewRat(1, 2000)},
	{"公斤", "吨", big.NewRat(1, 1000)},
	{"千克", "吨", big.NewRat(1, 1000)},
}

// UnitConverts reports whether a written unit measures the same as the target's.
func UnitConverts(written, unit string) bool {
	one := NewDecimal(1, 0)
	return converted(&one, written, unit) != nil
}

// converted is a value in the unit of the target, rounded to two decimals; nil where the
// written unit is no part or multiple of it.
func converted(value *Decimal, written, unit string) *Decimal {
	written, unit = plainUnit(written), plainUnit(unit)
	for _, c := range convertible {
		if c.written == written && c.unit == unit {
			if d, err := ParseDecimal(new(big.Rat).Mul(value.Rat(), c.part).FloatString(2)); err == nil {
				return &d
			}
		}
	}
	return nil
}

// measuredUnits can be parted: half a kilometre, no half bed.
var measuredUnits = []string{"公里", "米", "亩", "公顷", "吨", "升", "克", "瓦", "平方", "立方", "度", "倍", "%", "％", "点", "元", "斤"}

func measured(unit string) bool { return unit == "" || containsAny(unit, measuredUnits) }

// UnitFits reports whether a written unit can stand for the target's: the same, without 个
// or a scale word, or a common way to say it.
func UnitFits(written, unit string) bool {
	written, unit = plainUnit(written), plainUnit(unit)
	if written == unit || written == "" || unit == "" || written == strings.Split(unit, "/")[0] {
		return true
	}
	return slices.ContainsFunc(sameUnits, func(same []string) bool {
		return slices.Contains(same, written) && slices.Contains(same, unit)
	})
}

// plainUnit takes the scale off a unit: 万人 is 人, but 千米 and 百分点 stay.
func plainUnit(unit string) string {
	unit = strings.ToLower(strings.TrimSpace(unit))
	plain := strings.TrimLeft(unit, "余多十百千万亿")
	if startsWithAny(plain, []string{"米", "瓦", "克", "分点", "分之"}) && plain != unit {
		return unit
	}
	return plain
}
