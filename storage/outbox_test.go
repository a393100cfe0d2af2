package storage_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"duban/plan"
	"duban/storage"
)

func TestOnce(t *testing.T) {
	t.Parallel()
	db := newTown(t, storage.Policy{})
	once := func(id string, fail error) error {
		return db.Update(t.Context(), func(tx plan.Tx) error { return errors.Join(tx.Once(id), fail) })
	}
	failed := errors.New("failed")
	if err := once("telegram:1", failed); !errors.Is(err, failed) {
		t.Error(err)
	}
	must(t, once("telegram:1", nil)) // what failed was not applied
	if err := once("telegram:1", nil); !errors.Is(err, plan.ErrUpdated) {
		t.Errorf("error %v, want ErrUpdated", err)
	}
	must(t, once("telegram:2", nil))
}

func TestLedgerStopsDoubles(t *testing.T) {
	t.Parallel()
	db := newTown(t, storage.Policy{})
	send := func(keys ...string) {
		must(t, db.Update(t.Context(), func(tx plan.Tx) error {
			for _, k := range keys {
				if err := tx.Send(plan.Delivery{Key: k, Recipient: k[:1], Payload: []byte(k), At: start}); err != nil {
					return err
				}
			}
			return nil
		}))
	}
	waits := func(chat string) (keys []string) {
		must(t, db.View(t.Context(), func(tx plan.Tx) error {
			list, err := tx.Outbox(chat)
			for _, m := range list {
				keys = append(keys, m.Key)
			}
			return err
		}))
		return keys
	}
	sent := func(keys ...string) {
		must(t, db.Update(t.Context(), func(tx plan.Tx) error { return tx.Sent(keys...) }))
	}
	send("b1", "a1", "a1", "b2")
	send("a1", "a2")
	if got := waits(""); !slices.Equal(got, []string{"b1", "a1", "b2", "a2"}) {
		t.Errorf("outbox %v", got)
	}
	if got := waits("b"); !slices.Equal(got, []string{"b1", "b2"}) {
		t.Errorf("outbox of b %v", got)
	}
	sent("b1", "unknown", "a2")
	sent("b1")
	send("b1", "a2", "a1") // were sent, or wait
	if got := waits(""); !slices.Equal(got, []string{"a1", "b2"}) {
		t.Errorf("outbox %v after sending", got)
	}
	err := db.Update(t.Context(), func(tx plan.Tx) error { return tx.Send(plan.Delivery{Recipient: "a"}) })
	if !errors.Is(err, plan.ErrInvalid) {
		t.Errorf("a message without a key: %v", err)
	}
}

func TestDialogs(t *testing.T) {
	t.Parallel()
	db := newTown(t, storage.Policy{})
	set := func(data []byte) {
		must(t, db.Update(t.Context(), func(tx plan.Tx) error {
			return tx.SetDialog(plan.Dialog{Chat: "1", Kind: "file", Data: data, Expires: start.Add(time.Hour)})
		}))
	}
	look := func(chat string, now time.Time) (d *plan.Dialog, err error) {
		must(t, db.View(t.Context(), func(tx plan.Tx) error {
			d, err = tx.Dialog(chat, now)
			return nil
		}))
		return d, err
	}
	set([]byte("1476"))
	if d, err := look("1", start.Add(time.Hour)); err != nil || string(d.Data) != "1476" || d.Kind != "file" {
		t.Errorf("%+v, %v", d, err)
	}
	for chat, now := range map[string]time.Time{"2": start, "1": start.Add(2 * time.Hour)} {
		if _, err := look(chat, now); !errors.Is(err, plan.ErrNotFound) {
			t.Errorf("chat %s at %v: %v, want ErrNotFound", chat, now, err)
		}
	}
	set(nil)
	if _, err := look("1", start); !errors.Is(err, plan.ErrNotFound) {
		t.Errorf("after its end: %v", err)
	}
}

func TestGaps(t *testing.T) {
	t.Parallel()
	db := newTown(t, storage.Policy{})
	long := ""
	for range 3000 {
		long += "路灯"
	}
	before := revisionOf(t, db)
	must(t, db.Update(t.Context(), func(tx plan.Tx) error {
		gap := func(question string, n int) error { return tx.Gap(question, n, start) }
		return errors.Join(gap("公交", 2), gap("路灯", 5), gap("公交", 4), gap("", 1), gap("负", -1), gap(long, 1))
	}))
	if after := revisionOf(t, db); after != before {
		t.Errorf("a question without an answer makes revision %d of %d: what is remembered of answers would be lost", after, before)
	}
	must(t, act(t, db, supervisor, func(d plan.Desk) error {
		gaps, err := d.Gaps(2)
		if got := fmt.Sprint(gaps[0].Question, gaps[0].Count, gaps[1].Question, gaps[1].Count); len(gaps) != 2 || got != "公交6路灯5" {
			t.Errorf("gaps %v", gaps)
		}
		none, e := d.Gaps(-1)
		if len(none) != 0 {
			t.Errorf("gaps %v", none)
		}
		return errors.Join(err, e)
	}))
}

func revisionOf(t *testing.T, db *storage.DB) (revision uint64) {
	t.Helper()
	must(t, db.View(t.Context(), func(tx plan.Tx) (err error) {
		revision, err = tx.Revision()
		return err
	}))
	return revision
}
