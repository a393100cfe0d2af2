package storage

import (
	"fmt"

	"go.etcd.io/bbolt"

	"duban/plan"
)

// Subscribe implements plan.DigestDesk.
func (d *desk) Subscribe(s plan.DigestSubscription) error {
	if err := plan.May(d.actor, plan.ActFollow, nil); err != nil {
		return err
	}
	if s.Chat == "" || s.Hour < 0 || s.Hour > 23 || s.Day < 0 || s.Day > 6 {
		return fmt.Errorf("subscription of %q on day %d at %d", s.Chat, s.Day, s.Hour)
	}
	if d.ofAnother(s.Chat) {
		return plan.ErrForbidden
	}
	s.Person, s.At = d.actor.ID, d.now
	return put(d.tx.Bucket(digestsBucket), []byte(s.Chat), s)
}

// Unsubscribe implements plan.DigestDesk.
func (d *desk) Unsubscribe(chat string) error {
	if err := plan.May(d.actor, plan.ActFollow, nil); err != nil {
		return err
	}
	if d.ofAnother(chat) {
		return plan.ErrForbidden
	}
	s := plan.DigestSubscription{Chat: chat, Person: d.actor.ID, Scope: plan.ScopeNone, At: d.now}
	return put(d.tx.Bucket(digestsBucket), []byte(chat), s)
}

// Subscribed implements plan.DigestDesk.
func (d *desk) Subscribed(chat string) (*plan.DigestSubscription, error) {
	var s plan.DigestSubscription
	if err := get(d.tx.Bucket(digestsBucket), []byte(chat), &s); err != nil {
		return nil, err
	}
	if s.Scope == plan.ScopeNone || d.ofAnother(chat) {
		return nil, plan.ErrNotFound
	}
	return &s, nil
}

// ofAnother reports whether a chat is the private one of somebody else: it is called as its
// person. A group is nobody's.
func (d *desk) ofAnother(chat string) bool {
	if chat == string(d.actor.ID) || plan.Allowed(d.actor, plan.ActManage, nil) {
		return false
	}
	var s plan.DigestSubscription
	taken := get(d.tx.Bucket(digestsBucket), []byte(chat), &s) == nil && string(s.Person) == chat
	return taken || d.tx.Bucket(peopleBucket).Get([]byte(chat)) != nil
}

// DigestSubscribers implements plan.DigestDesk.
func (d *desk) DigestSubscribers() ([]plan.DigestSubscription, error) {
	if err := plan.May(d.actor, plan.ActManage, nil); err != nil {
		return nil, err
	}
	return all[plan.DigestSubscription](d.tx.Bucket(digestsBucket), nil)
}

// moveDigests takes a chat's subscription to the chat's new name; "" takes it away.
func moveDigests(tx *bbolt.Tx, from, to string) error {
	b := tx.Bucket(digestsBucket)
	var s plan.DigestSubscription
	found, err := absent(get(b, []byte(from), &s))
	if err != nil || !found {
		return err
	}
	if err := b.Delete([]byte(from)); err != nil || to == "" {
		return err
	}
	s.Chat = to
	return put(b, []byte(to), s)
}

// forgetDigests takes away the digests of a person; what a group gets stays, without who
// subscribed it.
func (d *desk) forgetDigests(p *plan.Person) error {
	b := d.tx.Bucket(digestsBucket)
	mine, err := all(b, func(s *plan.DigestSubscription) bool { return s.Person == p.ID })
	if err != nil {
		return err
	}
	for _, s := range mine {
		if s.Chat == p.Chat || s.Chat == string(p.ID) {
			err = b.Delete([]byte(s.Chat))
		} else {
			s.Person = ""
			err = put(b, []byte(s.Chat), s)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
