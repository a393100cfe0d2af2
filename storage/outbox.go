package storage

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"go.etcd.io/bbolt"

	"duban/plan"
)

// keptUpdates is how many ids of updates are remembered; Telegram keeps updates for a day.
const keptUpdates = 100_000

// Receive implements plan.Mail.
func (t *transaction) Receive(u plan.Update) error {
	b := t.tx.Bucket(inboxBucket)
	if b.Get([]byte(u.ID)) != nil || t.tx.Bucket(updatesBucket).Get([]byte(u.ID)) != nil {
		return plan.ErrUpdated
	}
	n, err := nextNumber(b)
	if err != nil {
		return err
	}
	return b.Put([]byte(u.ID), append(number(n), u.Data...))
}

// Inbox implements plan.Mail.
func (t *transaction) Inbox() ([]plan.Update, error) {
	type received struct {
		plan.Update
		n uint64
	}
	var list []received
	err := t.tx.Bucket(inboxBucket).ForEach(func(k, v []byte) error {
		if len(v) >= 8 {
			list = append(list, received{plan.Update{ID: string(k), Data: slices.Clone(v[8:])}, counter(v[:8])})
		}
		return nil
	})
	slices.SortFunc(list, func(a, b received) int { return cmp.Compare(a.n, b.n) })
	updates := make([]plan.Update, len(list))
	for i := range list {
		updates[i] = list[i].Update
	}
	return updates, err
}

// Once implements plan.Mail.
func (t *transaction) Once(update string) error {
	b := t.tx.Bucket(updatesBucket)
	if b.Get([]byte(update)) != nil {
		return plan.ErrUpdated
	}
	if err := t.tx.Bucket(inboxBucket).Delete([]byte(update)); err != nil {
		return err
	}
	if err := t.Survived(update); err != nil {
		return err
	}
	n, err := nextNumber(b)
	if err != nil {
		return err
	}
	if err := b.Put([]byte(update), number(n)); err != nil {
		return err
	}
	if n%keptUpdates != 0 {
		return nil
	}
	return drop(b, func(_, v []byte) bool { return counter(v) <= n-keptUpdates })
}

// Settled implements plan.Mail.
func (t *transaction) Settled(update string) (bool, error) {
	return t.tx.Bucket(updatesBucket).Get([]byte(update)) != nil, nil
}

// Send implements plan.Mail. The ledger notes a message's number in the outbox and when it
// was stored.
func (t *transaction) Send(messages ...plan.Delivery) error {
	ledger, outbox := t.tx.Bucket(ledgerBucket), t.tx.Bucket(outboxBucket)
	for _, m := range messages {
		if m.Key == "" {
			return fmt.Errorf("message without a key: %w", plan.ErrInvalid)
		}
		if ledger.Get([]byte(m.Key)) != nil {
			continue
		}
		n, err := nextNumber(outbox)
		if err != nil {
			return err
		}
		stamp, err := m.At.UTC().AppendText(number(n))
		if err != nil {
			return fmt.Errorf("message %s: %w", m.Key, err)
		}
		if err := ledger.Put([]byte(m.Key), stamp); err != nil {
			return err
		}
		if err := put(outbox, number(n), m); err != nil {
			return err
		}
	}
	return nil
}

// Stored implements plan.Mail.
func (t *transaction) Stored(key string) (bool, error) {
	return t.tx.Bucket(ledgerBucket).Get([]byte(key)) != nil, nil
}

// Outbox implements plan.Mail.
func (t *transaction) Outbox(chat string) ([]plan.Delivery, error) {
	return all(t.tx.Bucket(outboxBucket), func(m *plan.Delivery) bool { return chat == "" || m.Recipient == chat })
}

// OutboxAfter implements plan.Mail.
func (t *transaction) OutboxAfter(after uint64, most int) ([]plan.Delivery, error) {
	var list []plan.Delivery
	c := t.tx.Bucket(outboxBucket).Cursor()
	for k, data := c.Seek(number(after + 1)); k != nil && len(list) < most; k, data = c.Next() {
		var m plan.Delivery
		if err := json.Unmarshal(data, &m); err != nil {
			return nil, fmt.Errorf("message %x: %w", k, err)
		}
		m.Number = counter(k)
		list = append(list, m)
	}
	return list, nil
}

// Sent implements plan.Mail.
func (t *transaction) Sent(keys ...string) error {
	for _, key := range keys {
		if place := t.place(key); place != nil {
			if err := t.tx.Bucket(outboxBucket).Delete(place); err != nil {
				return err
			}
		}
	}
	return nil
}

// place is where a message stands in the outbox; nil where it never did.
func (t *transaction) place(key string) []byte {
	entry := t.tx.Bucket(ledgerBucket).Get([]byte(key))
	if len(entry) < 8 {
		return nil
	}
	return slices.Clone(entry[:8])
}

// Bury implements plan.Mail.
func (t *transaction) Bury(key, why string, at time.Time) error {
	place := t.place(key)
	var m plan.Delivery
	found, err := absent(get(t.tx.Bucket(outboxBucket), place, &m))
	if err != nil || !found {
		return err
	}
	if err := put(t.tx.Bucket(deadBucket), place, plan.DeadLetter{Delivery: m, Why: why, On: at}); err != nil {
		return err
	}
	if err := dropLetters(t.tx.Bucket(deadBucket)); err != nil {
		return err
	}
	return t.Sent(key)
}

// keptLetters is how many dead letters are kept.
const keptLetters = 1000

// Buried implements plan.MailDesk.
func (d *desk) Buried(most int) ([]plan.DeadLetter, error) {
	if err := plan.May(d.actor, plan.ActSeeOutbox, nil); err != nil {
		return nil, err
	}
	list := []plan.DeadLetter{}
	c := d.tx.Bucket(deadBucket).Cursor()
	for k, data := c.Last(); k != nil && len(list) < most; k, data = c.Prev() {
		var letter plan.DeadLetter
		if err := json.Unmarshal(data, &letter); err != nil {
			return nil, fmt.Errorf("dead letter %x: %w", k, err)
		}
		list = append(list, letter)
	}
	return list, nil
}

// Waiting implements plan.MailDesk.
func (d *desk) Waiting() (plan.Queue, error) {
	var q plan.Queue
	if err := plan.May(d.actor, plan.ActSeeOutbox, nil); err != nil {
		return q, err
	}
	err := each(d.tx.Bucket(outboxBucket), func(_ []byte, m *plan.Delivery) error {
		if q.Messages == 0 || m.At.Before(q.Oldest) {
			q.Oldest = m.At
		}
		q.Messages++
		return nil
	})
	q.Buried = d.tx.Bucket(deadBucket).Stats().KeyN
	return q, err
}

// dropLetters forgets the oldest dead letters.
func dropLetters(b *bbolt.Bucket) error {
	over := b.Stats().KeyN - keptLetters
	return drop(b, func([]byte, []byte) bool {
		over--
		return over >= 0
	})
}

// Dialog implements plan.Tx.
func (t *transaction) Dialog(chat string, now time.Time) (*plan.Dialog, error) {
	var d plan.Dialog
	if err := get(t.tx.Bucket(dialogsBucket), []byte(chat), &d); err != nil {
		return nil, err
	}
	if now.After(d.Expires) {
		return nil, plan.ErrNotFound
	}
	return &d, nil
}

// SetDialog implements plan.Tx.
func (t *transaction) SetDialog(d plan.Dialog) error {
	t.records = true
	b := t.tx.Bucket(dialogsBucket)
	if d.Data == nil {
		return b.Delete([]byte(d.Chat))
	}
	return put(b, []byte(d.Chat), d)
}
