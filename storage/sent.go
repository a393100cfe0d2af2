package storage

import (
	"encoding/json"
	"slices"
	"time"

	"go.etcd.io/bbolt"

	"duban/plan"
)

// keptSends is how long it is remembered when something was sent to a chat: the longest
// window of the limits is a minute.
const keptSends = 2 * time.Minute

// Noted implements plan.Mail. Keys are moments, so that old ones stand first.
func (t *transaction) Noted(chat string, at time.Time) error {
	b := t.tx.Bucket(sendsBucket)
	n, err := nextNumber(b)
	if err != nil {
		return err
	}
	c := b.Cursor()
	for k, _ := c.First(); k != nil && counter(k[:8]) < uint64(at.Add(-keptSends).UnixNano()); k, _ = c.First() {
		if err := c.Delete(); err != nil {
			return err
		}
	}
	return b.Put(append(number(uint64(at.UnixNano())), number(n)...), []byte(chat))
}

// RecentlySent implements plan.Mail.
func (t *transaction) RecentlySent(since time.Time) ([]plan.SentNote, error) {
	var list []plan.SentNote
	c := t.tx.Bucket(sendsBucket).Cursor()
	for k, chat := c.Seek(number(uint64(since.UnixNano()))); k != nil; k, chat = c.Next() {
		list = append(list, plan.SentNote{Chat: string(chat), At: time.Unix(0, int64(counter(k[:8])))})
	}
	return list, nil
}

// Gone implements plan.Mail.
func (t *transaction) Gone(chat string) error {
	if err := moveDigests(t.tx, chat, ""); err != nil {
		return err
	}
	root := t.tx.Bucket(followsBucket)
	return root.ForEachBucket(func(person []byte) error {
		return deleteWhere(root.Bucket(person), func(data []byte) bool {
			var s plan.Subscription
			return json.Unmarshal(data, &s) == nil && s.Chat == chat
		})
	})
}

// deleteWhere deletes the records that match.
func deleteWhere(b *bbolt.Bucket, match func(data []byte) bool) error {
	var gone [][]byte
	err := b.ForEach(func(k, data []byte) error {
		if data != nil && match(data) {
			gone = append(gone, slices.Clone(k))
		}
		return nil
	})
	for _, k := range gone {
		if err == nil {
			err = b.Delete(k)
		}
	}
	return err
}

// Moved implements plan.Mail.
func (t *transaction) Moved(from, to string) error {
	root := t.tx.Bucket(followsBucket)
	err := root.ForEachBucket(func(person []byte) error {
		return rewrite(root.Bucket(person), func(s *plan.Subscription) bool {
			moved := s.Chat == from
			if moved {
				s.Chat = to
			}
			return moved
		})
	})
	if err != nil {
		return err
	}
	if err := moveDigests(t.tx, from, to); err != nil {
		return err
	}
	return rewrite(t.tx.Bucket(outboxBucket), func(m *plan.Delivery) bool {
		moved := m.Recipient == from
		if moved {
			m.Recipient = to
		}
		return moved
	})
}

// rewrite stores anew the records of a bucket that change says it changed.
func rewrite[T any](b *bbolt.Bucket, change func(*T) bool) error {
	changed := map[string]T{}
	err := each(b, func(k []byte, value *T) error {
		if change(value) {
			changed[string(k)] = *value
		}
		return nil
	})
	if err != nil {
		return err
	}
	for k, value := range changed {
		if err := put(b, []byte(k), value); err != nil {
			return err
		}
	}
	return nil
}
