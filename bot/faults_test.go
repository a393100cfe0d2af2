package bot_test

import (
	"context"
	"errors"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"duban/bot"
	"duban/bot/telegramtest"
)

// TestFaultsOfSends: whatever goes wrong with a call, the chat has its answer in the end,
// once unless nobody can know, and the others are not held up.
func TestFaultsOfSends(t *testing.T) {
	t.Parallel()
	for _, f := range []struct {
		name   string
		fault  telegramtest.Fault
		copies int  // of the answer
		others bool // are answered meanwhile
	}{
		{"429", telegramtest.TooMany(1), 1, false},
		{"429 with a header only", telegramtest.TooManyBare(1), 1, false},
		{"429 that says nothing", telegramtest.TooManyBare(0), 1, false},
		{"502 in HTML", telegramtest.Gateway(http.StatusBadGateway), 1, true},
		{"500", telegramtest.Refusal(http.StatusInternalServerError, "Internal Server Error"), 1, true},
		{"409", telegramtest.Refusal(http.StatusConflict, "Conflict"), 1, true},
		{"cut before", telegramtest.ResetBefore(), 1, true},
		{"cut after", telegramtest.ResetAfter(), 2, true},
		{"half an answer", telegramtest.Truncated(), 2, true},
		{"slow", telegramtest.Slow(300 * time.Millisecond), 1, true},
		{"elsewhere", telegramtest.Moved("http://127.0.0.1:1/"), 1, true},
		{"a firewall's 403", telegramtest.Gateway(http.StatusForbidden), 1, true},
		{"a proxy's 400", telegramtest.Gateway(http.StatusBadRequest), 1, true},
		{"a portal's 401", telegramtest.Gateway(http.StatusUnauthorized), 1, true},
		{"a proxy's 404", telegramtest.Gateway(http.StatusNotFound), 1, true},
		{"a proxy's 407", telegramtest.Gateway(http.StatusProxyAuthRequired), 1, true},
		{"another program's JSON", telegramtest.Foreign(http.StatusForbidden, `{"error":"forbidden"}`), 1, true},
		{"200 that says nothing", telegramtest.Foreign(http.StatusOK, `{}`), 1, true},
		{"200 without a result", telegramtest.Foreign(http.StatusOK, `{"ok":true}`), 1, true},
		{"a portal's 200", telegramtest.Gateway(http.StatusOK), 1, true},
	} {
		t.Run(f.name, func(t *testing.T) {
			t.Parallel()
			c := start(t, nil)
			one, other := c.Person(1, "甲"), c.Person(2, "乙")
			other.Ask(t, "/help")
			c.Add(f.fault.On("sendMessage", 1).OnChat(1))
			began := time.Now()
			one.Say(question)
			c.AwaitCall(5*time.Second, func(x *telegramtest.Call) bool { return x.ChatID == 1 })
			if !f.others { // what leaves while the refusal is on its way does not wait
				time.Sleep(50 * time.Millisecond)
			}
			other.Ask(t, question)
			if took := time.Since(began); f.others == (took > 900*time.Millisecond) {
				t.Errorf("another chat waited %v", took)
			}
			for range f.copies {
				one.AwaitText(t, 1, answer)
			}
			one.Say("/help")
			one.Await(t, 1)
			if list := c.texts(1); len(list) != f.copies+1 || !strings.Contains(list[len(list)-1], "直接提问") {
				t.Errorf("%d messages, want %d", len(list), f.copies+1)
			}
			if list := c.DuringPause(); len(list) > 0 {
				t.Errorf("sent during a pause: %v", list[0].String())
			}
		})
	}
}

// TestFaultsOfPolling: polling goes on after every failure, and nothing is handled twice.
func TestFaultsOfPolling(t *testing.T) {
	t.Parallel()
	for _, f := range []struct {
		name  string
		fault telegramtest.Fault
		log   string
	}{
		{"502", telegramtest.Gateway(http.StatusBadGateway), "updates cannot be fetched"},
		{"429", telegramtest.TooMany(1), "updates cannot be fetched"},
		{"409", telegramtest.Refusal(http.StatusConflict, "Conflict: terminated by other getUpdates request"), "stop the other one"},
		{"half an answer", telegramtest.Truncated(), "updates cannot be fetched"},
		{"cut before", telegramtest.ResetBefore(), "updates cannot be fetched"},
		{"cut after", telegramtest.ResetAfter(), "updates cannot be fetched"},
	} {
		t.Run(f.name, func(t *testing.T) {
			t.Parallel()
			c := prepare(t, nil)
			fault := f.fault.On("getUpdates", 2)
			c.Add(fault)
			p := c.Person(1, "甲")
			p.Say(question)
			c.run(t)
			p.AwaitText(t, 1, answer)
			eventually(t, "the confirmation", func() bool { return c.Unconfirmed() == 0 })
			if n := len(c.texts(1)); n != 1 {
				t.Errorf("%d messages", n)
			}
			if !strings.Contains(c.log.String(), f.log) {
				t.Errorf("the log does not say %q", f.log)
			}
		})
	}
}

// TestDuplicates: an update that comes again, in this run or the next, changes nothing.
func TestDuplicates(t *testing.T) {
	t.Parallel()
	c := start(t, nil)
	p := c.Person(1, "甲")
	message := map[string]any{
		"message_id": 5, "date": time.Now().Unix(), "text": question, "chat": map[string]any{"id": 1, "type": "private"},
		"from": map[string]any{"id": 1, "is_bot": false, "first_name": "甲"},
	}
	id := c.Push("message", message)
	p.Await(t, 1)
	for range 2 {
		c.Again(id, "message", message)
		c.Again(id, "message", message)
		p.Ask(t, "/help")
		if err := c.end(); err != nil {
			t.Fatal(err)
		}
		c.Again(id, "message", message)
		c.run(t)
		p.Ask(t, "/help")
	}
	if n := len(c.texts(1)); n != 5 {
		t.Errorf("%d messages, want 5", n)
	}
}

// TestQuietWeek: after a week without updates their numbers begin anew, below the old ones.
func TestQuietWeek(t *testing.T) {
	t.Parallel()
	c := start(t, nil)
	p := c.Person(1, "甲")
	p.Ask(t, question)
	eventually(t, "the first confirmation", func() bool { return c.Unconfirmed() == 0 })
	c.Renumber(17)
	p.Ask(t, "/help")
	eventually(t, "the confirmation", func() bool { return c.Unconfirmed() == 0 })
}

// TestUnreadableUpdates are passed by.
func TestUnreadableUpdates(t *testing.T) {
	t.Parallel()
	c := start(t, nil)
	c.Push("message", map[string]any{"message_id": "five", "chat": 7})
	c.Push("message", map[string]any{"message_id": 5})
	c.Push("callback_query", map[string]any{"id": "x"})
	c.Person(1, "甲").Ask(t, question)
	eventually(t, "the confirmation", func() bool { return c.Unconfirmed() == 0 })
	eventually(t, "the answer to the query", func() bool { return len(c.Calls("answerCallbackQuery")) > 0 })
	c.Excuse() // the query is unknown
}

// TestStart: an API out of reach is waited for; a refused token ends the program.
func TestStart(t *testing.T) {
	t.Parallel()
	c := prepare(t, nil)
	c.Add(telegramtest.ResetBefore().On("getMe", 1))
	c.Add(telegramtest.Gateway(http.StatusBadGateway).On("getMe", 2))
	c.Add(telegramtest.Refusal(http.StatusNotFound, "Not Found").On("setMyCommands", 0))
	c.run(t)
	if c.bot.Ready() == nil {
		t.Error("ready before it began")
	}
	c.Person(1, "甲").Ask(t, question)
	if err := c.bot.Ready(); err != nil {
		t.Errorf("ready: %v", err)
	}
	if log := c.log.String(); !strings.Contains(log, "cannot be reached") || !strings.Contains(log, "menu was not set") {
		t.Errorf("log: %s", log)
	}
}

func TestRefusedToken(t *testing.T) {
	t.Parallel()
	wrong := prepare(t, func(o *bot.Options) { o.Token = "123456:another_token" })
	wrong.run(t)
	if err := wrong.ended(t); !errors.Is(err, bot.ErrToken) {
		t.Errorf("error %v, want ErrToken", err)
	}
	late := start(t, nil)
	late.Person(1, "甲").Ask(t, question)
	late.Add(telegramtest.Refusal(http.StatusUnauthorized, "Unauthorized").On("sendMessage", 0))
	late.mail(t, letter(chatOf(1), "公告"))
	if err := late.ended(t); !errors.Is(err, bot.ErrToken) {
		t.Errorf("error %v, want ErrToken", err)
	}
	if late.waiting(t) != 1 {
		t.Error("the message is lost")
	}
	polling := start(t, nil)
	polling.Person(1, "甲").Ask(t, question)
	polling.Add(telegramtest.Refusal(http.StatusUnauthorized, "Unauthorized").On("getUpdates", 0))
	polling.Person(1, "甲").Say("/help")
	if err := polling.ended(t); !errors.Is(err, bot.ErrToken) {
		t.Errorf("error %v, want ErrToken", err)
	}
}

func TestUnreachable(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	_ = listener.Close()
	c := prepare(t, func(o *bot.Options) { o.Endpoint = "http://" + address })
	c.run(t)
	eventually(t, "the log", func() bool { return strings.Contains(c.log.String(), "cannot be reached") })
	began := time.Now()
	if err := c.end(); err != nil && !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if took := time.Since(began); took > time.Second {
		t.Errorf("it took %v to stop", took)
	}
}

// TestButtons: answered exactly once and soon, whatever is pressed and whatever fails.
func TestButtons(t *testing.T) {
	t.Parallel()
	c := start(t, nil)
	p := c.Person(1, "甲")
	list := p.Ask(t, "/list")
	c.Add(telegramtest.Slow(500*time.Millisecond).On("editMessageText", 1))
	began := time.Now()
	first := p.Press(1, list, list.Buttons[0].Text)
	eventually(t, "the first answer", func() bool { return c.Answered(first) == 1 })
	if took := time.Since(began); took > 400*time.Millisecond {
		t.Errorf("the clock stood for %v", took)
	}
	for _, forged := range []string{"", "x", "i:9.9.9", "a:no-such-verb:1", strings.Repeat("长", 40), "\x00"} {
		query := p.PressData(1, list, forged)
		eventually(t, "the answer to a forged button", func() bool { return c.Answered(query) == 1 })
	}
	for _, fault := range []telegramtest.Fault{telegramtest.Gateway(502), telegramtest.TooMany(1), telegramtest.ResetBefore(), telegramtest.ResetAfter()} {
		remove := c.Add(fault.On("answerCallbackQuery", 1))
		query := p.PressData(1, list, "l::0")
		eventually(t, "an answer after a failure", func() bool { return c.Answered(query) == 1 })
		remove()
	}
}
