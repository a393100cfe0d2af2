package bot_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"duban/bot"
	"duban/bot/telegramtest"
	"duban/commands"
	"duban/plan"
)

func TestCitizenAsks(t *testing.T) {
	t.Parallel()
	c := start(t, nil)
	citizen := c.Person(101, "市民")
	if m := citizen.Ask(t, question); !strings.Contains(m.Text, answer) || len(m.Buttons) == 0 {
		t.Errorf("answer %+v", m)
	}
	m := citizen.Ask(t, "/list")
	query := citizen.Press(101, m, m.Buttons[2].Text)
	if !c.AwaitCall(5*time.Second, func(x *telegramtest.Call) bool { return x.Method == "editMessageText" && x.Applied }) {
		t.Fatalf("the list was not turned in place\n%s", c.Tail(10))
	}
	eventually(t, "the answer to the button", func() bool { return c.Answered(query) == 1 })
	if m := citizen.Ask(t, "/start item_3_6_2_5"); m.Text == "" {
		t.Error("a deep link was not answered")
	}
	citizen.Say("不带斜杠的命令在私聊里也是：目录")
	citizen.Await(t, 101)
	citizen.Edit(question)
	citizen.AwaitText(t, 101, answer)
}

// TestOrder: of one chat in order, of many side by side.
func TestOrder(t *testing.T) {
	t.Parallel()
	c := start(t, nil)
	slow := c.Add(telegramtest.Slow(300 * time.Millisecond).OnChat(1))
	defer slow()
	var people []*telegramtest.Person
	for i := range 20 {
		people = append(people, c.Person(int64(i+1), "市民"))
	}
	words := []string{"/help", question, "/item 3.6.2.5", "/shishi", question}
	for _, w := range words {
		for _, p := range people {
			p.Say(w)
		}
	}
	var first []string
	for i := len(people) - 1; i >= 0; i-- {
		for range words {
			people[i].Await(t, people[i].ID)
		}
		if first == nil {
			first = c.texts(people[i].ID)
		} else if !slices.Equal(first, c.texts(people[i].ID)) {
			t.Errorf("chat %d: %q", people[i].ID, c.texts(people[i].ID))
		}
		if i == 1 && len(c.texts(1)) == len(words) {
			t.Error("the slow chat held the others up")
		}
	}
}

// TestOrderOfQuestionsAndFilings: answers go straight, replies by the outbox, but a chat
// reads them in the order in which it asked.
func TestOrderOfQuestionsAndFilings(t *testing.T) {
	t.Parallel()
	c := start(t, nil)
	staff := c.member(t, 9001, plan.Supervisor, "")
	for range 10 {
		staff.Say(question)
		staff.Say("养老床位 1476")
		staff.Say("取消")
		staff.Say("/help")
	}
	for i := range 10 {
		for _, want := range []string{answer, "1476", "取消", "直接提问"} {
			if m := staff.Await(t, staff.ID); !strings.Contains(m.Text, want) {
				t.Fatalf("round %d: %q, want %q", i, m.Text, want)
			}
		}
	}
}

// TestUrgentBeforeBroadcast: a reply does not wait for a long broadcast before it.
func TestUrgentBeforeBroadcast(t *testing.T) {
	t.Parallel()
	c := prepare(t, func(o *bot.Options) { o.Limits = bot.Limits{Global: 200} })
	var list []plan.Delivery
	for i := range 2000 {
		list = append(list, letter(chatOf(int64(50_000+i)), "公告"))
	}
	c.mail(t, list...)
	c.run(t)
	staff := c.member(t, 9001, plan.Supervisor, "")
	c.AwaitCalls(20*time.Second, "sendMessage", 20)
	for _, text := range []string{"养老床位 1476", "取消", question} {
		staff.Say(text)
		staff.Await(t, staff.ID)
	}
	if n := len(c.Calls("sendMessage")); n > 1000 {
		t.Errorf("the replies came after %d messages", n)
	}
	if p := c.Audit(); p.Global > 200 {
		t.Errorf("peaks: %s", p)
	}
}

// TestLongMessages: what is too long for one comes in parts, answers and stored ones.
func TestLongMessages(t *testing.T) {
	t.Parallel()
	c := start(t, nil)
	paragraph := strings.Repeat("很长的一段话。", 200)
	c.mail(t, letter(chatOf(101), paragraph+"\n\n"+paragraph+"\n\n"+paragraph+"\n\n"+paragraph+"末"))
	reader := c.Person(101, "市民")
	reader.Await(t, 101)
	if m := reader.Await(t, 101); !strings.HasSuffix(m.Text, "末") {
		t.Errorf("%q", m.Text)
	}
	eventually(t, "an empty outbox", func() bool { return c.waiting(t) == 0 })
}

// waiting counts the outbox.
func (c *channel) waiting(t testing.TB) int {
	t.Helper()
	var n int
	err := c.db.View(context.Background(), func(tx plan.Tx) error {
		list, err := tx.Outbox("")
		n = len(list)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestMenus: the public has a menu, everybody invited another, and a new role brings its own.
func TestMenus(t *testing.T) {
	t.Parallel()
	c := prepare(t, nil)
	staff := c.member(t, 9001, plan.Staff, "民政局")
	c.run(t)
	scope := func(id string) string { return `{"type":"chat","chat_id":` + id + `}` }
	has := func(scope, command string) bool { return strings.Contains(c.Commands(scope), `"`+command+`"`) }
	eventually(t, "the menus", func() bool { return has("", "list") && has(scope("9001"), "file") })
	if has("", "file") || has("", "outbox") {
		t.Errorf("the public's menu: %s", c.Commands(""))
	}
	c.Person(admin, "管理员").Ask(t, "/help")
	eventually(t, "the first admin's menu", func() bool { return has(scope("9000"), "outbox") })
	c.member(t, 9001, plan.Supervisor, "")
	staff.Ask(t, question)
	eventually(t, "the new menu", func() bool { return has(scope("9001"), "review") })
	before := len(c.Calls("setMyCommands"))
	staff.Ask(t, question)
	if n := len(c.Calls("setMyCommands")); n != before {
		t.Error("a menu was set that had not changed")
	}
}

// TestInline: cards for any chat, answered once.
func TestInline(t *testing.T) {
	t.Parallel()
	c := start(t, nil)
	asker := c.Person(101, "市民")
	for _, words := range []string{"养老床位", "", "天气怎么样啊"} {
		query := asker.Query(words)
		eventually(t, "the cards", func() bool { return c.Answered(query) == 1 })
	}
	if cards := c.Calls("answerInlineQuery")[0].Values["results"]; !strings.Contains(cards, answer) {
		t.Errorf("cards: %s", cards)
	}
}

// TestFailedCardsAreNotKept: what could not be read is asked for again.
func TestFailedCardsAreNotKept(t *testing.T) {
	t.Parallel()
	c := prepare(t, nil)
	c.wrap = func(r *commands.Router) bot.Conversation {
		return &falling{Router: r, noCards: errors.New("unreadable")}
	}
	c.run(t)
	query := c.Person(101, "市民").Query("养老床位")
	eventually(t, "an answer", func() bool { return c.Answered(query) == 1 })
	if v := c.Calls("answerInlineQuery")[0].Values; v["results"] != "[]" || v["cache_time"] != "0" {
		t.Errorf("%v", v)
	}
}

// TestGracefulEnd: what came in is answered before Run returns.
func TestGracefulEnd(t *testing.T) {
	t.Parallel()
	c := start(t, nil)
	c.Person(1, "市民").Ask(t, question)
	c.Add(telegramtest.Slow(200*time.Millisecond).On("sendMessage", 0))
	for i := range 20 {
		c.Person(int64(100+i), "市民").Say(question)
	}
	eventually(t, "the updates", func() bool { return c.Unconfirmed() == 0 })
	if err := c.end(); err != nil {
		t.Fatal(err)
	}
	for i := range 20 {
		if n := len(c.texts(int64(100 + i))); n != 1 {
			t.Errorf("chat %d has %d messages", 100+i, n)
		}
	}
	var inbox []plan.Update
	_ = c.db.View(context.Background(), func(tx plan.Tx) (err error) { inbox, err = tx.Inbox(); return err })
	if len(inbox) != 0 {
		t.Errorf("%d updates are left", len(inbox))
	}
}
