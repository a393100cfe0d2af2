package storage

import (
	"fmt"
	"slices"
	"time"

	"duban/plan"
)

// keptUpdates is how many ids of updates are remembered; Telegram keeps updates for a day.
const keptUpdates = 100_000

// Once implements plan.Tx.
func (t *transaction) Once(update string) error {
	b := t.tx.Bucket(updatesBucket)
	if b.Get([]byte(update)) != nil {
		return plan.ErrUpdated
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
	return t.dropUpdates(n - keptUpdates)
}

// dropUpdates forgets the ids up to a number.
func (t *transaction) dropUpdates(upTo uint64) error {
	b := t.tx.Bucket(updatesBucket)
	var old [][]byte
	err := b.ForEach(func(k, v []byte) error {
		if counter(v) <= upTo {
			old = append(old, slices.Clone(k))
		}
		return nil
	})
	for _, k := range old {
		if err == nil {
			err = b.Delete(k)
		}
	}
	return err
}

// Send implements plan.Tx. The ledger notes a message's number in the outbox and when it was
// stored.
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

// Outbox implements plan.Tx.
func (t *transaction) Outbox(chat string) ([]plan.Delivery, error) {
	return all(t.tx.Bucket(outboxBucket), func(m *plan.Delivery) bool { return chat == "" || m.Recipient == chat })
}

// Sent implements plan.Tx.
func (t *transaction) Sent(keys ...string) error {
	ledger, outbox := t.tx.Bucket(ledgerBucket), t.tx.Bucket(outboxBucket)
	for _, key := range keys {
		if entry := ledger.Get([]byte(key)); len(entry) >= 8 {
			if err := outbox.Delete(entry[:8]); err != nil {
				return err
			}
		}
	}
	return nil
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
	b := t.tx.Bucket(dialogsBucket)
	if d.Data == nil {
		return b.Delete([]byte(d.Chat))
	}
	return put(b, []byte(d.Chat), d)
}
