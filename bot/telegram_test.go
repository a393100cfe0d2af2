package bot_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
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
	c.bot = bot.NewTelegram(commands.New(c.db, c.router), c.db, options)
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
