package storage

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"duban/plan"
)

// TestForgetLeavesNoName forgets a citizen who was never stored as a person: the audit chain
// must not name them, neither as the actor nor as the subject.
func TestForgetLeavesNoName(t *testing.T) {
	t.Parallel()
	db, err := Open(filepath.Join(t.TempDir(), "duban.db"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	citizen := plan.Actor{ID: "telegram:4711", Role: plan.Public}
	now := time.Date(2017, 3, 1, 9, 0, 0, 0, time.UTC)
	err = db.Update(t.Context(), func(tx plan.Tx) error {
		d := tx.As(citizen, now)
		if _, err := d.Tell(plan.Feedback{Plan: "甲市2017", Commitment: 1, Text: "路不平", Chat: "telegram:4711"}); err != nil {
			return err
		}
		if err := d.Follow(plan.Subscription{Plan: "甲市2017", Chat: "telegram:4711"}); err != nil {
			return err
		}
		return d.Forget(citizen.ID)
	})
	if err != nil {
		t.Fatal(err)
	}
	err = db.View(t.Context(), func(tx plan.Tx) error {
		d := tx.As(plan.System, now)
		for r, err := range d.Log(1) {
			if err != nil {
				return err
			}
			if strings.Contains(string(r.Actor)+r.Subject+r.Detail, "4711") {
				t.Errorf("the chain names the citizen: %+v", r)
			}
		}
		list, err := d.FeedbackList(false)
		if len(list) != 1 || list[0].By != "" || list[0].Chat != "" || strings.Contains(list[0].Text, "路") {
			t.Errorf("feedback is kept: %+v", list)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Check(t.Context()); err != nil {
		t.Error(err)
	}
}
