package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"duban/storage"
)

// disk is where the files are that a command line names: here, or with the process at the
// other end of a socket, whose folder and rights count.
type disk interface {
	Open(path string) (fs.File, error)
	// Create makes a file that takes the place of the old one when it is committed.
	Create(path string, kind outputKind) (output, error)
	// MkdirAll makes a folder that only its owner can enter.
	MkdirAll(path string) error
}

// outputKind is what a file that is written holds.
type outputKind byte

const (
	outputPlain   outputKind = iota
	outputPrivate            // only its owner can read it
	outputBackup             // private too, and it takes the place of a backup only
)

// output is a file that is being written.
type output interface {
	io.Writer
	Commit() error
	Discard() // without effect after Commit
}

// Errors of output that would overwrite what nobody meant.
var (
	errIsDatabase = errors.New("这是正在使用的数据库")
	errIsSettings = errors.New("这是正在使用的配置文件或令牌文件")
	errNoBackup   = errors.New("已存在，又不是备份")
	errIsData     = errors.New("是数据库或备份")
)

// localDisk is this process's own. What it names is not overwritten.
type localDisk struct{ databases, settings []string }

// Open implements disk.
func (localDisk) Open(path string) (fs.File, error) { return os.Open(path) }

// MkdirAll implements disk.
func (localDisk) MkdirAll(path string) error { return os.MkdirAll(path, 0o700) }

// Create implements disk. What is no plain file, such as a device, is written directly.
func (d localDisk) Create(path string, kind outputKind) (output, error) {
	info, err := os.Stat(path)
	if err == nil {
		if err := d.mayReplace(path, info, kind); err != nil {
			return nil, err
		}
	}
	if kind == outputPlain || err == nil && !info.Mode().IsRegular() {
		f, err := os.Create(path)
		return &localFile{File: f}, err
	}
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".part-*") // mode 0600
	return &localFile{File: f, place: path}, err
}

// mayReplace refuses what is in use, for a backup what is none, and for anything else what is
// a database or a backup.
func (d localDisk) mayReplace(path string, info fs.FileInfo, kind outputKind) error {
	switch {
	case anySame(d.databases, info):
		return errIsDatabase
	case anySame(d.settings, info):
		return errIsSettings
	case kind == outputBackup && info.Mode().IsRegular() && info.Size() > 0 && !storage.IsBackup(path):
		return errNoBackup
	case kind != outputBackup && info.Mode().IsRegular() && storage.IsDatabase(path):
		return errIsData
	}
	return nil
}

// anySame reports whether one of the paths names the file, by whatever name.
func anySame(paths []string, info fs.FileInfo) bool {
	return slices.ContainsFunc(paths, func(path string) bool {
		other, err := os.Stat(path)
		return err == nil && os.SameFile(other, info)
	})
}

// localFile is renamed to its place once it is whole.
type localFile struct {
	*os.File
	place string // "" where it is there already
	over  bool
}

// Commit implements output.
func (f *localFile) Commit() error {
	f.over = true
	if f.place == "" {
		return f.Close()
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return os.Rename(f.Name(), f.place)
}

// Discard implements output.
func (f *localFile) Discard() {
	if f.over {
		return
	}
	f.over = true
	_ = f.Close()
	if f.place != "" {
		_ = os.Remove(f.Name())
	}
}

// write sends what f writes to the file at path, or to stdout for "".
func (a *app) write(path string, kind outputKind, f func(io.Writer) error) error {
	if path == "" {
		return f(a.stdout)
	}
	out, err := a.disk.Create(path, kind)
	for _, refused := range []error{errIsDatabase, errIsSettings, errNoBackup, errIsData} {
		if errors.Is(err, refused) {
			return fmt.Errorf("%s %w，不能覆盖；请换一个文件名", path, err)
		}
	}
	if err != nil {
		return fmt.Errorf("写不了 %s；请换一个位置（%s）", path, why(err))
	}
	defer out.Discard()
	if err := f(out); err != nil {
		return fmt.Errorf("%s 没有写成（%w）；请腾出地方，或换一个位置", path, plainly(err))
	}
	if err := out.Commit(); err != nil {
		return fmt.Errorf("%s 没有写成（%w）；请腾出地方，或换一个位置", path, plainly(err))
	}
	return nil
}
