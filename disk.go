package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// disk is where the files are that a command line names: here, or with the process at the
// other end of a socket, whose folder and rights count.
type disk interface {
	Open(path string) (fs.File, error)
	// Create makes a file that takes the place of the old one when it is committed. A
	// private one can be read by its owner only.
	Create(path string, private bool) (output, error)
	// MkdirAll makes a folder that only its owner can enter.
	MkdirAll(path string) error
}

// output is a file that is being written.
type output interface {
	io.Writer
	Commit() error
	Discard() // without effect after Commit
}

// errIsDatabase occurs where output would overwrite the database.
var errIsDatabase = errors.New("这是正在使用的数据库")

// localDisk is this process's own.
type localDisk struct{ database string }

// Open implements disk.
func (localDisk) Open(path string) (fs.File, error) { return os.Open(path) }

// MkdirAll implements disk.
func (localDisk) MkdirAll(path string) error { return os.MkdirAll(path, 0o700) }

// Create implements disk. What is no plain file, such as a device, is written directly.
func (d localDisk) Create(path string, private bool) (output, error) {
	info, err := os.Stat(path)
	if err == nil {
		if db, err := os.Stat(d.database); err == nil && os.SameFile(db, info) {
			return nil, errIsDatabase
		}
	}
	if !private || err == nil && !info.Mode().IsRegular() {
		f, err := os.Create(path)
		return &localFile{File: f}, err
	}
	f, err := os.OpenFile(path+".part", os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	return &localFile{File: f, place: path}, err
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
func (a *app) write(path string, private bool, f func(io.Writer) error) error {
	if path == "" {
		return f(a.stdout)
	}
	out, err := a.disk.Create(path, private)
	if errors.Is(err, errIsDatabase) {
		return fmt.Errorf("%s %w，不能覆盖；请换一个文件名", path, err)
	}
	if err != nil {
		return fmt.Errorf("写不了 %s；请换一个位置：%w", path, err)
	}
	defer out.Discard()
	if err := f(out); err != nil {
		return fmt.Errorf("写 %s 时出错：%w", path, err)
	}
	if err := out.Commit(); err != nil {
		return fmt.Errorf("写 %s 时出错：%w", path, err)
	}
	return nil
}
