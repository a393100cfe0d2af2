package report_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"duban/report"
)

func TestQuantities(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"养老床位 1476":          "1476",
		"养老床位新增210，累计1476张":  "210 1476张",
		"新开工3.1万套 基本建成1.2万套": "31000套 12000套",
		"实事6 完成119个":         "6 119个",
		"3.6.2.8 824公里":      "824公里",
		"覆盖率82%":             "82%",
		"百分之八十二":             "82%",
		"公路824km，危桥28座":      "824km 28座",
		"三十二所学校":             "32所",
		"一律推进":               "",
		"1,476张":             "1476张",
		"1.2亿元":              "120000000元",
		"5G基站300座":           "300座",
		"能耗降了4.5 个百分点":       "4.5百分点",
		"第3季度 20场":           "20场",
	} {
		var got []string
		for _, q := range report.Quantities(text) {
			got = append(got, fmt.Sprint(q.Value, q.Unit))
			if q.Start >= q.End || q.End > len(text) {
				t.Errorf("%q: %d to %d", text, q.Start, q.End)
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

// TestLongRunsAreReadOnce holds that reading takes time by the length of a text, whatever
// numerals it repeats: by its square, these would take minutes.
func TestLongRunsAreReadOnce(t *testing.T) {
	t.Parallel()
	for _, unit := range []string{"1", "1,111", "1.1", "1.", "1/1", "九", "十", "百", "百分之", "三分之", "万", "1万", "一万", "亿多"} {
		text := strings.Repeat(unit, 200_000)
		start := time.Now()
		report.Quantities(text)
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("%s repeated: %v", unit, took)
		}
	}
	if got := report.Quantities(strings.Repeat("1", 40) + "张，20张"); len(got) != 1 || got[0].Value.String() != "20" {
		t.Errorf("a code before a number: %v", got)
	}
}
