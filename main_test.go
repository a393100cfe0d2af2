package main

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"encoding/csv"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"duban/bot/telegramtest"
	"duban/report/builtin"
	"duban/storage"
)

// TestMain lets the test binary be the program for scripts.
func TestMain(m *testing.M) {
	testscript.Main(telegramtest.Waiting{M: m}, map[string]func(){"duban": main, "hold": hold, "share": share})
}

// hold keeps a database open until its stdin ends, as another process would.
func hold() {
	db, err := storage.Open(os.Args[1], storage.Options{})
	if err != nil {
		os.Exit(1)
	}
	_ = os.WriteFile(os.Args[2], []byte("held\n"), 0o600)
	for i := 0; i < 600; i++ {
		if _, err := os.Stat(os.Args[2] + ".stop"); err == nil {
			break
		}
		<-time.After(50 * time.Millisecond)
	}
	_ = db.Close()
}

// share holds a database and serves its socket, as duban serve does, until it is stopped.
func share() {
	db, err := storage.Open(os.Args[1], storage.Options{})
	if err != nil {
		os.Exit(1)
	}
	ctx, stop := context.WithCancel(context.Background())
	go func() {
		for {
			if _, err := os.Stat(os.Args[2] + ".stop"); err == nil {
				stop()
				return
			}
			<-time.After(20 * time.Millisecond)
		}
	}()
	go func() {
		for {
			if _, err := os.Stat(socketPath(db.Path())); err == nil {
				_ = os.WriteFile(os.Args[2], []byte("shared\n"), 0o600)
				return
			}
			<-time.After(20 * time.Millisecond)
		}
	}()
	s := newServer(defaults(), slog.New(slog.DiscardHandler), time.Now)
	if err := errors.Join(s.Serve(ctx, db), db.Close()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func TestScripts(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("runs the program for every command")
	}
	home, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Condition: func(condition string) (bool, error) {
			if condition != "mounts" {
				return false, fmt.Errorf("unknown condition %s", condition)
			}
			return exec.Command("unshare", "-rm", "mount", "-t", "tmpfs", "none", t.TempDir()).Run() == nil, nil
		},
		Setup: func(env *testscript.Env) error {
			env.Setenv("HOME", env.WorkDir)
			env.Setenv("DUBAN_CACHE_DIR", filepath.Join(os.TempDir(), "duban-test-pdf-engine"))
			return os.WriteFile(filepath.Join(env.WorkDir, "liaocheng.txt"), []byte(builtin.Text()), 0o600)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"mkfile":    func(ts *testscript.TestScript, _ bool, args []string) { makeFile(ts, home, args) },
			"mksheet":   makeSheet,
			"gb18030":   toGB18030,
			"replace":   replaceBytes,
			"checkmode": checkMode,
			"waitfor": func(ts *testscript.TestScript, _ bool, args []string) {
				for range 200 {
					if _, err := os.Stat(ts.MkAbs(args[0])); err == nil {
						return
					}
					<-time.After(25 * time.Millisecond)
				}
				ts.Fatalf("%s did not come", args[0])
			},
		},
	})
}

// makeFile writes the files that a script cannot hold as text.
func makeFile(ts *testscript.TestScript, home string, args []string) {
	path := ts.MkAbs(args[1])
	var data []byte
	switch args[0] {
	case "huge":
		ts.Check(os.WriteFile(path, nil, 0o600))
		ts.Check(os.Truncate(path, 100<<20))
		return
	case "socket": // as a process leaves it that was killed
		l, err := net.Listen("unix", path)
		ts.Check(err)
		l.(*net.UnixListener).SetUnlinkOnClose(false)
		ts.Check(l.Close())
		return
	case "binary":
		data = append([]byte("\x7fELF"), bytes.Repeat([]byte{0, 1, 2, 0xff}, 400)...)
	case "bomb":
		data = zipped(ts, strings.Repeat(" ", 64<<20))
	case "corrected":
		data = []byte(strings.Replace(builtin.Text(), "养老床位3600张", "养老床位3800张", 1))
	case "docx":
		data = zipped(ts, docxOf(builtin.Text()))
	case "truncated":
		whole := zipped(ts, docxOf(builtin.Text()))
		data = whole[:len(whole)/2]
	case "encrypted", "scanned":
		sample, err := os.ReadFile(filepath.Join(home, "report", "document", "testdata", args[0]+".pdf"))
		ts.Check(err)
		data = sample
	case "shortdb":
		data = storedDatabase(ts)[:12_000]
	case "unlisteddb": // the list of free pages is gone
		data = storedDatabase(ts)
		meta := data[:4096]
		if binary.NativeEndian.Uint64(data[4096+16+48:]) > binary.NativeEndian.Uint64(data[16+48:]) {
			meta = data[4096:]
		}
		at := binary.NativeEndian.Uint64(meta[16+32:]) * 4096
		clear(data[at : at+4096])
	case "nonedb":
		db, err := storage.Open(path, storage.Options{})
		ts.Check(err)
		ts.Check(db.Close())
		return
	case "newerdb":
		data = newerSchema.ReplaceAll(storedDatabase(ts), []byte("version\x00\x00\x00\x00\x00\x00\x00\x63"))
	case "damageddb":
		data = bytes.ReplaceAll(storedDatabase(ts), []byte(`"commitments":`), []byte(`"commitments"!`))
	default:
		ts.Fatalf("what is %s", args[0])
	}
	ts.Check(os.WriteFile(path, data, 0o600))
}

// newerSchema finds the version of the schema in a database.
var newerSchema = regexp.MustCompile(`(?s)version\x00{7}.`)

// storedDatabase returns the bytes of a database with the built-in report.
func storedDatabase(ts *testscript.TestScript) []byte {
	path := filepath.Join(ts.Getenv("WORK"), "stored.db")
	ts.Check(ts.Exec("duban", "import", "liaocheng.txt", "--db", path))
	data, err := os.ReadFile(path)
	ts.Check(err)
	ts.Check(os.Remove(path))
	return data
}

// makeSheet makes a workbook of a CSV file: makeSheet in.csv out.xlsx. Numbers become
// numbers, percentages shares with a format, dates of the form 2017-07-31 days.
func makeSheet(ts *testscript.TestScript, _ bool, args []string) {
	rows, err := csv.NewReader(strings.NewReader(ts.ReadFile(args[0]))).ReadAll()
	ts.Check(err)
	f := excelize.NewFile()
	percent, err := f.NewStyle(&excelize.Style{NumFmt: 9})
	ts.Check(err)
	day, err := f.NewStyle(&excelize.Style{NumFmt: 14})
	ts.Check(err)
	for i, row := range rows {
		for j, cell := range row {
			at, err := excelize.CoordinatesToCellName(j+1, i+1)
			ts.Check(err)
			if date, err := time.Parse(time.DateOnly, cell); err == nil {
				ts.Check(f.SetCellValue("Sheet1", at, date))
				ts.Check(f.SetCellStyle("Sheet1", at, at, day))
			} else if n, err := strconv.ParseFloat(strings.TrimSuffix(cell, "%"), 64); err == nil && strings.HasSuffix(cell, "%") {
				ts.Check(f.SetCellValue("Sheet1", at, n/100))
				ts.Check(f.SetCellStyle("Sheet1", at, at, percent))
			} else if n, err := strconv.ParseFloat(cell, 64); err == nil {
				ts.Check(f.SetCellValue("Sheet1", at, n))
			} else {
				ts.Check(f.SetCellStr("Sheet1", at, cell))
			}
		}
	}
	ts.Check(f.SaveAs(ts.MkAbs(args[1])))
}

// toGB18030 writes a file again in that encoding: toGB18030 in.csv out.csv.
func toGB18030(ts *testscript.TestScript, _ bool, args []string) {
	data, err := simplifiedchinese.GB18030.NewEncoder().String(ts.ReadFile(args[0]))
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(data), 0o600))
}

// replaceBytes changes every occurrence of a text in a file to one of the same length.
func replaceBytes(ts *testscript.TestScript, _ bool, args []string) {
	data := ts.ReadFile(args[0])
	if !strings.Contains(data, args[1]) || len(args[1]) != len(args[2]) {
		ts.Fatalf("cannot replace %q by %q", args[1], args[2])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.ReplaceAll(data, args[1], args[2])), 0o600))
}

// checkMode compares the permissions of a file: checkMode 600 file.
func checkMode(ts *testscript.TestScript, _ bool, args []string) {
	info, err := os.Lstat(ts.MkAbs(args[1]))
	ts.Check(err)
	if got := fmt.Sprintf("%o", info.Mode().Perm()); got != args[0] {
		ts.Fatalf("%s has mode %s, want %s", args[1], got, args[0])
	}
}

func docxOf(text string) string {
	var b strings.Builder
	b.WriteString(`<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`)
	for line := range strings.Lines(text) {
		b.WriteString("<w:p><w:r><w:t>" + strings.TrimSpace(line) + "</w:t></w:r></w:p>")
	}
	return b.String() + "</w:body></w:document>"
}

func zipped(ts *testscript.TestScript, document string) []byte {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	f, err := w.Create("word/document.xml")
	ts.Check(err)
	_, err = f.Write([]byte(document))
	ts.Check(err)
	ts.Check(w.Close())
	return out.Bytes()
}

func TestWrongUsage(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"nonsense"}, {"extract"}, {"ask", "--format", "xml", "x"}, {"chat", "--as", "king"}, {"chat", "--as-of", "yesterday"}, {"ask", "--report", "a", "--db", "b", "x"}, {}} {
		var out, errs bytes.Buffer
		status := run(context.Background(), world{args: args, stdin: strings.NewReader(""), stdout: &out, stderr: &errs, now: time.Now})
		if status != exitUsage || !strings.Contains(errs.String(), "duban: ") {
			t.Errorf("%v: status %d, stderr %q", args, status, errs.String())
		}
	}
}

// BenchmarkChatStart measures the way to the first answer with a database that exists.
func BenchmarkChatStart(b *testing.B) {
	path := filepath.Join(b.TempDir(), "duban.db")
	chat := func() {
		var out, errs bytes.Buffer
		if status := run(context.Background(), world{args: []string{"chat", "--db", path}, stdin: strings.NewReader("/start\n"), stdout: &out, stderr: &errs, now: time.Now}); status != exitDone {
			b.Fatal(errs.String())
		}
	}
	chat()
	for b.Loop() {
		chat()
	}
}
