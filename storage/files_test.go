package storage_test

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"duban/plan"
)

// TestUnusedFiles: a file is used while feedback, a filing or an open question refers to it,
// and no longer when its citizen is forgotten.
func TestUnusedFiles(t *testing.T) {
	t.Parallel()
	db := open(t, filepath.Join(t.TempDir(), "a.db"))
	now := time.Date(2017, 3, 1, 9, 0, 0, 0, time.UTC)
	digest := func(c string) string { return strings.Repeat(c, 64) }
	put(t, db, &plan.Plan{Place: "甲市", Year: 2017, State: plan.Published, Commitments: []plan.Commitment{{Segment: plan.Segment{Code: "3.1"}, ID: 1}}})
	citizen := plan.Actor{ID: "telegram:5", Role: plan.Public}
	unused := func(at time.Time) (list []string) {
		t.Helper()
		err := db.View(t.Context(), func(tx plan.Tx) (err error) { list, err = tx.Unused(at); return err })
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	err := db.Update(t.Context(), func(tx plan.Tx) error {
		_, err := tx.As(citizen, now).Tell(plan.Feedback{Plan: "甲市2017", Commitment: 1, Text: "路还没修", Chat: "telegram:5", Evidence: []plan.Evidence{{Digest: digest("a")}}})
		return errors.Join(err, tx.Keeps(digest("a"), digest("b"), digest("c")),
			tx.SetDialog(plan.Dialog{Chat: "x", Kind: "k", Data: []byte(`{"digest":"` + digest("b") + `"}`), Expires: now}))
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := unused(now); !slices.Equal(got, []string{digest("c")}) {
		t.Errorf("unused %q", got)
	}
	if got := unused(now.Add(time.Hour)); len(got) != 2 {
		t.Errorf("when the question is over: %q", got)
	}
	err = db.Update(t.Context(), func(tx plan.Tx) error {
		return errors.Join(tx.Dropped(digest("c")), tx.As(citizen, now).Forget(citizen.ID))
	})
	if got := unused(now); err != nil || !slices.Equal(got, []string{digest("a")}) {
		t.Errorf("unused %q, %v", got, err)
	}
}

// TestAttempts are counted until the update is settled or survived.
func TestAttempts(t *testing.T) {
	t.Parallel()
	db := open(t, filepath.Join(t.TempDir(), "a.db"))
	attempt := func() (n int) {
		t.Helper()
		if err := db.Update(t.Context(), func(tx plan.Tx) (err error) { n, err = tx.Attempt("u"); return err }); err != nil {
			t.Fatal(err)
		}
		return n
	}
	if one, two := attempt(), attempt(); one != 1 || two != 2 {
		t.Errorf("%d, %d", one, two)
	}
	for _, end := range []func(plan.Tx) error{func(tx plan.Tx) error { return tx.Survived("u") }, func(tx plan.Tx) error { return tx.Once("u") }} {
		if err := db.Update(t.Context(), end); err != nil {
			t.Fatal(err)
		}
		if n := attempt(); n != 1 {
			t.Errorf("%d", n)
		}
	}
}
