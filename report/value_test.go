package report_test

import (
	"testing"

	"duban/report"
)

func TestParseQuantity(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, value, unit string }{
		{"824", "824", ""},
		{"3.5万", "35000", ""},
		{"3.5 万套", "35000", "套"},
		{"82%", "82", "%"},
		{"８２％", "82", "%"},
		{"1,476", "1476", ""},
		{"１，４７６公里", "1476", "公里"},
		{"12,345,678", "12345678", ""},
		{"0.5个百分点", "0.5", "百分点"},
		{"-1.4%", "-1.4", "%"},
		{"负1.4%", "-1.4", "%"},
		{"+7.5%", "7.5", "%"},
		{"5亿元", "500000000", "元"},
		{"2.3万亿元", "2300000000000", "元"},
		{"三千六百张", "3600", "张"},
		{"一百二十", "120", ""},
		{"十二", "12", ""},
		{"二〇一", "201", ""},
		{"百分之八十", "80", "%"},
		{"三分之一", "33.33", "%"},
		{"300元/人", "300", "元/人"},
		{"0", "0", ""},
		{" 28 座 ", "28", "座"},
	} {
		value, unit, ok := report.ParseQuantity(c.text)
		if !ok || value.String() != c.value || unit != c.unit {
			t.Errorf("%q: %s %q %t, want %s %q", c.text, value, unit, ok, c.value, c.unit)
		}
	}
	for _, text := range []string{"", " ", "好", "3000余", "3-5万", "2017年", "约3000", "3000张床", "1.2.3", "--5", "万", "张", "N/A", "99999999999999999999", "#REF!", "12e3"} {
		if value, unit, ok := report.ParseQuantity(text); ok {
			t.Errorf("%q was read as %s %q", text, value, unit)
		}
	}
}
