package commands

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"duban/plan"
	"duban/render"
	"duban/report"
	"duban/report/builtin"
	"duban/storage"
)

// fileday is the day on which the lines of testdata are typed.
var fileday = time.Date(2017, 7, 28, 10, 0, 0, 0, time.UTC)

// departments of the built-in report, by the codes of what they lead; the first that holds
// a commitment counts.
var departments = []struct{ code, lead, support string }{
	{"3.0.1.0", "发改委", ""},
	{"3.1.1", "农业局", ""},
	{"3.1.2", "经信委", ""},
	{"3.1.3.1", "旅发委", ""},
	{"3.1.3.2", "商务局", ""},
	{"3.1.3.3", "金融办", ""},
	{"3.2.1.1", "发改委", "交通运输局"},
	{"3.2.1.2", "科技局", ""},
	{"3.2.1.3", "工商局", ""},
	{"3.2.1.4", "人社局", ""},
	{"3.3.1.2", "金融办", ""},
	{"3.3.1.4", "工商局", ""},
	{"3.3.2", "商务局", ""},
	{"3.4.1.0", "发改委", ""},
	{"3.4.1.1", "规划局", ""},
	{"3.4.1", "住建局", ""},
	{"3.5.1.1", "经信委", ""},
	{"3.5.1.2", "住建局", ""},
	{"3.5.1.3", "环保局", ""},
	{"3.5.1.4", "环保局", ""},
	{"3.5.1.5", "林业局", ""},
	{"3.6.1", "扶贫办", ""},
	{"3.6.2.0", "财政局", ""},
	{"3.6.2.1", "人社局", "财政局"},
	{"3.6.2.2", "人社局", ""},
	{"3.6.2.3", "教育局", ""},
	{"3.6.2.4", "卫计委", ""},
	{"3.6.2.5", "民政局", "财政局"},
	{"3.6.2.6", "住建局", ""},
	{"3.6.2.7", "交通运输局", ""},
	{"3.6.2.8", "交通运输局", ""},
	{"3.6.2.9", "文广新局", ""},
	{"3.6.2.10", "食药监局", ""},
}

// world is a database with a published plan and a router over it.
type world struct {
	t      testing.TB
	db     *storage.DB
	plan   *plan.Plan
	router *Router
	now    time.Time
}

// newWorld stores a report with its departments assigned.
func newWorld(t testing.TB, text string, lead func(plan.Code) (lead, support string), options Options) *world {
	t.Helper()
	policy := storage.Policy{AtOnce: options.AtOnce, Signed: options.Signed}
	db, err := storage.Open(filepath.Join(t.TempDir(), "duban.db"), storage.Options{Review: policy})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	p, err := report.Parse(text, report.Options{})
	if err != nil {
		t.Fatal(err)
	}
	p.State = plan.Published
	merged, _ := plan.Merge(nil, p)
	var duties []plan.Duty
	for i := range merged.Commitments {
		c := &merged.Commitments[i]
		if l, s := lead(c.Code); l != "" {
			duties = append(duties, plan.Duty{Item: c.ID, Lead: l, Support: strings.Fields(s)})
		}
	}
	err = db.Update(t.Context(), func(tx plan.Tx) error {
		desk := tx.As(plan.System, fileday)
		if err := desk.PutPlan(merged); err != nil {
			return err
		}
		return desk.Assign(merged.Key(), duties...)
	})
	if err != nil {
		t.Fatal(err)
	}
	return &world{t: t, db: db, plan: merged, router: New(db, options), now: fileday}
}

// liaocheng is the built-in report.
func liaocheng(t testing.TB) *world {
	t.Helper()
	return liaochengWith(t, Options{})
}

func liaochengWith(t testing.TB, options Options) *world {
	t.Helper()
	return newWorld(t, builtin.Text(), func(code plan.Code) (string, string) {
		for _, d := range departments {
			if code == plan.Code(d.code) || strings.HasPrefix(string(code), d.code+".") {
				return d.lead, d.support
			}
		}
		return "", ""
	}, options)
}

// jingdezhen is another city's report, or a skipped test where it is absent.
func jingdezhen(t testing.TB) *world {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "shared", "reports", "jingdezhen-2023.txt"))
	if err != nil {
		t.Skip("no report of Jingdezhen here")
	}
	w := newWorld(t, string(data), func(plan.Code) (string, string) { return "市直部门", "" }, Options{})
	w.now = fileday.AddDate(6, 0, 0)
	return w
}

// part finds the target or task that words name: whole or, where it is the only one, in part.
func (w *world) part(words string) (id plan.ID, target *plan.Target, task *plan.Task) {
	w.t.Helper()
	name, code, _ := strings.Cut(words, "#")
	hits := 0
	for i := range w.plan.Commitments {
		c := &w.plan.Commitments[i]
		if code != "" && string(c.Code) != code {
			continue
		}
		for _, m := range partsOf(c) {
			text := textOf(m.Target, m.Task)
			switch {
			case text == name:
				return itemOf(m), m.Target, m.Task
			case strings.Contains(text, name):
				hits++
				id, target, task = itemOf(m), m.Target, m.Task
			}
		}
	}
	if hits != 1 {
		w.t.Fatalf("%q names %d targets and tasks", words, hits)
	}
	return id, target, task
}

func textOf(target *plan.Target, task *plan.Task) string {
	if target != nil {
		return target.Metric
	}
	return task.Text
}

// accept files something and accepts it.
func (w *world) accept(words, value string, day plan.Date) {
	w.t.Helper()
	id, target, _ := w.part(words)
	f := plan.Filing{Plan: w.plan.Key(), Item: id, Date: day, Reviews: []plan.Review{{Verdict: plan.Accepted, By: "system", At: noon(day)}}}
	if target != nil {
		v := decimal(w.t, value)
		f.Value = &v
	} else {
		f.Stage = plan.Stage(value)
	}
	err := w.db.Update(w.t.Context(), func(tx plan.Tx) error {
		_, err := tx.As(plan.System, noon(day)).File(f)
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

func decimal(t testing.TB, text string) plan.Decimal {
	t.Helper()
	d, err := plan.ParseDecimal(text)
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return d
}

// staff files for a department.
func staff(department string) *plan.Actor {
	return &plan.Actor{ID: plan.PersonID("test:" + department), Role: plan.Staff, Department: department}
}

// say sends a message; "[…]" presses nothing, it is text too.
func (w *world) say(as *plan.Actor, chat, text string) []render.Message {
	w.t.Helper()
	return w.send(Request{Text: text, Chat: chat, From: as.ID, As: as})
}

func (w *world) send(r Request) []render.Message {
	w.t.Helper()
	if r.Now.IsZero() {
		r.Now = w.now
	}
	messages, err := w.router.Handle(context.Background(), r)
	if err != nil {
		w.t.Fatalf("%q: %v", r.Text+r.Action, err)
	}
	return messages
}

// drafts are what waits for its confirmation in a chat.
func (w *world) drafts(chat string) []draft {
	w.t.Helper()
	var d filingDialog
	err := w.db.View(w.t.Context(), func(tx plan.Tx) error {
		t := &turn{tx: tx, request: Request{Chat: chat, Now: w.now}}
		t.recall(filingKind, &d)
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return d.Drafts
}

func itoa(n int) string { return strconv.Itoa(n) }

func noon(d plan.Date) time.Time { return time.Date(d.Year, d.Month, d.Day, 12, 0, 0, 0, time.UTC) }
