package storage_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"duban/storage"
)

// restoreEnv makes the test binary a process that restores one of two backups after the
// other until it is killed.
const restoreEnv = "DUBAN_TEST_RESTORE"

func restoreUntilKilled(path string) {
	for i := 0; ; i++ {
		if _, err := storage.Restore(context.Background(), fmt.Sprint(path, ".backup", i%2), path); err != nil {
			fmt.Println("failed", err)
			os.Exit(1)
		}
		_, _ = os.Stdout.WriteString(".")
	}
}

// TestKilledWhileRestoring: whenever a restore is killed there is a database, and it is one
// of the two as a whole; what it left beside is taken away by a later one.
func TestKilledWhileRestoring(t *testing.T) {
	t.Parallel()
	rounds := 30
	if testing.Short() {
		rounds = 5
	}
	folder := t.TempDir()
	path := filepath.Join(folder, "a.db")
	first, second := newTown(t, storage.Policy{}), newTown(t, storage.Policy{})
	waiting(t, second)
	must(t, errors.Join(first.SaveCopy(t.Context(), path+".backup0"), second.SaveCopy(t.Context(), path+".backup1"), first.SaveCopy(t.Context(), path)))
	self, err := os.Executable()
	must(t, err)
	seen := map[uint64]int{}
	for range rounds {
		child := exec.CommandContext(t.Context(), self)
		child.Env = append(os.Environ(), restoreEnv+"="+path)
		out, err := child.StdoutPipe()
		must(t, errors.Join(err, child.Start()))
		if _, err := out.Read(make([]byte, 1)); err != nil {
			t.Fatal(err)
		}
		time.AfterFunc(time.Duration(rand.IntN(20_000))*time.Microsecond, func() { _ = child.Process.Kill() })
		said := make([]byte, 1<<16)
		if n, _ := out.Read(said); strings.Contains(string(said[:n]), "failed") {
			t.Fatalf("the child says %s", said[:n])
		}
		_ = child.Wait()
		must(t, storage.VerifyFile(t.Context(), path))
		db, err := storage.Open(path, storage.Options{})
		must(t, err)
		seen[revision(t, db)]++
		must(t, db.Close())
	}
	if len(seen) != 2 && !testing.Short() || seen[revision(t, first)]+seen[revision(t, second)] != rounds {
		t.Errorf("revisions %v", seen)
	}
	sweepsAfterAnHour(t, folder, path)
}

// sweepsAfterAnHour: leftovers stay while somebody may still be writing them.
func sweepsAfterAnHour(t *testing.T, folder, path string) {
	t.Helper()
	left := func() []string {
		list, err := filepath.Glob(filepath.Join(folder, ".restore-*"))
		must(t, err)
		return list
	}
	fresh, old := filepath.Join(folder, ".restore-1"), filepath.Join(folder, ".restore-2")
	must(t, errors.Join(os.WriteFile(fresh, nil, 0o600), os.WriteFile(old, nil, 0o600)))
	for _, name := range left() {
		if past := time.Now().Add(-2 * time.Hour); name != fresh {
			must(t, os.Chtimes(name, past, past))
		}
	}
	restored(t, path+".backup0", path)
	if list := left(); len(list) != 1 || list[0] != fresh {
		t.Errorf("left: %v", list)
	}
}
