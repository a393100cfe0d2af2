package commands

import (
	"duban/plan"
	"duban/render"
)

// handleTodo shows what waits for the person: of a department what it answers for, of its
// head first what waits for the signature, of others how much waits for them.
func handleTodo(t *turn) ([]render.Message, error) {
	p := t.current()
	if p == nil {
		return one(noPlan), nil
	}
	pending, err := t.desk().Pending()
	switch {
	case err != nil:
		return nil, err
	case t.signs() && len(pending) > 0:
		return handleReview(t)
	case t.actor.Department != "":
		return handleMine(t)
	}
	return t.reviewerTodo(p, len(pending))
}

// reviewerTodo counts what waits for who reviews and decides.
func (t *turn) reviewerTodo(p *plan.Plan, pending int) ([]render.Message, error) {
	requests, err := t.requestCards(p.Key())
	if err != nil {
		return nil, err
	}
	remarks, err := t.openFeedback()
	if err != nil {
		return nil, err
	}
	open, err := t.openDuties(p)
	return one(render.Todo(pending, len(requests), len(remarks), len(open))), err
}
