//go:build !linux

package storage

import (
	"errors"
	"os"
)

// openMemory has no files in memory here.
func openMemory(string, int, os.FileMode) (*os.File, error) { return nil, errors.ErrUnsupported }
