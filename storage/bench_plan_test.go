package storage_test

import (
	"path/filepath"
	"testing"

	"duban/storage"
)

func BenchmarkPut(b *testing.B) {
	db, err := storage.Open(filepath.Join(b.TempDir(), "a.db"), storage.Options{})
	if err != nil {
		b.Fatal(err)
	}
	p := builtinPlan(b)
	for b.Loop() {
		put(b, db, p)
	}
	_ = db.Close()
}

func BenchmarkGet(b *testing.B) {
	db, err := storage.Open(filepath.Join(b.TempDir(), "a.db"), storage.Options{})
	if err != nil {
		b.Fatal(err)
	}
	p := builtinPlan(b)
	put(b, db, p)
	for b.Loop() {
		if _, err := get(b, db, p.Key()); err != nil {
			b.Fatal(err)
		}
	}
	_ = db.Close()
}
