package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"duban/ask"
	"duban/bot"
	"duban/commands"
	"duban/plan"
	"duban/render"
	"duban/report"
	"duban/schedule"
	"duban/storage"
)

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
		clock, err := schedule.New(w.db, schedule.Options{Settings: schedule.DefaultSettings(), Now: time.Now})
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
