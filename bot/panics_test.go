package bot_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"duban/bot"
	"duban/commands"
	"duban/plan"
	"duban/render"
)

// falling is a conversation that panics where a test says so.
type falling struct {
	*commands.Router
	handle, actor, cards bool
	noCards              error
	handled              func(text string)
}

const poison = "毒"

func (f *falling) Handle(ctx context.Context, r commands.Request) ([]render.Message, error) {
	if f.handled != nil {
		f.handled(r.Text)
	}
	if f.handle && r.Text == poison {
		panic(poison)
	}
	return f.Router.Handle(ctx, r)
}

func (f *falling) Actor(ctx context.Context, id plan.PersonID, now time.Time) (plan.Actor, error) {
	if f.actor {
		panic("actor")
	}
	return f.Router.Actor(ctx, id, now)
}

func (f *falling) Cards(ctx context.Context, question string, most int, now time.Time) ([]commands.Card, error) {
	if f.cards {
		panic("cards")
	}
	if f.noCards != nil {
		return nil, f.noCards
	}
	return f.Router.Cards(ctx, question, most, now)
}

// TestPanics: wherever one occurs, the program goes on, and the update does not come again.
func TestPanics(t *testing.T) {
	t.Parallel()
	for name, f := range map[string]*falling{"handle": {handle: true}, "actor": {actor: true}, "cards": {cards: true}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := prepare(t, nil)
			c.wrap = func(r *commands.Router) bot.Conversation { f.Router = r; return f }
			c.run(t)
			p := c.Person(1, "甲")
			p.Ask(t, poison)
			p.Query("养老床位")
			p.Ask(t, "/help")
			eventually(t, "an empty inbox", func() bool { return len(inbox(t, c)) == 0 })
			if !strings.Contains(c.log.String(), "panic") {
				t.Error("nothing was logged")
			}
		})
	}
}

func inbox(t *testing.T, c *channel) (left []plan.Update) {
	t.Helper()
	if err := c.db.View(t.Context(), func(tx plan.Tx) (err error) { left, err = tx.Inbox(); return err }); err != nil {
		t.Fatal(err)
	}
	return left
}

// TestPoisonIsSetAside: an update whose handling never ended is not handled for ever.
func TestPoisonIsSetAside(t *testing.T) {
	t.Parallel()
	c := prepare(t, nil)
	texts := make(chan string, 10)
	c.wrap = func(r *commands.Router) bot.Conversation {
		return &falling{Router: r, handled: func(text string) { texts <- text }}
	}
	const left = `{"update_id":ID,"message":{"message_id":ID,"date":1,"text":"TEXT","chat":{"id":1,"type":"private"},"from":{"id":1,"is_bot":false,"first_name":"x"}}}`
	err := c.db.Update(t.Context(), func(tx plan.Tx) error {
		for id, text := range map[string]string{"7": poison, "8": "/help"} {
			data := strings.NewReplacer("ID", id, "TEXT", text).Replace(left)
			if err := tx.Receive(plan.Update{ID: "telegram:" + id, Data: []byte(data)}); err != nil {
				return err
			}
		}
		for range 9 {
			if _, err := tx.Attempt("telegram:7"); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	c.run(t)
	c.Person(1, "甲").Await(t, 1)
	eventually(t, "an empty inbox", func() bool { return len(inbox(t, c)) == 0 })
	if text := <-texts; text != "/help" || len(texts) != 0 {
		t.Errorf("%q was handled, and %d more", text, len(texts))
	}
	if !strings.Contains(c.log.String(), "set aside") {
		t.Error("nothing was logged")
	}
}
