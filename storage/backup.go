package storage

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"go.etcd.io/bbolt"
)

// Backup writes the whole database as of one moment to w while it stays in use; it returns
// the number of bytes.
func (db *DB) Backup(ctx context.Context, w io.Writer) (n int64, err error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	err = db.bolt.View(func(tx *bbolt.Tx) error {
		n, err = tx.WriteTo(w)
		return err
	})
	return n, err
}

// VerifyFile checks a database file that nobody has open; the file is not changed.
func VerifyFile(ctx context.Context, path string) error {
	if _, err := os.Stat(path); err != nil {
		return fmt.Errorf("备份 %s 读不了；请检查路径：%w", path, err)
	}
	copied, err := os.CreateTemp("", "duban-verify-*.db")
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(copied.Name()) }()
	if err := copyInto(copied, path); err != nil {
		return err
	}
	db, err := Open(copied.Name(), Options{})
	if err != nil {
		return explain(path, ErrNotDatabase)
	}
	return errors.Join(db.Check(ctx), db.Close())
}

// Restore verifies the database file from and then puts it in the place of to.
func Restore(ctx context.Context, from, to string) error {
	if err := VerifyFile(ctx, from); err != nil {
		return err
	}
	part, err := os.OpenFile(to+".part", os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return explain(to, err)
	}
	if err := copyInto(part, from); err != nil {
		return errors.Join(explain(to, err), os.Remove(to+".part"))
	}
	return os.Rename(to+".part", to)
}

func copyInto(to *os.File, from string) error {
	in, err := os.Open(from)
	if err != nil {
		return errors.Join(err, to.Close())
	}
	_, err = io.Copy(to, in)
	return errors.Join(err, to.Sync(), to.Close(), in.Close())
}
