package storage

import (
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"syscall"

	"go.etcd.io/bbolt"
)

// The engine answers damaged pages with panics, and with faults where a page points beyond
// the file. Both become ErrNotDatabase, so that a person reads a sentence; a panic of the
// function that runs inside a transaction goes on.

// guard turns a panic into an error. It is deferred around the engine's own work.
func guard(err *error) {
	if r := recover(); r != nil {
		*err = engineFault(r)
	}
}

// engineFault is the error for what the engine panicked with.
func engineFault(r any) error { return fmt.Errorf("%w: %v", ErrNotDatabase, r) }

// ofEngine reports whether a panic is the engine's: it panics with strings, and with faults,
// which know their address. Nothing of ours panics with either.
func ofEngine(r any) bool {
	_, text := r.(string)
	_, fault := r.(interface{ Addr() uintptr })
	return text || fault
}

// panicOnFault makes faults of this goroutine panics until the function that it returns is
// called.
func panicOnFault() (restore func()) {
	before := debug.SetPanicOnFault(true)
	return func() { debug.SetPanicOnFault(before) }
}

// openEngine opens the file with the engine. Where that fails the file is closed and
// unlocked, so that nothing holds it: the engine may have panicked half-way.
func openEngine(path string, o bbolt.Options) (bolt *bbolt.DB, err error) {
	var file *os.File
	defer panicOnFault()()
	defer func() {
		if err != nil && file != nil {
			unlock(file)
			_ = file.Close()
		}
	}()
	defer guard(&err)
	open := o.OpenFile
	o.OpenFile = func(path string, flag int, mode os.FileMode) (*os.File, error) {
		var err error
		file, err = open(path, flag, mode)
		return file, err
	}
	return bbolt.Open(path, 0o600, &o)
}

// explained gives errors of the file a sentence and leaves the others as they are.
func (db *DB) explained(err error) error {
	var p *problem
	if errors.As(err, &p) {
		return err
	}
	for _, kind := range []error{ErrNotDatabase, syscall.ENOSPC, syscall.EDQUOT, syscall.EROFS, syscall.EIO} {
		if errors.Is(err, kind) {
			return explain(db.path, err)
		}
	}
	return err
}
