package main

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"sync"
	"syscall"
)

// Two processes speak in frames: a kind, four bytes of length, the content. The one without
// the database begins with frameRun; the one with it runs the command line and asks for
// what it needs. Whoever runs the command also decides when it ends, so the other one only
// ever answers.
const (
	frameRun    = 'R' // → command line as JSON
	frameExit   = 'X' // ← exit status, one byte; the last frame
	frameOut    = 'o' // ← bytes for stdout
	frameErr    = 'e' // ← bytes for stderr
	frameStdin  = 'i' // ← asks for up to so many (4 bytes) bytes of stdin; answered by frameData, empty at the end
	frameOpen   = 'r' // ← opens a file by its path; answered by frameInfo
	frameRead   = 'n' // ← asks for bytes of it as of stdin
	frameClose  = 'z' // ← closes it
	frameCreate = 'w' // ← begins a file: its outputKind or keepMark (1 byte), path; answered by frameDone
	frameWrite  = 'W' // ← bytes of it
	frameCommit = 'c' // ← ends it; answered by frameDone
	frameDrop   = 'd' // ← throws it away
	frameMkdir  = 'm' // ← makes a folder; answered by frameDone
	frameInfo   = 'I' // → size (8 bytes), 1 for a folder
	frameData   = 'D' // → bytes
	frameDone   = 'K' // → nothing; at the end of a kept file its name
	frameFail   = 'F' // → in place of the answer: kind of error (1 byte), sentence
)

// longestFrame is the longest content of a frame.
const longestFrame = 1 << 20

// errProtocol occurs where the other end does not speak as agreed.
var errProtocol = errors.New("socket: unexpected frame")

// wire is one end of a connection.
type wire struct {
	in  *bufio.Reader
	mu  sync.Mutex // of out
	out io.Writer
}

func newWire(conn io.ReadWriter) *wire { return &wire{in: bufio.NewReader(conn), out: conn} }

func (w *wire) send(kind byte, content []byte) error {
	for len(content) > longestFrame && (kind == frameOut || kind == frameErr || kind == frameWrite || kind == frameData) {
		if err := w.send(kind, content[:longestFrame]); err != nil {
			return err
		}
		content = content[longestFrame:]
	}
	head := binary.BigEndian.AppendUint32([]byte{kind}, uint32(len(content)))
	w.mu.Lock()
	defer w.mu.Unlock()
	_, err := w.out.Write(append(head, content...))
	return err
}

func (w *wire) receive() (kind byte, content []byte, err error) {
	var head [5]byte
	if _, err := io.ReadFull(w.in, head[:]); err != nil {
		return 0, nil, err
	}
	n := binary.BigEndian.Uint32(head[1:])
	if n > longestFrame {
		return 0, nil, errProtocol
	}
	content = make([]byte, n)
	_, err = io.ReadFull(w.in, content)
	return head[0], content, err
}

// expect receives one frame of a kind; the other end's failure becomes an error.
func (w *wire) expect(kind byte) ([]byte, error) {
	got, content, err := w.receive()
	switch {
	case err != nil:
		return nil, err
	case got == frameFail:
		return nil, failureOf(content)
	case got != kind:
		return nil, errProtocol
	}
	return content, nil
}

// request is the content of frameRun.
type request struct {
	Version     int      `json:"version"` // of the protocol
	Args        []string `json:"args"`
	Interactive bool     `json:"interactive,omitempty"` // a person sits at stdin
}

// protocolVersion changes with the frames.
const protocolVersion = 3

func (w *wire) sendRequest(args []string, interactive bool) error {
	data, err := json.Marshal(request{Version: protocolVersion, Args: args, Interactive: interactive})
	if err != nil {
		return err
	}
	return w.send(frameRun, data)
}

// errVersion occurs where the two processes are of different releases.
var errVersion = errors.New("正在运行的 duban serve 与这个程序版本不同；请用同一个版本，或重启 duban serve")

func (w *wire) receiveRequest() (request, error) {
	var r request
	data, err := w.expect(frameRun)
	if err != nil {
		return r, err
	}
	if err := json.Unmarshal(data, &r); err != nil {
		return r, fmt.Errorf("%w: %w", errProtocol, err)
	}
	if r.Version != protocolVersion {
		return r, errVersion
	}
	return r, nil
}

// Errors that keep their meaning on the way.
var failures = []error{
	fs.ErrNotExist, fs.ErrPermission, fs.ErrExist, errIsDatabase, errIsSettings, errNoBackup,
	syscall.ENOSPC, syscall.EDQUOT, syscall.EROFS, syscall.ENOTDIR, syscall.EISDIR, syscall.EFBIG,
}

func (w *wire) fail(err error) error {
	content := []byte{byte(len(failures))}
	for i, kind := range failures {
		if errors.Is(err, kind) {
			content[0] = byte(i)
		}
	}
	return w.send(frameFail, append(content, err.Error()...))
}

func failureOf(content []byte) error {
	if len(content) == 0 {
		return errProtocol
	}
	if i := int(content[0]); i < len(failures) {
		return failures[i]
	}
	return errors.New(string(content[1:]))
}
