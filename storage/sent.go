package storage

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"go.etcd.io/bbolt"

	"duban/plan"
)

// keptSends is how long it is remembered when something was sent to a chat: the longest
// window of the limits is a minute.
const keptSends = 2 * time.Minute

// Noted implements plan.Mail. Keys are moments, so that old ones stand first, and last those
// of a clock that was ahead.
func (t *transaction) Noted(chat string, at time.Time) error {
	b := t.tx.Bucket(sendsBucket)
	n, err := nextNumber(b)
	if err != nil {
		return err
	}
	for _, k := range outside(b, at.Add(-keptSends), at.Add(keptSends)) {
		if err := b.Delete(k); err != nil {
			return err
		}
	}
	return b.Put(append(number(uint64(at.UnixNano())), number(n)...), []byte(chat))
}

// outside lists the keys of moments before and after a span. They are collected before any is
// deleted: a cursor does not find its way over pages that it has emptied.
func outside(b *bbolt.Bucket, from, to time.Time) (keys [][]byte) {
	c := b.Cursor()
	for k, _ := c.First(); k != nil && counter(k[:8]) < uint64(from.UnixNano()); k, _ = c.Next() {
		keys = append(keys, slices.Clone(k))
	}
	for k, _ := c.Seek(number(uint64(to.UnixNano()) + 1)); k != nil; k, _ = c.Next() {
		keys = append(keys, slices.Clone(k))
	}
	return keys
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
	t.records = true
	if err := moveDigests(t.tx, chat, ""); err != nil {
		return err
	}
	root := t.tx.Bucket(followsBucket)
	return root.ForEachBucket(func(person []byte) error {
		return drop(root.Bucket(person), func(_, data []byte) bool {
			var s plan.Subscription
			return json.Unmarshal(data, &s) == nil && s.Chat == chat
		})
	})
}

// Moved implements plan.Mail.
func (t *transaction) Moved(from, to string) error {
	t.records = true
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
	if err := t.moveChat(from, to); err != nil {
		return err
	}
	if err := t.moveDialogs(from, to); err != nil {
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

// moveDialogs takes what a chat, or somebody in it, was asked to its new name.
func (t *transaction) moveDialogs(from, to string) error {
	b := t.tx.Bucket(dialogsBucket)
	var moved []plan.Dialog
	err := each(b, func(_ []byte, d *plan.Dialog) error {
		if d.Chat == from || strings.HasPrefix(d.Chat, from+"/") {
			moved = append(moved, *d)
		}
		return nil
	})
	for _, d := range moved {
		if err == nil {
			err = b.Delete([]byte(d.Chat))
		}
		if d.Chat = to + strings.TrimPrefix(d.Chat, from); err == nil {
			err = put(b, []byte(d.Chat), d)
		}
	}
	return err
}
