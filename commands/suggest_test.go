package commands

import (
	_ "embed"
	"slices"
	"strconv"
	"strings"
	"testing"

	"duban/plan"
	"duban/report"
	"duban/report/builtin"
)

//go:embed testdata/departments.gold
var gold string

// leastAccuracy is the share of the gold that suggestions must reach.
const leastAccuracy = 0.9

// TestSuggestions measures the suggestions of departments against a list made by hand.
func TestSuggestions(t *testing.T) {
	t.Parallel()
	p, err := report.Parse(builtin.Text(), report.Options{})
	if err != nil {
		t.Fatal(err)
	}
	o := newOffices()
	right, total := 0, 0
	for line := range strings.Lines(gold) {
		code, names, ok := strings.Cut(strings.TrimSpace(line), " ")
		if !ok || code == "#" {
			continue
		}
		c := p.Commitment(plan.Code(code))
		if c == nil {
			t.Fatalf("no commitment %s", code)
		}
		total++
		s, _ := o.suggest(c, p.Year)
		if slices.Contains(strings.Split(names, "|"), s.department) {
			right++
			continue
		}
		t.Logf("%s %s: %s %v, want %s", code, c.Title, s.department, s.words, names)
	}
	t.Logf("%d of %d", right, total)
	if total < 50 || float64(right) < leastAccuracy*float64(total) {
		t.Errorf("%d of %d are right", right, total)
	}
}

func TestNamesByYear(t *testing.T) {
	t.Parallel()
	o := newOffices()
	c := &plan.Commitment{Segment: plan.Segment{Title: "加强食品药品监管", Text: "食品安全抽检合格率达到98%。"}}
	for year, want := range map[int]string{2012: "食药监局", 2018: "食药监局", 2019: "市场监管局", 2025: "市场监管局"} {
		if s, _ := o.suggest(c, year); s.department != want {
			t.Errorf("%d: %s", year, s.department)
		}
	}
	if s, ok := o.suggest(&plan.Commitment{Segment: plan.Segment{Title: "其他"}}, 2017); ok {
		t.Errorf("out of nothing: %s", s.department)
	}
}

func TestUnify(t *testing.T) {
	t.Parallel()
	o := newOffices()
	for _, c := range []struct {
		name, want string
		known      []string
	}{
		{"市民政局", "民政局", nil},
		{"聊城市民政局", "民政局", nil},
		{"民政局", "民政局", nil},
		{"市住房和城乡建设局", "住建局", nil},
		{"市住房和城乡建设局", "住房和城乡建设局", []string{"住房和城乡建设局"}},
		{"交通局", "交通运输局", []string{"民政局", "交通运输局"}},
		{"民政局", "市民政局", []string{"市民政局"}},
		{"市场监管局", "市场监管局", nil},
		{"市市场监督管理局", "市场监管局", nil},
		{"东昌府区", "东昌府区", nil},
	} {
		if got := o.unify(c.name, "聊城市", c.known); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

//go:embed testdata/departments.lines
var linesElsewhere string

// leastElsewhere is the share of lines of other cities that suggestions must reach; a line
// without a suggestion counts as wrong.
const leastElsewhere = 0.9

// TestSuggestionsElsewhere measures the table on the words of other cities and years.
func TestSuggestionsElsewhere(t *testing.T) {
	t.Parallel()
	o := newOffices()
	right, silent, total := 0, 0, 0
	for line := range strings.Lines(linesElsewhere) {
		fields := strings.SplitN(strings.TrimSpace(line), " ", 3)
		if len(fields) < 3 || fields[0] == "#" {
			continue
		}
		year, err := strconv.Atoi(fields[0])
		if err != nil {
			t.Fatal(err)
		}
		total++
		c := &plan.Commitment{Segment: plan.Segment{Text: fields[2]}}
		s, ok := o.suggest(c, year)
		switch {
		case slices.Contains(strings.Split(fields[1], "|"), s.department):
			right++
			continue
		case !ok:
			silent++
		}
		t.Logf("%s: %q %v, want %s", fields[2], s.department, s.words, fields[1])
	}
	t.Logf("%d of %d, %d without a suggestion", right, total, silent)
	if float64(right) < leastElsewhere*float64(total) {
		t.Errorf("%d of %d are right", right, total)
	}
}
