package plan_test

import (
	"fmt"
	"testing"
	"time"

	"duban/plan"
)

// BenchmarkStand computes the lights of 3,000 targets with 100,000 filings.
func BenchmarkStand(b *testing.B) {
	p := report()
	marks := map[plan.ID][]plan.Mark{}
	for i := range 600 {
		c := commitment(plan.NewCode(2, i), fmt.Sprint("新增养老床位", i))
		for range 5 {
			c.Targets = append(c.Targets, target("新增养老床位", "3600", "张"))
		}
		p.Commitments = append(p.Commitments, c)
	}
	p, _ = plan.Merge(nil, p)
	for i := range p.Commitments {
		for _, x := range p.Commitments[i].Targets {
			for k := range 33 {
				value := plan.NewDecimal(int64(20*k), 0)
				marks[x.ID] = append(marks[x.ID], plan.Mark{ID: plan.FilingID(k + 1), Value: &value, Date: plan.NewDate(2017, 1, 1+6*k)})
			}
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		plan.Stand(p, marks, plan.NewDate(2017, 7, 31), time.Time{}, plan.DefaultRules())
	}
}
