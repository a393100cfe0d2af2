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

// Cards answers a question with up to most cards: the answer, then the commitments that
// hold its words.
func (r *Router) Cards(ctx context.Context, question string, most int) ([]Card, error) {
	library, err := r.shelf.library(ctx)
	if err != nil {
		return nil, err
	}
	question = tidy(question)
	e := library.Engine("")
	if e == nil || question == "" {
		return nil, nil
	}
	var cards []Card
	if a := e.AskOnly(question); a.Answered && len(a.Items) > 0 {
		text := r.mark(one(render.Answer(a)))[0].Text
		title, detail, _ := strings.Cut(text, "\n")
		cards = append(cards, Card{ID: "answer", Title: title, Detail: firstLine(detail), Text: text})
	}
	for _, c := range e.Find(question, most) {
		if len(cards) == most {
			break
		}
		text := r.mark(one(render.Item(e.Plan(), c)))[0].Text
		title, detail, _ := strings.Cut(text, "\n")
		cards = append(cards, Card{ID: "item:" + string(c.Code), Title: title, Detail: firstLine(detail), Text: text})
	}
	return cards, nil
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return strings.TrimSpace(line)
}
