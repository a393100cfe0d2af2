package main

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"text/tabwriter"
	"time"

	"duban/plan"
	"duban/report"
	"duban/report/builtin"
	"duban/storage"
)

// performanceVariable runs TestPerformance, which takes minutes.
const performanceVariable = "DUBAN_PERFORMANCE"

// sizes are the factors of the built-in report's size.
var sizes = []int{1, 10, 100}

// TestPerformance prints what the program's main jobs take on plans of several sizes. It
// judges nothing: the limits are in the benchmarks of the packages.
func TestPerformance(t *testing.T) {
	if os.Getenv(performanceVariable) == "" {
		t.Skip("measures for minutes; make bench runs it")
	}
	var out bytes.Buffer
	table := tabwriter.NewWriter(&out, 0, 0, 1, ' ', tabwriter.Debug)
	_, _ = fmt.Fprintln(table, "\tjob\tunit\t1×\t10×\t100×\tgrowth 1→10\tgrowth 10→100\t")
	_, _ = fmt.Fprintln(table, "\t---\t---\t---:\t---:\t---:\t---:\t---:\t")
	var columns [][]figure
	for _, k := range sizes {
		columns = append(columns, measureAll(t, k))
	}
	for i, first := range columns[0] {
		x, y, z := first.value, columns[1][i].value, columns[2][i].value
		_, _ = fmt.Fprintf(table, "\t%s\t%s\t%s\t%s\t%s\t%.1f\t%.1f\t\n", first.job, first.unit, short(x), short(y), short(z), y/x, z/y)
	}
	_, _ = fmt.Fprintf(table, "\tsize of the program\tMB\t%s\t\t\t\t\t\n", short(binarySize(t)))
	_ = table.Flush()
	t.Log("\n" + out.String())
}

func short(x float64) string { return fmt.Sprintf("%.3g", x) }

// figure is one measurement.
type figure struct {
	job, unit string
	value     float64
}

// town is a database with a plan k times as large as the built-in one.
type town struct {
	testing.TB
	k    int
	text string
	plan *plan.Plan
	path string
	db   *storage.DB
}

func measureAll(t *testing.T, k int) []figure {
	t.Helper()
	w := newTown(t, k)
	ms, us := time.Millisecond, time.Microsecond
	targets := 0
	for i := range w.plan.Commitments {
		targets += len(w.plan.Commitments[i].Targets)
	}
	figures := []figure{
		{"targets", "count", float64(targets)},
		{"parse the report", "ms", per(ms, w.parse)},
		{"answer a question", "µs", per(us, w.ask())},
		{"status of all targets, ten filings each", "ms", per(ms, w.status)},
		{"composing the digest of 1,000 readers", "ms", per(ms, w.digests())},
		{"progress card", "ms", per(ms, w.card())},
		{"file, with the write to the disk", "filings/s", w.file()},
		{"a look of the clock, all due, 20 people", "ms", w.look()},
		{"start until the first answer", "ms", per(ms, w.start)},
		{"memory of the open plan", "MB", w.memory()},
		{"deliver, network and limits left out", "messages/s", w.deliver()},
	}
	if err := w.db.Close(); err != nil {
		t.Fatal(err)
	}
	return figures
}

// per is how long f takes in a unit, the best of three runs: what disturbs a machine makes
// them only longer.
func per(unit time.Duration, f func(b *testing.B)) float64 {
	best := math.Inf(1)
	for range 3 {
		r := testing.Benchmark(f)
		best = min(best, float64(r.T)/float64(r.N)/float64(unit))
	}
	return best
}

// enlarged is the built-in report with its last part's sections k times.
func enlarged(k int) string {
	lines := strings.SplitAfter(builtin.Text(), "\n")
	from, to := -1, -1
	for i, line := range lines {
		switch trimmed := strings.TrimLeft(line, "　 "); {
		case strings.HasPrefix(trimmed, "三、"):
			from = i + 1
			for !strings.HasPrefix(strings.TrimLeft(lines[from], "　 "), "(一)") {
				from++
			}
		case from >= 0 && strings.HasPrefix(trimmed, "("):
			to = i + 1
		}
	}
	var b strings.Builder
	b.WriteString(strings.Join(lines[:from], ""))
	section := 0
	for range k {
		for _, line := range lines[from:to] {
			if _, rest, ok := strings.Cut(line, ")"); ok && strings.HasPrefix(strings.TrimLeft(line, "　 "), "(") {
				section++
				line = "　　(" + numeral(section) + ")" + rest
			}
			b.WriteString(line)
		}
	}
	b.WriteString(strings.Join(lines[to:], ""))
	return b.String()
}

// numeral writes numbers under a thousand.
func numeral(n int) string {
	digits := []rune("零一二三四五六七八九")
	text := ""
	for _, place := range []struct {
		value int
		name  string
	}{{100, "百"}, {10, "十"}, {1, ""}} {
		d := n / place.value
		n %= place.value
		switch {
		case d > 0 && (place.value != 10 || d != 1 || text != ""):
			text += string(digits[d]) + place.name
		case d > 0:
			text += place.name
		case text != "" && n > 0 && !strings.HasSuffix(text, "零"):
			text += "零"
		}
	}
	return text
}

func newTown(t *testing.T, k int) *town {
	t.Helper()
	w := &town{TB: t, k: k, text: enlarged(k), path: filepath.Join(t.TempDir(), "duban.db")}
	p, err := report.Parse(w.text, report.Options{})
	if err != nil {
		t.Fatal(err)
	}
	p.State = plan.Published
	w.plan, _ = plan.Merge(nil, p)
	if w.db, err = storage.Open(w.path, storage.Options{}); err != nil {
		t.Fatal(err)
	}
	w.update(func(d plan.Desk) error {
		if err := d.PutPlan(w.plan); err != nil {
			return err
		}
		for i := range w.plan.Commitments {
			office := fmt.Sprintf("第%d局", i%20)
			if err := d.Assign(w.plan.Key(), plan.Duty{Item: w.plan.Commitments[i].ID, Lead: office}); err != nil {
				return err
			}
		}
		for i := range 20 {
			name := fmt.Sprintf("person:%d", i)
			if err := d.PutPerson(plan.Person{ID: plan.PersonID(name), Chat: name, Role: plan.Staff, Department: fmt.Sprintf("第%d局", i)}); err != nil {
				return err
			}
		}
		return nil
	})
	w.fill()
	return w
}

var measuredDay = time.Date(2017, 7, 25, 9, 0, 0, 0, time.UTC)

func (w *town) update(f func(plan.Desk) error) {
	w.Helper()
	if err := w.db.Update(context.Background(), func(tx plan.Tx) error { return f(tx.As(plan.System, measuredDay.AddDate(0, -2, 0))) }); err != nil {
		w.Fatal(err)
	}
}

// fill files ten times for every target, accepted.
func (w *town) fill() {
	w.update(func(d plan.Desk) error {
		for i := range w.plan.Commitments {
			for j := range w.plan.Commitments[i].Targets {
				for n := range 10 {
					if _, err := d.File(w.filing(&w.plan.Commitments[i].Targets[j], n)); err != nil {
						return err
					}
				}
			}
		}
		return nil
	})
}

func (w *town) filing(target *plan.Target, n int) plan.Filing {
	value := plan.NewDecimal(int64(10*n), 0)
	return plan.Filing{
		Plan: w.plan.Key(), Item: target.ID, Value: &value, Date: plan.NewDate(2017, 3, 1).AddDays(7 * n), Note: "按计划推进",
		Reviews: []plan.Review{{Verdict: plan.Accepted}},
	}
}
