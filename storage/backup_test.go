package storage_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"duban/plan"
	"duban/storage"
)

func backupOf(t testing.TB, db *storage.DB) []byte {
	t.Helper()
	var b bytes.Buffer
	n, err := db.Backup(t.Context(), &b)
	if err != nil || n != int64(b.Len()) {
		t.Fatalf("%d of %d bytes, %v", n, b.Len(), err)
	}
	return b.Bytes()
}

func write(t testing.TB, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "backup.db")
	must(t, os.WriteFile(path, data, 0o600))
	return path
}

func restored(t testing.TB, from, to string) (kept string) {
	t.Helper()
	kept, err := storage.Restore(t.Context(), from, to)
	must(t, err)
	return kept
}

func revision(t testing.TB, db *storage.DB) (n uint64) {
	t.Helper()
	must(t, db.View(context.Background(), func(tx plan.Tx) (err error) {
		n, err = tx.Revision()
		return err
	}))
	return n
}

// slow is a writer that lets others work between its pieces, and counts what they did.
type slow struct {
	bytes.Buffer
	between func()
}

func (s *slow) Write(data []byte) (int, error) {
	s.between()
	return s.Buffer.Write(data)
}

// ReadFrom is hidden, so that the copy comes in pieces.
func (s *slow) ReadFrom(r io.Reader) (int64, error) {
	return io.CopyBuffer(struct{ io.Writer }{s}, struct{ io.Reader }{r}, make([]byte, 4096))
}

func TestBackupUnderLoad(t *testing.T) {
	t.Parallel()
	db := newTown(t, storage.Policy{})
	done := 0
	out := &slow{between: func() { // the file grows while it is copied
		for range 3 {
			f := filing(beds, int64(done))
			f.Note = strings.Repeat("很长的说明", 20_000)
			must(t, act(t, db, staff, func(d plan.Desk) error { _, err := d.File(f); return err }))
			done++
		}
	}}
	before := revision(t, db)
	finished := make(chan error, 1)
	go func() {
		_, err := db.Backup(context.Background(), out)
		finished <- err
	}()
	select {
	case err := <-finished:
		must(t, err)
	case <-time.After(time.Minute):
		t.Fatal("changes wait for the backup")
	}
	if done < 6 || revision(t, db) < before+uint64(done) {
		t.Fatalf("only %d changes were made meanwhile", done)
	}
	path := write(t, out.Bytes())
	must(t, storage.VerifyFile(t.Context(), path))
	to := filepath.Join(t.TempDir(), "elsewhere", "town.db")
	restored(t, path, to)
	if got := revision(t, open(t, to)); got != before {
		t.Errorf("the backup is of revision %d, want %d", got, before)
	}
}

func TestRestoreKeepsTheOld(t *testing.T) {
	t.Parallel()
	first, second := newTown(t, storage.Policy{}), newTown(t, storage.Policy{})
	waiting(t, first)
	from := write(t, backupOf(t, first))
	to := second.Path()
	if _, err := storage.Restore(t.Context(), from, to); !errors.Is(err, storage.ErrLocked) {
		t.Fatalf("over an open database: %v, want ErrLocked", err)
	}
	dir := t.TempDir()
	to = filepath.Join(dir, "town.db")
	must(t, os.WriteFile(to, backupOf(t, second), 0o600))
	old := revision(t, second)
	for _, end := range []string{"", "-2"} { // twice: the copy of the copy; none is lost
		if kept := restored(t, from, to); kept != to+storage.BeforeRestore+end {
			t.Errorf("kept as %q", kept)
		}
	}
	if got := revision(t, open(t, to)); got != revision(t, first) {
		t.Errorf("restored revision %d", got)
	}
	if got := revision(t, open(t, to+storage.BeforeRestore)); got != old {
		t.Errorf("kept revision %d, want %d", got, old)
	}
	info, err := os.Stat(to)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	names, _ := os.ReadDir(dir)
	if len(names) != 3 {
		t.Errorf("left behind: %v", names)
	}
}

func TestBadBackups(t *testing.T) {
	t.Parallel()
	db := newTown(t, storage.Policy{})
	waiting(t, db)
	good := backupOf(t, db)
	flipped := func(at int) []byte {
		data := bytes.Clone(good)
		data[at] ^= 0x40
		return data
	}
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	for _, c := range []struct {
		name string
		from string
		ctx  context.Context
		want error
	}{
		{"missing", filepath.Join(t.TempDir(), "none.db"), t.Context(), storage.ErrNoBackup},
		{"a folder", t.TempDir(), t.Context(), storage.ErrNoBackup},
		{"empty", write(t, nil), t.Context(), storage.ErrDamaged},
		{"text", write(t, []byte("这不是备份")), t.Context(), storage.ErrDamaged},
		{"zeros", write(t, make([]byte, 100_000)), t.Context(), storage.ErrDamaged},
		{"cut in the trailer", write(t, good[:len(good)-5]), t.Context(), nil}, // the copy itself is whole
		{"cut before the trailer", write(t, good[:len(good)-5000]), t.Context(), storage.ErrDamaged},
		{"half", write(t, good[:len(good)/2]), t.Context(), storage.ErrDamaged},
		{"first byte", write(t, flipped(0)), t.Context(), storage.ErrDamaged},
		{"first page", write(t, flipped(40)), t.Context(), storage.ErrDamaged},
		{"a page", write(t, flipped(3*4096+5)), t.Context(), storage.ErrDamaged},
		{"a value", write(t, flipped(bytes.Index(good, []byte("民政口径")))), t.Context(), storage.ErrDamaged},
		{"the sum", write(t, flipped(len(good)-1)), t.Context(), storage.ErrDamaged},
		{"stopped", write(t, good), canceled, context.Canceled},
		{"good", write(t, good), t.Context(), nil},
	} {
		to := filepath.Join(t.TempDir(), "town.db")
		must(t, os.WriteFile(to, good, 0o600))
		verified := storage.VerifyFile(c.ctx, c.from)
		_, err := storage.Restore(c.ctx, c.from, to)
		if !errors.Is(err, c.want) || c.want == nil && err != nil || !errors.Is(verified, c.want) {
			t.Errorf("%s: %v (verified %v), want %v", c.name, err, verified, c.want)
		}
		if err != nil && (strings.Contains(err.Error(), "\n") || strings.Contains(err.Error(), ".restore-")) {
			t.Errorf("%s: not one sentence about the backup: %q", c.name, err)
		}
		if c.want == nil {
			continue
		}
		left, e := os.ReadFile(to)
		if names, _ := os.ReadDir(filepath.Dir(to)); e != nil || !bytes.Equal(left, good) || len(names) != 1 {
			t.Errorf("%s: the database is not as it was: %v, %v", c.name, names, e)
		}
	}
}

// TestRestoreOverADamagedDatabase: that is what backups are for.
func TestRestoreOverADamagedDatabase(t *testing.T) {
	t.Parallel()
	from := write(t, backupOf(t, newTown(t, storage.Policy{})))
	to := write(t, []byte("not a database any more"))
	restored(t, from, to)
	open(t, to)
}

// TestBackupMovedIntoPlace: a backup that is simply renamed works too, and can be backed up
// and verified again after it changed.
func TestBackupMovedIntoPlace(t *testing.T) {
	t.Parallel()
	path := write(t, backupOf(t, newTown(t, storage.Policy{})))
	db, err := storage.Open(path, storage.Options{})
	must(t, err)
	waiting(t, db)
	must(t, errors.Join(db.Check(t.Context()), db.Close()))
	must(t, storage.VerifyFile(t.Context(), path))
}

func TestBackupsInParallel(t *testing.T) {
	t.Parallel()
	db := newTown(t, storage.Policy{})
	var work sync.WaitGroup
	for range 4 {
		work.Go(func() {
			for range 5 {
				if _, err := db.Backup(context.Background(), io.Discard); err != nil {
					t.Error(err)
				}
			}
		})
		work.Go(func() {
			for i := range 10 {
				if err := act(t, db, staff, func(d plan.Desk) error { _, err := d.File(filing(beds, int64(i))); return err }); err != nil {
					t.Error(err)
				}
			}
		})
	}
	work.Wait()
}
