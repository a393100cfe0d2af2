package storage_test

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"duban/plan"
	"duban/storage"
)

// stored returns the bytes of a database with the built-in report.
func stored(t *testing.T) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a.db")
	db, err := storage.Open(path, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	put(t, db, builtinPlan(t))
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestEmptyFileIsRefused: it is not filled, for whoever lost the data must hear of it.
func TestEmptyFileIsRefused(t *testing.T) {
	t.Parallel()
	path := write(t, nil)
	_, err := storage.Open(path, storage.Options{})
	if !errors.Is(err, storage.ErrEmpty) || !strings.Contains(err.Error(), "duban restore") {
		t.Errorf("an empty file: %v", err)
	}
	if info, err := os.Stat(path); err != nil || info.Size() != 0 {
		t.Errorf("it was changed: %v, %v", info, err)
	}
}

func TestTruncatedFileIsRefusedAndKept(t *testing.T) {
	t.Parallel()
	data := stored(t)
	path := filepath.Join(t.TempDir(), "a.db")
	for size := 1; size < len(data); size += 3001 {
		if err := os.WriteFile(path, data[:size], 0o600); err != nil {
			t.Fatal(err)
		}
		db, err := storage.Open(path, storage.Options{})
		if err == nil { // what is missing was in no use
			if err := db.Check(t.Context()); err != nil {
				t.Errorf("%d bytes of %d were opened: %v", size, len(data), err)
			}
			_ = db.Close()
			continue
		}
		if !errors.Is(err, storage.ErrNotDatabase) {
			t.Errorf("%d bytes of %d: error %v, want ErrNotDatabase", size, len(data), err)
		}
		if kept, _ := os.ReadFile(path); !bytes.Equal(kept, data[:size]) {
			t.Errorf("%d bytes of %d were changed", size, len(data))
		}
	}
}

func TestDamagedFileIsReported(t *testing.T) {
	t.Parallel()
	data := stored(t)
	dir := t.TempDir()
	random := rand.New(rand.NewPCG(1, 2))
	found := 0
	for i := range 300 {
		path := filepath.Join(dir, strconv.Itoa(i))
		damaged := bytes.Clone(data)
		at := random.IntN(len(damaged))
		for i := range damaged[at:min(at+1+random.IntN(64), len(damaged))] {
			damaged[at+i] = byte(random.Uint32())
		}
		if err := os.WriteFile(path, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		if readAll(t, path) != nil {
			found++
		}
		_ = os.Remove(path)
	}
	if found < 30 {
		t.Errorf("damage was found %d times only", found)
	}
}

// readAll opens and reads a database in every way that reads.
func readAll(t *testing.T, path string) error {
	t.Helper()
	db, err := storage.Open(path, storage.Options{})
	if err != nil {
		return err
	}
	err = db.View(t.Context(), func(tx plan.Tx) error {
		list, err := tx.Plans().List()
		for _, s := range list {
			_, e := tx.Plans().Get(s.Key)
			err = errors.Join(err, e)
		}
		return err
	})
	return errors.Join(err, db.Check(t.Context()), db.Close())
}
