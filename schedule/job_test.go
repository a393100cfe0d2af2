package schedule_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"duban/plan"
	"duban/render"
	"duban/schedule"
	"duban/storage"
)

// TestFailureIsToldOnceADay runs a job every hour that fails for two days, from Friday to
// Monday: every failure is in the log, and the admins hear of it on Friday and on Monday,
// once each, and never at night.
func TestFailureIsToldOnceADay(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		db, err := storage.Open(filepath.Join(t.TempDir(), "a.db"), storage.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = db.Close() }()
		err = db.Update(context.Background(), func(tx plan.Tx) error {
			return tx.As(plan.System, time.Now()).PutPerson(plan.Person{ID: "boss", Chat: "chat:boss", Role: plan.Admin})
		})
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(6 * 24 * time.Hour) // to Friday, 7 January 2000
		var log bytes.Buffer
		runs := 0
		job := schedule.Job{Name: "backup", Spec: "0 * * * *", AtOnce: true, Run: func(_ context.Context, now time.Time) error {
			if runs++; !now.Equal(time.Now()) {
				t.Errorf("it is told %s", now)
			}
			return errors.New("今天的备份没有写成")
		}}
		set := schedule.DefaultSettings()
		running(t, db, schedule.Options{
			Settings: set, Now: time.Now, Jobs: []schedule.Job{job}, Admins: []string{"telegram:900"}, Log: slog.New(slog.NewTextHandler(&log, nil)),
		}, 83*time.Hour+30*time.Minute)
		if failed := strings.Count(log.String(), "a job failed"); runs != 84 || failed != runs {
			t.Errorf("%d runs, %d failures in the log, want one at once and one an hour", runs, failed)
		}
		told := map[string][]string{}
		err = db.View(context.Background(), func(tx plan.Tx) error {
			list, err := tx.Outbox("")
			for _, d := range list {
				if !strings.HasPrefix(d.Key, "clock:failed/backup/") {
					continue // the year's holidays are not known
				}
				m, e := render.Decode(d.Payload)
				if err = errors.Join(err, e); m.Text != "今天的备份没有写成" {
					t.Errorf("told %q", m.Text)
				}
				told[d.Recipient] = append(told[d.Recipient], d.At.UTC().Format("Mon 15:04"))
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, chat := range []string{"chat:boss", "telegram:900"} {
			if got := strings.Join(told[chat], ", "); got != "Fri 08:00, Mon 08:00" {
				t.Errorf("%s was told %s", chat, got)
			}
		}
	})
}

// TestStoppingIsNoFailure: a job that ends because the clock does is not complained of, and
// one of which nobody can be told is at least in the log.
func TestStoppingIsNoFailure(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(48 * time.Hour)
		var log bytes.Buffer
		options := schedule.Options{Settings: utc(), Now: time.Now, Log: slog.New(slog.NewTextHandler(&log, nil)), Jobs: []schedule.Job{{
			Name: "backup", Spec: "0 * * * *", AtOnce: true, Run: func(ctx context.Context, _ time.Time) error { <-ctx.Done(); return ctx.Err() },
		}}}
		running(t, &stub{look: func(int) error { return nil }}, options, time.Minute)
		if strings.Contains(log.String(), "failed") {
			t.Errorf("the log says %s", log.String())
		}
		options.Jobs[0].Run = func(context.Context, time.Time) error { return errors.New("坏了") }
		running(t, fullStore{}, options, time.Minute)
		if got := log.String(); !strings.Contains(got, "坏了") || !strings.Contains(got, "could not be told") || !strings.Contains(got, "disk full") {
			t.Errorf("the log says %s", got)
		}
	})
}

// fullStore takes nothing any more.
type fullStore struct{}

func (fullStore) View(context.Context, func(plan.Tx) error) error   { return nil }
func (fullStore) Update(context.Context, func(plan.Tx) error) error { return errors.New("disk full") }
