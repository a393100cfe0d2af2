package storage_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.etcd.io/bbolt"

	"duban/storage"
)

// TestSaveCopy: the copy is private and whole, takes the place of an older one and of what a
// killed process left, and its folder is made.
func TestSaveCopy(t *testing.T) {
	t.Parallel()
	db := newTown(t, storage.Policy{})
	path := filepath.Join(t.TempDir(), "backups", "town.db")
	must(t, db.SaveCopy(t.Context(), path))
	waiting(t, db)
	must(t, os.WriteFile(path+".part", []byte("half a file"), 0o644))
	must(t, db.SaveCopy(t.Context(), path))
	must(t, storage.VerifyFile(t.Context(), path))
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	if names, _ := os.ReadDir(filepath.Dir(path)); len(names) != 1 {
		t.Errorf("left behind: %v", names)
	}
	if got := revision(t, open(t, path)); got != revision(t, db) {
		t.Errorf("the copy is of revision %d", got)
	}
}

// TestCopyThatFails: a good copy stays, nothing is left beside it, and the sentence says why.
func TestCopyThatFails(t *testing.T) {
	t.Parallel()
	db := newTown(t, storage.Policy{})
	folder := t.TempDir()
	good, file := filepath.Join(folder, "good.db"), filepath.Join(folder, "file")
	must(t, errors.Join(db.SaveCopy(t.Context(), good), os.WriteFile(file, nil, 0o600), os.Mkdir(filepath.Join(folder, "taken.db"), 0o700)))
	stopped, stop := context.WithCancel(t.Context())
	stop()
	for _, c := range []struct {
		name, path string
		ctx        context.Context
		want       error
		says       string
	}{
		{"stopped", good, stopped, context.Canceled, ""},
		{"below a file", filepath.Join(file, "a.db"), t.Context(), storage.ErrNoBackup, "路径不对"},
		{"a folder has the name", filepath.Join(folder, "taken.db"), t.Context(), storage.ErrNoBackup, folder},
		{"where nobody may write", "/proc/duban/a.db", t.Context(), storage.ErrNoBackup, "/proc/duban"},
	} {
		err := db.SaveCopy(c.ctx, c.path)
		if !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	must(t, storage.VerifyFile(t.Context(), good))
	if left, _ := filepath.Glob(filepath.Join(folder, "*.part")); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
}

// TestCopyOfADamagedDatabase is no backup: the older one stays.
func TestCopyOfADamagedDatabase(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a.db")
	db, err := storage.Open(path, storage.Options{})
	must(t, err)
	settle(t, db)
	copied := filepath.Join(t.TempDir(), "copy.db")
	must(t, db.SaveCopy(t.Context(), copied))
	before, err := os.ReadFile(copied)
	must(t, err)
	for _, c := range []struct {
		bucket string
		want   error
	}{{"plans", storage.ErrDamaged}, {"audit", storage.ErrBrokenChain}} { // the chain is looked at first
		broken := 0
		must(t, storage.Raw(db, func(tx *bbolt.Tx) error { return breakAll(tx.Bucket([]byte(c.bucket)), &broken) }))
		if err := db.SaveCopy(t.Context(), copied); !errors.Is(err, c.want) {
			t.Errorf("with broken %s: %v, want %v", c.bucket, err, c.want)
		}
		if after, err := os.ReadFile(copied); err != nil || len(after) != len(before) {
			t.Errorf("the older copy is gone: %v", err)
		}
		if _, err := os.Stat(copied + ".part"); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("a broken copy is left: %v", err)
		}
	}
	must(t, db.Close())
}
