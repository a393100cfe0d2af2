package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"io/fs"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"duban/plan"
	"duban/storage"
)

// shared serves a database with the built-in report until the test ends.
func shared(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a.db")
	db, err := storage.Open(path, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	p, err := builtinReport()
	if err != nil {
		t.Fatal(err)
	}
	merged, _ := plan.Merge(nil, p)
	if err := db.Update(context.Background(), func(tx plan.Tx) error { return tx.As(plan.System, time.Now()).PutPlan(merged) }); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- newServer(defaults(), slog.New(slog.DiscardHandler), time.Now).Serve(ctx, db) }()
	for range 200 {
		if info, err := os.Stat(socketPath(path)); err == nil && info.Mode().Perm() == 0o600 {
			break
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Errorf("the server ended with %v", err)
		}
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return path
}

func runHere(args ...string) (status int, stdout, stderr string) {
	var out, errs bytes.Buffer
	status = run(context.Background(), world{args: args, stdin: strings.NewReader(""), stdout: &out, stderr: &errs, now: time.Now})
	return status, out.String(), errs.String()
}

func TestManyClientsAtOnce(t *testing.T) {
	t.Parallel()
	path := shared(t)
	var wg sync.WaitGroup
	for range 3 * mostClients {
		wg.Go(func() {
			if status, out, errs := runHere("status", "--db", path, "--as-of", "2017-07-31"); status != exitDone || !strings.Contains(out, "未填报148") {
				t.Errorf("status %d: %q %q", status, out, errs)
			}
		})
	}
	wg.Wait()
}

// TestStrangeClients sends what no client of ours sends; the server goes on.
func TestStrangeClients(t *testing.T) {
	t.Parallel()
	path := shared(t)
	version := []byte(`{"version":99,"args":["version"]}`)
	for name, sent := range map[string][]byte{
		"nothing":       nil,
		"noise":         []byte("GET / HTTP/1.1\r\n\r\n"),
		"too long":      {frameRun, 0xff, 0xff, 0xff, 0xff},
		"other frame":   {frameData, 0, 0, 0, 0},
		"no JSON":       {frameRun, 0, 0, 0, 1, '{'},
		"half a frame":  {frameRun, 0, 0, 0, 9, '{'},
		"other version": append(binary.BigEndian.AppendUint32([]byte{frameRun}, uint32(len(version))), version...),
	} {
		conn, err := net.Dial("unix", socketPath(path))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := conn.Write(sent); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		_ = conn.(*net.UnixConn).CloseWrite()
		answer := make([]byte, 1024)
		n, _ := conn.Read(answer)
		if name == "other version" && !strings.Contains(string(answer[:n]), "版本不同") {
			t.Errorf("%s: answered %q", name, answer[:n])
		}
		_ = conn.Close()
	}
	if status, _, errs := runHere("check", "--db", path); status != exitDone {
		t.Errorf("the server is gone: %q", errs)
	}
}

// TestForeignCommands asks for what a server does not do for others.
func TestForeignCommands(t *testing.T) {
	t.Parallel()
	path := shared(t)
	for _, args := range [][]string{{"serve"}, {"restore", "x", "--db", path}, {"extract", "x"}, {"nonsense"}, {"--help"}} {
		var out, errs bytes.Buffer
		a := &app{ctx: context.Background(), world: world{args: args, stdin: strings.NewReader(""), stdout: &out, stderr: &errs, disk: localDisk{}}}
		err := a.forward(dialHolder(context.Background(), path))
		if help := args[0] == "--help"; help != (err == nil) || help != strings.Contains(out.String(), "Usage") {
			t.Errorf("%v: %v, %q %q", args, err, out.String(), errs.String())
		}
	}
}

// TestClientGivesOnlyWhatIsNamed plays a server that asks for other files.
func TestClientGivesOnlyWhatIsNamed(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	for _, name := range []string{"a.csv", "secret"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	here, there := net.Pipe()
	ended := make(chan error, 1)
	a := &app{ctx: context.Background(), world: world{args: []string{"filings", "import", filepath.Join(folder, "a.csv"), "-o" + folder + "/out"}, disk: localDisk{}}}
	go func() { ended <- a.forward(here) }()
	r := &remote{wire: newWire(there)}
	if _, err := r.receiveRequest(); err != nil {
		t.Fatal(err)
	}
	f, err := r.Open(filepath.Join(folder, "a.csv"))
	if err != nil {
		t.Fatal(err)
	}
	var got bytes.Buffer
	if _, err := got.ReadFrom(f); err != nil || got.String() != "a.csv" {
		t.Errorf("read %q, %v", got.String(), err)
	}
	if _, err := r.Open(filepath.Join(folder, "secret")); err == nil {
		t.Error("a file was opened that the command does not name")
	}
	if _, err := r.Create(filepath.Join(folder, "secret"), outputPlain); err == nil {
		t.Error("a file was made that the command does not name")
	}
	if err := r.MkdirAll(filepath.Join(folder, "new")); err == nil {
		t.Error("a folder was made that the command does not name")
	}
	if err := r.MkdirAll(filepath.Join(folder, "out")); err != nil {
		t.Error(err)
	}
	out, err := r.Create(filepath.Join(folder, "out", "x.csv"), outputPrivate)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := out.Write(bytes.Repeat([]byte("x"), 3*longestFrame)); err != nil {
		t.Fatal(err)
	}
	if err := there.Close(); err != nil { // the server dies before it commits
		t.Fatal(err)
	}
	if err := <-ended; err == nil || !strings.Contains(err.Error(), "连接断了") {
		t.Errorf("the client ended with %v", err)
	}
	left, err := os.ReadDir(filepath.Join(folder, "out"))
	if err != nil || len(left) != 0 {
		t.Errorf("half a file is left: %v, %v", left, err)
	}
}

func TestSocketPath(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	long := filepath.Join(folder, strings.Repeat("长", 60)+".db")
	short := socketPath(long)
	if len(short) > longestSocket || short != socketPath(long) || short == socketPath(long+"x") {
		t.Errorf("socket of a long path: %s", short)
	}
	link := filepath.Join(folder, "link.db")
	if err := os.WriteFile(long, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(long, link); err != nil {
		t.Fatal(err)
	}
	if socketPath(link) != short {
		t.Errorf("a link leads to %s, its file to %s", socketPath(link), short)
	}
	if got := socketPath("a.db"); !filepath.IsAbs(got) || !strings.HasSuffix(got, "/a.db.sock") {
		t.Errorf("socket of a relative path: %s", got)
	}
}

func TestSocketFolderIsOurs(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "sockets")
	if err := privateFolder(folder); err != nil {
		t.Fatal(err)
	}
	if err := privateFolder(folder); err != nil {
		t.Errorf("our own folder is refused: %v", err)
	}
	if err := os.Chmod(folder, fs.FileMode(0o777)); err != nil {
		t.Fatal(err)
	}
	if err := privateFolder(folder); err == nil {
		t.Error("a folder that is open to others was taken")
	}
	file := filepath.Join(t.TempDir(), "a.db.sock")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := prepareSocket(file, strings.TrimSuffix(file, ".sock")); err == nil {
		t.Error("a file in the socket's place was taken away")
	}
}
