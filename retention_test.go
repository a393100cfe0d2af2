package main

import (
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"duban/plan"
	"duban/storage"
)

// TestRetentionJob deletes answered feedback when its days are over, and not before.
func TestRetentionJob(t *testing.T) {
	t.Parallel()
	db, err := storage.Open(filepath.Join(t.TempDir(), "duban.db"), storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	asked := time.Date(2017, 3, 1, 9, 0, 0, 0, time.UTC)
	p, err := builtinReport()
	if err != nil {
		t.Fatal(err)
	}
	p, _ = plan.Merge(nil, p)
	err = db.Update(t.Context(), func(tx plan.Tx) error {
		d := tx.As(plan.System, asked)
		if err := d.PutPlan(p); err != nil {
			return err
		}
		f, err := d.Tell(plan.Feedback{Plan: p.Key(), Commitment: p.Commitments[0].ID, Text: "门前的路没修"})
		if err == nil {
			_, err = d.Answer(f.ID, "已列入计划")
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	a := &app{config: defaults(), log: slog.New(slog.DiscardHandler)}
	job := a.retention(db)[0]
	for _, look := range []struct {
		days int
		jump bool // no night passed since the last look
		kept bool
	}{{a.config.Retention - 10, false, true}, {10 * a.config.Retention, true, true}, {a.config.Retention + 1, false, false}} {
		now := asked.AddDate(0, 0, look.days)
		for day := asked; !look.jump && day.Before(now); day = day.AddDate(0, 0, 1) {
			if err := job.Run(t.Context(), day); err != nil {
				t.Fatal(err)
			}
		}
		if err := job.Run(t.Context(), now); err != nil {
			t.Fatal(err)
		}
		err := db.View(t.Context(), func(tx plan.Tx) error {
			list, err := tx.As(plan.System, now).FeedbackList(false)
			if err == nil && (len(list) != 1 || (list[0].Text == "门前的路没修") != look.kept) {
				t.Errorf("after %d days: %+v", look.days, list)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	a.config.Retention = 0
	if jobs := a.retention(db); jobs != nil {
		t.Errorf("jobs for what stays for ever: %v", jobs)
	}
}
