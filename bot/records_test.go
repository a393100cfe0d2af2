package bot_test

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"duban/bot"
	"duban/bot/telegramtest"
	"duban/plan"
)

// fullDisk is a store that refuses changes on demand.
type fullDisk struct {
	bot.Store
	full atomic.Bool
}

func (d *fullDisk) Update(ctx context.Context, f func(plan.Tx) error) error {
	if d.full.Load() {
		return errors.New("no space left on device")
	}
	return d.Store.Update(ctx, f)
}

// onFullDisk prepares a channel whose disk can be full.
func onFullDisk(t *testing.T) (*channel, *fullDisk) {
	t.Helper()
	c := prepare(t, func(o *bot.Options) { o.Limits = bot.Limits{} })
	disk := &fullDisk{Store: c.db}
	c.store = disk
	return c, disk
}

// TestNothingLeavesUnrecorded: while sends cannot be recorded no more are made, and when
// they can, every message has come once.
func TestNothingLeavesUnrecorded(t *testing.T) {
	t.Parallel()
	c, disk := onFullDisk(t)
	c.run(t)
	c.Person(1, "甲").Ask(t, "/help")
	var list []plan.Delivery
	for i := range 300 {
		list = append(list, letter(chatOf(int64(100+i)), "公告"))
	}
	if err := c.db.Update(t.Context(), func(tx plan.Tx) error { return tx.Send(list...) }); err != nil {
		t.Fatal(err)
	}
	disk.full.Store(true)
	c.bot.Poke()
	eventually(t, "the log", func() bool { return strings.Contains(c.log.String(), "nothing is sent until") })
	time.Sleep(300 * time.Millisecond)
	left := len(c.Sends())
	time.Sleep(2 * time.Second)
	if n := len(c.Sends()); n != left || n > 161 {
		t.Errorf("%d messages left, then %d", left, n)
	}
	disk.full.Store(false)
	eventually(t, "an empty outbox", func() bool { return c.waiting(t) == 0 })
	if n := len(c.Sends()); n != 301 {
		t.Errorf("%d messages, want 301", n)
	}
}

// TestEndOnAFullDisk: the program ends in time although nothing can be stored.
func TestEndOnAFullDisk(t *testing.T) {
	t.Parallel()
	c, disk := onFullDisk(t)
	c.run(t)
	c.Person(1, "甲").Ask(t, "/help")
	c.Add(telegramtest.Slow(300*time.Millisecond).On("sendMessage", 0))
	for i := range 20 {
		c.Person(int64(i+10), "甲").Say(question)
	}
	eventually(t, "the updates", func() bool { return c.Unconfirmed() == 0 })
	disk.full.Store(true)
	c.endsWithin(t, 9*time.Second)
}

// endsWithin ends the channel and judges how long that takes.
func (c *channel) endsWithin(t *testing.T, most time.Duration) {
	t.Helper()
	began := time.Now()
	if err := c.end(); err != nil {
		t.Errorf("error %v", err)
	}
	if took := time.Since(began); took > most {
		t.Errorf("the end took %v", took)
	}
}

// TestEndWhileCallsHang: a send that hangs is broken off in time, and what stands beside
// delays nothing.
func TestEndWhileCallsHang(t *testing.T) {
	t.Parallel()
	for method, most := range map[string]time.Duration{"sendMessage": 9 * time.Second, "answerCallbackQuery": 3 * time.Second} {
		t.Run(method, func(t *testing.T) {
			t.Parallel()
			c := start(t, nil)
			p := c.Person(1, "甲")
			list := p.Ask(t, "/list")
			c.Add(telegramtest.Hang(time.Minute).On(method, 0))
			p.Press(1, list, list.Buttons[0].Text)
			p.Say(question)
			if !c.AwaitCall(10*time.Second, func(x *telegramtest.Call) bool { return x.Method == method && !x.Applied && x.Status == 0 }) {
				t.Fatal("no call")
			}
			time.Sleep(200 * time.Millisecond)
			c.endsWithin(t, most)
		})
	}
}

// TestPartsKeepTheirPlace: a message that comes in parts is read before what was stored
// after it, and its parts are not repeated after a restart.
func TestPartsKeepTheirPlace(t *testing.T) {
	t.Parallel()
	c := prepare(t, func(o *bot.Options) { o.Limits = bot.Limits{Chat: 1} })
	c.mail(t, letter(chatOf(1), strings.Repeat("很长的一段话。", 1500)), letter(chatOf(1), "第二条"))
	c.run(t)
	p := c.Person(1, "甲")
	first := p.Await(t, 1)
	eventually(t, "the record", func() bool { return recorded(t, c) > 0 })
	if err := c.end(); err != nil {
		t.Fatal(err)
	}
	c.run(t)
	whole := first.Text
	for m := p.Await(t, 1); m.Text != "第二条"; m = p.Await(t, 1) {
		whole += m.Text
	}
	if whole != strings.Repeat("很长的一段话。", 1500) {
		t.Errorf("%d bytes came", len(whole))
	}
	eventually(t, "an empty outbox", func() bool { return c.waiting(t) == 0 })
}

// recorded counts the sends of the last minutes.
func recorded(t *testing.T, c *channel) int {
	t.Helper()
	var list []plan.SentNote
	err := c.db.View(t.Context(), func(tx plan.Tx) (err error) {
		list, err = tx.RecentlySent(time.Now().Add(-time.Minute))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return len(list)
}

// TestPauseHoldsForAll: what a 429 asks to wait holds for the answers to buttons as well.
func TestPauseHoldsForAll(t *testing.T) {
	t.Parallel()
	c := start(t, nil)
	p := c.Person(1, "甲")
	list := p.Ask(t, "/list")
	c.Add(telegramtest.TooMany(2).On("sendMessage", 1))
	p.Say(question)
	c.AwaitCall(5*time.Second, func(x *telegramtest.Call) bool { return x.Wait > 0 })
	began := time.Now()
	time.Sleep(100 * time.Millisecond)
	query := p.Press(1, list, list.Buttons[0].Text)
	eventually(t, "the answer to the button", func() bool { return c.Answered(query) == 1 })
	if took := time.Since(began); took < 1800*time.Millisecond {
		t.Errorf("answered after %v", took)
	}
}
