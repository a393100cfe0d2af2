package bot

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"sync"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
	"golang.org/x/sync/errgroup"

	"duban/commands"
	"duban/plan"
	"duban/render"
)

// Store is what the channel needs of the database.
type Store interface {
	View(ctx context.Context, f func(plan.Tx) error) error
	Update(ctx context.Context, f func(plan.Tx) error) error
}

// Options of the Telegram channel.
type Options struct {
	Token     string
	Endpoint  string            // of the API, without a path
	Transport http.RoundTripper // with the proxy; nil is the default
	Limits    Limits
	Zone      *time.Location // of the plans
	Webhook   *Webhook       // nil polls
	Evidence  string         // folder for photos and documents; "" keeps none
	MaxFile   int64          // largest file that is fetched
	Now       func() time.Time
	Log       *slog.Logger
	Metrics   *Metrics
}

// Telegram is the conversation over the Bot API.
type Telegram struct {
	options      Options
	conversation Conversation
	store        Store
	client       *client
	sender       *sender
	lanes        *lanes
	log          *slog.Logger
	self         tgbotapi.User
	menus        *menus

	mu    sync.Mutex
	fatal error
	stop  context.CancelFunc
	alive time.Time // last sign of the API
}

// Conversation answers requests.
type Conversation interface {
	Handle(ctx context.Context, request commands.Request) ([]render.Message, error)
	Menu(actor plan.Actor) []commands.Command
}

// ErrToken occurs where the API does not accept the token.
var ErrToken = errors.New("the Bot API does not accept the token")

// handlersWidth is how many chats are answered side by side.
const handlersWidth = 16

// grace is how long what is in hand may take when the program ends.
const grace = 10 * time.Second

// NewTelegram makes the channel; Run starts it.
func NewTelegram(conversation Conversation, store Store, options Options) *Telegram {
	if options.Transport == nil {
		options.Transport = NewTransport(nil)
	}
	silenceLibrary()
	c := newClient(options.Token, options.Endpoint, options.Transport, options.Metrics)
	t := &Telegram{
		options: options, conversation: conversation, store: store, client: c, lanes: newLanes(handlersWidth), log: options.Log, menus: newMenus(),
	}
	t.sender = newSender(c, store, options.Log, options.Limits, options.Metrics, options.Now)
	t.sender.halted = func(err error) { t.fail(errors.Join(ErrToken, err)) }
	return t
}

func (t *Telegram) now() time.Time { return t.options.Now() }

// fail ends the channel with an error.
func (t *Telegram) fail(err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.fatal == nil {
		t.fatal = err
	}
	if t.stop != nil {
		t.stop()
	}
}

// Run answers until ctx is done or the token is refused. What is in hand is finished, at
// most for ten seconds.
func (t *Telegram) Run(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	t.mu.Lock()
	t.stop = cancel
	t.mu.Unlock()
	if err := t.connect(ctx); err != nil {
		return err
	}
	work, endWork := context.WithCancel(context.WithoutCancel(ctx)) // outlives ctx by the grace
	defer endWork()
	var group errgroup.Group
	sending, endSending := context.WithCancel(work)
	group.Go(func() error { return t.sender.run(sending) })
	err := t.resume(work)
	if err == nil {
		err = t.receive(ctx, work)
	}
	t.finish()
	endSending()
	err = errors.Join(err, group.Wait())
	t.mu.Lock()
	defer t.mu.Unlock()
	return errors.Join(t.fatal, err)
}

// finish lets the lanes run empty.
func (t *Telegram) finish() {
	done := make(chan struct{})
	go func() { t.lanes.wait(); close(done) }()
	timer := time.NewTimer(grace)
	defer timer.Stop()
	select {
	case <-done:
	case <-timer.C:
		t.log.Warn("some messages are not answered yet; they are answered after the next start")
	}
}

// receive takes updates in, by polling or by webhook, until ctx is done.
func (t *Telegram) receive(ctx, work context.Context) error {
	if t.options.Webhook != nil {
		return t.serveWebhook(ctx, work)
	}
	return t.poll(ctx, work)
}

// resume answers what came in before the program ended.
func (t *Telegram) resume(ctx context.Context) error {
	var left []plan.Update
	err := t.store.View(ctx, func(tx plan.Tx) (err error) {
		left, err = tx.Inbox()
		return err
	})
	if err != nil {
		return err
	}
	for _, u := range left {
		if in, err := readUpdate(u.Data); err == nil {
			t.start(ctx, in)
		}
	}
	return nil
}

// take stores updates that are for us and starts to answer them; nothing is confirmed to
// Telegram before.
func (t *Telegram) take(ctx context.Context, updates []incoming, raw [][]byte) error {
	var fresh []incoming
	wanted := make([]int, 0, len(updates))
	for i := range updates {
		if t.direct(ctx, &updates[i]) {
			continue
		}
		if _, ok := t.request(&updates[i]); ok {
			wanted = append(wanted, i)
		}
	}
	if len(wanted) == 0 {
		return nil
	}
	err := t.store.Update(ctx, func(tx plan.Tx) error {
		fresh = fresh[:0]
		for _, i := range wanted {
			err := tx.Receive(plan.Update{ID: updates[i].id, Data: raw[i]})
			if errors.Is(err, plan.ErrUpdated) {
				continue
			}
			if err != nil {
				return err
			}
			fresh = append(fresh, updates[i])
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, in := range fresh {
		t.start(ctx, in)
	}
	return nil
}

// start answers an update in the lane of its chat.
func (t *Telegram) start(ctx context.Context, in incoming) {
	if q := in.update.CallbackQuery; q != nil {
		go t.answerCallback(ctx, q.ID)
	}
	t.lanes.do(in.chat(), func() { t.handle(ctx, &in) })
}

// answerCallback takes the clock off a button; a query that is too old is no harm.
func (t *Telegram) answerCallback(ctx context.Context, id string) {
	if _, err := t.client.call(ctx, "answerCallbackQuery", tgbotapi.Params{"callback_query_id": id}); err != nil {
		t.log.Debug("answer a button", "error", err)
	}
}

// handle answers an update. Answers to questions go straight to the sender; replies to
// changes are in the outbox already.
func (t *Telegram) handle(ctx context.Context, in *incoming) {
	began := t.now()
	request, ok := t.request(in)
	if !ok {
		t.settle(ctx, in.id)
		return
	}
	request.Media = t.fetchAll(ctx, request.Media)
	messages, err := t.conversation.Handle(ctx, request)
	t.options.Metrics.answered(t.now().Sub(began), err)
	if err != nil {
		t.log.Error("request failed", "update", in.id, "error", err)
		messages = []render.Message{{Text: "出错了，没有答上来。请再试一次；还不行就告诉管理员。"}}
	}
	t.sender.poke()
	t.answer(ctx, in, request, messages)
	t.refreshMenu(ctx, request)
}

// answer hands the messages to the sender; the update is settled with the last of them.
func (t *Telegram) answer(ctx context.Context, in *incoming, request commands.Request, messages []render.Message) {
	var parts []render.Message
	for _, m := range messages {
		parts = append(parts, render.Split(m)...)
	}
	if len(parts) == 0 {
		t.settle(ctx, in.id)
		return
	}
	for i, m := range parts {
		j := &job{chat: request.Chat, message: m, urgent: true, replyTo: t.replyTo(in)}
		if i == len(parts)-1 {
			j.update = in.id
		}
		if i == 0 && len(parts) == 1 {
			j.edit = turnsPage(in)
		}
		select {
		case t.sender.submit <- j:
		case <-ctx.Done():
			return
		}
	}
}

// replyTo is the message in a group that an answer belongs to; 0 in private.
func (t *Telegram) replyTo(in *incoming) int {
	if m := in.message(); m != nil && !m.Chat.IsPrivate() {
		return m.MessageID
	}
	return 0
}

// turnsPage is the message that a button of a list changes in place; 0 for others.
func turnsPage(in *incoming) int {
	q := in.update.CallbackQuery
	if q == nil || q.Message == nil || q.Message.Text == "" {
		return 0
	}
	if a, ok := render.ParseAction(q.Data); !ok || a.Kind != render.OpenList {
		return 0
	}
	return q.Message.MessageID
}

// settle notes an update that needs no answer. One that a change settled is settled.
func (t *Telegram) settle(ctx context.Context, id string) {
	err := t.store.Update(context.WithoutCancel(ctx), func(tx plan.Tx) error { return tx.Once(id) })
	if err != nil && !errors.Is(err, plan.ErrUpdated) {
		t.log.Error("settle an update", "update", id, "error", err)
	}
}
