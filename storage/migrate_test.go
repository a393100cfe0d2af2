package storage

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"go.etcd.io/bbolt"
)

func TestMigrations(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a.db")
	bolt, err := bbolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	db := &DB{bolt: bolt, path: path}
	ran := []int{}
	step := func(n int, fail error) func(*bbolt.Tx) error {
		return func(tx *bbolt.Tx) error {
			ran = append(ran, n)
			_, err := tx.CreateBucketIfNotExists([]byte{byte(n)})
			return errors.Join(err, fail)
		}
	}
	broken := errors.New("broken")
	if err := db.migrate([]func(*bbolt.Tx) error{step(1, nil), step(2, broken)}); !errors.Is(err, broken) {
		t.Errorf("error %v", err)
	}
	if v, _ := db.version(); v != 0 {
		t.Errorf("version %d after a failed migration", v)
	}
	if err := db.migrate([]func(*bbolt.Tx) error{step(1, nil), step(2, nil)}); err != nil {
		t.Error(err)
	}
	if err := db.migrate([]func(*bbolt.Tx) error{step(1, nil), step(2, nil), step(3, nil)}); err != nil {
		t.Error(err)
	}
	if want := []int{1, 2, 1, 2, 3}; len(ran) != len(want) {
		t.Errorf("ran %v, want %v", ran, want)
	}
	if err := db.migrate([]func(*bbolt.Tx) error{step(1, nil)}); !errors.Is(err, ErrNewerSchema) {
		t.Errorf("error %v, want ErrNewerSchema", err)
	}
	if err := bolt.Close(); err != nil {
		t.Error(err)
	}
}

func TestForeignFileIsRefusedAndKept(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a.db")
	bolt, err := bbolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	err = bolt.Update(func(tx *bbolt.Tx) error {
		_, err := tx.CreateBucket([]byte("other"))
		return err
	})
	if err := errors.Join(err, bolt.Close()); err != nil {
		t.Fatal(err)
	}
	before, _ := os.ReadFile(path)
	if _, err := Open(path, Options{}); !errors.Is(err, ErrNotDatabase) {
		t.Errorf("error %v, want ErrNotDatabase", err)
	}
	if after, _ := os.ReadFile(path); !bytes.Equal(before, after) {
		t.Error("the file was changed")
	}
}
