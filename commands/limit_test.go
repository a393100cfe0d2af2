package commands

import (
	"context"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"duban/plan"
	"duban/storage"
)

var morning = time.Date(2017, 3, 1, 9, 0, 0, 0, time.UTC)

func TestLimiter(t *testing.T) {
	t.Parallel()
	l := newLimiter(DefaultLimit())
	sentences, admitted := 0, 0
	for i := range 600 { // ten requests a second for a minute
		ok, answer := l.admit("a", morning.Add(time.Duration(i)*100*time.Millisecond))
		sentences += len(answer)
		if ok {
			admitted++
		}
	}
	if admitted < 39 || admitted > 40 || sentences != 1 {
		t.Errorf("%d admitted, %d sentences; want the burst and 30 a minute, and one sentence", admitted, sentences)
	}
	if ok, _ := l.admit("b", morning); !ok {
		t.Error("one chat limits another")
	}
	later := morning.Add(time.Hour)
	for range 10 {
		if ok, _ := l.admit("a", later); !ok {
			t.Error("the burst does not come back")
		}
	}
	if ok, answer := l.admit("a", later); ok || len(answer) != 1 {
		t.Error("the sentence does not come back")
	}
	if ok, _ := newLimiter(Limit{}).admit("a", morning); !ok {
		t.Error("no limit limits")
	}
}

func TestLimiterForgets(t *testing.T) {
	t.Parallel()
	l := newLimiter(DefaultLimit())
	for i := range maxChats + 10 {
		l.admit(strconv.Itoa(i), morning)
	}
	if len(l.buckets) > maxChats {
		t.Errorf("%d chats are kept", len(l.buckets))
	}
}

func TestGuesses(t *testing.T) {
	t.Parallel()
	g := newGuesses()
	for i := range mostGuesses {
		if g.blocked("a", morning) {
			t.Fatalf("blocked after %d", i)
		}
		g.add("a", morning.Add(time.Duration(i)*time.Minute))
	}
	if !g.blocked("a", morning.Add(59*time.Minute)) || g.blocked("b", morning) || g.blocked("a", morning.Add(time.Hour)) {
		t.Error("want five in any hour, each person alone")
	}
}

func TestFoldGap(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"请问 聊城地铁 什么时候开通？":            "聊城地铁什么时候开通",
		"聊城地铁什么时候开通呢":                "聊城地铁什么时候开通",
		"ＧＤＰ多少":                      "gdp多少",
		"打 13800000000 问停车":          "打问停车",
		"邮箱 a.b@example.org 通吗":      "邮箱通",
		"😀！":                         "",
		"我的电话 138-1234-5678 低保怎么办":   "我的电话低保怎么办",
		"3715 0219 8001 0112 34 查低保": "查低保",
		"东关街12号3单元501的暖气":            "的暖气",
		"实事8号工程在12号线旁":               "实事8号工程在12号线旁",
	}
	for text, want := range tests {
		if got := foldGap(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// TestGapsComeInBatches asks questions without an answer and looks when they are stored.
func TestGapsComeInBatches(t *testing.T) {
	t.Parallel()
	db, err := storage.Open(filepath.Join(t.TempDir(), "duban.db"), storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	p := &plan.Plan{Place: "甲市", Year: 2017, State: plan.Published, Commitments: []plan.Commitment{{Segment: plan.Segment{Code: "3.1.1.1", Title: "扶老", Text: "新增养老床位。"}}}}
	merged, _ := plan.Merge(nil, p)
	if err := db.Update(t.Context(), func(tx plan.Tx) error { return tx.As(plan.System, morning).PutPlan(merged) }); err != nil {
		t.Fatal(err)
	}
	r := New(db, Options{})
	for range gapBatch - 1 {
		if _, err := r.Handle(t.Context(), Request{Text: "火星上有没有水", Chat: "a", From: "a", Now: morning}); err != nil {
			t.Fatal(err)
		}
	}
	if list := stored(t, db); len(list) != 0 {
		t.Errorf("stored before the batch is full: %v", list)
	}
	if _, err := r.Handle(t.Context(), Request{Text: "请问火星上有没有水？", Chat: "a", From: "a", Now: morning}); err != nil {
		t.Fatal(err)
	}
	if list := stored(t, db); len(list) != 1 || list[0].Count != gapBatch {
		t.Errorf("a full batch: %v", list)
	}
	r.gaps.add("一个问题", 1, morning)
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	if r.Flush(canceled) == nil {
		t.Error("a canceled flush is no error")
	}
	if err := r.Flush(t.Context()); err != nil || len(stored(t, db)) != 2 {
		t.Errorf("after a failure the count is lost: %v", err)
	}
}

func stored(t *testing.T, db *storage.DB) (list []plan.Gap) {
	t.Helper()
	err := db.View(t.Context(), func(tx plan.Tx) (err error) {
		list, err = tx.As(plan.System, morning).Gaps(10)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// TestMessagesThatWaited: what was written slowly while nobody read is answered, however fast it
// comes at last.
func TestMessagesThatWaited(t *testing.T) {
	t.Parallel()
	w := liaochengWith(t, Options{Limit: Limit{Burst: 10, PerMinute: 20}})
	for i := range 40 {
		got := texts(w.send(Request{Text: "养老床位", Chat: "test:late", From: "test:late", Sent: w.now.Add(time.Duration(i-60) * time.Minute)}))
		if !strings.Contains(got, "3600张") {
			t.Fatalf("message %d: %s", i, got)
		}
	}
}
