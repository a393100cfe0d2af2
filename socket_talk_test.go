package main

import (
	"context"
	"io"
	"net"
	"strings"
	"testing"

	"duban/render"
)

// talker is a person at a terminal whose conversation goes through a socket.
type talker struct {
	*wire
	conn net.Conn
	said strings.Builder
}

func talk(t *testing.T, database string) *talker {
	t.Helper()
	conn := dialHolder(context.Background(), database)
	if conn == nil {
		t.Fatal("nobody answers")
	}
	t.Cleanup(func() { _ = conn.Close() })
	x := &talker{wire: newWire(conn), conn: conn}
	if err := x.sendRequest([]string{"chat", "--db", database, "--as-of", "2017-07-31"}, true); err != nil {
		t.Fatal(err)
	}
	return x
}

// hear takes in what is said until a line is asked for, or the conversation ends.
func (x *talker) hear(t *testing.T) string {
	t.Helper()
	x.said.Reset()
	for {
		kind, content, err := x.receive()
		switch {
		case err != nil:
			t.Fatal(err)
		case kind == frameOut:
			x.said.Write(content)
		case kind == frameStdin:
			return x.said.String()
		case kind == frameExit:
			return x.said.String() + "END"
		}
	}
}

func (x *talker) say(t *testing.T, line string) string {
	t.Helper()
	if err := x.send(frameData, []byte(line)); err != nil {
		t.Fatal(err)
	}
	return x.hear(t)
}

// TestConversationsThroughTheSocket: they are greeted, answered line by line, and keep
// nobody else from the database while they wait.
func TestConversationsThroughTheSocket(t *testing.T) {
	t.Parallel()
	path := shared(t)
	var all []*talker
	for range mostClients + 2 {
		x := talk(t, path)
		if hello := x.hear(t); !strings.Contains(hello, "这里是督办") || !strings.HasSuffix(hello, "> ") {
			t.Fatalf("greeted with %q", hello)
		}
		all = append(all, x)
	}
	if status, _, errs := runHere("status", "--db", path); status != exitDone {
		t.Errorf("nobody else is served: %q", errs)
	}
	for _, x := range all[:2] {
		if got := x.say(t, "今年要新增多少张养老床位？\n"); !strings.HasPrefix(got, "新增养老床位：目标3600张") || strings.Contains(got, "> 今年") {
			t.Errorf("answered %q", got)
		}
	}
	if got := all[0].say(t, ""); got != "END" {
		t.Errorf("at the end of stdin: %q", got)
	}
}

// TestKeptFiles plays a server that sends files to keep.
func TestKeptFiles(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		talks bool
		name  string
	}{{true, ".bashrc"}, {true, "profile"}, {true, "x.sh"}, {true, "../x.png"}, {false, "x.png"}} {
		x := &client{app: &app{talks: c.talks}}
		if _, err := x.newKept(c.name); err == nil {
			t.Errorf("%+v would be kept", c)
		}
	}
	x := &client{app: &app{talks: true}}
	if _, err := x.newKept("进展图.png"); err != nil {
		t.Error(err)
	}
	here, there := net.Pipe()
	r := &remote{wire: newWire(there)}
	go func() {
		x.wire = newWire(here)
		kind, content, _ := x.receive()
		_ = x.answer(kind, content)
	}()
	if _, err := r.Keep(render.File{Name: "x.sh"}); err == nil {
		t.Error("a script was kept")
	}
}

// TestInterruptible waits at a reader that says nothing.
func TestInterruptible(t *testing.T) {
	t.Parallel()
	silent, w := io.Pipe()
	ctx, stop := context.WithCancel(context.Background())
	in := interruptibly(ctx, silent)
	go func() { _, _ = w.Write([]byte("目录\n")); stop() }()
	got, err := io.ReadAll(in)
	if err != nil || string(got) != "目录\n" && len(got) != 0 {
		t.Errorf("read %q, %v", got, err)
	}
}
