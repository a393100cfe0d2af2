package main

import (
	"context"
	"io"
)

// interruptible is a reader that ends with its context: a terminal nobody types at would
// hold the program otherwise.
type interruptible struct {
	ctx  context.Context //nolint:containedctx // lives as long as one command
	in   io.Reader
	got  chan reading
	busy bool // a read is on its way
	rest []byte
	err  error
}

type reading struct {
	data []byte
	err  error
}

// interruptibly reads in until ctx is done, then it is at its end.
func interruptibly(ctx context.Context, in io.Reader) io.Reader {
	return &interruptible{ctx: ctx, in: in, got: make(chan reading, 1)}
}

// Read implements io.Reader.
func (r *interruptible) Read(p []byte) (int, error) {
	for len(r.rest) == 0 && r.err == nil {
		if !r.busy {
			r.busy = true
			go r.fetch()
		}
		select {
		case <-r.ctx.Done():
			return 0, io.EOF
		case x := <-r.got:
			r.busy, r.rest, r.err = false, x.data, x.err
		}
	}
	if len(r.rest) == 0 {
		return 0, r.err
	}
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
	return n, nil
}

func (r *interruptible) fetch() {
	data := make([]byte, 32<<10)
	n, err := r.in.Read(data)
	r.got <- reading{data[:n], err}
}
