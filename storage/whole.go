package storage

import (
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"io"
	"os"
)

// Layout of a meta page of the engine: a page header, then magic, version, page size and
// flags in 32 bits each, root and sequence of the root bucket, free list, number of pages
// in use, transaction, checksum of all before it in 64 bits each.
const (
	metaHeader   = 16
	metaLength   = 64
	metaMagic    = 0xED0CDAED
	metaPageSize = 8
	metaPages    = 40
	metaTx       = 48
	metaChecksum = 56
)

// openWhole opens a database file for the engine. It refuses one that is shorter than its
// pages: the engine maps the file into memory, and reading beyond its end would end the
// process. Nothing is written before.
func openWhole(path string, flag int, mode os.FileMode) (*os.File, error) {
	f, err := os.OpenFile(path, flag, mode)
	if err != nil {
		return nil, err
	}
	if err := whole(f); err != nil {
		_ = f.Close()
		return nil, err
	}
	return f, nil
}

// whole reports whether all pages in use are there. What is no database at all is left to
// the engine to refuse. The size is read last, because a writer in another process makes
// the file longer before it says so.
func whole(f *os.File) error {
	need := lengthIn(f)
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if have := info.Size(); have < need {
		return fmt.Errorf("%w: %d bytes of %d", ErrNotDatabase, have, need)
	}
	return nil
}

// IsDatabase reports whether a file begins as databases and backups do, whole or not.
func IsDatabase(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer func() { _ = f.Close() }() // only read
	return lengthIn(f) > 0
}

// IsBackup reports whether a file is a backup that nobody has opened as a database since.
func IsBackup(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer func() { _ = f.Close() }() // only read
	info, err := f.Stat()
	if err != nil {
		return false
	}
	_, sum, err := trailerOf(f, info.Size())
	return err == nil && sum != nil && lengthIn(f) > 0
}

// lengthIn returns how long a file must be by its newest meta page; 0 for no database.
func lengthIn(f io.ReaderAt) int64 {
	var pages, tx, size uint64
	for _, at := range metaPlaces() {
		var meta [metaLength]byte
		if _, err := f.ReadAt(meta[:], at+metaHeader); err != nil || !validMeta(meta[:]) {
			continue
		}
		if t := binary.NativeEndian.Uint64(meta[metaTx:]); t >= tx {
			pages, tx = binary.NativeEndian.Uint64(meta[metaPages:]), t
			size = uint64(binary.NativeEndian.Uint32(meta[metaPageSize:]))
		}
	}
	return int64(size * pages)
}

// metaPlaces are where the two meta pages may begin, the second for every size of a page.
func metaPlaces() []int64 {
	places := []int64{0}
	for size := int64(1 << 10); size <= 64<<10; size *= 2 {
		places = append(places, size)
	}
	return places
}

func validMeta(meta []byte) bool {
	sum := fnv.New64a()
	_, _ = sum.Write(meta[:metaChecksum])
	return binary.NativeEndian.Uint32(meta) == metaMagic && binary.NativeEndian.Uint64(meta[metaChecksum:]) == sum.Sum64()
}
