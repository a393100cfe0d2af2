package storage

import (
	"context"
	"errors"
	"maps"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.etcd.io/bbolt"

	"duban/plan"
)

// since says which buckets came with which schema; see migrations.
var since = map[int][][]byte{
	3: {inboxBucket, deadBucket, sendsBucket},
	4: {toldBucket, chatsBucket, closingsBucket},
	5: {bulletinsBucket, digestsBucket},
	6: {filesBucket, attemptsBucket},
}

// asOfSchema makes a filled database one of an older schema, and returns what it holds.
func asOfSchema(t *testing.T, path string, version int) map[string]string {
	t.Helper()
	db, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	fill(t, db, plan.Actor{ID: "telegram:901", Role: plan.Staff, Department: "民政局"}, true, time.Date(2017, 3, 1, 9, 0, 0, 0, time.UTC))
	err = db.bolt.Update(func(tx *bbolt.Tx) error {
		for v, names := range since {
			for _, name := range names {
				if v > version {
					err = errors.Join(err, tx.DeleteBucket(name))
				}
			}
		}
		return errors.Join(err, tx.Bucket(metaBucket).Put(versionKey, encodeCounter(uint64(version))))
	})
	held := Dump(t, db)
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	return held
}

// TestUpgradeFromEverySchema opens databases of older schemas, and restores backups of them:
// all that they held is there, and what came since works.
func TestUpgradeFromEverySchema(t *testing.T) {
	t.Parallel()
	if len(migrations) != 6 {
		t.Fatal("this test does not know the newest schema; say in since what came with it")
	}
	for version := 2; version < len(migrations); version++ {
		old := filepath.Join(t.TempDir(), "old.db")
		held := asOfSchema(t, old, version)
		restored := filepath.Join(t.TempDir(), "restored.db")
		_, err := Restore(t.Context(), old, restored)
		if err := errors.Join(VerifyFile(t.Context(), old), err); err != nil {
			t.Fatalf("a backup of schema %d: %v", version, err)
		}
		for _, path := range []string{old, restored} {
			db, err := Open(path, Options{})
			if err != nil {
				t.Fatalf("schema %d: %v", version, err)
			}
			got := Dump(t, db)
			maps.DeleteFunc(got, func(k, v string) bool {
				_, was := held[k]
				return !was && v == "last number 0" && !strings.Contains(k, "/") // a new bucket
			})
			held[`meta/"version"`] = string(encodeCounter(uint64(len(migrations))))
			if diff := cmp.Diff(held, got); diff != "" {
				t.Errorf("schema %d (-before +after):\n%s", version, diff)
			}
			if err := errors.Join(usesEverything(db), db.Check(t.Context()), db.Close()); err != nil {
				t.Errorf("after the upgrade from %d: %v", version, err)
			}
		}
	}
}

// usesEverything writes to every bucket that came with a newer schema.
func usesEverything(db *DB) error {
	now := time.Date(2017, 4, 1, 9, 0, 0, 0, time.UTC)
	return db.Update(context.Background(), func(tx plan.Tx) error {
		d := tx.As(plan.System, now)
		_, err := d.Draft(plan.Bulletin{Plan: "某市2017", Year: 2017, Quarter: 1})
		_, attempt := tx.Attempt("u")
		return errors.Join(err, attempt, tx.Keeps("digest"),
			tx.Receive(plan.Update{ID: "u", Data: []byte("x")}), tx.Bury("remind/2/telegram:901", "blocked", now), tx.Noted("chat-77", now),
			tx.Tell(now, "dispatch/1"), tx.SetChat(plan.Chat{ID: "chat-77"}), d.Close(plan.Closing{Plan: "某市2017"}, plan.Carried{}),
			d.Subscribe(plan.DigestSubscription{Chat: "chat-77"}))
	})
}
