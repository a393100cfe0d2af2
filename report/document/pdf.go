package document

import (
	"bytes"
	"context"
	"errors"
	"os/exec"
	"strings"
	"time"
)

// Limits of the child process that reads PDF files.
const (
	pdfTimeout   = 60 * time.Second
	pdfMaxOutput = 16 << 20
)

// Exit codes of the child, one for each reason that it may fail for.
const (
	ExitEncrypted = 21
	ExitBroken    = 22
	ExitScanned   = 23
)

// readPDF runs the engine in a child process and joins the lines of its pages.
func readPDF(ctx context.Context, name string, data []byte, opts Options) (string, error) {
	run := opts.PDF
	if run == nil {
		run = func(ctx context.Context, data []byte) (string, error) { return runChild(ctx, data, opts.PDFCommand) }
	}
	raw, err := run(ctx, data)
	if err != nil {
		return "", trouble(name, childReason(err), err)
	}
	content := joinPages(strings.Split(raw, "\f"))
	if hanCount(content) == 0 && len(strings.Fields(content)) < 5 {
		return "", trouble(name, ErrScanned, nil)
	}
	return content, nil
}

// runChild starts the command with the file on its stdin; its environment is empty but for
// a bound on the Go heap, its output and time are bounded.
func runChild(ctx context.Context, data []byte, command []string) (string, error) {
	if len(command) == 0 {
		return "", errors.New("no command for PDF files")
	}
	ctx, cancel := context.WithTimeout(ctx, pdfTimeout)
	defer cancel()
	child := exec.CommandContext(ctx, command[0], command[1:]...)
	child.Stdin = bytes.NewReader(data)
	child.Env = append(child.Environ(), "GOMEMLIMIT=768MiB")
	out := &bounded{limit: pdfMaxOutput}
	child.Stdout = out
	child.WaitDelay = time.Second
	if err := child.Run(); err != nil {
		return "", err
	}
	return out.String(), nil
}

// bounded is a buffer that refuses more than its limit.
type bounded struct {
	bytes.Buffer
	limit int
}

func (b *bounded) Write(p []byte) (int, error) {
	if b.Len()+len(p) > b.limit {
		return 0, ErrTooLarge
	}
	return b.Buffer.Write(p)
}

func childReason(err error) error {
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		switch exit.ExitCode() {
		case ExitEncrypted:
			return ErrEncrypted
		case ExitScanned:
			return ErrScanned
		}
	}
	for _, kind := range []error{ErrEncrypted, ErrScanned} {
		if errors.Is(err, kind) {
			return kind
		}
	}
	return ErrBroken
}

func hanCount(s string) int {
	n := 0
	for _, r := range s {
		if r >= 0x4e00 && r <= 0x9fff {
			n++
		}
	}
	return n
}

// joinPages drops page numbers and running heads and joins wrapped lines, also over the
// edge of a page.
func joinPages(pages []string) string {
	heads := runningLines(pages)
	var lines []string
	for _, page := range pages {
		for _, line := range strings.Split(strings.ReplaceAll(page, "\r\n", "\n"), "\n") {
			if t := strings.TrimSpace(line); t == "" || pageNumber(t) || heads[t] {
				continue
			}
			lines = append(lines, line)
		}
	}
	return rejoin(lines)
}

// runningLines are the first and last lines that most pages share.
func runningLines(pages []string) map[string]bool {
	counts := map[string]int{}
	for _, page := range pages {
		lines := strings.FieldsFunc(page, func(r rune) bool { return r == '\n' || r == '\r' })
		for i, line := range lines {
			if i == 0 || i == len(lines)-1 {
				counts[strings.TrimSpace(line)]++
			}
		}
	}
	heads := map[string]bool{}
	for line, n := range counts {
		heads[line] = len(pages) >= 3 && n*2 > len(pages)
	}
	return heads
}

// pageNumber reports whether a line is only a page's number: - 3 -, 第3页 共20页, 3/20.
func pageNumber(line string) bool {
	if line == "" || len(line) > 40 {
		return false
	}
	rest := strings.Map(func(r rune) rune {
		if strings.ContainsRune("0123456789０１２３４５６７８９-—－–―·•|/ 　第页共,，", r) {
			return -1
		}
		return r
	}, line)
	return rest == "" && strings.ContainsAny(line, "0123456789０１２３４５６７８９")
}
