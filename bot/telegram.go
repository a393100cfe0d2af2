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
	Zone      *time.Location    // of the plans
	Webhook   *Webhook          // nil polls
	Evidence  string            // folder for photos and documents; "" keeps none
	MaxFile   int64             // largest file that is fetched
	Reached   func(name string) // called once, with the bot's user name; nil where nobody wants to know
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
	lanes        *lanes // answers, in the order of each chat
	asides       *lanes // what needs no order: buttons' clocks, inline queries, menus
	log          *slog.Logger
	self         tgbotapi.User
	menus        *menus
	files        pins
	albums       albums
	said         *words
	open         func(ctx context.Context, ref string) ([]byte, error) // fetch and tidy, bound once for all requests
	tidied       func()

	mu    sync.Mutex
	fatal error
	stop  context.CancelFunc
	alive time.Time // last sign of the API
}

// Conversation answers requests.
type Conversation interface {
	Handle(ctx context.Context, request commands.Request) ([]render.Message, error)
	// Commands lists all commands, Menu those for an actor, Actor says who somebody is.
	Commands() []commands.Command
	Menu(actor plan.Actor) []commands.Command
	Actor(ctx context.Context, id plan.PersonID, now time.Time) (plan.Actor, error)
}

// ErrToken occurs where the API does not accept the token.
var ErrToken = errors.New("the Bot API does not accept the token")

// Widths of the work.
const (
	handlersWidth = 16  // chats that are answered side by side
	asidesWidth   = 32  // calls beside
	maxBacklog    = 500 // requests that wait; then no more updates are taken
)

// grace is how long what is in hand may take when the program ends; the last calls have
// lastCalls more, and what stands beside lastAsides: together less than ten seconds, after
// which supervisors of processes kill.
const (
	grace      = 5 * time.Second
	lastAsides = time.Second
)

// NewTelegram makes the channel; Run starts it.
func NewTelegram(conversation Conversation, store Store, options Options) *Telegram {
	if options.Transport == nil {
		options.Transport = NewTransport(nil)
	}
	silenceLibrary()
	c := newClient(options.Token, options.Endpoint, options.Transport, options.Metrics, options.Now)
	t := &Telegram{
		options: options, conversation: conversation, store: store, client: c, log: options.Log,
		menus: newMenus(), said: newWords(),
	}
	t.open, t.tidied = t.fetch, t.tidy
	t.lanes, t.asides = newLanes(handlersWidth, t.fell), newLanes(asidesWidth, t.fell)
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
// most for nine seconds. It must be called once.
func (t *Telegram) Run(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	t.mu.Lock()
	t.stop = cancel
	t.mu.Unlock()
	if err := t.connect(ctx); err != nil || ctx.Err() != nil {
		return err
	}
	work, endWork := context.WithCancel(context.WithoutCancel(ctx)) // outlives ctx by the grace
	defer endWork()
	begin := context.AfterFunc(ctx, func() { time.AfterFunc(grace, endWork) })
	defer begin()
	var group errgroup.Group
	group.Go(func() error {
		err := t.sender.run(work)
		if err != nil {
			cancel()
		}
		return err
	})
	group.Go(func() error { t.keepMenus(ctx, work); return nil })
	group.Go(func() error { t.sweepDaily(ctx); return nil })
	t.warm(ctx)
	err := t.resume(work)
	if err == nil {
		err = t.receive(ctx, work)
	}
	cancel() // the grace begins
	t.finish(work)
	err = errors.Join(err, group.Wait())
	t.endAsides(endWork)
	t.mu.Lock()
	defer t.mu.Unlock()
	return errors.Join(t.fatal, err)
}

// warm lets the conversation read its plans before the first question comes.
func (t *Telegram) warm(ctx context.Context) {
	defer func() {
		if r := recover(); r != nil {
			t.fell(r)
		}
	}()
	if source, ok := t.conversation.(Cards); ok {
		if _, err := source.Cards(ctx, "", 1, t.now()); err != nil {
			t.log.Warn("read the plans", "error", err)
		}
	}
}

// finish lets the lanes run empty and the sender send what is urgent.
func (t *Telegram) finish(work context.Context) {
	if !t.lanes.wait(work) {
		t.log.Warn("some messages are not answered yet; they are answered after the next start")
	}
	close(t.sender.ending)
}

// endAsides gives what stands beside a moment, then breaks it off: nobody waits for it.
func (t *Telegram) endAsides(breakOff context.CancelFunc) {
	moment, cancel := context.WithTimeout(context.Background(), lastAsides)
	defer cancel()
	if t.asides.wait(moment) {
		return
	}
	breakOff()
	last, cancel := context.WithTimeout(context.Background(), lastAsides)
	defer cancel()
	t.asides.wait(last)
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
		in, err := readUpdate(u.Data)
		if err != nil {
			t.settle(ctx, u.ID)
			continue
		}
		in.again = true
		t.translate(&in)
		t.start(ctx, &in)
	}
	return nil
}

// Name is the bot's user name, known once the API was reached.
func (t *Telegram) Name() string { return t.self.UserName }

// Poke makes the channel look into the outbox soon: others stored messages there.
func (t *Telegram) Poke() { t.sender.poke() }
