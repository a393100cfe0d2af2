package storage

import (
	"os"

	"golang.org/x/sys/unix"
)

// openMemory opens a file that is in memory only; it needs no folder that can be written.
func openMemory(string, int, os.FileMode) (*os.File, error) {
	fd, err := unix.MemfdCreate("duban.db", unix.MFD_CLOEXEC)
	if err != nil {
		return nil, err
	}
	return os.NewFile(uintptr(fd), "memory"), nil
}
