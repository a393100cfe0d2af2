package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"duban/plan"
	"duban/render"
	"duban/storage"
)

// FuzzConfig reads anything as a configuration: it is refused or one that works.
func FuzzConfig(f *testing.F) {
	example, err := os.ReadFile("config.example.yaml")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(example))
	for _, s := range []string{"storage: {path: x}", "telegram: {admins: [-1]}", "lights: {green: .nan, red: .inf}", "a: &a [*a]", "time_zone: ../../etc/passwd", "schedule: {wake: '* * * * *', hour: 99}", "telegram: {webhook_url: 'https://x', webhook_secret: ' '}", "\x00", "review: none\nhead_signs: true"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, data string) {
		c := defaults()
		if parseConfig([]byte(data), &c) != nil || c.Validate() != nil {
			return
		}
		if c.Storage.Path == "" || c.Import.MaxBytes <= 0 || c.Lights.Green > c.Lights.Red {
			t.Errorf("accepted %+v", c)
		}
		_, _ = c.rules(), c.storage()
	})
}

// FuzzArchive loads anything as an export: it is refused and leaves nothing, or it is a
// database that is in order and can be exported again.
func FuzzArchive(f *testing.F) {
	db, err := storage.Open(filepath.Join(f.TempDir(), "a.db"), storage.Options{})
	if err != nil {
		f.Fatal(err)
	}
	small, _ := plan.Merge(nil, &plan.Plan{Place: "某市", Year: 2017, Commitments: []plan.Commitment{{Segment: plan.Segment{Code: "2.1.1.1", Text: "修路"}}}})
	if err := db.Update(f.Context(), func(tx plan.Tx) error { return tx.As(plan.System, time.Time{}).PutPlan(small) }); err != nil {
		f.Fatal(err)
	}
	archive, err := db.Export(f.Context(), plan.System)
	if err != nil {
		f.Fatal(err)
	}
	whole, err := json.Marshal(archive)
	if err != nil {
		f.Fatal(err)
	}
	_ = db.Close()
	f.Add(string(whole))
	for _, s := range []string{`{}`, `{"format":"duban-archive-1"}`, `{"format":"duban-archive-1","plans":[null]}`, `{"format":"duban-archive-1","plans":[{"plan":null}]}`, `{"format":"duban-archive-1","filings":[{}]}`, `{"format":"duban-archive-1","people":[{"id":""}]}`, `{"format":"duban-archive-1","salts":{"last":18446744073709551615,"records":{"zz":""}}}`} {
		f.Add(s)
	}
	folder := f.TempDir()
	f.Fuzz(func(t *testing.T, data string) {
		file := filepath.Join(folder, "archive.json")
		if err := os.WriteFile(file, []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
		archive, err := readArchive(file)
		if err != nil {
			return
		}
		path := filepath.Join(t.TempDir(), "b.db")
		db, err := storage.Open(path, storage.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		if db.Load(t.Context(), archive) != nil {
			return
		}
		if err := db.Check(t.Context()); err != nil {
			t.Errorf("loaded, but out of order: %v", err)
		}
		if _, err := db.Export(t.Context(), plan.System); err != nil {
			t.Errorf("loaded, but cannot be exported: %v", err)
		}
	})
}

// TestSavedFilesStayHere: what a terminal saves is in the folder where it runs, whatever its
// name says, and replaces nothing.
func TestSavedFilesStayHere(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, name := range []string{"../../x.xlsx", "/etc/x.xlsx", "a/b/x.xlsx"} {
		where, err := saveHere(render.File{Name: name, Data: []byte("1")})
		if err != nil || strings.ContainsAny(where, `/\`) || !strings.HasPrefix(where, "x") {
			t.Errorf("%s is saved as %q: %v", name, where, err)
		}
	}
	if list, _ := os.ReadDir("."); len(list) != 3 {
		t.Errorf("saved %v", list)
	}
}
