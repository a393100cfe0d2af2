package storage

import (
	"context"
	"errors"
	"os"
	"syscall"

	"go.etcd.io/bbolt"
)

// Contents are what a database holds, in numbers.
type Contents struct {
	Plans   int
	Filings int
	Audit   int // records of the audit chain
	Schema  int // of the file
	Newest  int // that this program knows
}

// Contents counts what an open database holds.
func (db *DB) Contents(ctx context.Context) (c Contents, err error) {
	if err := ctx.Err(); err != nil {
		return c, err
	}
	version, err := db.version()
	if err != nil {
		return c, err
	}
	c.Schema, c.Newest = int(version), len(migrations)
	defer panicOnFault()()
	return c, db.bolt.View(func(tx *bbolt.Tx) (err error) {
		defer guard(&err)
		c.Plans, c.Filings, c.Audit = keysIn(tx, plansBucket), keysIn(tx, filingIndexBucket), keysIn(tx, auditBucket)
		return nil
	})
}

// keysIn counts the keys of a bucket, which files of older schemas may lack.
func keysIn(tx *bbolt.Tx, name []byte) (n int) {
	b := tx.Bucket(name)
	if b == nil {
		return 0
	}
	c := b.Cursor()
	for k, _ := c.First(); k != nil; k, _ = c.Next() {
		n++
	}
	return n
}

// Look verifies a database or backup that no other process has open, as Check does, and
// counts what it holds. It changes nothing: of a file of an older schema it verifies the
// pages only.
func Look(ctx context.Context, path string) (c Contents, err error) {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return c, explain(path, syscall.EISDIR)
	} else if err == nil && info.Mode().IsRegular() && info.Size() == 0 {
		return c, explain(path, ErrEmpty)
	}
	switch err := checkLength(ctx, path, path); {
	case errors.Is(err, ErrDamaged):
		return c, explain(path, errors.Join(ErrNotDatabase, err))
	case errors.Is(err, ErrNoBackup):
		return c, explain(path, err)
	case err != nil:
		return c, err
	}
	bolt, err := openReadOnly(path)
	if err != nil {
		return c, explain(path, err)
	}
	defer func() { err = errors.Join(err, bolt.Close()) }()
	return (&DB{bolt: bolt, path: path}).look(ctx)
}

func (db *DB) look(ctx context.Context) (c Contents, err error) {
	if c, err = db.Contents(ctx); err != nil {
		return c, explain(db.path, err)
	}
	switch {
	case c.Schema > c.Newest:
		return c, explain(db.path, ErrNewerSchema)
	case c.Schema < c.Newest:
		return c, db.bolt.View(func(tx *bbolt.Tx) error { return db.wholePages(ctx, tx) })
	}
	return c, db.Check(ctx)
}
