package bot_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"duban/plan"
	"duban/storage"
)

// leanServer answers as fast as it can: what is measured is the bot.
type leanServer struct {
	*httptest.Server
	updates [][]byte
	latency time.Duration
	sent    atomic.Int64
	first   atomic.Int64 // when updates were first asked for
	all     chan struct{}
	over    chan struct{}
	once    sync.Once
}

func newLeanServer(updates [][]byte, latency time.Duration) *leanServer {
	s := &leanServer{updates: updates, latency: latency, all: make(chan struct{}), over: make(chan struct{})}
	s.Server = httptest.NewServer(http.HandlerFunc(s.serve))
	return s
}

func (s *leanServer) serve(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	switch method := r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:]; method {
	case "getUpdates":
		s.poll(w, r)
	case "getMe":
		_, _ = io.WriteString(w, `{"ok":true,"result":{"id":777,"is_bot":true,"first_name":"x","username":"duban_test_bot"}}`)
	case "sendMessage":
		_, _ = io.Copy(io.Discard, r.Body)
		time.Sleep(s.latency)
		_, _ = io.WriteString(w, `{"ok":true,"result":{"message_id":5,"date":1,"chat":{"id":1,"type":"private"},"text":"x"}}`)
		if s.sent.Add(1) == int64(len(s.updates)) {
			close(s.all)
		}
	default:
		_, _ = io.WriteString(w, `{"ok":true,"result":true}`)
	}
}

func (s *leanServer) poll(w http.ResponseWriter, r *http.Request) {
	s.first.CompareAndSwap(0, time.Now().UnixNano())
	offset, _ := strconv.Atoi(r.FormValue("offset"))
	at := max(offset-1, 0)
	if at >= len(s.updates) {
		select {
		case <-s.over:
		case <-r.Context().Done():
		}
	}
	_, _ = io.WriteString(w, `{"ok":true,"result":[`)
	_, _ = w.Write(bytes.Join(s.updates[min(at, len(s.updates)):min(at+100, len(s.updates))], []byte(",")))
	_, _ = io.WriteString(w, `]}`)
}

func (s *leanServer) stop() {
	s.once.Do(func() { close(s.over) })
	s.CloseClientConnections()
	s.Close()
}

// realQuestions are those of the scripts and one for every figure of the report.
func realQuestions(t testing.TB, p *plan.Plan) []string {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/questions.txtar")
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for line := range strings.Lines(string(archive.Files[0].Data)) {
		if line = strings.TrimSpace(line); line != "" && !strings.ContainsAny(line, "@>[]") {
			list = append(list, line)
		}
	}
	for i := range p.Commitments {
		for j := range p.Commitments[i].Targets {
			list = append(list, "今年"+p.Commitments[i].Targets[j].Metric+"目标是多少？")
		}
	}
	return list
}

// asked are updates with real questions from a number of chats.
func asked(t testing.TB, db *storage.DB, n, chats int) [][]byte {
	t.Helper()
	var p *plan.Plan
	if err := db.View(t.Context(), func(tx plan.Tx) (err error) { p, err = tx.Plans().Get("聊城市2017"); return err }); err != nil {
		t.Fatal(err)
	}
	questions := realQuestions(t, p)
	list := make([][]byte, n)
	for i := range list {
		chat := i%chats + 1
		list[i], _ = json.Marshal(map[string]any{"update_id": i + 1, "message": map[string]any{
			"message_id": i, "date": 1500000000, "text": questions[(i*7+i/chats)%len(questions)],
			"chat": map[string]any{"id": chat, "type": "private", "first_name": "市民"},
			"from": map[string]any{"id": chat, "is_bot": false, "first_name": "市民", "language_code": "zh-hans"},
		}})
	}
	return list
}

// measured is what a run of a bot took.
type measured struct {
	rate     float64 // messages a second
	resident int     // kB at most
	busy     float64 // microseconds of processor a message
}

// measure runs a bot as a child against a lean server.
func measure(t *testing.T, settings childSettings, updates [][]byte, latency time.Duration) measured {
	t.Helper()
	s := newLeanServer(updates, latency)
	defer s.stop()
	settings.URL = s.URL
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	told, _ := json.Marshal(settings)
	child := exec.CommandContext(t.Context(), self, "-test.run", "^$")
	child.Env = append(os.Environ(), childVariable+"="+string(told))
	child.Stderr = os.Stderr
	stdin, err := child.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	select {
	case <-s.all:
	case <-time.After(2 * time.Minute):
		t.Errorf("only %d of %d were answered", s.sent.Load(), len(updates))
	}
	took := time.Since(time.Unix(0, s.first.Load()))
	m := measured{rate: float64(len(updates)) / took.Seconds(), resident: residentOf(child.Process.Pid)}
	_ = stdin.Close()
	_ = child.Wait()
	m.busy = float64((child.ProcessState.UserTime() + child.ProcessState.SystemTime()).Microseconds()) / float64(len(updates))
	return m
}

// better is the faster run with the larger memory.
func better(a, b measured) measured {
	if a.rate == 0 {
		return b
	}
	return measured{rate: max(a.rate, b.rate), resident: max(a.resident, b.resident), busy: min(a.busy, b.busy)}
}

// residentOf is the largest resident memory of a process in kB; 0 where it is not known.
func residentOf(pid int) int {
	status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			n, _ := strconv.Atoi(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(rest), "kB")))
			return n
		}
	}
	return 0
}

// TestLoad answers real questions from many chats, beside a bare echo bot of the same
// library in the same run.
func TestLoad(t *testing.T) {
	soak := os.Getenv(soakVariable) != ""
	n, chats, rounds := 1000, 100, 1
	if soak {
		n, chats, rounds = 20_000, 1000, 3
	} else if testing.Short() {
		t.Skip("measures for seconds")
	}
	fresh := func() (childSettings, [][]byte) {
		db := database(t, plan.Published, storage.Policy{})
		updates := asked(t, db, n, chats)
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		return childSettings{Path: db.Path(), Profile: os.Getenv("DUBAN_PROFILE")}, updates
	}
	var echo, ours measured // the best of each: other programs take the processors too
	for range rounds {
		settings, updates := fresh()
		echo = better(echo, measure(t, childSettings{Echo: true}, updates, 0))
		ours = better(ours, measure(t, settings, updates, 0))
	}
	t.Logf("%d updates of %d chats: %.0f/s, the echo bot %.0f/s, ratio %.2f; %d MB resident; %.0f and %.0f µs of processor a message",
		n, chats, ours.rate, echo.rate, ours.rate/echo.rate, ours.resident/1024, ours.busy, echo.busy)
	settings, updates := fresh()
	settings.Profile = ""
	far := measure(t, settings, updates, 50*time.Millisecond)
	t.Logf("with 50 ms of latency %.0f/s; %d MB resident", far.rate, far.resident/1024)
	if !soak {
		return
	}
	if ours.rate < 0.55*echo.rate {
		t.Errorf("ratio %.2f, want 0.55", ours.rate/echo.rate)
	}
	if far.rate < 1000 {
		t.Errorf("%.0f messages a second with latency, want 1,000", far.rate)
	}
	if most := max(ours.resident, far.resident); most > 60<<10 {
		t.Errorf("%d MB resident, want 60", most/1024)
	}
}
