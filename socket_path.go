package main

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// longestSocket is the longest path of a socket: what the kernel's structure holds of
// Linux's 108 bytes and of 104 elsewhere, with the closing zero.
const longestSocket = 103

// socketPath returns where the socket of a database is: beside it, or, where that name is
// too long, in a folder of its own under the system's temporary one, named by a hash.
func socketPath(database string) string {
	path := realPath(database)
	if len(path)+len(".sock") <= longestSocket {
		return path + ".sock"
	}
	sum := sha256.Sum256([]byte(path))
	return filepath.Join(os.TempDir(), "duban-"+hex.EncodeToString(sum[:8]), "db.sock")
}

// realPath is the one name of a file however it was named; the file need not exist.
func realPath(path string) string {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	} else if folder, err := filepath.EvalSymlinks(filepath.Dir(path)); err == nil {
		path = filepath.Join(folder, filepath.Base(path))
	}
	if abs, err := filepath.Abs(path); err == nil {
		return abs
	}
	return path
}

// prepareSocket makes the place for a socket: the folder of one with a short name, which
// must be our own and closed to others, and takes away a socket that a dead process left.
// The caller holds the database, so no living one can be there.
func prepareSocket(path, database string) error {
	if path != realPath(database)+".sock" {
		if err := privateFolder(filepath.Dir(path)); err != nil {
			return err
		}
	}
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case info.Mode().Type() != fs.ModeSocket:
		return fmt.Errorf("%s 被别的文件占用；请把它移走", path)
	}
	return os.Remove(path)
}

func privateFolder(folder string) error {
	if err := os.Mkdir(folder, 0o700); err == nil {
		return nil
	}
	info, err := os.Lstat(folder)
	switch {
	case err != nil:
		return err
	case !info.IsDir() || info.Mode().Perm()&0o077 != 0 || !ownedByUs(info):
		return fmt.Errorf("临时文件夹 %s 不是本用户专用的；请删掉它再启动", folder)
	}
	return nil
}
