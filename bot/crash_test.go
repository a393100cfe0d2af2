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
	"slices"
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
	time.Sleep(rand.N(restOf(r.settings.Limits) + r.longest)) //nolint:gosec // instants, no secrets
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

// settle waits until nothing was sent for some seconds: what was in flight at the last kill
// comes again.
func (r *crashRun) settle() {
	for n := -1; n != len(r.Sends()); time.Sleep(3 * restOf(r.settings.Limits)) {
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

// judge checks the ledger and the database; it returns how many messages were repeated.
func (r *crashRun) judge(t *testing.T) int {
	t.Helper()
	byChat := map[int64][]telegramtest.Call{}
	for _, c := range r.Sends() {
		if c.Applied {
			byChat[c.ChatID] = append(byChat[c.ChatID], c)
		}
	}
	if n := strings.Count(strings.Join(textsOf(byChat[9001]), "\n"), "已提交"); n < r.filings || n > r.filings+r.kills {
		t.Errorf("%d confirmations of %d filings", n, r.filings)
	}
	repeats := 0
	for chat, calls := range byChat {
		repeats += r.judgeChat(t, chat, calls)
	}
	p, l := r.Audit(), r.settings.Limits
	if p.Global > int(l.Global) || p.Chat > int(l.Chat) || p.Group > int(l.Group) {
		t.Errorf("peaks: %s", p)
	}
	r.judgeFilings(t)
	return repeats
}

func textsOf(calls []telegramtest.Call) []string {
	var list []string
	for _, c := range calls {
		list = append(list, c.Values["text"])
	}
	return list
}

// judgeChat: a text that came again was the last of its chat before a kill, and only one
// came again a kill; what the chat reads is in the order of its questions.
func (r *crashRun) judgeChat(t *testing.T, chat int64, calls []telegramtest.Call) int {
	t.Helper()
	first := map[string]int{}
	repeatsOf := map[int]int{} // by kill
	for i, c := range calls {
		at, again := first[c.Values["text"]]
		if !again || strings.Contains(c.Values["text"], "已") && chat == 9001 {
			first[c.Values["text"]] = i
			continue
		}
		first[c.Values["text"]] = i
		kill := slices.IndexFunc(r.killed, func(k time.Time) bool { return k.After(calls[at].At) })
		if kill < 0 || !r.killed[kill].Before(c.At) {
			t.Errorf("chat %d: %.60q came twice without a kill", chat, c.Values["text"])
			continue
		}
		if repeatsOf[kill]++; repeatsOf[kill] > 1 {
			t.Errorf("chat %d: kill %d repeated more than one message", chat, kill)
		}
		if at+1 < i && calls[at+1].At.Before(r.killed[kill]) {
			t.Errorf("chat %d: %.60q was repeated although the next had left", chat, c.Values["text"])
		}
	}
	n := 0
	for _, k := range repeatsOf {
		n += k
	}
	return n
}

// judgeFilings: every filing was made once.
func (r *crashRun) judgeFilings(t *testing.T) {
	t.Helper()
	db, err := storage.Open(r.settings.Path, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	var filings map[plan.ID][]plan.Filing
	var inbox []plan.Update
	var outbox []plan.Delivery
	err = db.View(t.Context(), func(tx plan.Tx) (err error) {
		inbox, _ = tx.Inbox()
		outbox, _ = tx.Outbox("")
		filings, err = tx.As(plan.System, time.Now()).Filings("聊城市2017")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	count := map[string]int{}
	for _, list := range filings {
		for _, f := range list {
			count[f.Value.String()]++
		}
	}
	for value, n := range count {
		if n != 1 {
			t.Errorf("%s was filed %d times", value, n)
		}
	}
	if len(count) != r.filings || len(inbox) > 0 || len(outbox) > 0 {
		t.Errorf("%d filings, want %d; %d updates and %d messages are left", len(count), r.filings, len(inbox), len(outbox))
	}
	if err := db.Check(t.Context()); err != nil {
		t.Error(err)
	}
}

// TestBroadcast: many messages leave at nearly the full rate.
func TestBroadcast(t *testing.T) {
	t.Parallel()
	n, slowest := 120, 24.0 // beside other tests
	if os.Getenv(soakVariable) != "" {
		n, slowest = 1000, 27
	} else if testing.Short() {
		t.Skip("sends for seconds")
	}
	c := prepare(t, func(o *bot.Options) { o.Limits = bot.DefaultLimits() })
	var list []plan.Delivery
	for i := range n {
		list = append(list, letter(chatOf(int64(1000+i)), "公告"))
	}
	c.mail(t, list...)
	c.run(t)
	if !c.AwaitCalls(2*time.Minute, "sendMessage", n) {
		t.Fatalf("only %d messages were sent", len(c.Calls("sendMessage")))
	}
	calls := c.Calls("sendMessage")
	rate := float64(n-1) / calls[n-1].At.Sub(calls[0].At).Seconds()
	t.Logf("%d messages at %.1f a second, peaks %s", n, rate, c.Audit())
	if p := c.Audit(); rate < slowest || p.Global > 30 {
		t.Errorf("%.1f messages a second, peaks %s", rate, p)
	}
}
