package plan

import (
	"slices"
	"strings"
)

// sameUnits are units that people exchange freely.
var sameUnits = [][]string{
	{"个", "家", "处", "座", "所", "项", "件", "条", "张", "套", "辆", "台", "部", "栋", "幢", "间", "盏", "根", "片", "口", "类", "种", "支", "只"}, // measure words of things
	{"人", "名", "位", "个", "人次"},
	{"户", "家", "个"},
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
