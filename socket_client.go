package main

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// dialTimeout is how long a process that holds a database may take to answer.
const dialTimeout = 2 * time.Second

// exitStatus is the status of a command that another process ran; it has said why.
type exitStatus int

func (s exitStatus) Error() string { return fmt.Sprintf("exit status %d", int(s)) }

// dialHolder connects to the process that holds a database; nil where none answers, or one
// that belongs to neither this user nor root.
func dialHolder(ctx context.Context, database string) *net.UnixConn {
	dialer := net.Dialer{Timeout: dialTimeout}
	conn, err := dialer.DialContext(ctx, "unix", socketPath(database))
	if err != nil {
		return nil
	}
	unix, ok := conn.(*net.UnixConn)
	if !ok {
		_ = conn.Close()
		return nil
	}
	if uid, known := peerUser(unix); known && uid != 0 && uid != os.Getuid() && os.Getuid() != 0 {
		_ = conn.Close()
		return nil
	}
	return unix
}

// forward has the command line run by the process at the other end, with the files, stdin
// and output of this one.
func (a *app) forward(conn net.Conn) error {
	defer context.AfterFunc(a.ctx, func() { _ = conn.Close() })()
	defer func() { _ = conn.Close() }()
	c := &client{wire: newWire(conn), app: a, stdin: interruptibly(a.ctx, a.stdin)}
	if err := c.sendRequest(a.args, terminal(a.stdin)); err != nil {
		return fmt.Errorf("正在运行的 duban serve 没有应答；请再试一次：%w", err)
	}
	defer c.drop()
	defer c.closeInput()
	for {
		kind, content, err := c.receive()
		if err != nil && a.ctx.Err() != nil && a.talks {
			return nil // it was ended by hand
		}
		if err != nil {
			return fmt.Errorf("与正在运行的 duban serve 的连接断了；请再试一次：%w", err)
		}
		if kind == frameExit && len(content) == 1 {
			if content[0] == exitDone {
				return nil
			}
			return exitStatus(content[0])
		}
		if err := c.answer(kind, content); err != nil {
			return err
		}
	}
}

// client serves what the other end asks for.
type client struct {
	*wire
	app   *app
	stdin io.Reader
	in    fs.File // that is being read
	out   output  // that is being written
}

// errNotNamed occurs where the other end asks for a file that is not on the command line.
var errNotNamed = errors.New("命令里没有写这个文件")

// names reports whether the command line names a path. The other process may belong to
// somebody else when this one is root's, so it gets nothing else.
func (c *client) names(path string) bool {
	return slices.ContainsFunc(c.app.args, func(arg string) bool {
		return arg == path || arg == "-o"+path || strings.HasSuffix(arg, "="+path) || filepath.Clean(arg) == path
	})
}

func (c *client) drop() {
	if c.out != nil {
		c.out.Discard()
		c.out = nil
	}
}

func (c *client) answer(kind byte, content []byte) error {
	switch kind {
	case frameOut:
		_, err := c.app.stdout.Write(content)
		return err
	case frameErr:
		_, err := c.app.stderr.Write(content)
		return err
	case frameStdin:
		return c.answerBytes(c.stdin, content)
	case frameOpen:
		return c.answerOpen(content)
	case frameRead:
		return c.answerBytes(c.in, content)
	case frameClose:
		c.closeInput()
		return nil
	case frameMkdir:
		if !c.names(string(content)) {
			return c.fail(errNotNamed)
		}
		return c.done(c.app.disk.MkdirAll(string(content)))
	case frameCreate, frameWrite, frameCommit, frameDrop:
		return c.answerOutput(kind, content)
	}
	return errProtocol
}

func (c *client) done(err error) error {
	if err != nil {
		return c.fail(err)
	}
	return c.send(frameDone, nil)
}

// answerBytes sends up to as many bytes of r as were asked for, none at its end.
func (c *client) answerBytes(r io.Reader, content []byte) error {
	if len(content) != 4 || r == nil {
		return errProtocol
	}
	buffer := make([]byte, min(binary.BigEndian.Uint32(content), longestFrame))
	n, err := 0, error(nil)
	for n == 0 && err == nil {
		n, err = r.Read(buffer)
	}
	if err != nil && !errors.Is(err, io.EOF) {
		return c.fail(err)
	}
	return c.send(frameData, buffer[:n])
}

func (c *client) answerOpen(content []byte) error {
	c.closeInput()
	if !c.names(string(content)) {
		return c.fail(errNotNamed)
	}
	f, err := c.app.disk.Open(string(content))
	if err != nil {
		return c.fail(err)
	}
	info, err := f.Stat()
	if err != nil {
		return errors.Join(c.fail(err), f.Close())
	}
	c.in = f
	head := binary.BigEndian.AppendUint64(nil, uint64(info.Size()))
	if info.IsDir() {
		return c.send(frameInfo, append(head, 1))
	}
	return c.send(frameInfo, append(head, 0))
}

func (c *client) closeInput() {
	if c.in != nil {
		_ = c.in.Close()
		c.in = nil
	}
}

func (c *client) answerOutput(kind byte, content []byte) (err error) {
	switch {
	case kind == frameCreate && len(content) > 1 && content[0] == keepMark:
		c.drop()
		file, err := c.newKept(string(content[1:]))
		if err == nil {
			c.out = file
		}
		return c.done(err)
	case kind == frameCreate && len(content) > 1:
		c.drop()
		if path := string(content[1:]); !c.names(path) && !c.names(filepath.Dir(path)) {
			return c.fail(errNotNamed)
		}
		out, err := c.app.disk.Create(string(content[1:]), outputKind(content[0]))
		if err == nil {
			c.out = out
		}
		return c.done(err)
	case kind == frameCreate, c.out == nil:
		return errProtocol
	case kind == frameWrite:
		_, err := c.out.Write(content)
		return err
	case kind == frameCommit:
		out, err := c.out, c.out.Commit()
		c.out = nil
		if file, ok := out.(*kept); ok && err == nil {
			return c.send(frameDone, []byte(file.where))
		}
		return c.done(err)
	}
	c.drop()
	return nil
}
