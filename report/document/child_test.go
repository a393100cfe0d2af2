package document_test

import (
	"bytes"
	"compress/zlib"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"duban/report/document"
)

// children are what the test binary does in place of reading a PDF file.
var children = map[string]func(){
	"pdf-text": func() {
		err := document.ExtractPDF(context.Background(), os.Stdin, os.Stdout, os.Args[2])
		os.Exit(document.ExitCode(err))
	},
	"environ": func() { fmt.Println(strings.Join(os.Environ(), "\n")) },
	"limits": func() {
		_, _ = io.Copy(io.Discard, os.Stdin) // comes when the limits are set
		data, _ := os.ReadFile("/proc/self/limits")
		_, _ = os.Stdout.Write(data)
	},
	"hang": func() { <-time.After(time.Hour) },
	"memory": func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		fmt.Println(len(make([]byte, 6<<30)))
	},
	"flood": func() {
		for {
			if _, err := os.Stdout.Write(bytes.Repeat([]byte("字\n"), 10_000)); err != nil {
				return
			}
		}
	},
	"crash": func() { panic("on purpose") },
	"fail":  func() { os.Exit(1) },
}

// TestMain lets the test binary be a child process.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && children[os.Args[1]] != nil {
		children[os.Args[1]]()
		return
	}
	os.Exit(m.Run())
}

// child is the command line of a child process.
func child(t testing.TB, args ...string) []string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return append([]string{self}, args...)
}

func TestChildGetsNoSecrets(t *testing.T) {
	t.Setenv("TELEGRAM_BOT_TOKEN", "123:secret")
	out, err := document.RunChild(t.Context(), child(t, "environ"), nil, time.Minute)
	if err != nil || strings.TrimSpace(out) != "GOMEMLIMIT=768MiB" {
		t.Errorf("environment %q, %v", out, err)
	}
}

func TestChildLimits(t *testing.T) {
	t.Parallel()
	if runtime.GOOS != "linux" {
		t.Skip("the kernel's limits are set on Linux only")
	}
	out, err := document.RunChild(t.Context(), child(t, "limits"), []byte("x"), 30*time.Second)
	if err != nil {
		t.Fatal(err)
	}
	limits := strings.Join(strings.Fields(out), " ")
	for _, want := range []string{"Max address space 4294967296 4294967296", "Max cpu time 61 61", "Max core file size 0 0"} {
		if !strings.Contains(limits, want) {
			t.Errorf("no %q in %s", want, out)
		}
	}
}

func TestChildEndsBadly(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		command []string
		timeout time.Duration
		want    error
	}{
		{"hang", child(t, "hang"), 200 * time.Millisecond, document.ErrLimit},
		{"flood", child(t, "flood"), time.Minute, document.ErrLimit},
		{"crash", child(t, "crash"), time.Minute, document.ErrLimit},
		{"fail", child(t, "fail"), time.Minute, document.ErrEngine},
		{"missing program", []string{"/no/such/program"}, time.Minute, document.ErrEngine},
		{"no program", nil, time.Minute, document.ErrEngine},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			start := time.Now()
			_, err := document.RunChild(t.Context(), c.command, bytes.Repeat([]byte("x"), 1<<20), c.timeout)
			if !errors.Is(err, c.want) {
				t.Errorf("error %v, want %v", err, c.want)
			}
			if took := time.Since(start); took > 10*time.Second {
				t.Errorf("it took %s", took)
			}
		})
	}
}

func TestChildMemory(t *testing.T) {
	t.Parallel()
	if runtime.GOOS != "linux" {
		t.Skip("the kernel's limits are set on Linux only")
	}
	if _, err := document.RunChild(t.Context(), child(t, "memory"), []byte("x"), time.Minute); !errors.Is(err, document.ErrLimit) {
		t.Errorf("error %v, want ErrLimit", err)
	}
}

func TestCancelledChild(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	_, err := document.Read(ctx, "报告.pdf", strings.NewReader("%PDF-1.4"), document.Options{PDFCommand: child(t, "hang")})
	if !errors.Is(err, context.DeadlineExceeded) || errors.Is(err, document.ErrLimit) {
		t.Errorf("error %v, want that the caller gave up", err)
	}
}

// TestPackedPDF reads a page that unpacks to a thousand times its size.
func TestPackedPDF(t *testing.T) {
	t.Parallel()
	var packed bytes.Buffer
	w := zlib.NewWriter(&packed)
	_, _ = w.Write(bytes.Repeat([]byte("q Q\n"), 1<<19))
	_ = w.Close()
	data := assemble([]string{
		"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
		fmt.Sprintf("<</Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream", packed.Len(), packed.String()),
	}, "")
	_, err := read(t, "报告.pdf", data, document.Options{PDFCommand: child(t, "pdf-text", cacheDir())})
	if !errors.Is(err, document.ErrScanned) && !errors.Is(err, document.ErrLimit) && !errors.Is(err, document.ErrBroken) {
		t.Errorf("error %v", err)
	}
}

// BenchmarkPDF measures a report of 20,000 characters in a child process, with the engine
// compiled before and not.
func BenchmarkPDF(b *testing.B) {
	data := pdfFile(pagesOf(cutLines(indentedParagraphs(), 28, typeset), 22, ""), "")
	read := func(b *testing.B, cache string) {
		text, err := document.Read(b.Context(), "报告.pdf", bytes.NewReader(data), document.Options{PDFCommand: child(b, "pdf-text", cache)})
		if err != nil || len(text.Content) < 40_000 {
			b.Fatal(len(text.Content), err)
		}
	}
	b.Run("first", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			read(b, filepath.Join(b.TempDir(), fmt.Sprint(i)))
		}
	})
	b.Run("later", func(b *testing.B) {
		for b.Loop() {
			read(b, cacheDir())
		}
	})
}
