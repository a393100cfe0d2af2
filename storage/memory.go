package storage

import (
	"slices"
	"time"

	"go.etcd.io/bbolt"

	"duban/plan"
)

// Told implements plan.Memory.
func (t *transaction) Told(key string) (time.Time, bool, error) {
	data := t.tx.Bucket(toldBucket).Get([]byte(key))
	if data == nil {
		return time.Time{}, false, nil
	}
	var at time.Time
	err := at.UnmarshalBinary(data)
	return at, true, err
}

// Tell implements plan.Memory.
func (t *transaction) Tell(at time.Time, keys ...string) error {
	stamp, err := at.UTC().MarshalBinary()
	if err != nil {
		return err
	}
	b := t.tx.Bucket(toldBucket)
	for _, key := range slices.Sorted(slices.Values(keys)) {
		if b.Get([]byte(key)) != nil {
			continue
		}
		if err := b.Put([]byte(key), stamp); err != nil {
			return err
		}
	}
	return nil
}

// Chat implements plan.Memory.
func (t *transaction) Chat(id string) (plan.Chat, error) {
	c := plan.Chat{}
	_, err := absent(get(t.tx.Bucket(chatsBucket), []byte(id), &c))
	c.ID = id
	return c, err
}

// SetChat implements plan.Memory.
func (t *transaction) SetChat(c plan.Chat) error {
	return put(t.tx.Bucket(chatsBucket), []byte(c.ID), c)
}

// Chats implements plan.Memory.
func (t *transaction) Chats() ([]plan.Chat, error) {
	return all[plan.Chat](t.tx.Bucket(chatsBucket), nil)
}

// moveChat renames what is kept of a chat.
func (t *transaction) moveChat(from, to string) error {
	b := t.tx.Bucket(chatsBucket)
	var c plan.Chat
	found, err := absent(get(b, []byte(from), &c))
	if err != nil || !found {
		return err
	}
	c.ID = to
	if err := put(b, []byte(to), c); err != nil {
		return err
	}
	return b.Delete([]byte(from))
}

// memoryBuckets makes room for what the clock and chats keep.
func memoryBuckets(tx *bbolt.Tx) error {
	return makeBuckets(tx, toldBucket, chatsBucket, closingsBucket)
}
