package bot_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"runtime/pprof"
	"strings"
	"testing"
	"time"

	"duban/bot"
	"duban/bot/telegramtest"
	"duban/commands"
	"duban/plan"
	"duban/storage"
)

// childVariable makes the test binary the program that is killed.
const childVariable = "DUBAN_TEST_CHILD"

// soakVariable makes long runs of the short ones.
const soakVariable = "DUBAN_SOAK"

// childSettings are what the child is told.
type childSettings struct {
	Path, URL string
	Limits    bot.Limits
	Echo      bool   // another bot, to compare with
	Profile   string // file for a profile of the processor; "" has none
}

// runChild runs the channel over a database until it is killed or its stdin ends.
func runChild() int {
	var s childSettings
	if err := json.Unmarshal([]byte(os.Getenv(childVariable)), &s); err != nil {
		return 1
	}
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		cancel()
	}()
	if s.Echo {
		if err := echo(s.URL, ctx.Done()); err != nil {
			return 1
		}
		return 0
	}
	if s.Profile != "" {
		f, err := os.Create(s.Profile)
		if err != nil || pprof.StartCPUProfile(f) != nil {
			return 1
		}
		defer pprof.StopCPUProfile()
	}
	db, err := storage.Open(s.Path, storage.Options{Timeout: 10 * time.Second})
	if err != nil {
		_, _ = fmt.Fprintln(os.Stderr, err)
		return 1
	}
	router := commands.New(db, commands.Options{Admins: []plan.PersonID{"telegram:9000"}})
	err = bot.NewTelegram(router, db, bot.Options{
		Token: telegramtest.Token, Endpoint: s.URL, Limits: s.Limits, Zone: time.UTC, Now: time.Now,
		Log: slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError})),
	}).Run(ctx)
	if err != nil {
		_, _ = fmt.Fprintln(os.Stderr, err)
	}
	_ = db.Close()
	return 0
}

// crashRun is what happens while the program is killed again and again.
type crashRun struct {
	*telegramtest.Server
	settings  childSettings
	kills     int
	updates   int
	receivers int
	filings   int
	longest   time.Duration // that the child lives, at first
	killed    []time.Time
	expected  []expected
}

// expected is a message that must come.
type expected struct {
	chat int64
	text string
}

// TestCrash kills the program at random instants while it answers questions, takes filings
// and sends a broadcast; the server's ledger shows that nothing is lost, no effect happens
// twice, at most one message a chat and kill is repeated and no rate is exceeded.
func TestCrash(t *testing.T) {
	r := &crashRun{
		kills: 4, updates: 240, receivers: 120, filings: 12, longest: 700 * time.Millisecond,
		settings: childSettings{Limits: bot.Limits{Global: 300, Chat: 20, Group: 600}},
	}
	if os.Getenv(soakVariable) != "" {
		r.kills, r.updates, r.receivers, r.filings, r.longest = 200, 2000, 1000, 100, 1500*time.Millisecond
		r.settings.Limits = bot.DefaultLimits()
	} else if testing.Short() {
		t.Skip("kills processes for seconds")
	}
	r.Server = telegramtest.New(t)
	r.prepare(t)
	r.settings.URL = r.URL
	began := time.Now()
	for range r.kills {
		r.live(t)
	}
	r.finish(t)
	repeats := r.judge(t)
	t.Logf("%d kills, %d updates, %d recipients in %v: %d messages, %d repeated, peaks %s", r.kills, r.updates, r.receivers,
		time.Since(began).Round(time.Second), len(r.Sends()), repeats, r.Audit())
}

// prepare stores the plan, a filer and the broadcast, and queues the updates.
func (r *crashRun) prepare(t *testing.T) {
	t.Helper()
	db := database(t, plan.Published, storage.Policy{AtOnce: true})
	r.settings.Path = db.Path()
	err := db.Update(t.Context(), func(tx plan.Tx) error {
		for i := range r.receivers {
			chat := int64(100_000 + i)
			text := fmt.Sprintf("公告%d", i)
			r.expect(chat, text)
			if err := tx.Send(letter(chatOf(chat), text)); err != nil {
				return err
			}
		}
		return tx.As(plan.System, time.Now()).PutPerson(plan.Person{ID: "telegram:9001", Chat: "telegram:9001", Role: plan.Supervisor, Warned: true})
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	filer := r.Person(9001, "督查")
	chats := max(r.updates/6, 20)
	for i := range r.updates {
		if i%(r.updates/r.filings) == 0 {
			value := 1000 + 2*i
			filer.Say(fmt.Sprintf("养老床位 %d", value))
			r.expect(9001, fmt.Sprint(value))
			filer.Say("确认")
		}
		mark := fmt.Sprintf("zzqx%dx", i)
		if i%40 == 0 {
			r.Person(int64(i+1), "市民").SayIn(group, "/find@duban_test_bot "+mark)
			r.expect(group, mark)
			continue
		}
		p := r.Person(int64(i%chats+1), "市民")
		p.Say("/find " + mark)
		r.expect(p.ID, mark)
	}
}

func (r *crashRun) expect(chat int64, text string) {
	r.expected = append(r.expected, expected{chat, text})
}

// child starts the program.
func (r *crashRun) child(t *testing.T) (*exec.Cmd, io.Closer) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	settings, _ := json.Marshal(r.settings)
	child := exec.CommandContext(t.Context(), self, "-test.run", "^$")
	child.Env = append(os.Environ(), childVariable+"="+string(settings))
	child.Stderr = os.Stderr
	stdin, err := child.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	return child, stdin
}

// live starts the program and kills it after a while.
func (r *crashRun) live(t *testing.T) {
	t.Helper()
	before := len(r.Calls(""))
	child, stdin := r.child(t)
	eventually(t, "the first call", func() bool { return len(r.Calls("")) > before })
	time.Sleep(rand.N(restOf(r.settings.Limits) + r.longest))
	_ = child.Process.Kill()
	_ = child.Wait()
	_ = stdin.Close()
	r.killed = append(r.killed, time.Now())
}

// restOf is how long the sender waits after a start.
func restOf(l bot.Limits) time.Duration {
	if l.Global == 0 {
		return 0
	}
	return 1100 * time.Millisecond
}

// finish lets the program come to its end.
func (r *crashRun) finish(t *testing.T) {
	t.Helper()
	child, stdin := r.child(t)
	deadline := time.Now().Add(10 * time.Minute)
	for time.Now().Before(deadline) && (len(r.missing()) > 0 || r.confirmations() < r.filings) {
		time.Sleep(100 * time.Millisecond)
	}
	r.settle()
	_ = stdin.Close()
	if err := child.Wait(); err != nil {
		t.Errorf("the program: %v", err)
	}
	if m := r.missing(); len(m) > 0 {
		t.Errorf("%d messages are lost, the first: %+v", len(m), m[0])
	}
}

func (r *crashRun) confirmations() int {
	n := 0
	for _, m := range r.Messages(9001) {
		n += strings.Count(m.Text, "已提交")
	}
	return n
}

// settle waits until nothing was sent for a while: what was in flight at the last kill comes
// again, to a group when its minute has passed.
func (r *crashRun) settle() {
	quiet := 3 * restOf(r.settings.Limits)
	if l := r.settings.Limits; l == bot.DefaultLimits() {
		quiet += time.Minute
	}
	for n := -1; n != len(r.Sends()); time.Sleep(quiet) {
		n = len(r.Sends())
	}
}

// missing lists what did not come.
func (r *crashRun) missing() []expected {
	byChat := map[int64]string{}
	var list []expected
	for _, e := range r.expected {
		if _, ok := byChat[e.chat]; !ok {
			var all strings.Builder
			for _, m := range r.Messages(e.chat) {
				all.WriteString(m.Text + "\n")
			}
			byChat[e.chat] = all.String()
		}
		if !strings.Contains(byChat[e.chat], e.text) {
			list = append(list, e)
		}
	}
	return list
}
