package storage

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"duban/plan"
)

// writeSchema1 writes a database as the first schema had it: plans alone.
func writeSchema1(t *testing.T, path string, p *plan.Plan) {
	t.Helper()
	bolt, err := bbolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	err = bolt.Update(func(tx *bbolt.Tx) error {
		meta, err := tx.CreateBucket([]byte("meta"))
		if err != nil {
			return err
		}
		root, err := tx.CreateBucket([]byte("plans"))
		if err != nil {
			return err
		}
		b, err := root.CreateBucket([]byte(p.Key()))
		if err != nil {
			return err
		}
		list, err := b.CreateBucket([]byte("commitments"))
		if err != nil {
			return err
		}
		head := *p
		head.Commitments, head.Review, head.Figures = nil, nil, nil
		records := map[string]any{"plan": map[string]any{"summary": p.Summary(), "plan": head}, "review": p.Review, "figures": p.Figures}
		for key, value := range records {
			data, err := json.Marshal(value)
			if err = errors.Join(err, b.Put([]byte(key), data)); err != nil {
				return err
			}
		}
		for i := range p.Commitments {
			data, err := json.Marshal(p.Commitments[i])
			if err = errors.Join(err, list.Put(binary.BigEndian.AppendUint32(nil, uint32(i)), data)); err != nil {
				return err
			}
		}
		return errors.Join(meta.Put([]byte("version"), encodeCounter(1)), meta.Put([]byte("revision"), encodeCounter(7)))
	})
	if err = errors.Join(err, bolt.Close()); err != nil {
		t.Fatal(err)
	}
}

func TestUpgradeFromSchema1(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a.db")
	value := plan.NewDecimal(3600, 0)
	p, _ := plan.Merge(nil, &plan.Plan{Place: "某市", Year: 2017, State: plan.Published, Commitments: []plan.Commitment{{
		Segment: plan.Segment{Code: "2.1.1.1", Text: "新增养老床位3600张"}, Departments: []string{"民政局"},
		Targets: []plan.Target{{Metric: "新增养老床位", Op: plan.AtLeast, Value: value, Unit: "张", Kind: plan.Count, ValueText: "3600张", Deadline: plan.EndOfYear(2017)}},
	}}})
	writeSchema1(t, path, p)
	if err := VerifyFile(t.Context(), path); err != nil {
		t.Errorf("a file of the first schema is no good backup: %v", err)
	}
	for range 2 { // the second time there is nothing to do
		db, err := Open(path, Options{})
		if err != nil {
			t.Fatal(err)
		}
		err = db.Update(t.Context(), func(tx plan.Tx) error {
			got, err := tx.Plans().Get(p.Key())
			if err != nil || got.Commitments[0].Targets[0].Value != value || got.State != plan.Published {
				t.Errorf("%+v, %v", got, err)
			}
			if n, _ := tx.Plans().Revision(); n != 7 {
				t.Errorf("revision %d, want 7", n)
			}
			staff := plan.Actor{ID: "telegram:1", Role: plan.Staff, Department: "民政局"}
			_, err = tx.As(staff, time.Now()).File(plan.Filing{Plan: p.Key(), Item: p.Commitments[0].Targets[0].ID, Value: &value, Date: plan.NewDate(2017, 2, 1)})
			return err
		})
		if err = errors.Join(err, db.Check(t.Context()), db.Close()); err != nil {
			t.Fatal(err)
		}
	}
}

func TestFilesOfOthers(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	alien := filepath.Join(dir, "alien.db")
	bolt, err := bbolt.Open(alien, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	err = bolt.Update(func(tx *bbolt.Tx) error { _, err := tx.CreateBucket([]byte("songs")); return err })
	if err = errors.Join(err, bolt.Close()); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(alien, Options{}); !errors.Is(err, ErrNotDatabase) {
		t.Errorf("another program's file: %v, want ErrNotDatabase", err)
	}
	if err := VerifyFile(t.Context(), alien); !errors.Is(err, ErrDamaged) {
		t.Errorf("another program's file as a backup: %v, want ErrDamaged", err)
	}
	newer, torn := filepath.Join(dir, "newer.db"), filepath.Join(dir, "torn.db")
	spoil(t, newer, func(tx *bbolt.Tx) error { return tx.Bucket(metaBucket).Put(versionKey, encodeCounter(99)) })
	spoil(t, torn, func(tx *bbolt.Tx) error { return tx.Bucket(auditBucket).Delete(number(1)) })
	to := filepath.Join(dir, "town.db")
	if err := os.WriteFile(to, []byte("as it was"), 0o600); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]error{newer: ErrNewerSchema, torn: ErrBrokenChain} {
		_, err := Restore(t.Context(), path, to)
		if !errors.Is(err, want) || path == newer && !strings.Contains(err.Error(), path) {
			t.Errorf("%s: %v, want %v", path, err, want)
		}
		if data, _ := os.ReadFile(to); string(data) != "as it was" {
			t.Errorf("%s took the database's place", path)
		}
	}
}

// spoil makes a database with a record, and something wrong with it.
func spoil(t *testing.T, path string, change func(tx *bbolt.Tx) error) {
	t.Helper()
	db, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	err = db.Update(context.Background(), func(tx plan.Tx) error {
		return tx.As(plan.System, time.Now()).PutPerson(plan.Person{ID: "telegram:1", Role: plan.Staff})
	})
	if err = errors.Join(err, db.bolt.Update(change), db.Close()); err != nil {
		t.Fatal(err)
	}
}
