package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"os/user"
	"runtime/debug"
	"strconv"
	"sync"
	"syscall"
	"time"

	"duban/render"
	"duban/storage"
)

// server lets the commands of other processes run in the one that holds the database,
// because the engine admits one process.
type server struct {
	config Config
	log    *slog.Logger
	now    func() time.Time
}

// Limits of a server: how long a client may take to say what it wants, and how many are
// served at once.
const (
	greetTimeout = 10 * time.Second
	mostClients  = 16
)

// newServer returns one that runs commands under a configuration.
func newServer(config Config, log *slog.Logger, now func() time.Time) *server {
	return &server{config: config, log: log, now: now}
}

// Serve answers at the database's socket until ctx is done, then waits for the commands
// that run. The socket is of mode 0600, and where the system tells who connects, only the
// same user and root are served.
func (s *server) Serve(ctx context.Context, db *storage.DB) error {
	path := socketPath(db.Path())
	if err := prepareSocket(path, db.Path()); err != nil {
		return err
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "unix", path)
	if err != nil {
		return fmt.Errorf("数据库旁的接口 %s 开不了（%s）；请让运行 duban serve 的用户能写这个文件夹", path, why(err))
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return errors.Join(err, listener.Close())
	}
	defer context.AfterFunc(ctx, func() { _ = listener.Close() })()
	return s.accept(ctx, listener, db)
}

func (s *server) accept(ctx context.Context, listener net.Listener, db *storage.DB) error {
	var running sync.WaitGroup
	defer running.Wait()
	places := make(chan struct{}, mostClients)
	var pause time.Duration
	for {
		conn, err := listener.Accept()
		if ctx.Err() != nil {
			if err == nil {
				_ = conn.Close()
			}
			return nil
		}
		if err != nil {
			if pause = min(max(2*pause, leastPause), mostPause); !transient(err) {
				return errors.Join(err, listener.Close())
			}
			s.log.Error("a command could not connect; it is tried again", "error", err)
			wait(ctx, pause)
			continue
		}
		pause = 0
		places <- struct{}{}
		leave := sync.OnceFunc(func() { <-places })
		running.Go(func() {
			defer leave()
			s.serve(ctx, conn, db, leave)
		})
	}
}

// How long to wait after a connection that could not be taken: at first, and at the most.
const (
	leastPause = 5 * time.Millisecond
	mostPause  = time.Second
)

// transient reports whether an error of the listener passes: too many open files, or a client
// that went away. A listener that was closed stays so.
func transient(err error) bool {
	return !errors.Is(err, net.ErrClosed) && (errors.Is(err, syscall.EMFILE) || errors.Is(err, syscall.ENFILE) ||
		errors.Is(err, syscall.ENOBUFS) || errors.Is(err, syscall.ENOMEM) || errors.Is(err, syscall.ECONNABORTED) || errors.Is(err, syscall.EINTR))
}

func wait(ctx context.Context, pause time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(pause):
	}
}

// serve runs the command of one connection; leave gives its place to others.
func (s *server) serve(ctx context.Context, conn net.Conn, db *storage.DB, leave func()) {
	defer func() { _ = conn.Close() }()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(ctx, func() { _ = conn.Close() })()
	operator, allowed := operatorOf(conn)
	if !allowed {
		s.log.Warn("refused a connection of another user", "operator", operator)
		return
	}
	_ = conn.SetDeadline(time.Now().Add(greetTimeout))
	remote := &remote{wire: newWire(conn), cancel: cancel}
	r, err := remote.receiveRequest()
	if errors.Is(err, errVersion) {
		_ = remote.send(frameErr, []byte("duban: "+err.Error()+"\n"))
		_ = remote.send(frameExit, []byte{exitFailed})
	}
	if err != nil {
		s.log.Debug("connection without a command", "error", err)
		return
	}
	_ = conn.SetDeadline(time.Time{})
	remote.out = patient{conn}
	status := s.run(ctx, remote, r.Args, &host{
		db: db, config: s.config, log: s.log, operator: operator, interactive: r.Interactive, keep: remote.Keep, leave: leave,
	})
	if err := remote.send(frameExit, []byte{byte(status)}); err != nil {
		s.log.Debug("connection lost", "error", err)
	}
}

// run runs a command; one that panics fails alone.
func (s *server) run(ctx context.Context, remote *remote, args []string, h *host) (status int) {
	stderr := streamOf(remote, frameErr)
	defer func() {
		if r := recover(); r != nil {
			s.log.Error("a command panicked", "args", args, "panic", r, "stack", string(debug.Stack()))
			_, _ = io.WriteString(stderr, "duban: 出错了，命令没有做完；原因记在 duban serve 的日志里\n")
			status = exitFailed
		}
	}()
	return run(ctx, world{
		args: args, stdin: stdinOf(remote), stdout: streamOf(remote, frameOut), stderr: stderr, now: s.now, disk: remote, host: h,
	})
}

// patience is how long a client may leave output unread before it is given up, so that none
// keeps a transaction open for ever.
const patience = 10 * time.Minute

// patient is a connection that is written to with patience.
type patient struct{ net.Conn }

// Write implements io.Writer.
func (p patient) Write(b []byte) (int, error) {
	if err := p.SetWriteDeadline(time.Now().Add(patience)); err != nil {
		return 0, err
	}
	return p.Conn.Write(b)
}

// host is what the process that holds the database lends to a command of another one.
type host struct {
	db       *storage.DB
	config   Config
	log      *slog.Logger
	operator string // user of the other process

	interactive bool // a person sits at its stdin
	keep        func(render.File) (string, error)
	leave       func() // gives the command's place among mostClients to others, for it will wait
}

// operatorOf returns who connects; allowed is false for a user other than our own or root.
func operatorOf(conn net.Conn) (name string, allowed bool) {
	unix, ok := conn.(*net.UnixConn)
	if !ok {
		return "", false
	}
	uid, known := peerUser(unix)
	if !known {
		return userName(), true
	}
	name = strconv.Itoa(uid)
	if u, err := user.LookupId(name); err == nil {
		name = u.Username
	}
	return name, uid == 0 || uid == os.Getuid()
}

// stream is stdout or stderr of the other end.
type stream struct {
	remote *remote
	kind   byte
}

func streamOf(r *remote, kind byte) io.Writer { return &stream{remote: r, kind: kind} }

// Write implements io.Writer.
func (s *stream) Write(p []byte) (int, error) {
	if err := s.remote.send(s.kind, p); err != nil {
		s.remote.cancel() // nobody is there to read the rest
		return 0, err
	}
	return len(p), nil
}
