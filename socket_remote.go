package main

import (
	"encoding/binary"
	"io"
	"io/fs"
	"path"
	"time"
)

// remote is the disk and stdin of the process at the other end.
type remote struct {
	*wire
	cancel func() // ends the command
}

// Open implements disk. The file is fetched while it is read; opening another one ends it.
func (r *remote) Open(name string) (fs.File, error) {
	if err := r.send(frameOpen, []byte(name)); err != nil {
		return nil, err
	}
	info, err := r.expect(frameInfo)
	if err != nil {
		return nil, err
	}
	if len(info) != 9 {
		return nil, errProtocol
	}
	return &remoteFile{remote: r, name: name, size: int64(binary.BigEndian.Uint64(info)), folder: info[8] == 1}, nil
}

// MkdirAll implements disk.
func (r *remote) MkdirAll(name string) error {
	if err := r.send(frameMkdir, []byte(name)); err != nil {
		return err
	}
	_, err := r.expect(frameDone)
	return err
}

// Create implements disk.
func (r *remote) Create(name string, kind outputKind) (output, error) {
	if err := r.send(frameCreate, append([]byte{byte(kind)}, name...)); err != nil {
		return nil, err
	}
	if _, err := r.expect(frameDone); err != nil {
		return nil, err
	}
	return &remoteOutput{remote: r}, nil
}

// remoteOutput is a file that the other end writes.
type remoteOutput struct {
	remote *remote
	over   bool
}

// Write implements io.Writer.
func (o *remoteOutput) Write(p []byte) (int, error) {
	if err := o.remote.send(frameWrite, p); err != nil {
		return 0, err
	}
	return len(p), nil
}

// Commit implements output.
func (o *remoteOutput) Commit() error {
	o.over = true
	if err := o.remote.send(frameCommit, nil); err != nil {
		return err
	}
	_, err := o.remote.expect(frameDone)
	return err
}

// Discard implements output.
func (o *remoteOutput) Discard() {
	if !o.over {
		o.over = true
		_ = o.remote.send(frameDrop, nil)
	}
}

// remoteFile is a file of the other end, as it comes in.
type remoteFile struct {
	remote *remote
	name   string
	size   int64
	folder bool
	rest   []byte
}

// fetchedAtOnce is how much of a file is asked for.
const fetchedAtOnce = 256 << 10

// Read implements fs.File.
func (f *remoteFile) Read(p []byte) (int, error) {
	if len(f.rest) == 0 {
		data, err := f.remote.fetch(frameRead, fetchedAtOnce)
		if err != nil {
			return 0, err
		}
		f.rest = data
	}
	n := copy(p, f.rest)
	f.rest = f.rest[n:]
	return n, nil
}

// fetch asks for bytes; io.EOF at the end.
func (r *remote) fetch(kind byte, n int) ([]byte, error) {
	if err := r.send(kind, binary.BigEndian.AppendUint32(nil, uint32(n))); err != nil {
		return nil, err
	}
	data, err := r.expect(frameData)
	if err == nil && len(data) == 0 {
		err = io.EOF
	}
	return data, err
}

// Close implements fs.File.
func (f *remoteFile) Close() error { return f.remote.send(frameClose, nil) }

// Stat implements fs.File.
func (f *remoteFile) Stat() (fs.FileInfo, error) { return remoteInfo{f}, nil }

type remoteInfo struct{ f *remoteFile }

func (i remoteInfo) Name() string     { return path.Base(i.f.name) }
func (i remoteInfo) Size() int64      { return i.f.size }
func (remoteInfo) ModTime() time.Time { return time.Time{} }
func (i remoteInfo) IsDir() bool      { return i.f.folder }
func (remoteInfo) Sys() any           { return nil }

// Mode implements fs.FileInfo.
func (i remoteInfo) Mode() fs.FileMode {
	if i.f.folder {
		return fs.ModeDir | 0o700
	}
	return 0o600
}

// remoteStdin asks for bytes as they are read.
type remoteStdin struct{ remote *remote }

func stdinOf(r *remote) io.Reader { return &remoteStdin{r} }

// Read implements io.Reader.
func (s *remoteStdin) Read(p []byte) (int, error) {
	data, err := s.remote.fetch(frameStdin, min(len(p), longestFrame))
	return copy(p, data), err
}
