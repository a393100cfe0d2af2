package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"math"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"text/tabwriter"
	"time"

	"duban/ask"
	"duban/bot"
	"duban/commands"
	"duban/plan"
	"duban/render"
	"duban/report"
	"duban/report/builtin"
	"duban/schedule"
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

func (w *town) parse(b *testing.B) {
	for b.Loop() {
		if _, err := report.Parse(w.text, report.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

func (w *town) ask() func(b *testing.B) {
	e := ask.New(w.plan)
	questions := []string{"今年要新增多少张养老床位？", "农村公路修多少公里", "危桥改造几座", "停车位一小时收几块钱", "谁负责棚户区改造", "十件实事有哪些", "脱贫人口目标是多少"}
	return func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			e.AskOnly(questions[i%len(questions)])
		}
	}
}

func (w *town) standing(day plan.Date) *plan.PlanStanding {
	var standing *plan.PlanStanding
	err := w.db.View(context.Background(), func(tx plan.Tx) error {
		marks, err := tx.As(plan.System, measuredDay).Marks(w.plan.Key())
		standing = plan.Stand(w.plan, marks, day, time.Time{}, plan.DefaultRules())
		return err
	})
	if err != nil {
		w.Fatal(err)
	}
	return standing
}

func (w *town) status(b *testing.B) {
	for b.Loop() {
		w.standing(plan.DateOf(measuredDay))
	}
}

func (w *town) digests() func(b *testing.B) {
	in := render.DigestInput{
		Period: plan.PeriodAt(plan.Week, plan.DateOf(measuredDay)), Now: w.standing(plan.DateOf(measuredDay)), Before: w.standing(plan.NewDate(2017, 6, 25)),
		Duties: map[plan.ID]plan.Duty{},
	}
	return func(b *testing.B) {
		for b.Loop() {
			d := render.NewDigest(in)
			for i := range 1000 {
				c := &w.plan.Commitments[i%len(w.plan.Commitments)]
				d.For(render.Reader{Follows: []plan.Subscription{{Plan: w.plan.Key(), Item: c.ID}}})
			}
		}
	}
}

func (w *town) card() func(b *testing.B) {
	card := render.CardFor(w.standing(plan.DateOf(measuredDay)), nil, render.Reader{})
	return func(b *testing.B) {
		for b.Loop() {
			render.ProgressCard(card)
		}
	}
}

// file is how many filings a second 64 people store.
func (w *town) file() float64 {
	const filings = 4000
	var next atomic.Int64
	var work sync.WaitGroup
	began := time.Now()
	for range 64 {
		work.Go(func() {
			for i := next.Add(1); i <= filings; i = next.Add(1) {
				c := &w.plan.Commitments[int(i)%len(w.plan.Commitments)]
				if len(c.Targets) > 0 {
					w.update(func(d plan.Desk) error { _, err := d.File(w.filing(&c.Targets[0], int(i)%10)); return err })
				}
			}
		})
	}
	work.Wait()
	return filings / time.Since(began).Seconds()
}

// look is the best of three looks in milliseconds, each at the opening of another round.
func (w *town) look() float64 {
	best := time.Hour
	for month := range time.Month(3) {
		clock, err := schedule.New(w.db, schedule.Options{Settings: schedule.DefaultSettings()})
		if err != nil {
			w.Fatal(err)
		}
		began := time.Now()
		if _, err := clock.Tick(context.Background(), measuredDay.AddDate(0, int(month), 0)); err != nil {
			w.Fatal(err)
		}
		best = min(best, time.Since(began))
	}
	return float64(best) / float64(time.Millisecond)
}

// start opens a copy and answers.
func (w *town) start(b *testing.B) {
	var backup bytes.Buffer
	if _, err := w.db.Backup(context.Background(), &backup); err != nil {
		b.Fatal(err)
	}
	path := filepath.Join(b.TempDir(), "copy.db")
	if err := os.WriteFile(path, backup.Bytes(), 0o600); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		db, err := storage.Open(path, storage.Options{})
		if err != nil {
			b.Fatal(err)
		}
		if _, err := commands.New(db, commands.Options{}).Handle(context.Background(), commands.Request{Text: "养老床位", Chat: "1", From: "1", Now: measuredDay}); err != nil {
			b.Fatal(err)
		}
		if err := db.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

// memory is what a conversation over the plan keeps, in megabytes.
func (w *town) memory() float64 {
	var before, after runtime.MemStats
	for range 3 { // what pools keep is freed by the second
		runtime.GC()
	}
	runtime.ReadMemStats(&before)
	router := commands.New(w.db, commands.Options{})
	if _, err := router.Handle(context.Background(), commands.Request{Text: "养老床位", Chat: "1", From: "1", Now: measuredDay}); err != nil {
		w.Fatal(err)
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	runtime.KeepAlive(router)
	return float64(after.HeapAlloc-before.HeapAlloc) / 1e6
}

// yes is an API that accepts everything at once.
type yes struct{ sent atomic.Int64 }

// RoundTrip implements http.RoundTripper.
func (y *yes) RoundTrip(r *http.Request) (*http.Response, error) {
	body := `{"ok":true,"result":true}`
	switch {
	case strings.HasSuffix(r.URL.Path, "/getMe"):
		body = `{"ok":true,"result":{"id":1,"is_bot":true,"first_name":"x","username":"x_bot"}}`
	case strings.HasSuffix(r.URL.Path, "/getUpdates"):
		<-r.Context().Done()
		return nil, r.Context().Err()
	case strings.HasSuffix(r.URL.Path, "/sendMessage"):
		y.sent.Add(1)
		body = `{"ok":true,"result":{"message_id":1,"date":1,"chat":{"id":1,"type":"private"}}}`
	}
	return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
}

// deliver sends k times 200 stored messages to as many chats, and returns how many a second.
func (w *town) deliver() float64 {
	n := 200 * w.k
	err := w.db.Update(context.Background(), func(tx plan.Tx) error {
		payload, err := render.Encode(render.Message{Text: strings.Repeat("督办周报", 50)})
		for i := range n {
			name := fmt.Sprintf("telegram:%d", i+1)
			if err == nil {
				err = tx.Send(plan.Delivery{Key: "bench:" + name, Recipient: name, Payload: payload, At: measuredDay})
			}
		}
		return err
	})
	if err != nil {
		w.Fatal(err)
	}
	api := &yes{}
	ctx, cancel := context.WithCancel(context.Background())
	channel := bot.NewTelegram(commands.New(w.db, commands.Options{}), w.db, bot.Options{
		Token: "1:x", Endpoint: "http://api.invalid", Transport: api, Zone: time.UTC, Now: time.Now, Log: slog.New(slog.DiscardHandler),
	})
	began := time.Now()
	done := make(chan error, 1)
	go func() { done <- channel.Run(ctx) }()
	for api.sent.Load() < int64(n) && time.Since(began) < time.Minute {
		time.Sleep(time.Millisecond)
	}
	took := time.Since(began)
	cancel()
	if err := <-done; err != nil {
		w.Fatal(err)
	}
	return float64(n) / took.Seconds()
}

// binarySize builds the program as it is shipped; in megabytes.
func binarySize(t *testing.T) float64 {
	t.Helper()
	path := filepath.Join(t.TempDir(), "duban")
	build := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", path, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return float64(info.Size()) / 1e6
}
