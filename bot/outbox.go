package bot

import (
	"context"
	"strconv"

	"duban/plan"
	"duban/render"
)

// pageOfMail is how many messages of the outbox are read at a time.
const pageOfMail = 100

// load takes in what was stored since the last look. The pages are read before the answers
// that were submitted: one that was submitted before a reply of its chat was stored stands
// before it.
func (s *sender) load() {
	s.looked = s.now()
	for {
		var page []plan.Delivery
		err := s.store.View(context.Background(), func(tx plan.Tx) (err error) {
			page, err = tx.OutboxAfter(s.read, pageOfMail)
			return err
		})
		if err != nil {
			s.log.Error("read the outbox", "error", err)
			return
		}
		s.takeSubmitted()
		for i := range page {
			s.read = page[i].Number
			s.takeIn(&page[i])
		}
		if len(page) < pageOfMail {
			return
		}
	}
}

// takeSubmitted takes the orders in that were given up to now.
func (s *sender) takeSubmitted() {
	for range len(s.submitted) {
		s.accept(<-s.submitted)
	}
}

// takeIn puts a stored message in the line of its chat; other channels' are left alone. Only
// urgent ones are kept in memory: a broadcast may be long.
func (s *sender) takeIn(d *plan.Delivery) {
	if !isTelegram(d.Recipient) {
		return
	}
	m, err := render.Decode(d.Payload)
	if err != nil {
		s.log.Error("a stored message cannot be read", "key", d.Key, "error", err)
		s.record(s.life, func(tx plan.Tx) error { return tx.Bury(d.Key, err.Error(), s.now()) })
		return
	}
	parts := render.Split(m)
	if len(parts) == 0 {
		s.record(s.life, func(tx plan.Tx) error { return tx.Sent(d.Key) })
		return
	}
	for i := s.partsSent(d.Key, len(parts)); i < len(parts); i++ {
		j := &job{
			chat: d.Recipient, topic: d.Topic, key: d.Key, number: d.Number, unread: !d.Urgent, urgent: d.Urgent, part: i, more: i < len(parts)-1,
		}
		if d.Urgent {
			j.message = parts[i]
		}
		s.enqueue(j)
	}
}

// partKey is the key under which a part of a message that is too long for one was sent; the
// whole stays in the outbox, in its place, until the last part is.
func partKey(key string, part int) string { return key + "#" + strconv.Itoa(part) }

// partsSent is how many parts of a stored message were sent before.
func (s *sender) partsSent(key string, parts int) (n int) {
	if parts == 1 {
		return 0
	}
	err := s.store.View(context.Background(), func(tx plan.Tx) error {
		for n = 0; n < parts-1; n++ {
			if sent, err := tx.Stored(partKey(key, n)); err != nil || !sent {
				return err
			}
		}
		return nil
	})
	if err != nil {
		s.log.Error("read the outbox", "error", err)
	}
	return n
}

// deliveries makes stored messages of parts, with the key of the whole and a number.
func deliveries(whole *plan.Delivery, parts []render.Message) ([]plan.Delivery, error) {
	list := make([]plan.Delivery, len(parts))
	for i := range parts {
		payload, err := render.Encode(parts[i])
		if err != nil {
			return nil, err
		}
		list[i] = *whole
		list[i].Key, list[i].Payload = partKey(whole.Key, i), payload
	}
	return list, nil
}

// fetch reads the message of a job; false for one that is not in the outbox any more.
func (s *sender) fetch(j *job) (bool, error) {
	if !j.unread {
		return true, nil
	}
	var page []plan.Delivery
	err := s.store.View(context.Background(), func(tx plan.Tx) (err error) {
		page, err = tx.OutboxAfter(j.number-1, 1)
		return err
	})
	if err != nil || len(page) == 0 || page[0].Number != j.number {
		return false, err
	}
	whole, err := render.Decode(page[0].Payload)
	if err != nil {
		return false, &APIError{Method: "outbox", Code: 400, Description: err.Error()}
	}
	parts := render.Split(whole)
	if j.part >= len(parts) {
		return false, nil
	}
	j.message, j.unread = parts[j.part], false
	return true, nil
}
