package storage_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"duban/storage"
)

// tinyEnv names a folder on a disk of a few megabytes.
const tinyEnv = "DUBAN_TEST_TINY_DISK"

// onTinyDisk runs the test again in a process of its own that has a small disk, and returns
// its folder there; "" in the process that is done with that. Systems that let nobody mount
// skip the test.
func onTinyDisk(t *testing.T) (folder string) {
	t.Helper()
	if folder := os.Getenv(tinyEnv); folder != "" {
		return folder
	}
	self, err := os.Executable()
	must(t, err)
	folder = t.TempDir()
	if exec.CommandContext(t.Context(), "unshare", "-rm", "mount", "-t", "tmpfs", "none", folder).Run() != nil {
		t.Skip("this system lets nobody mount")
	}
	child := exec.CommandContext(t.Context(), "unshare", "-rm", "sh", "-c", `mount -t tmpfs -o size=8m none "$0" && exec "$1" -test.run="^$2\$" -test.v`, folder, self, t.Name())
	child.Env = append(os.Environ(), tinyEnv+"="+folder)
	if out, err := child.CombinedOutput(); err != nil || !strings.Contains(string(out), "--- PASS") {
		t.Errorf("on a tiny disk: %v\n%s", err, out)
	}
	return ""
}

// fillUp leaves so many bytes of the disk free, and returns how to free the rest again.
func fillUp(t *testing.T, folder string, free int) (release func()) {
	t.Helper()
	path := filepath.Join(folder, "ballast")
	f, err := os.Create(path)
	must(t, err)
	size := 0
	for block := make([]byte, 4096); err == nil; size += len(block) {
		_, err = f.Write(block)
	}
	must(t, errors.Join(f.Truncate(int64(max(size-free-4096, 0))), f.Close()))
	return func() { must(t, os.Remove(path)) }
}

// TestFullDisk fills the disk in the middle of the stories: what could not be stored says so
// and is not there by half, everything can still be read, and once there is room again the
// stories go on where they stopped.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	folder := onTinyDisk(t)
	if folder == "" {
		return
	}
	db, err := storage.Open(filepath.Join(folder, "a.db"), storage.Options{})
	must(t, err)
	settle(t, db)
	truth := newTown(t, storage.Policy{})
	told, failures := 0, 0
	for round := range 6 {
		release := fillUp(t, folder, round*16<<10)
		for {
			err := tellStory(db, told)
			if err != nil {
				if !errors.Is(err, storage.ErrReadOnly) || !strings.Contains(err.Error(), "磁盘已满") {
					t.Fatalf("not a sentence on the disk: %v", err)
				}
				break
			}
			must(t, tellStory(truth, told))
			told++
			if told > 20*len(stories) {
				t.Fatal("the disk does not become full")
			}
		}
		failures++
		must(t, db.Check(t.Context()))
		if diff := cmp.Diff(storage.Dump(t, truth), storage.Dump(t, db)); diff != "" {
			t.Fatalf("something is there by half:\n%s", diff)
		}
		release()
		must(t, tellStory(db, told))
		must(t, tellStory(truth, told))
		told++
	}
	must(t, db.Close())
	again := open(t, filepath.Join(folder, "a.db"))
	if diff := cmp.Diff(storage.Dump(t, truth), storage.Dump(t, again)); diff != "" || failures != 6 {
		t.Errorf("%d failures, after opening again:\n%s", failures, diff)
	}
	t.Logf("%d stories, %d full disks", told, failures)
}

// TestNoRoomForACopy: neither a backup nor a restore leaves half a file on a full disk, and
// the database is as it was.
func TestNoRoomForACopy(t *testing.T) {
	t.Parallel()
	folder := onTinyDisk(t)
	if folder == "" {
		return
	}
	path := filepath.Join(folder, "a.db")
	db, err := storage.Open(path, storage.Options{})
	must(t, err)
	settle(t, db)
	good := filepath.Join(folder, "copies", "good.db")
	must(t, db.SaveCopy(t.Context(), good))
	before := storage.Dump(t, db)
	for _, free := range []int{0, 4 << 10, 16 << 10} {
		release := fillUp(t, folder, free)
		err = db.SaveCopy(t.Context(), filepath.Join(folder, "copies", "next.db"))
		if !errors.Is(err, storage.ErrNoBackup) || !strings.Contains(err.Error(), "磁盘已满") {
			t.Errorf("a backup with %d bytes left: %v", free, err)
		}
		release()
	}
	must(t, db.Close())
	fillUp(t, folder, 16<<10)
	_, err = storage.Restore(t.Context(), good, path)
	if !errors.Is(err, storage.ErrReadOnly) || !strings.Contains(err.Error(), "磁盘已满") {
		t.Errorf("a restore: %v", err)
	}
	for folder, want := range map[string]int{folder: 3, filepath.Dir(good): 1} { // a.db, copies, ballast; good.db
		if entries, err := os.ReadDir(folder); err != nil || len(entries) != want {
			t.Errorf("%s holds %v, %v", folder, entries, err)
		}
	}
	must(t, storage.VerifyFile(t.Context(), good))
	if diff := cmp.Diff(before, storage.Dump(t, open(t, path))); diff != "" {
		t.Errorf("the database changed:\n%s", diff)
	}
}
