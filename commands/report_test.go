package commands

import (
	"context"
	"strings"
	"testing"

	"duban/plan"
	"duban/report"
	"duban/report/builtin"
)

// TestReportThatDropsFilings uploads a report that lacks a sentence which was filed for.
func TestReportThatDropsFilings(t *testing.T) {
	t.Parallel()
	w := liaochengWith(t, Options{ImportReport: func(_ context.Context, _ string, data []byte) (*plan.Plan, error) {
		return report.Parse(string(data), report.Options{})
	}})
	w.accept("改造农村危桥", "28", plan.NewDate(2017, 7, 31))
	admin := &plan.Actor{ID: "test:admin", Role: plan.Admin}
	cut := strings.ReplaceAll(builtin.Text(), "改造农村危桥100座", "")
	got := texts(w.send(Request{
		Chat: "admin", From: admin.ID, As: admin, Media: []plan.Evidence{{Name: "报告.txt", Ref: "f"}},
		Open: func(context.Context, string) ([]byte, error) { return []byte(cut), nil },
	}))
	w.wants("the upload", got, "改造农村危桥：100座（有1条填报）", "⚠ 删去的内容里有1处共1条填报", "没有改动")
}
