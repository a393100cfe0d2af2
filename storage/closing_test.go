package storage

import (
	"context"
	"errors"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"duban/plan"
)

// TestUnreadableClosingStays: a closing that cannot be read is no plan that is still open.
func TestUnreadableClosingStays(t *testing.T) {
	t.Parallel()
	db := testDB(t)
	key := plan.Key("甲市2017")
	damaged := []byte(`{"plan":`)
	err := db.bolt.Update(func(tx *bbolt.Tx) error {
		_, err := tx.Bucket(plansBucket).CreateBucket([]byte(key))
		return errors.Join(err, tx.Bucket(closingsBucket).Put([]byte(key), damaged))
	})
	if err != nil {
		t.Fatal(err)
	}
	err = db.Update(context.Background(), func(tx plan.Tx) error {
		return tx.As(plan.System, time.Date(2018, 1, 1, 9, 0, 0, 0, time.UTC)).Close(plan.Closing{Plan: key}, plan.Carried{})
	})
	if err == nil {
		t.Error("the closing was written over")
	}
	_ = db.bolt.View(func(tx *bbolt.Tx) error {
		if got := tx.Bucket(closingsBucket).Get([]byte(key)); string(got) != string(damaged) {
			t.Errorf("now it is %s", got)
		}
		return nil
	})
}
