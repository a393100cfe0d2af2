package bot_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"duban/bot"
	"duban/bot/telegramtest"
	"duban/commands"
	"duban/plan"
	"duban/storage"
)

// channel is a running Telegram channel over a strict server.
type channel struct {
	*telegramtest.Server
	db     *storage.DB
	log    *buffer
	router commands.Options
	change func(*bot.Options)
	store  bot.Store                               // in place of db; nil is db
	wrap   func(*commands.Router) bot.Conversation // in place of the router; nil is the router
	bot    *bot.Telegram
	done   chan struct{} // closed when Run has returned
	end    func() error  // stops it and returns what Run did
}

// buffer is a log that several write and a test reads.
type buffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

// admin is the first administrator's user id.
const admin = 9000

// question and answer are what tests ask most.
const (
	question = "今年要新增多少张养老床位？"
	answer   = "3600张"
)

// prepare makes a channel that does not run yet.
func prepare(t testing.TB, change func(*bot.Options)) *channel {
	t.Helper()
	return &channel{
		Server: telegramtest.New(t), db: database(t, plan.Published, storage.Policy{}), log: &buffer{}, change: change,
		router: commands.Options{Admins: []plan.PersonID{"telegram:9000"}},
	}
}

// start runs a channel until the test ends.
func start(t testing.TB, change func(*bot.Options)) *channel {
	t.Helper()
	c := prepare(t, change)
	c.run(t)
	return c
}

func (c *channel) run(t testing.TB) {
	t.Helper()
	zone, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	transport := bot.NewTransport(nil)
	t.Cleanup(transport.CloseIdleConnections)
	options := bot.Options{
		Token: telegramtest.Token, Endpoint: c.URL, Transport: transport, Zone: zone, Evidence: t.TempDir(), MaxFile: 20 << 20, Now: time.Now,
		Log: slog.New(slog.NewTextHandler(c.log, &slog.HandlerOptions{Level: slog.LevelDebug})), Metrics: bot.NewMetrics(prometheus.NewRegistry()),
	}
	if c.change != nil {
		c.change(&options)
	}
	ctx, cancel := context.WithCancel(context.Background())
	c.done = make(chan struct{})
	router := commands.New(c.db, c.router)
	var conversation bot.Conversation = router
	if c.wrap != nil {
		conversation = c.wrap(router)
	}
	var store bot.Store = c.db
	if c.store != nil {
		store = c.store
	}
	c.bot = bot.NewTelegram(conversation, store, options)
	var result error
	go func(done chan struct{}) {
		defer close(done)
		result = c.bot.Run(ctx)
	}(c.done)
	c.end = sync.OnceValue(func() error {
		cancel()
		<-c.done
		return result
	})
	t.Cleanup(func() {
		if err := c.end(); err != nil && !errors.Is(err, context.Canceled) && !errors.Is(err, bot.ErrToken) {
			t.Errorf("run: %v", err)
		}
	})
}

// ended waits until Run returns by itself.
func (c *channel) ended(t testing.TB) error {
	t.Helper()
	select {
	case <-c.done:
	case <-time.After(20 * time.Second):
		t.Fatal("the channel runs on")
	}
	return c.end()
}

// member stores somebody with a role.
func (c *channel) member(t testing.TB, id int64, role plan.Role, department string) *telegramtest.Person {
	t.Helper()
	person := c.Person(id, string(role))
	name := chatOf(id)
	err := c.db.Update(t.Context(), func(tx plan.Tx) error {
		return tx.As(plan.System, time.Now()).PutPerson(plan.Person{ID: plan.PersonID(name), Chat: name, Role: role, Department: department, Warned: true})
	})
	if err != nil {
		t.Fatal(err)
	}
	return person
}

// mail stores messages in the outbox, as another part of the program does.
func (c *channel) mail(t testing.TB, list ...plan.Delivery) {
	t.Helper()
	if err := c.db.Update(t.Context(), func(tx plan.Tx) error { return tx.Send(list...) }); err != nil {
		t.Fatal(err)
	}
	if c.bot != nil {
		c.bot.Poke()
	}
}

// eventually waits for something that must come true.
func eventually(t testing.TB, what string, cond func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if cond() {
			return
		}
	}
	t.Fatalf("%s did not come", what)
}

// texts are what stands in a chat.
func (c *channel) texts(chat int64) []string {
	var list []string
	for _, m := range c.Messages(chat) {
		list = append(list, m.Text)
	}
	return list
}
