package storage_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"duban/storage"
)

func read(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	must(t, err)
	return data
}

// TestTextThatLooksLikeATrailer: what people write may stand at the end of the file, and look
// like the trailer of a backup. Nothing is cut off, of the database or of a backup of it.
func TestTextThatLooksLikeATrailer(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "duban.db")
	db, err := storage.Open(path, storage.Options{})
	must(t, err)
	backup := backupOf(t, db)
	must(t, db.Close())
	const trailer = 40
	bodies := map[string][]byte{"a database": read(t, path), "a backup's body": backup[:len(backup)-trailer]}
	for name, data := range bodies {
		copy(data[len(data)-trailer:], "DUBANSUM and some words of a citizen at the end")
		must(t, os.WriteFile(path, data, 0o600))
		for range 2 {
			db, err := storage.Open(path, storage.Options{})
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			must(t, db.Close())
			if got := read(t, path); len(got) < len(data) {
				t.Fatalf("%s is cut from %d to %d bytes", name, len(data), len(got))
			}
		}
	}
}

// TestRestoreSweepsItsOwnOnly: what killed restores left goes, and nothing that is called
// nearly alike.
func TestRestoreSweepsItsOwnOnly(t *testing.T) {
	t.Parallel()
	base := t.TempDir()
	folder, other := filepath.Join(base, "p[w]"), filepath.Join(base, "pw")
	must(t, errors.Join(os.Mkdir(folder, 0o700), os.Mkdir(other, 0o700)))
	old := time.Now().Add(-48 * time.Hour)
	left := []string{filepath.Join(folder, ".restore-123")}
	stays := []string{filepath.Join(folder, ".restore-notes"), filepath.Join(other, ".restore-123"), filepath.Join(folder, ".restore-")}
	for _, name := range append(left, stays...) {
		must(t, errors.Join(os.WriteFile(name, []byte("x"), 0o600), os.Chtimes(name, old, old)))
	}
	backup := filepath.Join(base, "backup.db")
	must(t, os.WriteFile(backup, backupOf(t, open(t, filepath.Join(base, "a.db"))), 0o600))
	if _, err := storage.Restore(t.Context(), backup, filepath.Join(folder, "duban.db")); err != nil {
		t.Fatal(err)
	}
	for _, name := range left {
		if _, err := os.Stat(name); err == nil {
			t.Errorf("%s is still there", name)
		}
	}
	for _, name := range stays {
		if _, err := os.Stat(name); err != nil {
			t.Error(err)
		}
	}
}

// TestRestoreThroughALink: the link stays one, and the database stays on its disk.
func TestRestoreThroughALink(t *testing.T) {
	t.Parallel()
	base := t.TempDir()
	place, link, backup := filepath.Join(base, "disk", "duban.db"), filepath.Join(base, "duban.db"), filepath.Join(base, "backup.db")
	db, err := storage.Open(place, storage.Options{})
	must(t, err)
	must(t, errors.Join(os.WriteFile(backup, backupOf(t, db), 0o600), db.Close()))
	if err := os.Symlink(place, link); err != nil {
		t.Skip(err)
	}
	kept, err := storage.Restore(t.Context(), backup, link)
	must(t, err)
	info, err := os.Lstat(link)
	if err != nil || info.Mode()&os.ModeSymlink == 0 || filepath.Dir(kept) != filepath.Dir(place) {
		t.Errorf("%v, %v, the old one is %s", info.Mode(), err, kept)
	}
}

// TestRestoreOverNoFile: a folder keeps its place and what is in it.
func TestRestoreOverNoFile(t *testing.T) {
	t.Parallel()
	base := t.TempDir()
	folder, backup := filepath.Join(base, "dir"), filepath.Join(base, "backup.db")
	must(t, errors.Join(os.Mkdir(folder, 0o700), os.WriteFile(filepath.Join(folder, "notes"), nil, 0o600)))
	must(t, os.WriteFile(backup, backupOf(t, open(t, filepath.Join(base, "a.db"))), 0o600))
	_, err := storage.Restore(t.Context(), backup, folder)
	if _, e := os.Stat(filepath.Join(folder, "notes")); err == nil || e != nil {
		t.Errorf("restored over a folder: %v, %v", err, e)
	}
}
