//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package storage_test

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"duban/storage"
)

// TestRootRestoresForOthers: what root restores belongs to whom the replaced file did, or else
// the folder, or the service could not open it.
func TestRootRestoresForOthers(t *testing.T) {
	t.Parallel()
	if os.Geteuid() != 0 {
		t.Skip("only root can give files away")
	}
	const folderOwner, fileOwner = 60001, 60002
	from := write(t, backupOf(t, newTown(t, storage.Policy{})))
	for _, c := range []struct {
		name  string
		stood bool
		want  uint32
	}{{"a new file", false, folderOwner}, {"in place of another", true, fileOwner}} {
		folder := t.TempDir()
		to := filepath.Join(folder, "town.db")
		must(t, os.Chown(folder, folderOwner, folderOwner))
		if c.stood {
			must(t, errors.Join(os.WriteFile(to, []byte("damaged"), 0o600), os.Chown(to, fileOwner, fileOwner)))
		}
		_, err := storage.Restore(t.Context(), from, to)
		must(t, err)
		belongs(t, to, c.want)
	}
}

// TestRootMakesForOthers: a database that root makes in the folder of a service is the
// service's.
func TestRootMakesForOthers(t *testing.T) {
	t.Parallel()
	if os.Geteuid() != 0 {
		t.Skip("only root can give files away")
	}
	folder := t.TempDir()
	must(t, os.Chown(folder, 60001, 60001))
	path := filepath.Join(folder, "town.db")
	open(t, path)
	belongs(t, path, 60001)
}

func belongs(t *testing.T, path string, want uint32) {
	t.Helper()
	info, err := os.Stat(path)
	must(t, err)
	if got := info.Sys().(*syscall.Stat_t); got.Uid != want || got.Gid != want || info.Mode().Perm() != 0o600 {
		t.Errorf("%s belongs to %d:%d, mode %v; want %d", path, got.Uid, got.Gid, info.Mode(), want)
	}
}
