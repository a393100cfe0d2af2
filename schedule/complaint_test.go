package schedule_test

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"duban/plan"
	"duban/schedule"
	"duban/storage"
)

// TestComplaintsWait: a job that fails when nobody is written to is told of when somebody is,
// at night as on days off, unless it was done meanwhile; one that fails by day at once.
func TestComplaintsWait(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, spec string
		fails      int // runs that fail
		want       string
	}{
		{"at night, once a day", "30 4 * * *", 1, "Fri 08:00"},
		{"on Saturday", "30 12 * * 6", 1, "Mon 08:00"},
		{"by day", "30 10 * * 5", 1, "Fri 10:30"},
		{"late in the evening", "30 22 * * 5", 1, "Mon 08:00"},
		{"made up for at night", "30 1-6 * * 5", 3, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				if got := toldOf(t, c.spec, c.fails); got != c.want {
					t.Errorf("told %q, want %q", got, c.want)
				}
			})
		})
	}
}

// toldOf runs a job from the night to Friday, 7 January 2000, until Monday and returns when an
// admin was told.
func toldOf(t *testing.T, spec string, fails int) (told string) {
	t.Helper()
	db, err := storage.Open(filepath.Join(t.TempDir(), "a.db"), storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	time.Sleep(6 * 24 * time.Hour)
	runs := 0
	job := schedule.Job{Name: "retention", Spec: spec, Run: func(context.Context, time.Time) error {
		if runs++; runs <= fails {
			return errors.New("没有删成")
		}
		return nil
	}}
	running(t, db, schedule.Options{
		Now:      time.Now,
		Settings: schedule.DefaultSettings(), Jobs: []schedule.Job{job}, Admins: []string{"telegram:900"},
	}, 83*time.Hour)
	var moments []string
	err = db.View(context.Background(), func(tx plan.Tx) error {
		list, err := tx.Outbox("")
		for _, d := range list {
			if strings.HasPrefix(d.Key, "clock:failed/retention/") {
				moments = append(moments, d.At.UTC().Format("Mon 15:04"))
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(moments)
	return strings.Join(moments, ", ")
}
