package storage_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"duban/storage"
)

// TestLook counts what a closed file holds, and changes nothing in it: neither a database nor
// a backup, which keeps its trailer.
func TestLook(t *testing.T) {
	t.Parallel()
	db := newTown(t, storage.Policy{})
	waiting(t, db)
	open, err := db.Contents(t.Context())
	must(t, err)
	if open.Plans == 0 || open.Filings == 0 || open.Audit == 0 || open.Schema != open.Newest {
		t.Errorf("an open one holds %+v", open)
	}
	data := backupOf(t, db)
	path := write(t, data)
	if closed, err := storage.Look(t.Context(), path); err != nil || closed != open {
		t.Errorf("a backup holds %+v, %v; want %+v", closed, err, open)
	}
	if left, err := os.ReadFile(path); err != nil || !bytes.Equal(left, data) {
		t.Errorf("it was changed: %v", err)
	}
}

// TestLookAtDamage: whatever 64 bytes are lost, the file is refused or whole, never half read.
func TestLookAtDamage(t *testing.T) {
	t.Parallel()
	data, refused := stored(t), 0
	path := filepath.Join(t.TempDir(), "a.db")
	for at := 0; at+64 < len(data); at += 8192 {
		spoiled := bytes.Clone(data)
		for i := range 64 {
			spoiled[at+i] ^= 0xff
		}
		must(t, os.WriteFile(path, spoiled, 0o600))
		if _, err := storage.Look(t.Context(), path); err != nil {
			refused++
		}
	}
	if refused < 10 {
		t.Errorf("%d of the damaged files were refused", refused)
	}
	must(t, os.WriteFile(path, nil, 0o600))
	if _, err := storage.Look(t.Context(), path); !errors.Is(err, storage.ErrEmpty) {
		t.Errorf("an empty file: %v", err)
	}
}
