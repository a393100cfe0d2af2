package storage

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"duban/plan"
)

func testDB(t testing.TB) *DB {
	t.Helper()
	db, err := Open(filepath.Join(t.TempDir(), "a.db"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// chained returns a database with a chain of records.
func chained(t testing.TB, records int) *DB {
	t.Helper()
	db := testDB(t)
	for i := range records {
		err := db.Update(context.Background(), func(tx plan.Tx) error {
			d := tx.As(plan.Actor{ID: "telegram:6", Role: plan.Admin}, time.Date(2017, 3, 1, 9, i, 0, 0, time.UTC))
			return d.PutPerson(plan.Person{ID: plan.PersonID(fmt.Sprint("telegram:", i)), Name: "李明", Role: plan.Staff, Department: "民政局"})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Check(context.Background()); err != nil {
		t.Fatalf("the fresh chain is broken: %v", err)
	}
	return db
}

// tamper changes the records, checks that the chain breaks at want, and puts them back.
func tamper(t *testing.T, db *DB, what string, want int, change func(b *bbolt.Bucket) error) {
	t.Helper()
	undone := errors.New("undone")
	err := db.bolt.Update(func(tx *bbolt.Tx) error {
		if err := change(tx.Bucket(auditBucket)); err != nil {
			t.Fatal(err)
		}
		err := checkChain(context.Background(), tx)
		if !errors.Is(err, ErrBrokenChain) || !strings.Contains(err.Error(), fmt.Sprintf("第%d条", want)) {
			t.Errorf("%s: %v, want a break at %d", what, err, want)
		}
		return undone
	})
	if !errors.Is(err, undone) {
		t.Fatal(err)
	}
}

func TestTamperingIsFound(t *testing.T) {
	t.Parallel()
	const records = 6
	db := chained(t, records)
	stored := map[int][]byte{}
	_ = db.bolt.View(func(tx *bbolt.Tx) error {
		for i := 1; i <= records; i++ {
			stored[i] = bytes.Clone(tx.Bucket(auditBucket).Get(number(uint64(i))))
		}
		return nil
	})
	for i := 1; i <= records; i++ {
		for at := range stored[i] {
			for _, flip := range []byte{1, 0x20, 0x80} { // 0x20 turns upper into lower case, which JSON's names do not mind
				data := bytes.Clone(stored[i])
				data[at] ^= flip
				tamper(t, db, fmt.Sprintf("byte %d of record %d", at, i), i, func(b *bbolt.Bucket) error { return b.Put(number(uint64(i)), data) })
			}
		}
		spaced := bytes.Replace(stored[i], []byte(`,`), []byte(`, `), 1)
		tamper(t, db, "a space", i, func(b *bbolt.Bucket) error { return b.Put(number(uint64(i)), spaced) })
		tamper(t, db, "removed", i, func(b *bbolt.Bucket) error { return b.Delete(number(uint64(i))) })
		if i < records {
			tamper(t, db, "swapped", i, func(b *bbolt.Bucket) error {
				return errors.Join(b.Put(number(uint64(i)), stored[i+1]), b.Put(number(uint64(i+1)), stored[i]))
			})
		}
		tamper(t, db, "cut off", i, func(b *bbolt.Bucket) error {
			for j := i; j <= records; j++ {
				if err := b.Delete(number(uint64(j))); err != nil {
					return err
				}
			}
			return nil
		})
	}
	tamper(t, db, "appended", records+1, func(b *bbolt.Bucket) error { return b.Put(number(records+1), stored[records]) })
	tamper(t, db, "put in front", 1, func(b *bbolt.Bucket) error { return b.Put(number(0), stored[1]) })
	if err := db.Check(context.Background()); err != nil {
		t.Errorf("the chain is broken in the end: %v", err)
	}
}

// TestForgetLeavesNothing scans every key and value for the words of who was forgotten.
func TestForgetLeavesNothing(t *testing.T) {
	t.Parallel()
	now := time.Date(2017, 3, 1, 9, 0, 0, 0, time.UTC)
	for _, who := range []plan.Actor{{ID: "telegram:900", Role: plan.Public}, {ID: "telegram:901", Role: plan.Staff, Department: "民政局"}, {ID: "telegram:902", Role: plan.Public}, {ID: "telegram:903", Role: plan.Supervisor}} {
		db := testDB(t)
		known := who.ID != "telegram:902" // a citizen who was never stored as a person
		fill(t, db, who, known, now)
		if found := scan(t, db, "telegram:900", "telegram:901", "telegram:902", "telegram:903", "欧阳明", "门前的路", "东关街", "chat-77", "photo-1"); len(found) < 3 {
			t.Fatalf("nothing to forget: %v", found)
		}
		err := db.Update(context.Background(), func(tx plan.Tx) error { return tx.As(who, now).Forget(who.ID) })
		if err != nil {
			t.Fatal(err)
		}
		words := []string{"欧阳明", "门前的路", "东关街", "chat-77", "photo-1"}
		if who.Role == plan.Public {
			words = append(words, string(who.ID))
		}
		if found := scan(t, db, words...); len(found) > 0 {
			t.Errorf("%s: still there: %v", who.ID, found)
		}
		if found := scan(t, db, string(who.ID)); who.Role != plan.Public && slices.ContainsFunc(found, func(s string) bool { return !strings.HasPrefix(s, "audit") }) {
			t.Errorf("the official's id is outside the audit chain: %v", found)
		}
		if err := db.Check(context.Background()); err != nil {
			t.Errorf("after forgetting: %v", err)
		}
	}
}

// fill leaves traces of a person in every bucket.
func fill(t *testing.T, db *DB, who plan.Actor, known bool, now time.Time) {
	t.Helper()
	d10 := plan.NewDecimal(10, 0)
	p, _ := plan.Merge(nil, &plan.Plan{Place: "某市", Year: 2017, Commitments: []plan.Commitment{{
		Segment: plan.Segment{Code: "2.1.1.1", Text: "修路"}, Departments: []string{"民政局"},
		Targets: []plan.Target{{Metric: "修路", Value: d10, Unit: "公里", ValueText: "10公里", Kind: plan.Count, Op: plan.AtLeast, Deadline: plan.EndOfYear(2017)}},
	}}})
	own := "chat-77"
	if !known { // a private chat is called as its person
		own = string(who.ID)
	}
	err := db.Update(context.Background(), func(tx plan.Tx) error {
		d, all := tx.As(who, now), tx.As(plan.System, now)
		errs := []error{all.PutPlan(p), all.Publish(p.Key())}
		if known {
			errs = append(errs, all.PutPerson(plan.Person{ID: who.ID, Chat: "chat-77", Name: "欧阳明", Role: who.Role, Department: who.Department}))
		}
		_, e := d.Tell(plan.Feedback{Plan: p.Key(), Commitment: 1, Text: "门前的路没有修", Place: "东关街", Chat: "chat-77", Evidence: []plan.Evidence{{Ref: "photo-1"}}})
		errs = append(errs, e, d.Follow(plan.Subscription{Plan: p.Key(), Chat: "chat-77"}))
		_, e = all.Answer(1, "欧阳明同志：已转办")
		errs = append(errs, e, tx.SetDialog(plan.Dialog{Chat: "chat-77", Kind: "file", Data: []byte("欧阳明"), Expires: now.Add(time.Hour)}))
		errs = append(errs, tx.Send(plan.Delivery{Key: "remind/2/" + string(who.ID), Recipient: "chat-77", Payload: []byte("欧阳明，请填报"), At: now}))
		errs = append(errs, tx.Send(plan.Delivery{Key: "lost/" + string(who.ID), Recipient: "chat-77", Payload: []byte("欧阳明，请签核"), At: now}))
		errs = append(errs, tx.Bury("lost/"+string(who.ID), "chat-77 is gone", now), tx.Noted("chat-77", now))
		errs = append(errs, d.Subscribe(plan.DigestSubscription{Chat: own}), all.PutPerson(plan.Person{ID: "telegram:950", Role: plan.Staff, Department: "民政局", Leave: &plan.Leave{Delegate: who.ID}}))
		if who.Role == plan.Staff {
			f, e := d.File(plan.Filing{Plan: p.Key(), Item: 2, Value: &d10, Date: plan.NewDate(2017, 2, 1), Chat: "chat-77"})
			_, e2 := all.Review(f.ID, plan.Accepted, "")
			_, e3 := d.Ask(plan.Request{Plan: p.Key(), Item: 2, Kind: plan.Extend, Deadline: plan.EndOfYear(2018), Reason: "征地", Chat: "chat-77"})
			errs = append(errs, e, e2, e3)
		}
		if who.Role == plan.Supervisor {
			b, e := d.Draft(plan.Bulletin{Plan: p.Key(), Year: 2017, Quarter: 1, Text: "通报"})
			_, e2 := d.Release(b.ID)
			_, e3 := d.Erratum(b.ID, "更正一处")
			errs = append(errs, e, e2, e3, d.Close(plan.Closing{Plan: p.Key()}, plan.Carried{}))
		}
		return errors.Join(errs...)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// scan returns where in the file's buckets any of the words stands.
func scan(t *testing.T, db *DB, words ...string) (found []string) {
	t.Helper()
	var walk func(path string, b *bbolt.Bucket) error
	walk = func(path string, b *bbolt.Bucket) error {
		return b.ForEach(func(k, v []byte) error {
			for _, w := range words {
				if bytes.Contains(k, []byte(w)) || bytes.Contains(v, []byte(w)) || bytes.Contains(v, []byte(base64.StdEncoding.EncodeToString([]byte(w)))) {
					found = append(found, path+": "+w)
				}
			}
			if v == nil {
				return walk(path+"/"+string(k), b.Bucket(k))
			}
			return nil
		})
	}
	err := db.bolt.View(func(tx *bbolt.Tx) error {
		return tx.ForEach(func(name []byte, b *bbolt.Bucket) error { return walk(string(name), b) })
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestNames(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		key, name string
		want      bool
	}{
		{"remind/2/12", "12", true},
		{"remind/2/123", "12", false},
		{"remind/2/-12", "12", false},
		{"12", "12", true},
		{"remind/telegram:12/2017-07", "telegram:12", true},
		{"remind/telegram:123/telegram:12", "telegram:12", true},
		{"", "12", false},
	} {
		if got := names(c.key, c.name); got != c.want {
			t.Errorf("%q names %q: %t", c.key, c.name, got)
		}
	}
}

func TestRetain(t *testing.T) {
	t.Parallel()
	db := testDB(t)
	now := time.Date(2017, 3, 1, 9, 0, 0, 0, time.UTC)
	fill(t, db, plan.Actor{ID: "telegram:900", Role: plan.Public}, true, now)
	err := db.Update(context.Background(), func(tx plan.Tx) error {
		d := tx.As(plan.System, now)
		_, e := d.Tell(plan.Feedback{Plan: "某市2017", Commitment: 1, Text: "还没有回复"})
		return errors.Join(e,
			d.PutPerson(plan.Person{ID: "telegram:8", Name: "赵六", Role: plan.Staff, Removed: true}),
			d.PutPerson(plan.Person{ID: "telegram:9", Name: "钱七", Role: plan.Staff}),
			tx.Send(plan.Delivery{Key: "old", Recipient: "1", At: now}, plan.Delivery{Key: "waiting", Recipient: "1", At: now}, plan.Delivery{Key: "undated", Recipient: "1"}),
			tx.Sent("old", "undated"))
	})
	if err != nil {
		t.Fatal(err)
	}
	later := now.AddDate(1, 0, 0)
	for _, a := range []plan.Actor{{ID: "x", Role: plan.Supervisor}, {ID: "x", Role: plan.Public}, {}} {
		if _, err := db.Retain(context.Background(), a, later, later); !errors.Is(err, plan.ErrForbidden) {
			t.Errorf("%s may retain: %v", a.Role, err)
		}
	}
	if done, err := db.Retain(context.Background(), plan.System, now, later); err != nil || done != (Retained{}) {
		t.Errorf("too early: %+v, %v", done, err)
	}
	if done, err := db.Retain(context.Background(), plan.System, later.AddDate(0, -1, 0), later); err != nil || done != (Retained{}) {
		t.Errorf("by a clock that jumped ahead: %+v, %v", done, err)
	}
	for day := now; day.Before(later); day = day.AddDate(0, 0, 7) { // nobody works, but nights pass
		if done, err := db.Retain(context.Background(), plan.System, day.AddDate(-1, 0, 0), day); err != nil || done != (Retained{}) {
			t.Errorf("on %v: %+v, %v", day, done, err)
		}
	}
	done, err := db.Retain(context.Background(), plan.System, later, later)
	if want := (Retained{People: 1, Feedback: 1, Messages: 3}); err != nil || done != want {
		t.Errorf("%+v, %v; want %+v", done, err, want)
	}
	if found := scan(t, db, "赵六", "门前的路", "同志"); len(found) > 0 {
		t.Errorf("still there: %v", found)
	}
	if found := scan(t, db, "钱七", "还没有回复", "waiting", "undated"); len(found) < 4 {
		t.Errorf("too much was taken out: %v", found)
	}
	if err := db.Check(context.Background()); err != nil {
		t.Error(err)
	}
}

// TestForgetAnOfficialWhoWasACitizen: what they wrote before they had an office cannot be told
// to be theirs afterwards.
func TestForgetAnOfficialWhoWasACitizen(t *testing.T) {
	t.Parallel()
	now := time.Date(2017, 3, 1, 9, 0, 0, 0, time.UTC)
	db := testDB(t)
	fill(t, db, plan.Actor{ID: "telegram:900", Role: plan.Public}, true, now)
	salts := func() (n int) {
		if err := db.bolt.View(func(tx *bbolt.Tx) error { n = tx.Bucket(saltsBucket).Stats().KeyN; return nil }); err != nil {
			t.Fatal(err)
		}
		return n
	}
	citizens := salts()
	err := db.Update(context.Background(), func(tx plan.Tx) error {
		all := tx.As(plan.System, now)
		return errors.Join(all.PutPerson(plan.Person{ID: "telegram:900", Name: "欧阳明", Role: plan.Staff, Department: "民政局"}), all.Forget("telegram:900"))
	})
	if err != nil {
		t.Fatal(err)
	}
	var left []string
	err = db.bolt.View(func(tx *bbolt.Tx) error {
		return each(tx.Bucket(auditBucket), func(k []byte, r *plan.AuditRecord) error {
			if strings.HasPrefix(string(r.Actor), "public#") && tx.Bucket(saltsBucket).Get(k) != nil {
				left = append(left, r.Act)
			}
			return nil
		})
	})
	if err != nil || len(left) > 0 || salts() >= citizens {
		t.Errorf("salts of %v are left, %d of %d, %v", left, salts(), citizens, err)
	}
}

// TestRetainWithoutAChain: where nothing says when the last look was, the clock is believed;
// later looks go on from there.
func TestRetainWithoutAChain(t *testing.T) {
	t.Parallel()
	db, now := testDB(t), time.Date(2017, 3, 1, 9, 0, 0, 0, time.UTC)
	ctx := context.Background()
	if _, err := db.Retain(ctx, plan.System, now.AddDate(-1, 0, 0), now); err != nil {
		t.Fatal(err)
	}
	fill(t, db, plan.Actor{ID: "telegram:900", Role: plan.Public}, true, now)
	for day := now; day.Before(now.AddDate(1, 1, 0)); day = day.AddDate(0, 0, 7) {
		if _, err := db.Retain(ctx, plan.System, day.AddDate(-1, 0, 0), day); err != nil {
			t.Fatal(err)
		}
	}
	if found := scan(t, db, "门前的路"); len(found) > 0 {
		t.Errorf("still there after a year: %v", found)
	}
}
