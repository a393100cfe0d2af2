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
	"sync"
	"testing"
	"time"

	"duban/plan"
	"duban/storage"
)

// crashEnv makes the test binary a process that writes to a database until it is killed.
const crashEnv = "DUBAN_TEST_CRASH"

// writeUntilKilled applies the updates from a number on, four at a time, and says each
// number on standard output once it is stored: one filing, its update's id and a message.
func writeUntilKilled(path string, from int) error {
	db, err := storage.Open(path, storage.Options{})
	if err != nil {
		return err
	}
	var mu sync.Mutex
	next := from
	worker := func() {
		for {
			mu.Lock()
			n := next
			next++
			mu.Unlock()
			if err := apply(db, n); err != nil {
				fmt.Println("failed", n, err)
				os.Exit(1)
			}
			_, _ = os.Stdout.WriteString(strconv.Itoa(n) + "\n")
		}
	}
	for range 3 {
		go worker()
	}
	worker()
	return nil
}

func updateID(n int) string { return fmt.Sprint("telegram:", n) }

func apply(db *storage.DB, n int) error {
	return db.Update(context.Background(), func(tx plan.Tx) error {
		if err := tx.Once(updateID(n)); err != nil {
			return err
		}
		f := filing(beds, int64(n))
		f.Note = "更新" + strconv.Itoa(n)
		if _, err := tx.As(staff, start).File(f); err != nil {
			return err
		}
		return tx.Send(plan.Delivery{Key: updateID(n), Recipient: "1", Payload: []byte("收到"), At: start})
	})
}

// TestKilled kills a writing process again and again: what it had acknowledged is there,
// nothing is there by half, and repeating what was in flight applies it once.
func TestKilled(t *testing.T) {
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
	acknowledged, next := map[int]bool{}, 1
	for range rounds {
		for _, n := range killed(t, path, next) {
			acknowledged[n] = true
		}
		next = inspect(t, path, acknowledged, next)
	}
	if len(acknowledged) < rounds {
		t.Errorf("only %d updates in %d rounds", len(acknowledged), rounds)
	}
	t.Logf("%d updates were acknowledged, %d stored", len(acknowledged), next-1)
}

// killed runs the child for some milliseconds and returns what it acknowledged.
func killed(t *testing.T, path string, from int) (numbers []int) {
	t.Helper()
	self, err := os.Executable()
	must(t, err)
	child := exec.CommandContext(t.Context(), self)
	child.Env = append(os.Environ(), crashEnv+"="+path, crashEnv+"_FROM="+strconv.Itoa(from))
	out, err := child.StdoutPipe()
	must(t, err)
	must(t, child.Start())
	lines := bufio.NewScanner(out)
	alive := time.Duration(rand.IntN(30_000)) * time.Microsecond
	for lines.Scan() {
		n, err := strconv.Atoi(lines.Text())
		if err != nil {
			t.Fatalf("the child says %q", lines.Text())
		}
		if len(numbers) == 0 { // it has begun
			time.AfterFunc(alive, func() { _ = child.Process.Kill() })
		}
		numbers = append(numbers, n)
	}
	_ = child.Wait()
	return numbers
}

// inspect opens the file after a crash and returns the number after the last stored update.
func inspect(t *testing.T, path string, acknowledged map[int]bool, from int) int {
	t.Helper()
	db, err := storage.Open(path, storage.Options{})
	must(t, err)
	must(t, db.Check(t.Context()))
	stored := storedUpdates(t, db)
	for n := range acknowledged {
		if !stored[n] {
			t.Errorf("update %d was acknowledged and is gone", n)
		}
	}
	last := from
	for n := range stored {
		last = max(last, n+1)
	}
	for n := from; n < last+4; n++ { // the channel delivers again what it had no answer to
		if err := apply(db, n); stored[n] != errors.Is(err, plan.ErrUpdated) {
			t.Errorf("update %d, stored before: %t, again: %v", n, stored[n], err)
		}
	}
	if again := storedUpdates(t, db); len(again) != last+3 {
		t.Errorf("%d updates are stored, want %d", len(again), last+3)
	}
	must(t, db.Close())
	return last + 4
}

// storedUpdates returns the numbers of filings, and checks that each has its message.
func storedUpdates(t *testing.T, db *storage.DB) map[int]bool {
	t.Helper()
	numbers, messages, links := map[int]bool{}, map[string]bool{}, 0
	must(t, db.View(t.Context(), func(tx plan.Tx) error {
		d := tx.As(supervisor, start)
		list, err := d.History(town, beds)
		for _, f := range list {
			n, e := strconv.Atoi(f.Value.String())
			if numbers[n] {
				t.Errorf("update %d is stored twice", n)
			}
			numbers[n] = true
			err = errors.Join(err, e)
		}
		out, e := tx.Outbox("")
		for _, m := range out {
			messages[m.Key] = true
		}
		for r, e := range d.Log(0) {
			if e == nil && r.Act == "file" && strings.HasPrefix(r.Subject, string(town)) {
				links++
			}
		}
		pending, e2 := d.Pending()
		if len(pending) != len(numbers) {
			t.Errorf("%d filings wait, want %d", len(pending), len(numbers))
		}
		return errors.Join(err, e, e2)
	}))
	for n := range numbers {
		if !messages[updateID(n)] {
			t.Errorf("update %d has no message", n)
		}
	}
	if len(messages) != len(numbers) || links != len(numbers) {
		t.Errorf("%d filings, %d messages, %d links of the chain", len(numbers), len(messages), links)
	}
	return numbers
}
