package commands

import (
	"context"
	"strings"
	"time"

	"duban/plan"
	"duban/render"
)

// Card is an answer that can be sent into any chat.
type Card struct {
	ID     string // at most 64 bytes
	Title  string
	Detail string // one line
	Text   string
}

// Menu lists the commands for an actor.
func (r *Router) Menu(actor plan.Actor) []Command {
	t := &turn{router: r, actor: actor}
	return t.menu()
}

// Actor says who somebody is.
func (r *Router) Actor(ctx context.Context, id plan.PersonID, now time.Time) (plan.Actor, error) {
	t := &turn{router: r, ctx: ctx, request: Request{From: id, Now: now}, actor: plan.Actor{ID: id, Role: plan.Public}}
	err := r.store.View(ctx, func(tx plan.Tx) error {
		t.tx = tx
		return t.lookUp()
	})
	return t.actor, err
}

// Cards answers a question, as the public may see it, with up to most cards: the answer,
// then the commitments that hold its words.
func (r *Router) Cards(ctx context.Context, question string, most int, now time.Time) ([]Card, error) {
	t := &turn{
		router: r, ctx: ctx, chat: &chat{}, actor: plan.Actor{ID: "inline", Role: plan.Public},
		request: Request{Now: now}, text: tidy(question),
	}
	var cards []Card
	err := r.store.View(ctx, func(tx plan.Tx) (err error) {
		if t.library, err = r.shelf.library(tx); err != nil {
			return err
		}
		t.tx = tx
		cards = t.inlineCards(most)
		return t.failed
	})
	return cards, err
}

func (t *turn) inlineCards(most int) []Card {
	e := t.library.Engine("")
	if e == nil || t.text == "" {
		return nil
	}
	var cards []Card
	if a := t.library.Ask(t.text, t.context()); a.Answered && len(a.Items) > 0 {
		cards = append(cards, t.inlineCard("answer", render.Answer(a)))
	}
	for _, c := range e.Find(t.text, most) {
		if len(cards) == most {
			break
		}
		m := render.Item(e.Plan(), t.standingOf(e.Plan(), c), plan.DutyOf(c, c.ID, t.shelfDuties(e.Plan())))
		cards = append(cards, t.inlineCard("item:"+string(c.Code), m))
	}
	return cards
}

func (t *turn) inlineCard(id string, m render.Message) Card {
	text := t.router.mark(one(m))[0].Text
	title, detail, _ := strings.Cut(text, "\n")
	return Card{ID: id, Title: title, Detail: firstLine(detail), Text: text}
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return strings.TrimSpace(line)
}
