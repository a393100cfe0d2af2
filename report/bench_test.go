package report_test

import (
	"fmt"
	"strings"
	"testing"

	"duban/report"
	"duban/report/builtin"
)

func BenchmarkParse(b *testing.B) {
	one := builtin.Text()
	for _, copies := range []int{1, 10, 100} {
		text := strings.Repeat(one, copies)
		b.Run(fmt.Sprintf("reports=%d", copies), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := report.Parse(text, report.Options{}); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N*copies), "ms/report")
		})
	}
}

// BenchmarkHostile shows that text made to be slow costs time in proportion to its length.
func BenchmarkHostile(b *testing.B) {
	for _, kilobytes := range []int{50, 500} {
		for name, piece := range map[string]string{"quantities": "1个", "lists": "、5家", "quotes": "“", "commas": "，3", "markers": "①"} {
			text := "政府工作报告\n二、2024年工作安排\n" + strings.Repeat(piece, kilobytes<<10/len(piece))
			b.Run(fmt.Sprintf("%s/kB=%d", name, kilobytes), func(b *testing.B) {
				for b.Loop() {
					_, _ = report.Parse(text, report.Options{})
				}
				b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*kilobytes), "µs/kB")
			})
		}
	}
}
