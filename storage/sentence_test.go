package storage

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"duban/plan"
)

// TestWhatTheDiskSays: every way in which a file cannot be opened becomes a sentence with its
// reason, and the log has the cause.
func TestWhatTheDiskSays(t *testing.T) {
	t.Parallel()
	for cause, c := range map[error]struct {
		kind error
		says string
	}{
		syscall.ENOSPC:          {ErrReadOnly, "磁盘已满"},
		syscall.EDQUOT:          {ErrReadOnly, "磁盘已满"},
		syscall.EROFS:           {ErrReadOnly, "磁盘只读"},
		syscall.EACCES:          {ErrReadOnly, "没有权限"},
		syscall.EPERM:           {ErrReadOnly, "没有权限"},
		syscall.ENOTDIR:         {ErrReadOnly, "路径不对"},
		syscall.EISDIR:          {ErrReadOnly, "是文件夹"},
		syscall.EFBIG:           {ErrReadOnly, "文件大小超过系统的限制"},
		syscall.EIO:             {ErrReadOnly, "磁盘读写出错"},
		syscall.EINVAL:          {ErrNotDatabase, "或从备份恢复：duban restore"},
		errors.New("something"): {nil, "打不开"},
	} {
		path := filepath.Join(t.TempDir(), "a.db")
		_, err := Open(path, Options{open: func(string, int, os.FileMode) (*os.File, error) {
			return nil, &fs.PathError{Op: "open", Path: path, Err: cause}
		}})
		if !errors.Is(err, cause) || c.kind != nil && !errors.Is(err, c.kind) || !strings.Contains(fmt.Sprint(err), c.says) || !strings.Contains(fmt.Sprint(err), path) {
			t.Errorf("%v: %v", cause, err)
		}
		if c.kind == nil {
			continue
		}
		if strings.Contains(err.Error(), cause.Error()) {
			t.Errorf("%v stands in the sentence: %v", cause, err)
		}
		var log bytes.Buffer
		slog.New(slog.NewTextHandler(&log, nil)).Error("open", "error", err)
		if !strings.Contains(log.String(), cause.Error()) {
			t.Errorf("%v is not in the log: %s", cause, log.String())
		}
	}
}

// TestWritingFailsAtOnce: a file that takes no bytes any more, such as one on a disk that was
// mounted anew to be read, fails the change and not the program; what was stored can be read.
func TestWritingFailsAtOnce(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a.db")
	db, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db, err = Open(path, Options{open: func(path string, _ int, _ os.FileMode) (*os.File, error) { return os.Open(path) }})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		err := db.bolt.Update(memoryBuckets)
		if err == nil {
			t.Error("something was written to a file that is only read")
		}
		if v, err := db.version(); err != nil || v != uint64(len(migrations)) {
			t.Errorf("version %d, %v", v, err)
		}
	}
	if err := db.Close(); err != nil {
		t.Error(err)
	}
}

// TestNoFilesInMemory: where the system has none, a temporary database is a file that has no
// name.
func TestNoFilesInMemory(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	db, err := openUnlinked()
	if err != nil {
		t.Fatal(err)
	}
	fill(t, db, plan.Actor{ID: "telegram:901", Role: plan.Staff, Department: "民政局"}, true, time.Date(2017, 3, 1, 9, 0, 0, 0, time.UTC))
	if left, _ := os.ReadDir(os.Getenv("TMPDIR")); len(left) > 0 || !db.Temporary() {
		t.Errorf("temporary %t, left: %v", db.Temporary(), left)
	}
	if err := db.Close(); err != nil {
		t.Error(err)
	}
	t.Setenv("TMPDIR", "/proc/duban")
	if _, err := openUnlinked(); !errors.Is(err, ErrReadOnly) {
		t.Errorf("without a place: %v", err)
	}
}
