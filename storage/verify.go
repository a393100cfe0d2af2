package storage

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
)

// verifyFile checks that a file is a whole database or backup of this program: its length
// and sum, its pages, its schema, its records and its audit chain. It changes nothing, and
// speaks of the file by the name that the person knows.
func verifyFile(ctx context.Context, path, name string) (err error) {
	if err := checkLength(ctx, path, name); err != nil {
		return err
	}
	bolt, err := openReadOnly(path)
	switch {
	case errors.Is(err, bolterrors.ErrTimeout):
		return explain(name, err)
	case err != nil:
		return damaged(name, err)
	}
	defer func() { err = errors.Join(err, bolt.Close()) }()
	db := &DB{bolt: bolt, path: name}
	version, err := db.version()
	switch {
	case err != nil:
		return damaged(name, err)
	case version > uint64(len(migrations)):
		return explain(name, ErrNewerSchema)
	case version == 0:
		return damaged(name, ErrNotDatabase)
	}
	return db.verify(ctx, version)
}

// verify checks what is in an open file; of an older schema only its pages.
func (db *DB) verify(ctx context.Context, version uint64) (err error) {
	defer func() { // the engine panics on some damaged pages
		if r := recover(); r != nil {
			err = damaged(db.path, fmt.Errorf("%v", r))
		}
	}()
	if version < uint64(len(migrations)) {
		err = db.bolt.View(func(tx *bbolt.Tx) error { return checkPages(ctx, tx) })
	} else {
		err = db.Check(ctx)
	}
	if err == nil || errors.Is(err, ErrBrokenChain) || errors.Is(err, ErrAltered) || ctx.Err() != nil {
		return err
	}
	return damaged(db.path, err)
}

// openReadOnly opens a file that nobody writes.
func openReadOnly(path string) (*bbolt.DB, error) {
	return openEngine(path, bbolt.Options{ReadOnly: true, Timeout: time.Second, OpenFile: os.OpenFile})
}

// checkLength finds out before the engine maps the file into memory, where reading beyond
// its end ends the process, whether the file is cut off; and whether the trailer of a
// backup fits what stands before it.
func checkLength(ctx context.Context, path, name string) (err error) {
	f, err := os.Open(path)
	if err != nil {
		return unreadable(name, err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	info, err := f.Stat()
	if err != nil || info.IsDir() {
		return unreadable(name, errors.Join(err, fs.ErrInvalid))
	}
	body, sum, err := trailerOf(f, info.Size())
	if err != nil {
		return unreadable(name, err)
	}
	if need := lengthIn(f); need == 0 || body < need {
		return damaged(name, io.ErrUnexpectedEOF)
	}
	if sum == nil {
		return nil
	}
	hash := sha256.New()
	if _, err := io.Copy(&ctxWriter{ctx: ctx, w: hash}, io.NewSectionReader(f, 0, body)); err != nil {
		return err
	}
	if !bytes.Equal(hash.Sum(nil), sum) {
		return damaged(name, ErrDamaged)
	}
	return nil
}

// leastPage is the smallest page of the engine; all are a multiple of it.
const leastPage = 1 << 10

// trailerOf returns the length of a file without its trailer, and the sum in it; nil where
// there is none. A trailer stands behind whole pages: what looks like one inside the last page
// is something that people wrote.
func trailerOf(f io.ReaderAt, size int64) (body int64, sum []byte, err error) {
	if size < trailerBytes || (size-trailerBytes)%leastPage != 0 {
		return size, nil, nil
	}
	data := make([]byte, trailerBytes)
	if _, err := f.ReadAt(data, size-trailerBytes); err != nil {
		return size, nil, err
	}
	if !bytes.HasPrefix(data, trailerMark) {
		return size, nil, nil
	}
	return size - trailerBytes, data[len(trailerMark):], nil
}
