package storage_test

import (
	"errors"
	"fmt"
	"testing"

	"duban/plan"
	"duban/storage"
)

// TestRememberedUpdatesAreBounded: the ids of the last hundred thousand updates are known,
// those before are forgotten in time.
func TestRememberedUpdatesAreBounded(t *testing.T) {
	t.Parallel()
	const kept = 100_000
	db := newTown(t, storage.Policy{})
	storage.Unsynced(db)
	for n := 1; n <= 2*kept; {
		must(t, db.Update(t.Context(), func(tx plan.Tx) error {
			for end := n + kept/4; n < end; n++ {
				if err := tx.Once(fmt.Sprintf("telegram:%07d", n)); err != nil {
					return err
				}
			}
			return nil
		}))
	}
	must(t, db.View(t.Context(), func(tx plan.Tx) error {
		for n, want := range map[int]bool{1: false, kept: false, kept + 1: true, 2 * kept: true, 2*kept + 1: false} {
			if known, err := tx.Settled(fmt.Sprintf("telegram:%07d", n)); known != want || err != nil {
				t.Errorf("update %d is known: %t, %v", n, known, err)
			}
		}
		return nil
	}))
}

// TestDeadLettersAreBounded: about the last thousand are kept; the newest are shown first.
func TestDeadLettersAreBounded(t *testing.T) {
	t.Parallel()
	db := newTown(t, storage.Policy{})
	storage.Unsynced(db)
	for n := range 1010 {
		must(t, db.Update(t.Context(), func(tx plan.Tx) error {
			key := fmt.Sprint("m", n)
			return errors.Join(tx.Send(plan.Delivery{Key: key, Recipient: "1", At: start}), tx.Bury(key, "blocked", start))
		}))
	}
	must(t, db.Update(t.Context(), func(tx plan.Tx) error {
		return tx.Send(plan.Delivery{Key: "waits", Recipient: "1", At: start}, plan.Delivery{Key: "longest", Recipient: "1", At: start.AddDate(0, 0, -1)})
	}))
	must(t, act(t, db, admin, func(d plan.Desk) error {
		letters, err := d.Buried(5000)
		if len(letters) == 0 || letters[0].Key != "m1009" || len(letters) < 1000 || len(letters) > 1001 {
			t.Errorf("%d letters", len(letters))
		}
		q, e := d.Waiting()
		if q.Messages != 2 || !q.Oldest.Equal(start.AddDate(0, 0, -1)) {
			t.Errorf("waits: %+v", q)
		}
		return errors.Join(err, e)
	}))
}

// TestUndecidedWhateverTheSignature: what nobody decided is listed by plan, for those who may
// see it.
func TestUndecidedWhateverTheSignature(t *testing.T) {
	t.Parallel()
	db := newTown(t, storage.Policy{Signed: true})
	first, second := waiting(t, db), waiting(t, db)
	must(t, act(t, db, head, func(d plan.Desk) error { _, err := d.Review(first, plan.Signed, ""); return err }))
	must(t, act(t, db, supervisor, func(d plan.Desk) error {
		list, err := d.Undecided(town)
		if len(list) != 2 || list[0].ID != first || list[1].ID != second {
			t.Errorf("undecided: %+v", list)
		}
		none, e := d.Undecided(draft)
		if len(none) != 0 {
			t.Errorf("of another plan: %+v", none)
		}
		return errors.Join(err, e)
	}))
	if err := act(t, db, staff, func(d plan.Desk) error { _, err := d.Undecided(town); return err }); !errors.Is(err, plan.ErrForbidden) {
		t.Errorf("staff see all of it: %v", err)
	}
}

// TestWhatMakesNoSense: acts that contradict themselves are refused.
func TestWhatMakesNoSense(t *testing.T) {
	t.Parallel()
	db := newTown(t, storage.Policy{})
	must(t, act(t, db, staff, func(d plan.Desk) error {
		_, err := d.Ask(plan.Request{Plan: town, Item: beds, Kind: plan.Extend, Deadline: plan.EndOfYear(2018), Reason: "征地"})
		return err
	}))
	for name, f := range map[string]func(d plan.Desk) error{
		"a signed request":          func(d plan.Desk) error { _, err := d.Decide(1, plan.Signed, ""); return err },
		"a return without a reason": func(d plan.Desk) error { _, err := d.Decide(1, plan.Returned, ""); return err },
		"an unknown verdict":        func(d plan.Desk) error { _, err := d.Decide(1, "maybe", ""); return err },
		"an invite without a hash":  func(d plan.Desk) error { return d.Invite(plan.Invite{Hash: "secret", Role: plan.Staff}) },
		"a request without a reason": func(d plan.Desk) error {
			_, err := d.Ask(plan.Request{Plan: town, Item: beds, Kind: plan.Extend})
			return err
		},
		"a plan that gives ids anew": func(d plan.Desk) error { return d.PutPlan(&plan.Plan{Place: "某市", Year: 2017, NextID: 1}) },
	} {
		if err := act(t, db, admin, f); !errors.Is(err, plan.ErrInvalid) {
			t.Errorf("%s: %v, want ErrInvalid", name, err)
		}
	}
	for _, s := range []plan.DigestSubscription{{}, {Chat: "1", Hour: 24}, {Chat: "1", Hour: -1}, {Chat: "1", Day: 7}} {
		if err := act(t, db, citizen, func(d plan.Desk) error { return d.Subscribe(s) }); err == nil {
			t.Errorf("%+v was stored", s)
		}
	}
	for name, f := range map[string]func(d plan.Desk) error{
		"a request":  func(d plan.Desk) error { _, err := d.Decide(99, plan.Accepted, ""); return err },
		"feedback":   func(d plan.Desk) error { _, err := d.Answer(99, "好"); return err },
		"a bulletin": func(d plan.Desk) error { _, err := d.Release(99); return err },
		"a filing":   func(d plan.Desk) error { _, err := d.Review(99, plan.Accepted, ""); return err },
		"a plan":     func(d plan.Desk) error { return d.Publish("无市2017") },
		"an item":    func(d plan.Desk) error { return d.Assign(town, plan.Duty{Item: 99, Lead: "民政局"}) },
		"a token":    func(d plan.Desk) error { _, err := d.Join("none", plan.Person{ID: admin.ID}); return err },
	} {
		if err := act(t, db, admin, f); !errors.Is(err, plan.ErrNotFound) {
			t.Errorf("%s that is not there: %v, want ErrNotFound", name, err)
		}
	}
}
