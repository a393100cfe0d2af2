package bot

import (
	"context"
	"sync"
	"time"

	"github.com/cenkalti/backoff/v5"
)

// gate is shut while at least one record waits to be stored.
type gate struct {
	mu     sync.Mutex
	shut   int
	opened chan struct{}
}

// close shuts the gate until open is called as often.
func (g *gate) close() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.shut++; g.shut == 1 {
		g.opened = make(chan struct{})
	}
}

func (g *gate) open() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.shut--; g.shut == 0 {
		close(g.opened)
	}
}

func (g *gate) isShut() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.shut > 0
}

// pass waits until the gate is open; an error where ctx is done before.
func (g *gate) pass(ctx context.Context) error {
	for {
		g.mu.Lock()
		shut, opened := g.shut > 0, g.opened
		g.mu.Unlock()
		if !shut {
			return nil
		}
		select {
		case <-opened:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// pauses is the time for which the API asked everybody to wait (429): its limits are not
// told, so messages, buttons, files and menus all do.
type pauses struct {
	now   func() time.Time
	mu    sync.Mutex
	until time.Time
}

// extend makes it last for a while from now on; a longer one stays.
func (p *pauses) extend(d time.Duration) {
	until := p.now().Add(d)
	p.mu.Lock()
	defer p.mu.Unlock()
	if until.After(p.until) {
		p.until = until
	}
}

func (p *pauses) end() time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.until
}

// wait returns when it is over; false when ctx is done before.
func (p *pauses) wait(ctx context.Context) bool {
	for {
		d := p.end().Sub(p.now())
		if d <= 0 {
			return ctx.Err() == nil
		}
		if !sleep(ctx, d) {
			return false
		}
	}
}

// wait grows from half a second to maxBackoff with the tries.
func wait(tried int) time.Duration {
	b := backoff.NewExponentialBackOff()
	b.InitialInterval, b.Multiplier, b.MaxInterval, b.RandomizationFactor = 500*time.Millisecond, 2, maxBackoff, 0.2
	d := b.NextBackOff()
	for range min(tried-1, 16) {
		d = b.NextBackOff()
	}
	return d
}
