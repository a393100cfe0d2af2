package render_test

import (
	"encoding/csv"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"duban/plan"
	"duban/report"
	"duban/report/builtin"
)

var update = flag.Bool("update", false, "write golden files and documentation pictures anew")

// demo is the built-in report, published, with the figures that the city published.
func demo(t testing.TB) (*plan.Plan, map[plan.ID][]plan.Mark) {
	t.Helper()
	p, err := report.Parse(builtin.Text(), report.Options{})
	if err != nil {
		t.Fatal(err)
	}
	p, _ = plan.Merge(nil, p)
	p.State = plan.Published
	file, err := os.Open("../report/builtin/liaocheng-2017.filings.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	marks := map[plan.ID][]plan.Mark{}
	for i, row := range rows[1:] {
		item := targetNamed(t, p, row[0], row[1])
		day, err := plan.ParseDate(row[2])
		if err != nil {
			t.Fatal(err)
		}
		value := number(t, row[3])
		at := time.Date(day.Year, day.Month, day.Day, 17, 0, 0, 0, time.UTC)
		marks[item] = append(marks[item], plan.Mark{ID: plan.FilingID(i + 1), Value: &value, Date: day, At: at, Accepted: at})
	}
	return p, marks
}

func number(t testing.TB, text string) plan.Decimal {
	t.Helper()
	text, tenThousands := strings.CutSuffix(strings.TrimSuffix(text, "%"), "万")
	d, err := plan.ParseDecimal(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	if tenThousands {
		d, _ = d.Times(10_000)
	}
	return d
}

func targetNamed(t testing.TB, p *plan.Plan, code, metric string) plan.ID {
	t.Helper()
	c := p.Commitment(plan.Code(code))
	for i := range c.Targets {
		if m := c.Targets[i].Metric; strings.HasSuffix(m, metric) || strings.HasSuffix(metric, m) {
			return c.Targets[i].ID
		}
	}
	t.Fatalf("%s has no target %s", code, metric)
	return 0
}

// standing is how the demonstration stands on a day, "2017-07-31".
func standing(t testing.TB, day string) *plan.PlanStanding {
	t.Helper()
	p, marks := demo(t)
	return plan.Stand(p, marks, date(t, day), time.Time{}, plan.DefaultRules())
}

func date(t testing.TB, s string) plan.Date {
	t.Helper()
	d, err := plan.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// golden compares with a file, or writes it.
func golden(t *testing.T, path string, got []byte) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v; run go test ./render -update", err)
	}
	if string(want) != string(got) {
		t.Errorf("%s differs; look at it and run go test ./render -update", path)
		if len(got) < 8000 {
			t.Errorf("got:\n%s\nwant:\n%s", got, want)
		}
	}
}
