package bot_test

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"duban/bot"
	"duban/bot/telegramtest"
	"duban/commands"
	"duban/plan"
	"duban/storage"
)

// channel is a running Telegram channel over a strict server.
type channel struct {
	*telegramtest.Server
	db   *storage.DB
	log  *strings.Builder
	stop func()
}

// admin is the first administrator's user id.
const admin = 9000

// start runs a channel until the test ends.
func start(t *testing.T, change func(*bot.Options)) *channel {
	t.Helper()
	c := &channel{Server: telegramtest.New(t), db: database(t, plan.Published, storage.Policy{}), log: &strings.Builder{}}
	c.run(t, change)
	return c
}

func (c *channel) run(t *testing.T, change func(*bot.Options)) {
	t.Helper()
	zone, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	options := bot.Options{
		Token: telegramtest.Token, Endpoint: c.URL, Zone: zone, Evidence: t.TempDir(), MaxFile: 20 << 20, Now: time.Now,
		Log: slog.New(slog.NewTextHandler(c.log, nil)),
	}
	if change != nil {
		change(&options)
	}
	router := commands.New(c.db, commands.Options{Admins: []plan.PersonID{"telegram:9000"}})
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- bot.NewTelegram(router, c.db, options).Run(ctx) }()
	c.stop = func() {
		cancel()
		if err := <-done; err != nil && !errors.Is(err, context.Canceled) && !errors.Is(err, bot.ErrToken) {
			t.Errorf("run: %v", err)
		}
		done <- nil
	}
	t.Cleanup(c.stop)
}

func TestCitizenAsks(t *testing.T) {
	t.Parallel()
	c := start(t, nil)
	citizen := c.Person(101, "市民")
	if m := citizen.Ask(t, "今年要新增多少张养老床位？"); !strings.Contains(m.Text, "3600张") || len(m.Buttons) == 0 {
		t.Errorf("answer %+v", m)
	}
	m := citizen.Ask(t, "/list")
	query := citizen.Press(101, m, m.Buttons[2].Text)
	if !c.AwaitCall(5*time.Second, func(x *telegramtest.Call) bool { return x.Method == "editMessageText" && x.Applied }) {
		t.Fatalf("the list was not turned in place\n%s", c.Tail(10))
	}
	if c.Answered(query) != 1 {
		t.Errorf("the button was answered %d times", c.Answered(query))
	}
}
