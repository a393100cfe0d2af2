package storage

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	bolterrors "go.etcd.io/bbolt/errors"
)

// BeforeRestore is what the name of a database gets when a backup takes its place; where a
// database has that name already, a number follows.
const BeforeRestore = ".before-restore"

// Restore puts a backup in the place of a database that no other process has open. The
// backup is copied beside it and verified there, and only then takes its name; the database
// that stood there stays under its name with BeforeRestore, which kept is, "" where there was
// none. The file belongs to whom the one before it did, else the folder, so that root may
// restore for a service. Where anything fails the database is as it was.
func Restore(ctx context.Context, from, to string) (kept string, err error) {
	if place, err := filepath.EvalSymlinks(to); err == nil { // a link stays one
		to = place
	}
	if info, err := os.Stat(to); err == nil && !info.Mode().IsRegular() {
		return "", &problem{fmt.Sprintf("%s 不是文件，没有改动；请用 --db 指定数据库文件", to), ErrReadOnly, fs.ErrInvalid}
	}
	release, err := hold(to)
	if err != nil {
		return "", err
	}
	kept, err = restore(ctx, from, to)
	return kept, errors.Join(err, release())
}

func restore(ctx context.Context, from, to string) (kept string, err error) {
	copied, err := copyBeside(ctx, from, to)
	if copied != "" {
		defer func() {
			if e := os.Remove(copied); e != nil && !errors.Is(e, fs.ErrNotExist) { // it has moved
				err = errors.Join(err, e)
			}
		}()
	}
	if err != nil {
		return "", err
	}
	if err := verifyFile(ctx, copied, from); err != nil {
		return "", err
	}
	if err := dropTrailer(copied); err != nil {
		return "", explain(to, err)
	}
	if err := giveAway(copied, to); err != nil {
		return "", explain(to, err)
	}
	if kept, err = replace(copied, to); err != nil {
		return "", explain(to, err)
	}
	return kept, nil
}

// hold keeps other processes from writing the database meanwhile. A damaged one can be held
// by nobody, and one that is not there need not be.
func hold(path string) (release func() error, err error) {
	free := func() error { return nil }
	if info, err := os.Stat(path); err != nil || info.Size() == 0 {
		return free, nil //nolint:nilerr // what cannot be looked at is said when it is replaced
	}
	bolt, err := openReadOnly(path)
	switch {
	case err == nil:
		return bolt.Close, nil
	case errors.Is(err, bolterrors.ErrTimeout):
		err = explain(path, err)
	default: // damaged: that is why a backup is wanted
		err = nil
	}
	return free, err
}

// Free reports a database that another process has open. It changes nothing.
func Free(path string) error {
	release, err := hold(path)
	if err != nil {
		return err
	}
	return release()
}

// copyBeside copies a backup into the folder of a database; "" where it made no file.
func copyBeside(ctx context.Context, from, to string) (copied string, err error) {
	in, err := os.Open(from)
	if err != nil {
		return "", unreadable(from, err)
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	if info, err := in.Stat(); err != nil || info.IsDir() {
		return "", unreadable(from, fmt.Errorf("a folder: %w", errors.Join(err, fs.ErrInvalid)))
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return "", explain(to, err)
	}
	out, err := os.CreateTemp(filepath.Dir(to), restoring+"*") // mode 0600
	if err != nil {
		return "", explain(to, err)
	}
	sweep(out.Name())
	_, err = io.Copy(&ctxWriter{ctx: ctx, w: out}, in)
	if err = errors.Join(err, out.Sync(), out.Close()); err != nil && ctx.Err() == nil {
		err = explain(to, err)
	}
	return out.Name(), err
}

// restoring is what the name of a backup begins with while it is copied.
const restoring = ".restore-"

// stale is how much older than a new copy one is that no living process can be writing.
const stale = time.Hour

// sweep deletes what killed processes left beside a new copy: files that os.CreateTemp named.
func sweep(fresh string) {
	now, err := os.Stat(fresh)
	if err != nil {
		return
	}
	folder := filepath.Dir(fresh)
	entries, _ := os.ReadDir(folder) // the next one tries again
	for _, e := range entries {
		n, ours := strings.CutPrefix(e.Name(), restoring)
		if _, err := strconv.ParseUint(n, 10, 64); !ours || err != nil || !e.Type().IsRegular() {
			continue
		}
		if info, err := e.Info(); err == nil && now.ModTime().Sub(info.ModTime()) > stale {
			_ = os.Remove(filepath.Join(folder, e.Name()))
		}
	}
}

// dropTrailer makes a database of a backup.
func dropTrailer(path string) (err error) {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	body, sum, err := trailerOf(f, info.Size())
	if err != nil || sum == nil {
		return err
	}
	return errors.Join(f.Truncate(body), f.Sync())
}

// replace gives a file the name of a database in one step, and keeps the old one under
// another name.
func replace(copied, to string) (kept string, err error) {
	if kept, err = keep(to); err != nil {
		return "", err
	}
	if err := os.Rename(copied, to); err != nil {
		return "", err
	}
	return kept, syncFolder(filepath.Dir(to))
}

// keep gives a database a second name that no other has; "" where there is no database. One
// that has such a name, because a restore was ended in the middle, keeps it.
func keep(path string) (kept string, err error) {
	now, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	for n := 1; ; n++ {
		if kept = path + BeforeRestore; n > 1 {
			kept += "-" + strconv.Itoa(n)
		}
		old, err := os.Lstat(kept)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			if os.Link(path, kept) == nil {
				return kept, nil
			}
			return kept, os.Rename(path, kept) // no links here: there is a moment without a database
		case err != nil:
			return "", err
		case os.SameFile(old, now):
			return kept, nil
		}
	}
}

// syncFolder makes names durable.
func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	err = folder.Sync()
	if errors.Is(err, fs.ErrInvalid) {
		err = nil // not all systems can
	}
	return errors.Join(err, folder.Close())
}
