package document

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"time"
)

// Limits of the child process that reads a PDF file.
const (
	childTimeout   = 60 * time.Second
	childMaxOutput = 16 << 20 // bytes of text
)

// Exit codes of the child, one for each reason that it may fail for. Main's hidden
// subcommand ends with ExitCode of what ExtractPDF returns.
const (
	exitEncrypted = 21
	exitBroken    = 22
	exitScanned   = 23
	exitLimit     = 24
)

// ExitCode is the exit status of the child for an error of ExtractPDF: 0 for nil, 1 for
// errors that say nothing about the file.
func ExitCode(err error) int {
	switch {
	case err == nil:
		return 0
	case errors.Is(err, ErrEncrypted):
		return exitEncrypted
	case errors.Is(err, ErrScanned):
		return exitScanned
	case errors.Is(err, ErrBroken):
		return exitBroken
	case errors.Is(err, ErrLimit):
		return exitLimit
	}
	return 1
}

// readPDF runs the engine and makes paragraphs of the lines of its pages.
func readPDF(ctx context.Context, name string, data []byte, opts Options) (string, error) {
	run := opts.PDF
	if run == nil {
		run = func(ctx context.Context, data []byte) (string, error) {
			return runChild(ctx, opts.PDFCommand, data, childTimeout)
		}
	}
	raw, err := run(ctx, data)
	switch {
	case ctx.Err() != nil:
		return "", fmt.Errorf("%s 没有读完：%w", name, ctx.Err())
	case err != nil:
		return "", trouble(name, pdfTrouble(err), err)
	}
	content := joinPages(strings.Split(cleanPDF(raw), "\f"))
	if strings.TrimSpace(content) == "" {
		return "", trouble(name, ErrScanned, nil)
	}
	return content, nil
}

// oneChild is held while a child runs.
var oneChild = make(chan struct{}, 1)

// runChild starts the command with the file on its stdin and returns its stdout. The child
// gets nothing of our environment, so no secret; its time, memory and output are bounded:
//   - timeout, after which it is killed;
//   - on Linux the kernel's limits on address space, processor time and core dumps, set
//     before the child gets the first byte of the file;
//   - everywhere the engine's own limit on its memory (see ExtractPDF) and the size of the
//     output.
//
// One child runs at a time: a hostile file may make each take more than a gigabyte.
func runChild(ctx context.Context, command []string, data []byte, timeout time.Duration) (string, error) {
	if len(command) == 0 {
		return "", ErrEngine
	}
	select {
	case oneChild <- struct{}{}:
		defer func() { <-oneChild }()
	case <-ctx.Done():
		return "", errors.Join(ErrLimit, ctx.Err())
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	child := exec.CommandContext(ctx, command[0], command[1:]...)
	child.Env = []string{"GOMEMLIMIT=768MiB"}
	child.WaitDelay = time.Second
	out := &bounded{limit: childMaxOutput}
	child.Stdout = out
	gate := &gatedReader{open: make(chan struct{}), Reader: bytes.NewReader(data)}
	child.Stdin = gate
	if err := child.Start(); err != nil {
		return "", errors.Join(ErrEngine, err)
	}
	limitProcess(child.Process.Pid, timeout)
	close(gate.open)
	err := child.Wait()
	switch {
	case ctx.Err() != nil:
		return "", errors.Join(ErrLimit, ctx.Err())
	case out.full:
		return "", ErrLimit
	case err != nil:
		return "", errors.Join(childTrouble(err), err)
	}
	return string(out.data), nil
}

// childTrouble reads the reason out of the child's exit status. A child that the system
// ended, or that ran out of memory (Go ends with 2), went over a limit.
func childTrouble(err error) error {
	const outOfMemory = 2
	exit, ok := errors.AsType[*exec.ExitError](err)
	if !ok {
		return ErrEngine
	}
	switch code := exit.ExitCode(); code {
	case exitEncrypted:
		return ErrEncrypted
	case exitScanned:
		return ErrScanned
	case exitBroken:
		return ErrBroken
	case exitLimit, -1, outOfMemory:
		return ErrLimit
	}
	return ErrEngine
}

// pdfTrouble finds the sentinel in an error of the engine.
func pdfTrouble(err error) error {
	for _, kind := range []error{ErrEncrypted, ErrScanned, ErrBroken, ErrLimit} {
		if errors.Is(err, kind) {
			return kind
		}
	}
	return ErrEngine
}

// bounded is a buffer that takes no more than its limit. It must not have the other ways
// of bytes.Buffer to be filled, such as ReadFrom.
type bounded struct {
	data  []byte
	limit int
	full  bool
}

func (b *bounded) Write(p []byte) (int, error) {
	if len(b.data)+len(p) > b.limit {
		b.full = true
		return 0, io.ErrShortWrite
	}
	b.data = append(b.data, p...)
	return len(p), nil
}

// gatedReader yields nothing before its gate opens.
type gatedReader struct {
	open chan struct{}
	*bytes.Reader
}

func (g *gatedReader) Read(p []byte) (int, error) {
	<-g.open
	return g.Reader.Read(p)
}

// WriteTo waits for the gate too; io.Copy prefers it to Read.
func (g *gatedReader) WriteTo(w io.Writer) (int64, error) {
	<-g.open
	return g.Reader.WriteTo(w)
}
