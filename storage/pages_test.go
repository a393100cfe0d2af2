package storage_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"duban/storage"
)

const pageBytes = 4096

// told returns the bytes of a database after some stories.
func told(t *testing.T, n int) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a.db")
	db, err := storage.Open(path, storage.Options{})
	must(t, err)
	settle(t, db)
	storage.Unsynced(db)
	for i := range n {
		must(t, tellStory(db, i))
	}
	must(t, db.Close())
	data, err := os.ReadFile(path)
	must(t, err)
	return data
}

// TestLostPages loses every page once: the disk returns zeros, or the second half of it is
// still what it was before. What is wrong is said in one sentence that names the way out, and
// that way works.
func TestLostPages(t *testing.T) {
	t.Parallel()
	data := told(t, len(stories))
	good := write(t, data)
	path := filepath.Join(t.TempDir(), "a.db")
	found := 0
	for at := 2 * pageBytes; at < len(data) && !free(data[at:]); at += pageBytes {
		for _, torn := range []int{0, pageBytes / 2} {
			damaged := bytes.Clone(data)
			clear(damaged[at+torn : at+pageBytes])
			must(t, os.WriteFile(path, damaged, 0o600))
			err := openAndCheck(t, path)
			if err == nil {
				continue // nothing stood there
			}
			found++
			if !errors.Is(err, storage.ErrNotDatabase) && !errors.Is(err, storage.ErrBrokenChain) {
				t.Errorf("page %d from %d on: %v", at/pageBytes, torn, err)
			}
			if text := err.Error(); strings.Contains(text, "\n") || !strings.Contains(text, "备份") {
				t.Errorf("page %d from %d on: not one sentence with the way out: %q", at/pageBytes, torn, text)
			}
			restored(t, good, path)
			must(t, openAndCheck(t, path))
		}
	}
	if found < 20 {
		t.Errorf("damage was found %d times only", found)
	}
}

// free reports whether nothing was ever written to a page.
func free(page []byte) bool { return bytes.Count(page[:pageBytes], []byte{0}) == pageBytes }

func openAndCheck(t *testing.T, path string) error {
	t.Helper()
	db, err := storage.Open(path, storage.Options{})
	if err != nil {
		return err
	}
	err = db.Check(t.Context())
	return errors.Join(err, db.Close())
}

// TestTornLastWrite tears the page that a commit writes last, the newer of the two that say
// where everything is: the state before that commit is there, all of it.
func TestTornLastWrite(t *testing.T) {
	t.Parallel()
	const n = 12
	data := told(t, n)
	before := newTown(t, storage.Policy{})
	for i := range n - 1 {
		must(t, tellStory(before, i))
	}
	tx := func(page int) uint64 { return binary.NativeEndian.Uint64(data[page*pageBytes+16+48:]) }
	newest := 0
	if tx(1) > tx(0) {
		newest = 1
	}
	for _, torn := range []int{16, 20, 40, 64, 75} {
		damaged := bytes.Clone(data)
		clear(damaged[newest*pageBytes+torn : (newest+1)*pageBytes])
		db := open(t, write(t, damaged))
		if diff := cmp.Diff(storage.Dump(t, before), storage.Dump(t, db)); diff != "" {
			t.Errorf("torn from byte %d on:\n%s", torn, diff)
		}
		must(t, tellStory(db, n-1))
	}
}
