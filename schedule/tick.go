package schedule

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"duban/plan"
)

// batch is how many notices are stored in one transaction.
const batch = 500

// errChanged ends a transaction that found the ledger changed since it was looked at.
var errChanged = errors.New("the ledger has changed")

// Tick looks at what is stored, and puts what is due and not in the ledger into the outbox:
// the messages and their keys together, or neither. It returns what it stored.
func (c *Clock) Tick(ctx context.Context, now time.Time) ([]*Notice, error) {
	if !c.settings.open(c.calendar, now) {
		return nil, nil
	}
	notices, err := c.due(ctx, now)
	if err != nil {
		return nil, fmt.Errorf("what is due: %w", err)
	}
	var sent []*Notice
	for chunk := range slices.Chunk(notices, batch) {
		err := c.put(ctx, chunk, now)
		if errors.Is(err, errChanged) { // another tick was faster; the next one sees it
			continue
		}
		if err != nil {
			return sent, fmt.Errorf("store what is due: %w", err)
		}
		sent = append(sent, chunk...)
	}
	return sent, nil
}

func (c *Clock) due(ctx context.Context, now time.Time) (notices []*Notice, err error) {
	err = c.store.View(ctx, func(tx plan.Tx) error {
		state, err := c.load(tx, now)
		if err != nil {
			return err
		}
		notices = Due(state, &c.settings, c.calendar, now)
		return nil
	})
	sortNotices(notices)
	return notices, err
}

func (c *Clock) load(tx plan.Tx, now time.Time) (*State, error) {
	state, err := c.shelf.load(tx, now)
	if err != nil {
		return nil, err
	}
	state.Rules, state.Pages = c.rules, c.pages
	return state, nil
}

// put stores notices with their keys, unless one of the keys was used up meanwhile.
func (c *Clock) put(ctx context.Context, notices []*Notice, now time.Time) error {
	deliveries := make([][]plan.Delivery, len(notices))
	for i, n := range notices {
		var err error
		if deliveries[i], err = n.deliveries(now); err != nil {
			return err
		}
	}
	return c.store.Update(ctx, func(tx plan.Tx) error {
		for i, n := range notices {
			if err := n.store(tx, deliveries[i], now); err != nil {
				return err
			}
		}
		return nil
	})
}

func (n *Notice) store(tx plan.Tx, deliveries []plan.Delivery, now time.Time) error {
	for _, key := range n.Keys {
		if _, told, err := tx.Told(key); err != nil || told {
			return errors.Join(err, errChanged)
		}
	}
	if err := tx.Tell(now, n.Keys...); err != nil {
		return err
	}
	if len(n.Asked) > 0 {
		chat, err := tx.Chat(n.Chat)
		if err != nil {
			return err
		}
		chat.Asked, chat.AskedAt = n.Asked, now
		if err := tx.SetChat(chat); err != nil {
			return err
		}
	}
	return tx.Send(deliveries...)
}
