package storage

import (
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"go.etcd.io/bbolt"
)

// Errors of backups; the message of what is returned is one sentence for a person.
var (
	ErrNoBackup = errors.New("storage: the backup cannot be read")
	ErrDamaged  = errors.New("storage: the backup is damaged")
)

// A backup is the database's file with a trailer: these bytes, then SHA-256 of what stands
// before them. The engine passes over it.
var trailerMark = []byte("DUBANSUM")

const trailerBytes = 8 + sha256.Size

// Backup writes a copy of the database as it is at this moment; other work goes on
// meanwhile. It returns the number of bytes.
func (db *DB) Backup(ctx context.Context, w io.Writer) (n int64, err error) {
	sum := sha256.New()
	out := &ctxWriter{ctx: ctx, w: io.MultiWriter(w, sum)}
	err = db.bolt.View(func(tx *bbolt.Tx) error {
		n, err = tx.WriteTo(out)
		return err
	})
	if err != nil {
		return n, cmp.Or(out.err, err) // the engine does not wrap what the writer says
	}
	trailer := sum.Sum(append([]byte(nil), trailerMark...))
	m, err := (&ctxWriter{ctx: ctx, w: w}).Write(trailer)
	return n + int64(m), err
}

// ctxWriter is a writer that stops when its context is done, and remembers why it stopped.
type ctxWriter struct {
	ctx context.Context
	w   io.Writer
	err error
}

func (p *ctxWriter) Write(data []byte) (n int, err error) {
	if err = p.ctx.Err(); err == nil {
		n, err = p.w.Write(data)
	}
	p.err = cmp.Or(p.err, err)
	return n, err
}

func unreadable(name string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return &problem{fmt.Sprintf("找不到备份文件 %s；数据库没有改动", name), ErrNoBackup, err}
	}
	return &problem{fmt.Sprintf("备份文件 %s 读不出来（%s）；数据库没有改动", name, reason(err)), ErrNoBackup, err}
}

func damaged(name string, err error) error {
	return &problem{fmt.Sprintf("备份文件 %s 不是本程序的备份，或者已经损坏；数据库没有改动", name), ErrDamaged, err}
}
