package storage

import (
	"encoding/binary"
	"fmt"

	"go.etcd.io/bbolt"
)

// Buckets and keys of the file.
var (
	metaBucket  = []byte("meta")  // version, revision
	plansBucket = []byte("plans") // plan key → bucket of header, commitments …
	versionKey  = []byte("version")
	revisionKey = []byte("revision")
)

// migrations bring a file from schema i to i+1; the number of them is the current schema.
// They are never changed once released, only added to.
var migrations = []func(*bbolt.Tx) error{
	func(tx *bbolt.Tx) error { // 0 → 1: plans
		_, err := tx.CreateBucketIfNotExists(plansBucket)
		return err
	},
}

// migrate runs what the file has not seen yet, all in one transaction.
func (db *DB) migrate(steps []func(*bbolt.Tx) error) error {
	if v, err := db.version(); err == nil && v == uint64(len(steps)) {
		return nil
	}
	defer panicOnFault()()
	return db.commit(func(tx *bbolt.Tx) (err error) {
		defer guard(&err)
		if foreign(tx) {
			return ErrNotDatabase
		}
		meta, err := tx.CreateBucketIfNotExists(metaBucket)
		if err != nil {
			return err
		}
		version := counter(meta.Get(versionKey))
		if version > uint64(len(steps)) {
			return fmt.Errorf("%w: schema %d, known up to %d", ErrNewerSchema, version, len(steps))
		}
		for i := int(version); i < len(steps); i++ {
			if err := steps[i](tx); err != nil {
				return fmt.Errorf("migration %d: %w", i+1, err)
			}
		}
		return meta.Put(versionKey, encodeCounter(uint64(len(steps))))
	})
}

// foreign reports whether the file holds data of another program.
func foreign(tx *bbolt.Tx) bool {
	key, _ := tx.Cursor().First()
	return key != nil && tx.Bucket(metaBucket) == nil
}

func (db *DB) version() (version uint64, err error) {
	defer panicOnFault()()
	defer guard(&err)
	err = db.bolt.View(func(tx *bbolt.Tx) error {
		meta := tx.Bucket(metaBucket)
		if meta == nil {
			return ErrNotDatabase
		}
		version = counter(meta.Get(versionKey))
		return nil
	})
	return version, err
}

func counter(data []byte) uint64 {
	if len(data) != 8 {
		return 0
	}
	return binary.BigEndian.Uint64(data)
}

func encodeCounter(n uint64) []byte { return binary.BigEndian.AppendUint64(nil, n) }
