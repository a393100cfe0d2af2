//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package storage

import (
	"errors"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
)

// giveAway gives a file to whom another one at place belongs, or else the folder of that
// place. Only root can give files away; those of others stay theirs. A link that somebody put
// there meanwhile is refused: the file behind it may be root's own.
func giveAway(path, place string) (err error) {
	if os.Geteuid() != 0 {
		return nil
	}
	like, err := os.Stat(place)
	if errors.Is(err, fs.ErrNotExist) {
		like, err = os.Stat(filepath.Dir(place))
	}
	if err != nil {
		return err
	}
	owner, ok := like.Sys().(*syscall.Stat_t)
	if !ok {
		return nil
	}
	f, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NOFOLLOW, 0)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if now, ok := info.Sys().(*syscall.Stat_t); !ok || now.Nlink != 1 {
		return fs.ErrPermission
	}
	return f.Chown(int(owner.Uid), int(owner.Gid))
}

// ownerOf names the user to whom a file belongs, or else the nearest folder on its way that can
// be seen; "" where that is who runs the program, or has no name.
func ownerOf(path string) string {
	info, err := os.Stat(path)
	for ; err != nil && filepath.Dir(path) != path; info, err = os.Stat(path) {
		path = filepath.Dir(path)
	}
	if err != nil {
		return ""
	}
	owner, ok := info.Sys().(*syscall.Stat_t)
	if !ok || int(owner.Uid) == os.Geteuid() {
		return ""
	}
	found, err := user.LookupId(strconv.FormatUint(uint64(owner.Uid), 10))
	if err != nil {
		return ""
	}
	return found.Username
}
