package bot

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"duban/plan"
)

// pins counts the requests that are handled with a file: until they are, no record may
// refer to it yet.
type pins struct {
	mu sync.Mutex
	by map[string]int // digest → requests
}

func (p *pins) pin(digest string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.by == nil {
		p.by = map[string]int{}
	}
	p.by[digest]++
}

// release lets go of the files of a request.
func (p *pins) release(digests []string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, d := range digests {
		if p.by[d]--; p.by[d] <= 0 {
			delete(p.by, d)
		}
	}
}

// tidy sweeps soon.
func (t *Telegram) tidy() {
	t.asides.do("sweep", func() {
		if err := t.sweep(context.Background()); err != nil {
			t.log.Warn("sweep the files", "error", err)
		}
	})
}

// sweepEvery is how often files are swept that nobody removed a reference to by hand: those
// of questions that were never answered.
const sweepEvery = 24 * time.Hour

// sweepDaily sweeps at the start and every day, until ctx is done.
func (t *Telegram) sweepDaily(ctx context.Context) {
	for t.options.Evidence != "" {
		t.dropParts()
		t.tidy()
		if !sleep(ctx, sweepEvery) {
			return
		}
	}
}

// sweep removes the files that no record refers to. It holds the pins meanwhile: a file that
// a record came to refer to since it looked was pinned when it looked.
func (t *Telegram) sweep(ctx context.Context) error {
	t.files.mu.Lock()
	defer t.files.mu.Unlock()
	var unused []string
	err := t.store.View(ctx, func(tx plan.Tx) (err error) {
		unused, err = tx.Unused(t.now())
		return err
	})
	if err != nil {
		return err
	}
	var gone []string
	for _, digest := range unused {
		if t.files.by[digest] > 0 {
			continue
		}
		if !isDigest(digest) { // of an archive that somebody wrote: it names no file of ours
			gone = append(gone, digest)
			continue
		}
		if err := os.Remove(t.place(digest)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		gone = append(gone, digest)
	}
	if len(gone) == 0 {
		return nil
	}
	return t.store.Update(ctx, func(tx plan.Tx) error { return tx.Dropped(gone...) })
}

// isDigest reports whether a text is a hash as files are named by.
func isDigest(text string) bool {
	data, err := hex.DecodeString(text)
	return err == nil && len(data) == sha256.Size
}

// dropParts removes files that were being written when the program was killed.
func (t *Telegram) dropParts() {
	parts, _ := filepath.Glob(filepath.Join(t.options.Evidence, "??", "part-*"))
	for _, path := range parts {
		if info, err := os.Stat(path); err == nil && t.now().Sub(info.ModTime()) > uploadTimeout {
			_ = os.Remove(path)
		}
	}
}
