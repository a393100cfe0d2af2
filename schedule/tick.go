package schedule

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"duban/plan"
	"duban/render"
)

// batch is how many notices are stored in one transaction.
const batch = 500

// errChanged ends a transaction that found the ledger changed since it was looked at.
var errChanged = errors.New("the ledger has changed")

// attempts is how often a tick looks again because something was stored meanwhile.
const attempts = 3

// Tick looks at what is stored, and puts what is due and not in the ledger into the outbox:
// the messages and their keys together, or neither. What changes while it looks makes it
// look again, so that a filing stops its reminder at the last moment. It returns what it
// stored.
func (c *Clock) Tick(ctx context.Context, now time.Time) (sent []*Notice, err error) {
	now = now.In(c.settings.Zone)
	if !c.settings.open(c.calendar, now) {
		return nil, nil
	}
	for attempt := range attempts {
		notices, revision, err := c.due(ctx, now)
		if err != nil {
			return nil, fmt.Errorf("what is due: %w", err)
		}
		if attempt == attempts-1 {
			revision = 0 // it is too busy to wait for a quiet moment
		}
		sent, err = c.putAll(ctx, notices, revision, now)
		if err == nil || len(sent) > 0 || !errors.Is(err, errChanged) {
			return sent, err
		}
	}
	return nil, nil // another tick was faster
}

// due computes what is due, with the revision of what it looked at.
func (c *Clock) due(ctx context.Context, now time.Time) (notices []*Notice, revision uint64, err error) {
	err = c.store.View(ctx, func(tx plan.Tx) error {
		state, err := c.load(tx, now)
		if err != nil {
			return err
		}
		notices = Due(state, &c.settings, c.calendar, now)
		revision, err = tx.Revision()
		return errors.Join(state.failed, err)
	})
	sortNotices(notices)
	return notices, revision, err
}

// putAll stores notices in batches, the first of them only at a revision; 0 is any.
func (c *Clock) putAll(ctx context.Context, notices []*Notice, revision uint64, now time.Time) (sent []*Notice, err error) {
	for chunk := range slices.Chunk(notices, batch) {
		if err := c.put(ctx, chunk, revision, now); err != nil {
			return sent, fmt.Errorf("store what is due: %w", err)
		}
		sent, revision = append(sent, chunk...), 0
	}
	return sent, nil
}

func (c *Clock) load(tx plan.Tx, now time.Time) (*State, error) {
	state, err := c.shelf.load(tx, now)
	if err != nil {
		return nil, err
	}
	state.Rules, state.Pages = c.rules, c.pages
	return state, nil
}

// put stores notices with their keys, unless one of the keys was used up meanwhile or the
// revision has changed.
func (c *Clock) put(ctx context.Context, notices []*Notice, revision uint64, now time.Time) error {
	deliveries := make([][]plan.Delivery, len(notices))
	for i, n := range notices {
		if len(n.stored) > 0 {
			continue
		}
		var err error
		if deliveries[i], err = n.deliveries(now); err != nil {
			return err
		}
	}
	return c.store.Update(ctx, func(tx plan.Tx) error {
		if is, err := tx.Revision(); err != nil || revision != 0 && is != revision {
			return cmp.Or(err, errChanged)
		}
		composed := map[*storedPage]render.Message{} // of this run of the function only
		for i, n := range notices {
			list := deliveries[i]
			if len(n.stored) > 0 {
				var err error
				if list, err = n.composeStored(tx, now, composed); err != nil {
					return err
				}
			}
			if err := n.store(tx, list, now); err != nil {
				return err
			}
		}
		return nil
	})
}

func (n *Notice) composeStored(tx plan.Tx, now time.Time, composed map[*storedPage]render.Message) ([]plan.Delivery, error) {
	var pages []render.Message
	for _, p := range n.stored {
		m, ok := composed[p]
		if !ok {
			var err error
			if m, err = p.compose(tx, now); err != nil {
				return nil, fmt.Errorf("compose %s: %w", n.Keys[0], err)
			}
			composed[p] = m
		}
		pages = append(pages, m)
	}
	return n.deliveries(now, pages...)
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
