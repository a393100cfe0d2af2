package storage_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"pgregory.net/rapid"

	"duban/plan"
)

// TestMailModel compares the mail with a model: what was received and not settled is in the
// inbox in order; what was stored under a key is in the outbox once, until it is sent or
// buried.
func TestMailModel(t *testing.T) {
	t.Parallel()
	db := open(t, filepath.Join(t.TempDir(), "a.db"))
	now := time.Date(2017, 3, 1, 9, 0, 0, 0, time.UTC)
	settled, stored := map[string]bool{}, map[string]bool{}
	var inbox, outbox []string
	buried := 0
	rapid.Check(t, func(rt *rapid.T) {
		id := fmt.Sprintf("u%d", rapid.IntRange(0, 40).Draw(rt, "update"))
		key := fmt.Sprintf("k%d", rapid.IntRange(0, 40).Draw(rt, "key"))
		step := rapid.SampledFrom([]string{"receive", "once", "send", "sent", "bury"}).Draw(rt, "step")
		err := db.Update(t.Context(), func(tx plan.Tx) error {
			switch step {
			case "receive":
				return tx.Receive(plan.Update{ID: id, Data: []byte(id)})
			case "once":
				return tx.Once(id)
			case "send":
				return tx.Send(plan.Delivery{Key: key, Recipient: "telegram:1", Payload: []byte(key), At: now})
			case "sent":
				return tx.Sent(key)
			}
			return tx.Bury(key, "why", now)
		})
		switch step {
		case "receive":
			if seen := settled[id] || has(inbox, id); errors.Is(err, plan.ErrUpdated) != seen {
				rt.Fatalf("receive %s: %v, seen %v", id, err, seen)
			} else if !seen {
				inbox = append(inbox, id)
			}
		case "once":
			if errors.Is(err, plan.ErrUpdated) != settled[id] {
				rt.Fatalf("once %s: %v", id, err)
			}
			settled[id], inbox = true, without(inbox, id)
		case "send":
			if !stored[key] {
				stored[key], outbox = true, append(outbox, key)
			}
		case "bury":
			if has(outbox, key) {
				buried++
			}
			outbox = without(outbox, key)
		case "sent":
			outbox = without(outbox, key)
		}
		_ = db.View(t.Context(), func(tx plan.Tx) error {
			updates, _ := tx.Inbox()
			mail, _ := tx.OutboxAfter(0, 1000)
			dead, _ := tx.As(plan.System, now).Buried(1000)
			if len(updates) != len(inbox) || len(mail) != len(outbox) || len(dead) != buried {
				rt.Fatalf("inbox %d of %d, outbox %d of %d, dead %d of %d", len(updates), len(inbox), len(mail), len(outbox), len(dead), buried)
			}
			for i := range inbox {
				if updates[i].ID != inbox[i] || string(updates[i].Data) != inbox[i] {
					rt.Fatalf("inbox %v, want %v", updates, inbox)
				}
			}
			for i := range outbox {
				if mail[i].Key != outbox[i] {
					rt.Fatalf("outbox %d is %s, want %s", i, mail[i].Key, outbox[i])
				}
			}
			return nil
		})
	})
}

func has(list []string, s string) bool { return len(without(list, s)) < len(list) }

func without(list []string, s string) []string {
	var rest []string
	for _, x := range list {
		if x != s {
			rest = append(rest, x)
		}
	}
	return rest
}

// TestOutboxIsForAdmins: the border of storage refuses everybody else.
func TestOutboxIsForAdmins(t *testing.T) {
	t.Parallel()
	db := open(t, filepath.Join(t.TempDir(), "a.db"))
	for _, role := range []plan.Role{plan.Public, plan.Staff, plan.Head, plan.Supervisor, plan.Admin} {
		_ = db.View(t.Context(), func(tx plan.Tx) error {
			desk := tx.As(plan.Actor{ID: "x", Role: role}, time.Time{})
			_, buried := desk.Buried(5)
			_, waiting := desk.Waiting()
			for _, err := range []error{buried, waiting} {
				if errors.Is(err, plan.ErrForbidden) == (role == plan.Admin) {
					t.Errorf("%s: %v", role, err)
				}
			}
			return nil
		})
	}
}

// TestMailIsNoChange: mail on its way does not make records look changed.
func TestMailIsNoChange(t *testing.T) {
	t.Parallel()
	db := open(t, filepath.Join(t.TempDir(), "a.db"))
	revision := func() (n uint64) {
		_ = db.View(t.Context(), func(tx plan.Tx) (err error) { n, err = tx.Revision(); return err })
		return n
	}
	before := revision()
	err := db.Update(t.Context(), func(tx plan.Tx) error {
		return errors.Join(tx.Receive(plan.Update{ID: "u"}), tx.Once("u"), tx.Send(plan.Delivery{Key: "k"}), tx.Noted("telegram:1", time.Now()))
	})
	if err != nil || revision() != before {
		t.Errorf("revision %d, was %d; %v", revision(), before, err)
	}
	put(t, db, &plan.Plan{Place: "甲市", Year: 2017})
	if revision() == before {
		t.Error("a plan is no change")
	}
}

// TestMovedTakesEverythingAlong: subscriptions, mail and what was asked.
func TestMovedTakesEverythingAlong(t *testing.T) {
	t.Parallel()
	db := open(t, filepath.Join(t.TempDir(), "a.db"))
	now := time.Date(2017, 3, 1, 9, 0, 0, 0, time.UTC)
	err := db.Update(t.Context(), func(tx plan.Tx) error {
		err := tx.Send(plan.Delivery{Key: "k", Recipient: "telegram:-1", At: now}, plan.Delivery{Key: "l", Recipient: "telegram:-10", At: now})
		for _, chat := range []string{"telegram:-1", "telegram:-1/telegram:5", "telegram:-10"} {
			err = errors.Join(err, tx.SetDialog(plan.Dialog{Chat: chat, Kind: "x", Data: []byte(chat), Expires: now}))
		}
		return errors.Join(err, tx.Moved("telegram:-1", "telegram:-100"), tx.Moved("telegram:-1", "telegram:-100"))
	})
	if err != nil {
		t.Fatal(err)
	}
	_ = db.View(t.Context(), func(tx plan.Tx) error {
		for chat, was := range map[string]string{"telegram:-100": "telegram:-1", "telegram:-100/telegram:5": "telegram:-1/telegram:5", "telegram:-10": "telegram:-10"} {
			if d, err := tx.Dialog(chat, now); err != nil || string(d.Data) != was {
				t.Errorf("dialog of %s: %+v, %v", chat, d, err)
			}
		}
		moved, _ := tx.Outbox("telegram:-100")
		stayed, _ := tx.Outbox("telegram:-10")
		if len(moved) != 1 || len(stayed) != 1 {
			t.Errorf("%d and %d messages", len(moved), len(stayed))
		}
		return nil
	})
}
