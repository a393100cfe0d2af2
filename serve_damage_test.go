package main

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"duban/bot/telegramtest"
	"duban/storage"
)

// damaged makes a database that opens, though some of its pages are lost.
func damaged(t *testing.T) string {
	t.Helper()
	n := newNight(t, nil)
	if err := n.db.Close(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(n.db.Path())
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "duban.db")
	for at := 1 << 16; at+64 < len(data); at += 4096 {
		spoiled := append([]byte(nil), data...)
		clear(spoiled[at : at+64])
		if err := os.WriteFile(path, spoiled, 0o600); err != nil {
			t.Fatal(err)
		}
		db, err := storage.Open(path, storage.Options{})
		if err != nil {
			continue
		}
		err = errors.Join(n.announce(db), db.Check(t.Context()))
		if e := db.Close(); err != nil && e == nil {
			return path
		}
	}
	t.Fatal("no damage leaves a database that opens")
	return ""
}

// TestServeOnADamagedDatabase: the check before the start finds the damage, and so does the
// program when it runs, which says what to do.
func TestServeOnADamagedDatabase(t *testing.T) {
	t.Parallel()
	server := telegramtest.New(t)
	path := damaged(t)
	if status, said := checkAt(t, server, path); status != exitFailed || !strings.Contains(said, "已损坏；请从备份恢复：duban restore") {
		t.Errorf("--check: status %d, says:\n%s", status, said)
	}
	program := serving(t, server, "--db", path)
	for deadline := time.Now().Add(20 * time.Second); !strings.Contains(program.said(), "duban restore"); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("the log:\n%s", program.said())
		}
	}
	if !strings.Contains(program.said(), "level=ERROR") {
		t.Errorf("the log:\n%s", program.said())
	}
}

// scarce is a listener of a system that lacks something for a while.
type scarce struct {
	net.Listener
	errs []error
}

func (s *scarce) Accept() (net.Conn, error) {
	err := s.errs[0]
	s.errs = s.errs[1:]
	return nil, &net.OpError{Op: "accept", Err: os.NewSyscallError("accept", err)}
}

func (s *scarce) Close() error { return nil }

// TestSocketOutlivesScarcity: what passes does not end the program.
func TestSocketOutlivesScarcity(t *testing.T) {
	t.Parallel()
	last := errors.New("gone for good")
	listener := &scarce{errs: []error{syscall.EMFILE, syscall.ECONNABORTED, syscall.ENOMEM, last, syscall.EMFILE}}
	err := newServer(defaults(), slog.New(slog.DiscardHandler), time.Now).accept(context.Background(), listener, nil)
	if !errors.Is(err, last) || len(listener.errs) != 1 {
		t.Errorf("it ended with %v, %d errors before", err, len(listener.errs))
	}
}
