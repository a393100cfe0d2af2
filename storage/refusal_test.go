package storage_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.etcd.io/bbolt"

	"duban/plan"
	"duban/storage"
)

// TestReadingChangesNothing tells every story in a transaction that only reads: it fails, and
// nothing is changed.
func TestReadingChangesNothing(t *testing.T) {
	t.Parallel()
	db := newTown(t, storage.Policy{})
	storage.Unsynced(db)
	for n := range 2 * len(stories) {
		s := stories[n%len(stories)]
		before := storage.Dump(t, db)
		if s.tell != nil {
			err := db.View(t.Context(), func(tx plan.Tx) error {
				return s.tell(&teller{db: db, tx: tx, n: n, round: n / len(stories), now: start})
			})
			if err == nil {
				t.Errorf("story %d, %s, can be told where nothing may be changed", n, s.name)
			}
		}
		if diff := cmp.Diff(before, storage.Dump(t, db)); diff != "" {
			t.Fatalf("story %d, %s, changed something:\n%s", n, s.name, diff)
		}
		must(t, tellStory(db, n))
	}
}

// reads are all ways to read, as an administrator.
var reads = map[string]func(tx plan.Tx, d plan.Desk) error{
	"plans":       func(tx plan.Tx, _ plan.Desk) error { return second(plan.All(tx.Plans())) },
	"duties":      func(tx plan.Tx, _ plan.Desk) error { return second(tx.Plans().Duties(town)) },
	"closing":     func(tx plan.Tx, _ plan.Desk) error { return ifAny(tx.Plans().Closing("某市2100")) },
	"inbox":       func(tx plan.Tx, _ plan.Desk) error { return second(tx.Inbox()) },
	"outbox":      func(tx plan.Tx, _ plan.Desk) error { return second(tx.Outbox("")) },
	"outbox page": func(tx plan.Tx, _ plan.Desk) error { return second(tx.OutboxAfter(0, 100)) },
	"chats":       func(tx plan.Tx, _ plan.Desk) error { return second(tx.Chats()) },
	"told": func(tx plan.Tx, _ plan.Desk) error {
		_, _, err := tx.Told("dispatch/0")
		return err
	},
	"dialog":       func(tx plan.Tx, _ plan.Desk) error { return ifAny(tx.Dialog("telegram:10001", start)) },
	"filings":      func(_ plan.Tx, d plan.Desk) error { return second(d.Filings(town)) },
	"history":      func(_ plan.Tx, d plan.Desk) error { return second(d.History(town, beds)) },
	"filing":       func(_ plan.Tx, d plan.Desk) error { return ifAny(d.Filing(1)) },
	"marks":        func(_ plan.Tx, d plan.Desk) error { return second(d.Marks(town)) },
	"pending":      func(_ plan.Tx, d plan.Desk) error { return second(d.Pending()) },
	"undecided":    func(_ plan.Tx, d plan.Desk) error { return second(d.Undecided(town)) },
	"requests":     func(_ plan.Tx, d plan.Desk) error { return second(d.Requests(town)) },
	"corrections":  func(_ plan.Tx, d plan.Desk) error { return second(d.Corrections(town)) },
	"people":       func(_ plan.Tx, d plan.Desk) error { return second(d.People()) },
	"person":       func(_ plan.Tx, d plan.Desk) error { return ifAny(d.Person(staff.ID)) },
	"reaches":      func(_ plan.Tx, d plan.Desk) error { return second(d.Reaches("", "", plan.NewDate(2017, 3, 1))) },
	"feedback":     func(_ plan.Tx, d plan.Desk) error { return second(d.FeedbackList(false)) },
	"subscribers":  func(_ plan.Tx, d plan.Desk) error { return second(d.Subscribers(town)) },
	"followers":    func(_ plan.Tx, d plan.Desk) error { return second(d.Followers(town, &townPlan(2017).Commitments[0])) },
	"bulletins":    func(_ plan.Tx, d plan.Desk) error { return second(d.Bulletins(town)) },
	"bulletin":     func(_ plan.Tx, d plan.Desk) error { return ifAny(d.Bulletin(1)) },
	"digests":      func(_ plan.Tx, d plan.Desk) error { return second(d.DigestSubscribers()) },
	"dead letters": func(_ plan.Tx, d plan.Desk) error { return second(d.Buried(100)) },
	"queue":        func(_ plan.Tx, d plan.Desk) error { return second(d.Waiting()) },
	"gaps":         func(_ plan.Tx, d plan.Desk) error { return second(d.Gaps(10)) },
	"log": func(_ plan.Tx, d plan.Desk) error {
		for _, err := range d.Log(0) {
			if err != nil {
				return err
			}
		}
		return nil
	},
}

// ifAny is the error of reading what need not be there.
func ifAny[T any](_ T, err error) error {
	if errors.Is(err, plan.ErrNotFound) {
		return nil
	}
	return err
}

// TestBrokenRecords breaks all records of one bucket after the other: somebody hears of it,
// in reading, in the check or in the next change, and nothing panics.
func TestBrokenRecords(t *testing.T) {
	t.Parallel()
	data := told(t, 2*len(stories)-8) // what is sent and forgotten at the end of the round is still there
	// Records that have no shape that could be broken, or whose like stands elsewhere.
	shapeless := []string{"gaps", "inbox", "ledger", "meta", "pending", "salts", "sends", "told", "updates", "filing-index", "dialogs"}
	for _, bucket := range bucketsOf(t, data) {
		db, err := storage.Open(write(t, data), storage.Options{})
		must(t, err)
		storage.Unsynced(db)
		broken := 0
		must(t, storage.Raw(db, func(tx *bbolt.Tx) error { return breakAll(tx.Bucket([]byte(bucket)), &broken) }))
		failed := map[string]error{"check": db.Check(t.Context()), "export": second(db.Export(t.Context(), admin))}
		for name, read := range reads {
			failed[name] = db.View(t.Context(), func(tx plan.Tx) error { return read(tx, tx.As(admin, start)) })
		}
		for n := 2*len(stories) - 8; n < 3*len(stories)-8; n++ {
			failed["story "+stories[n%len(stories)].name] = tellStory(db, n)
		}
		maps.DeleteFunc(failed, func(_ string, err error) bool { return err == nil })
		if broken > 0 && len(failed) == 0 && !slices.Contains(shapeless, bucket) {
			t.Errorf("%s: nobody notices %d broken records", bucket, broken)
		}
		must(t, db.Close())
	}
}

func bucketsOf(t *testing.T, data []byte) (names []string) {
	t.Helper()
	db, err := storage.Open(write(t, data), storage.Options{})
	must(t, err)
	for path := range storage.Dump(t, db) {
		if !strings.Contains(path, "/") {
			names = append(names, path)
		}
	}
	must(t, db.Close())
	slices.Sort(names)
	return names
}

// breakAll puts half of its value in the place of every record.
func breakAll(b *bbolt.Bucket, broken *int) error {
	var keys [][]byte
	err := b.ForEach(func(k, v []byte) error {
		if v == nil {
			return breakAll(b.Bucket(k), broken)
		}
		keys = append(keys, slices.Clone(k))
		return nil
	})
	for _, k := range keys {
		v := b.Get(k)
		err = errors.Join(err, b.Put(k, slices.Clone(v[:len(v)/2])))
		*broken++
	}
	return err
}

// TestKeysBeyondTheEngine: names that are longer than the engine's keys may be are refused,
// and take nothing else with them.
func TestKeysBeyondTheEngine(t *testing.T) {
	t.Parallel()
	db := newTown(t, storage.Policy{})
	long := strings.Repeat("长", 12_000)
	for name, f := range map[string]func(tx plan.Tx) error{
		"chat":   func(tx plan.Tx) error { return tx.SetChat(plan.Chat{ID: long}) },
		"dialog": func(tx plan.Tx) error { return tx.SetDialog(plan.Dialog{Chat: long, Data: []byte("x")}) },
		"told":   func(tx plan.Tx) error { return tx.Tell(start, "a", long) },
		"update": func(tx plan.Tx) error { return tx.Once(long) },
		"inbox":  func(tx plan.Tx) error { return tx.Receive(plan.Update{ID: long}) },
		"send": func(tx plan.Tx) error {
			return tx.Send(plan.Delivery{Key: "k", At: start}, plan.Delivery{Key: long, At: start})
		},
		"digest": func(tx plan.Tx) error { return tx.As(citizen, start).Subscribe(plan.DigestSubscription{Chat: long}) },
		"person": func(tx plan.Tx) error {
			return tx.As(admin, start).PutPerson(plan.Person{ID: plan.PersonID(long), Role: plan.Staff})
		},
		"moved": func(tx plan.Tx) error { return errors.Join(tx.SetChat(plan.Chat{ID: "7"}), tx.Moved("7", long)) },
	} {
		before := storage.Dump(t, db)
		if err := db.Update(context.Background(), f); err == nil {
			t.Errorf("%s: a name of %d bytes was stored", name, len(long))
		}
		if diff := cmp.Diff(before, storage.Dump(t, db)); diff != "" {
			t.Errorf("%s: something was stored:\n%s", name, diff)
		}
	}
}

// TestDatesBeyondTheFormat: a moment that cannot be written is refused.
func TestDatesBeyondTheFormat(t *testing.T) {
	t.Parallel()
	db := newTown(t, storage.Policy{})
	never := time.Date(20_000, 1, 1, 0, 0, 0, 0, time.UTC)
	for name, f := range map[string]func(tx plan.Tx) error{
		"send":    func(tx plan.Tx) error { return tx.Send(plan.Delivery{Key: "k", At: never}) },
		"chat":    func(tx plan.Tx) error { return tx.SetChat(plan.Chat{ID: "7", Snoozed: never}) },
		"file":    func(tx plan.Tx) error { return second(tx.As(staff, never).File(filing(beds, 1))) },
		"publish": func(tx plan.Tx) error { return tx.As(admin, never).Publish(draft) },
		"tell": func(tx plan.Tx) error {
			return second(tx.As(citizen, never).Tell(plan.Feedback{Plan: town, Commitment: bedsCommitment}))
		},
		"invite": func(tx plan.Tx) error {
			return tx.As(admin, never).Invite(plan.Invite{Hash: plan.HashToken("x"), Role: plan.Staff, Expires: start})
		},
		"forget": func(tx plan.Tx) error { return tx.As(admin, never).Forget(staff.ID) },
	} {
		before := storage.Dump(t, db)
		if err := db.Update(context.Background(), f); err == nil {
			t.Errorf("%s: the year 20000 was stored", name)
		}
		if diff := cmp.Diff(before, storage.Dump(t, db)); diff != "" {
			t.Errorf("%s: something was stored:\n%s", name, diff)
		}
	}
}

// TestCopiesUnderLoadAreMoments copies the database while stories are told: every copy,
// restored elsewhere, is the state after a number of them.
func TestCopiesUnderLoadAreMoments(t *testing.T) {
	t.Parallel()
	db, truth := newTown(t, storage.Policy{}), newTown(t, storage.Policy{})
	storage.Unsynced(truth)
	const n = 70
	moments := map[string]int{}
	for i := range n + 1 {
		moments[fmt.Sprint(storage.Dump(t, truth))] = i
		must(t, tellStory(truth, i))
	}
	finished := make(chan error, 1)
	go func() {
		for i := range n {
			if err := tellStory(db, i); err != nil {
				finished <- err
				return
			}
		}
		finished <- nil
	}()
	last := 0
	for done := false; !done; {
		select {
		case err := <-finished:
			must(t, err)
			done = true
		default:
		}
		copied, to := t.TempDir()+"/copies/a.db", t.TempDir()+"/elsewhere/b.db"
		must(t, db.SaveCopy(t.Context(), copied))
		restored(t, copied, to)
		moment, ok := moments[fmt.Sprint(storage.Dump(t, open(t, to)))]
		if !ok || moment < last {
			t.Fatalf("a copy after that of %d stories is of none, or of %d", last, moment)
		}
		last = moment
	}
	if last != n {
		t.Errorf("the last copy is of %d stories", last)
	}
}
