package commands

import "duban/render"

// mostLetters is how many dead letters are shown.
const mostLetters = 10

// handleOutbox shows what is not delivered yet, and what never could be.
func handleOutbox(t *turn) ([]render.Message, error) {
	queue, err := t.desk().Waiting()
	if err != nil {
		return nil, err
	}
	letters, err := t.desk().Buried(mostLetters)
	if err != nil {
		return nil, err
	}
	return one(render.Outbox(queue, letters, t.request.Now)), nil
}
