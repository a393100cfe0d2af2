package bot_test

import (
	"strings"
	"testing"
	"time"

	"duban/plan"
)

const group = -1001

// TestGroups: in a group the bot speaks only when spoken to, in one message, and keeps
// nothing of what it was not told.
func TestGroups(t *testing.T) {
	t.Parallel()
	c := start(t, nil)
	p := c.Person(1, "甲")
	silent := []string{
		"大家好", question, "3600 张 duban_test_bot", "/list@another_bot", "写信给 a@duban_test_bot", "@duban_test_bot2 " + question,
		"密码是 12345", "/help@duban_test_bot_too", "/warn", "/ban 张三", "/", "//", "/home/x",
	}
	for _, text := range silent {
		p.SayIn(group, text)
	}
	for _, text := range []string{
		"/item@duban_test_bot 3.6.2.5", "/ITEM@Duban_Test_Bot\n3.6.2.5", "@duban_test_bot " + question, question + " @DUBAN_test_bot", "请问@duban_test_bot，" + question, "/list",
	} {
		before := len(c.texts(group))
		p.SayIn(group, text)
		m := p.Await(t, group)
		if len(c.texts(group)) != before+1 || m.ReplyTo == 0 {
			t.Errorf("%q: %d messages, reply to %d", text, len(c.texts(group))-before, m.ReplyTo)
		}
		if strings.Contains(m.Text, "没有") && !strings.Contains(text, "请问") {
			t.Errorf("%q was not understood: %q", text, m.Text)
		}
	}
	ours := c.Messages(group)[0]
	p.Reply(group, ours, question)
	if m := p.Await(t, group); !strings.Contains(m.Text, answer) {
		t.Errorf("a reply to the bot: %q", m.Text)
	}
	theirs := ours
	theirs.ID = 4711
	query := p.PressData(group, ours, "i:3.6.2.5")
	p.Await(t, group)
	eventually(t, "the answer to the button", func() bool { return c.Answered(query) == 1 })
	eventually(t, "the confirmation", func() bool { return c.Unconfirmed() == 0 })
	if n := len(c.texts(group)); n != 8 {
		t.Errorf("%d messages, want 8", n)
	}
	for _, text := range silent {
		if strings.Contains(c.log.String(), text) {
			t.Errorf("%q is in the log", text)
		}
	}
}

// TestGroupsHaveOneMessage: the longest answer comes in one message.
func TestGroupsHaveOneMessage(t *testing.T) {
	t.Parallel()
	c := start(t, nil)
	p := c.member(t, 9001, plan.Supervisor, "")
	asked := []string{"/unfiled", "/lagging", "/status", "/shishi", "养老床位 1476", "/help"} // the last shows that nothing else came before
	for _, text := range asked {
		p.SayIn(group, "@duban_test_bot "+text)
		p.Await(t, group)
	}
	if list := c.texts(group); len(list) != len(asked) {
		t.Errorf("%d messages to %d: %q", len(list), len(asked), list)
	}
	other := c.member(t, 9002, plan.Supervisor, "")
	other.SayIn(group, "@duban_test_bot 确认")
	if m := other.AwaitText(t, group, ""); strings.Contains(m.Text, "已填报") {
		t.Errorf("somebody else confirmed: %q", m.Text)
	}
}

// TestHiddenSenders: who writes in the name of a channel or of the group has no role.
func TestHiddenSenders(t *testing.T) {
	t.Parallel()
	c := start(t, nil)
	c.member(t, 1087968824, plan.Admin, "")
	chat := map[string]any{"id": group, "type": "supergroup"}
	c.Push("message", map[string]any{
		"message_id": 3, "date": 1, "text": "/outbox@duban_test_bot", "chat": chat, "sender_chat": chat,
		"from": map[string]any{"id": 1087968824, "is_bot": true, "first_name": "Group", "username": "GroupAnonymousBot"},
	})
	c.Push("message", map[string]any{
		"message_id": 4, "date": 1, "text": "/list@duban_test_bot", "chat": chat, "from": map[string]any{"id": 5, "is_bot": true, "first_name": "Another"},
	})
	if m := c.Person(1, "甲").Await(t, group); !strings.Contains(m.Text, "登记") {
		t.Errorf("%q", m.Text)
	}
	eventually(t, "the confirmation", func() bool { return c.Unconfirmed() == 0 })
	if n := len(c.texts(group)); n != 1 {
		t.Errorf("another bot was answered")
	}
}

// TestMigration: a group that became a supergroup keeps its subscriptions and its mail,
// whether the bot is told or finds out.
func TestMigration(t *testing.T) {
	t.Parallel()
	const super = -1009999
	for _, told := range []bool{true, false} {
		c := prepare(t, nil)
		c.follow(t, group)
		c.mail(t, letter(chatOf(group), "一"), letter(chatOf(group), "二"))
		c.Migrate(group, super)
		if told {
			c.Push("message", map[string]any{
				"message_id": 3, "date": 1, "chat": map[string]any{"id": group, "type": "group"}, "migrate_to_chat_id": super,
				"from": map[string]any{"id": 1, "is_bot": false, "first_name": "甲"},
			})
		}
		c.run(t)
		p := c.Person(1, "甲")
		if one, two := p.Await(t, super), p.Await(t, super); one.Text != "一" || two.Text != "二" {
			t.Errorf("%q, %q", one.Text, two.Text)
		}
		eventually(t, "the subscription", func() bool { return !c.follows(t, group) })
		eventually(t, "an empty outbox", func() bool { return c.waiting(t) == 0 })
		var list []plan.Subscription
		_ = c.db.View(t.Context(), func(tx plan.Tx) (err error) {
			list, err = tx.As(plan.Actor{ID: plan.PersonID(chatOf(group)), Role: plan.Public}, time.Now()).Following()
			return err
		})
		if len(list) != 1 || list[0].Chat != chatOf(super) {
			t.Errorf("subscriptions %+v", list)
		}
	}
}
