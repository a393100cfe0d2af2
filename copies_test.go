package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"duban/plan"
	"duban/render"
	"duban/storage"
)

// night is the server of the tests: a database with a report, and its copies.
type night struct {
	*app
	db  *storage.DB
	log bytes.Buffer
}

func newNight(t *testing.T, change func(*Config)) *night {
	t.Helper()
	n := &night{}
	config := defaults()
	config.Storage.Path = filepath.Join(t.TempDir(), "duban.db")
	if change != nil {
		change(&config)
	}
	n.app = &app{world: world{now: time.Now, stderr: io.Discard}, ctx: context.Background(), config: config, log: slog.New(slog.NewTextHandler(&n.log, nil))}
	db, err := n.open("")
	if err != nil {
		t.Fatal(err)
	}
	n.db = db
	t.Cleanup(func() { _ = db.Close() })
	if err := n.loadFirst(db); err != nil {
		t.Fatal(err)
	}
	return n
}

// folder is where the copies are, and names what is in it.
func (n *night) folder() string { return n.config.Backup.folderOf(n.db.Path()) }

func (n *night) names(t *testing.T) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(n.folder())
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// copyAt runs the job at a moment of Shanghai.
func (n *night) copyAt(t *testing.T, moment string) error {
	t.Helper()
	zone, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	at, err := time.ParseInLocation("2006-01-02 15:04", moment, zone)
	if err != nil {
		t.Fatal(err)
	}
	jobs, err := n.copies(n.db)
	if err != nil {
		t.Fatal(err)
	}
	return jobs[0].Run(t.Context(), at)
}

// TestCopiesByTheClock lets the real clock run for a week, with two restarts on the fourth
// day: a copy at the start, one every night, none for a restart, the newest five kept.
func TestCopiesByTheClock(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		n := newNight(t, func(c *Config) { c.Backup.Keep = 5 })
		serve := func(length time.Duration) {
			jobs, err := n.copies(n.db)
			if err != nil {
				t.Fatal(err)
			}
			clock, err := n.scheduler(n.db, jobs...)
			if err != nil {
				t.Fatal(err)
			}
			ctx, stop := context.WithTimeout(t.Context(), length)
			defer stop()
			if err := clock.Run(ctx); err != nil {
				t.Error(err)
			}
		}
		for _, hours := range []int{72, 1, 1, 94} { // from 8:00 on 1 January 2000 in Shanghai
			serve(time.Duration(hours)*time.Hour + time.Minute)
		}
		want := "duban-2000-01-04-030000.db duban-2000-01-05-030000.db duban-2000-01-06-030000.db duban-2000-01-07-030000.db duban-2000-01-08-030000.db"
		if got := strings.Join(n.names(t), " "); got != want {
			t.Errorf("copies:\n%s\nwant\n%s", got, want)
		}
		if strings.Contains(n.log.String(), "failed") {
			t.Error(n.log.String())
		}
	})
}

// TestCopyIsABackup: it is private, whole, and what duban restore takes.
func TestCopyIsABackup(t *testing.T) {
	t.Parallel()
	n := newNight(t, nil)
	for _, moment := range []string{"2017-07-31 03:00", "2017-07-31 04:00", "2017-07-31 23:00", "2017-08-01 02:00"} {
		if err := n.copyAt(t, moment); err != nil {
			t.Fatal(err)
		}
	}
	names := n.names(t)
	if len(names) != 1 || names[0] != "duban-2017-07-31-030000.db" {
		t.Fatalf("copies of one day: %v", names)
	}
	path := filepath.Join(n.folder(), names[0])
	for name, want := range map[string]fs.FileMode{path: 0o600, n.folder(): 0o700} {
		if info, err := os.Stat(name); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: mode %v, %v", name, info.Mode(), err)
		}
	}
	to := filepath.Join(t.TempDir(), "elsewhere", "town.db")
	var out bytes.Buffer
	w := world{args: []string{"restore", path, "--db", to}, stdin: strings.NewReader(""), stdout: &out, stderr: &out, now: time.Now}
	if status := run(t.Context(), w); status != exitDone {
		t.Fatalf("status %d: %s", status, out.String())
	}
	w.args = []string{"ask", "--db", to, "今年新增养老床位多少张"}
	if status := run(t.Context(), w); status != exitDone || !strings.Contains(out.String(), "3600张") {
		t.Errorf("status %d: %s", status, out.String())
	}
}

// TestOldCopiesGoOnlyForNewOnes: nothing is deleted where no new one could be made, files of
// others stay, and what a crash left is taken away.
func TestOldCopiesGoOnlyForNewOnes(t *testing.T) {
	t.Parallel()
	n := newNight(t, func(c *Config) { c.Backup.Keep = 2 })
	for _, moment := range []string{"2017-07-29 03:00", "2017-07-30 03:00"} {
		if err := n.copyAt(t, moment); err != nil {
			t.Fatal(err)
		}
	}
	others := []string{"duban-2017-01-01.db", "other-2017-01-01-030000.db", "duban-2017-01-01-030000.db.gz", "README"}
	for _, name := range append(others, "duban-2017-07-30-150000.db.part", "duban-2017-07-31-030000.db.part") {
		if err := os.WriteFile(filepath.Join(n.folder(), name), []byte("x"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	inTheWay := filepath.Join(n.folder(), "duban-2017-07-31-030000.db")
	if err := os.Mkdir(inTheWay, 0o700); err != nil { // a name that cannot be taken
		t.Fatal(err)
	}
	err := n.copyAt(t, "2017-07-31 03:00")
	if err == nil || !strings.Contains(err.Error(), "自动备份没有成功") || strings.Contains(err.Error(), "\n") {
		t.Errorf("no one sentence: %v", err)
	}
	want := append([]string{"duban-2017-07-29-030000.db", "duban-2017-07-30-030000.db", "duban-2017-07-31-030000.db"}, others...)
	if got := n.names(t); len(got) != len(want) {
		t.Errorf("after a failure: %v, want %v", got, want)
	}
	if err := errors.Join(os.Remove(inTheWay), n.copyAt(t, "2017-07-31 04:00")); err != nil {
		t.Fatal(err)
	}
	got := strings.Join(n.names(t), " ")
	if strings.Contains(got, "2017-07-29") || !strings.Contains(got, "2017-07-30") || !strings.Contains(got, "duban-2017-07-31-040000.db") || len(n.names(t)) != 2+len(others) {
		t.Errorf("kept: %s", got)
	}
}

// TestClockThatJumps: a day in the future leaves a copy, which neither stops those of the
// days that follow nor costs them their places.
func TestClockThatJumps(t *testing.T) {
	t.Parallel()
	n := newNight(t, func(c *Config) { c.Backup.Keep = 2 })
	for _, moment := range []string{"2017-07-30 03:00", "2037-01-01 03:00", "2017-07-31 03:00", "2017-07-31 05:00", "2017-08-01 03:00", "1999-01-01 05:00"} {
		if err := n.copyAt(t, moment); err != nil {
			t.Fatalf("%s: %v", moment, err)
		}
	}
	if got := strings.Join(n.names(t), " "); !strings.Contains(got, "1999-01-01") || len(n.names(t)) != 2 {
		t.Errorf("kept: %s", got)
	}
}

// TestFailedCopyIsTold: the cause is in the log, the sentence reaches the admins, the old
// copies stay and the server goes on.
func TestFailedCopyIsTold(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(49 * time.Hour) // to Monday, 9:00 in Shanghai
		n := newNight(t, func(c *Config) {
			c.Telegram.Admins = []int64{900}
			c.Backup.Folder = filepath.Join(filepath.Dir(c.Storage.Path), "file", "backups")
		})
		if err := os.WriteFile(filepath.Dir(n.folder()), nil, 0o600); err != nil { // no folder can be there
			t.Fatal(err)
		}
		jobs, err := n.copies(n.db)
		if err != nil {
			t.Fatal(err)
		}
		clock, err := n.scheduler(n.db, jobs...)
		if err != nil {
			t.Fatal(err)
		}
		ctx, stop := context.WithTimeout(t.Context(), 150*time.Minute)
		defer stop()
		if err := clock.Run(ctx); err != nil {
			t.Error(err)
		}
		if got := n.log.String(); strings.Count(got, "a job failed") != 3 || !strings.Contains(got, "not a directory") {
			t.Errorf("the log says\n%s", got)
		}
		var told []string
		err = n.db.View(t.Context(), func(tx plan.Tx) error {
			list, err := tx.Outbox("telegram:900")
			for _, d := range list {
				m, e := render.Decode(d.Payload)
				told, err = append(told, m.Text), errors.Join(err, e)
			}
			return err
		})
		if err != nil || len(told) != 1 || !strings.Contains(told[0], "自动备份") || !strings.Contains(told[0], n.folder()) {
			t.Errorf("told %q, %v", told, err)
		}
	})
}

func TestNoCopiesWhereNoneAreWanted(t *testing.T) {
	t.Parallel()
	n := newNight(t, func(c *Config) { c.Backup.Keep = 0 })
	if jobs, err := n.copies(n.db); err != nil || len(jobs) != 0 {
		t.Errorf("%d jobs, %v", len(jobs), err)
	}
}
