//go:build unix

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
// place. Only root can give files away; those of others stay theirs.
func giveAway(path, place string) error {
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
	return os.Lchown(path, int(owner.Uid), int(owner.Gid))
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
