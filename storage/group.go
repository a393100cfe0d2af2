package storage

import (
	"errors"
	"sync"

	"go.etcd.io/bbolt"
)

// group stores changes that come at the same time with one write to the disk. The first to
// come is stored at once; what comes meanwhile is stored together after it.
type group struct {
	mu      sync.Mutex
	waiting []*change
	leading bool
}

// change is a function that changes the database, and what became of it.
type change struct {
	f     func(*bbolt.Tx) error
	err   error
	panic any // of the function itself: it goes on in its own goroutine
	done  chan struct{}
}

// mostTogether bounds how many changes share a write.
const mostTogether = 1000

// errPanicked ends a transaction whose function panicked.
var errPanicked = errors.New("storage: the change panicked")

// commit stores what f changes. f may run again where another change that was to be stored
// with it fails. A panic of the engine is an error, one of f goes on.
func (db *DB) commit(f func(*bbolt.Tx) error) error {
	c := &change{f: f, done: make(chan struct{})}
	g := &db.group
	g.mu.Lock()
	g.waiting = append(g.waiting, c)
	lead := !g.leading
	g.leading = true
	g.mu.Unlock()
	if lead {
		db.lead()
	}
	<-c.done
	if c.panic != nil {
		panic(c.panic)
	}
	return c.err
}

// lead stores what waits; what came meanwhile is led by a goroutine of its own, so that
// nobody waits for others' changes.
func (db *DB) lead() {
	g := &db.group
	g.mu.Lock()
	batch := g.waiting[:min(len(g.waiting), mostTogether)]
	g.waiting = g.waiting[len(batch):]
	g.mu.Unlock()
	for len(batch) > 0 {
		batch = db.together(batch)
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if len(g.waiting) > 0 {
		go db.lead()
		return
	}
	g.waiting, g.leading = nil, false
}

// together stores a batch in one transaction. Where changes fail they are stored, or fail,
// alone, and the others are returned.
func (db *DB) together(batch []*change) (rest []*change) {
	failed := 0
	err := db.write(func(tx *bbolt.Tx) (last error) {
		for _, c := range batch {
			if c.err = c.run(tx); c.err != nil {
				failed, last = failed+1, c.err
			}
		}
		return last
	})
	for _, c := range batch {
		switch {
		case failed == 0 || len(batch) == 1:
			c.err = err
		case c.err == nil:
			rest = append(rest, c)
			continue
		default:
			c.panic = nil
			c.err = db.write(c.run)
		}
		close(c.done)
	}
	return rest
}

// write runs one transaction; the engine's own panics are errors.
func (db *DB) write(f func(*bbolt.Tx) error) (err error) {
	defer panicOnFault()()
	defer guard(&err)
	return db.bolt.Update(f)
}

// run calls the function; its panic is kept, the engine's is an error.
func (c *change) run(tx *bbolt.Tx) (err error) {
	defer func() {
		switch r := recover(); {
		case r == nil:
		case ofEngine(r):
			err = engineFault(r)
		default:
			c.panic, err = r, errPanicked
		}
	}()
	return c.f(tx)
}
