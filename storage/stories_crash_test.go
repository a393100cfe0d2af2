package storage_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"duban/storage"
)

// storiesEnv makes the test binary a process that tells stories until it is killed.
const storiesEnv = "DUBAN_TEST_STORIES"

// tellUntilKilled tells the stories from a number on and says each number once it is stored,
// while it copies the database again and again.
func tellUntilKilled(path string, from int) error {
	db, err := storage.Open(path, storage.Options{})
	if err != nil {
		return err
	}
	go func() {
		for i := 0; ; i++ {
			name := func(i int) string { return filepath.Join(path+".copies", strconv.Itoa(i)) }
			if err := db.SaveCopy(context.Background(), name(i)); err != nil {
				fmt.Println("failed", err)
			}
			_ = os.Remove(name(i - 2))
		}
	}()
	for n := from; ; n++ {
		if err := tellStory(db, n); err != nil {
			fmt.Println("failed", err)
			return err
		}
		_, _ = os.Stdout.WriteString(strconv.Itoa(n) + "\n")
	}
}

// TestKilledInEveryStory kills a process again and again while it changes everything that can
// be changed: what is left is the state after a number of stories, not less than were
// acknowledged and at most one more, and the copies are whole.
func TestKilledInEveryStory(t *testing.T) {
	t.Parallel()
	rounds := 40
	if testing.Short() {
		rounds = 8
	}
	path := filepath.Join(t.TempDir(), "a.db")
	db, err := storage.Open(path, storage.Options{})
	must(t, err)
	settle(t, db)
	must(t, db.Close())
	truth := newTown(t, storage.Policy{})
	storage.Unsynced(truth)
	told, inFlight := 0, 0
	for range rounds {
		acknowledged := killedTelling(t, path, told)
		for ; told < acknowledged; told++ {
			must(t, tellStory(truth, told))
		}
		db, err := storage.Open(path, storage.Options{})
		must(t, err)
		got := storage.Dump(t, db)
		if diff := cmp.Diff(storage.Dump(t, truth), got); diff != "" { // one may have been stored and not acknowledged
			must(t, tellStory(truth, told))
			told++
			inFlight++
			if diff := cmp.Diff(storage.Dump(t, truth), got); diff != "" {
				t.Fatalf("after %d stories neither their state nor the next one's:\n%s", told-1, diff)
			}
		}
		must(t, errors.Join(db.Check(t.Context()), db.Close()))
		inspectCopies(t, path+".copies")
	}
	t.Logf("%d stories, of which %d were stored and not acknowledged", told, inFlight)
	if told < 2*len(stories) && !testing.Short() {
		t.Errorf("only %d stories were told", told)
	}
}

// killedTelling runs the child for some milliseconds and returns the number after the last
// story that it acknowledged.
func killedTelling(t *testing.T, path string, from int) (next int) {
	t.Helper()
	self, err := os.Executable()
	must(t, err)
	child := exec.CommandContext(t.Context(), self)
	child.Env = append(os.Environ(), storiesEnv+"="+path, storiesEnv+"_FROM="+strconv.Itoa(from))
	out, err := child.StdoutPipe()
	must(t, err)
	must(t, child.Start())
	lines := bufio.NewScanner(out)
	alive := time.Duration(rand.IntN(60_000)) * time.Microsecond
	for next = from; lines.Scan(); next++ {
		if n, err := strconv.Atoi(lines.Text()); err != nil || n != next {
			t.Fatalf("the child says %q after %d stories", lines.Text(), next)
		}
		if next == from { // it has begun
			time.AfterFunc(alive, func() { _ = child.Process.Kill() })
		}
	}
	_ = child.Wait()
	return next
}

// inspectCopies verifies every finished copy and clears the folder.
func inspectCopies(t *testing.T, folder string) {
	t.Helper()
	entries, _ := os.ReadDir(folder)
	for _, e := range entries {
		path := filepath.Join(folder, e.Name())
		if !strings.HasSuffix(path, ".part") {
			must(t, storage.VerifyFile(t.Context(), path))
		}
		must(t, os.Remove(path))
	}
}
