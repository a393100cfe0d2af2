package storage

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// unfinished is what the name of a copy ends with until it is whole.
const unfinished = ".part"

// SaveCopy writes a backup to a file that only its owner can read, in a folder that is made
// where it is missing. The file has its name once it is on the disk and verified; where
// anything fails there is none, and one that had the name before stays.
func (db *DB) SaveCopy(ctx context.Context, path string) error {
	part := path + unfinished
	err := db.writeCopy(ctx, part)
	if err == nil {
		err = os.Rename(part, path)
	}
	if err == nil {
		err = syncFolder(filepath.Dir(path))
	}
	if err == nil {
		return nil
	}
	_ = os.Remove(part) // it may not be there
	var p *problem
	if errors.As(err, &p) || ctx.Err() != nil {
		return err
	}
	return &problem{fmt.Sprintf("备份写不进 %s（%s）；请检查这个文件夹", filepath.Dir(path), reason(err)), ErrNoBackup, err}
}

// writeCopy writes and verifies a file that did not exist before.
func (db *DB) writeCopy(ctx context.Context, path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	_ = os.Remove(path) // a process that was ended may have left it
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = db.Backup(ctx, f)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	err = verifyFile(ctx, path, path)
	if errors.Is(err, ErrDamaged) {
		return &problem{"新写的备份没有通过检查，磁盘或数据库可能有损坏；请运行 duban check --db " + db.path, ErrDamaged, err}
	}
	return err
}
