package bot_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"duban/bot/telegramtest"
	"duban/plan"
)

// TestForeignRefusals: whoever answers in place of the API unsubscribes nobody, buries
// nothing and refuses no token.
func TestForeignRefusals(t *testing.T) {
	t.Parallel()
	for _, code := range []int{302, 400, 401, 403, 404, 407} {
		t.Run(http.StatusText(code), func(t *testing.T) {
			t.Parallel()
			c := prepare(t, nil)
			c.follow(t, 1)
			for _, method := range []string{"getMe", "deleteWebhook", "getUpdates", "sendMessage"} {
				c.Add(telegramtest.Gateway(code).On(method, 1))
			}
			c.run(t)
			c.mail(t, letter(chatOf(1), "公告"))
			c.Person(1, "甲").AwaitText(t, 1, "公告")
			eventually(t, "an empty outbox", func() bool { return c.waiting(t) == 0 })
			if !c.follows(t, 1) {
				t.Error("unsubscribed")
			}
			if m := c.Person(admin, "管理员").Ask(t, "/outbox"); strings.Contains(m.Text, "公告") {
				t.Errorf("buried: %q", m.Text)
			}
		})
	}
}

// TestRefusedMessages: what can never be delivered is kept where admins see it, and what
// comes behind goes on.
func TestRefusedMessages(t *testing.T) {
	t.Parallel()
	c := start(t, nil)
	c.Add(telegramtest.Refusal(http.StatusBadRequest, "Bad Request: message is too long").On("sendMessage", 1).OnChat(1))
	c.mail(t, letter(chatOf(1), "第一"), letter(chatOf(1), "第二"))
	p := c.Person(1, "甲")
	p.AwaitText(t, 1, "第二")
	outbox := c.Person(admin, "管理员").Ask(t, "/outbox")
	if !strings.Contains(outbox.Text, "第一") || !strings.Contains(outbox.Text, "太长") {
		t.Errorf("outbox: %q", outbox.Text)
	}
	if m := p.Ask(t, "/outbox"); strings.Contains(m.Text, "第一") {
		t.Errorf("the public sees the outbox: %q", m.Text)
	}
}

// TestEdits: a page that is as it was is turned already; one that cannot be changed comes as
// a new message.
func TestEdits(t *testing.T) {
	t.Parallel()
	c := start(t, nil)
	p := c.Person(1, "甲")
	list := p.Ask(t, "/list")
	first := list.Buttons[0].Text
	p.Press(1, list, first)
	c.AwaitCalls(5*time.Second, "editMessageText", 1)
	p.Press(1, list, first) // the same again: not modified
	c.AwaitCalls(5*time.Second, "editMessageText", 2)
	p.Ask(t, question)
	c.Add(telegramtest.Refusal(http.StatusBadRequest, "Bad Request: message can't be edited").On("editMessageText", 1))
	p.Press(1, list, list.Buttons[1].Text)
	if m := p.Await(t, 1); len(m.Buttons) == 0 {
		t.Errorf("%+v", m)
	}
	if strings.Contains(c.log.String(), "not modified") {
		t.Error("a page that is as it was is no failure")
	}
}

// TestBlocked: a chat that cannot be reached is left alone and unsubscribed.
func TestBlocked(t *testing.T) {
	t.Parallel()
	for _, f := range []struct {
		name  string
		block func(*channel)
	}{
		{"blocked", func(c *channel) { c.Block(1) }},
		{"deactivated", func(c *channel) {
			c.Add(telegramtest.Refusal(http.StatusForbidden, "Forbidden: user is deactivated").On("sendMessage", 0).OnChat(1))
		}},
		{"not found", func(c *channel) {
			c.Add(telegramtest.Refusal(http.StatusBadRequest, "Bad Request: chat not found").On("sendMessage", 0).OnChat(1))
		}},
	} {
		t.Run(f.name, func(t *testing.T) {
			t.Parallel()
			c := prepare(t, nil)
			c.follow(t, 1)
			f.block(c)
			c.mail(t, letter(chatOf(1), "一"), letter(chatOf(1), "二"), letter(chatOf(2), "三"))
			c.run(t)
			c.Person(2, "乙").Await(t, 2)
			eventually(t, "an empty outbox", func() bool { return c.waiting(t) == 0 })
			if n := len(c.Sends()); n != 2 {
				t.Errorf("%d calls, want one to each chat", n)
			}
			if c.follows(t, 1) {
				t.Error("still subscribed")
			}
		})
	}
}

// TestThrownOut: being blocked or thrown out is heard of, too.
func TestThrownOut(t *testing.T) {
	t.Parallel()
	c := start(t, nil)
	c.follow(t, 1)
	c.Push("my_chat_member", map[string]any{
		"chat": map[string]any{"id": 1, "type": "private"}, "from": map[string]any{"id": 1, "is_bot": false, "first_name": "甲"}, "date": 1,
		"old_chat_member": map[string]any{"status": "member", "user": map[string]any{"id": 777}},
		"new_chat_member": map[string]any{"status": "kicked", "user": map[string]any{"id": 777}},
	})
	eventually(t, "the end of the subscription", func() bool { return !c.follows(t, 1) })
}

func (c *channel) follow(t *testing.T, id int64) {
	t.Helper()
	err := c.db.Update(t.Context(), func(tx plan.Tx) error {
		actor := plan.Actor{ID: plan.PersonID(chatOf(id)), Role: plan.Public}
		return tx.As(actor, time.Now()).Follow(plan.Subscription{Plan: "聊城市2017", Chat: chatOf(id), Item: 1})
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (c *channel) follows(t *testing.T, id int64) bool {
	t.Helper()
	var list []plan.Subscription
	err := c.db.View(t.Context(), func(tx plan.Tx) (err error) {
		list, err = tx.As(plan.Actor{ID: plan.PersonID(chatOf(id)), Role: plan.Public}, time.Now()).Following()
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return slices.ContainsFunc(list, func(s plan.Subscription) bool { return s.Chat == chatOf(id) })
}
