package storage

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"go.etcd.io/bbolt"

	"duban/plan"
)

// Dump is everything that a database holds, by bucket and key, but for what is drawn by
// chance: salts, and what is made of them in the audit chain. Two databases that were told
// the same have the same dump.
func Dump(t testing.TB, db *DB) map[string]string {
	t.Helper()
	all := map[string]string{}
	var walk func(path string, b *bbolt.Bucket) error
	walk = func(path string, b *bbolt.Bucket) error {
		all[path] = fmt.Sprint("last number ", b.Sequence())
		return b.ForEach(func(k, v []byte) error {
			if v == nil {
				return walk(fmt.Sprintf("%s/%q", path, k), b.Bucket(k))
			}
			all[fmt.Sprintf("%s/%q", path, k)] = certain(path, v)
			return nil
		})
	}
	err := db.bolt.View(func(tx *bbolt.Tx) error {
		return tx.ForEach(func(name []byte, b *bbolt.Bucket) error { return walk(string(name), b) })
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// certain is a value without what is drawn by chance.
func certain(bucket string, value []byte) string {
	switch bucket {
	case string(saltsBucket):
		return ""
	case string(auditBucket):
		var r plan.AuditRecord
		if json.Unmarshal(value, &r) != nil {
			return string(value)
		}
		r.Digest, r.Prev, r.Hash = "", "", ""
		if strings.HasPrefix(string(r.Actor), "public#") {
			r.Actor = "public"
		}
		if strings.HasPrefix(r.Subject, "public#") {
			r.Subject = "public"
		}
		return fmt.Sprintf("%+v", r)
	}
	return string(value)
}

// Raw changes a database behind its back.
func Raw(db *DB, change func(tx *bbolt.Tx) error) error { return db.bolt.Update(change) }

// Unsynced makes a database faster that no crash threatens.
func Unsynced(db *DB) { db.bolt.NoSync = true }

// VerifyFile lets tests check a database or backup.
func VerifyFile(ctx context.Context, path string) error { return verifyFile(ctx, path, path) }
