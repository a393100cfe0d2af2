package bot

import (
	"context"
	"sync"
)

// lanes runs work of one chat in order and that of different chats side by side, at most
// width at a time.
type lanes struct {
	mu      sync.Mutex
	width   int
	workers int
	waiting map[string][]func() // of chats that are worked for or stand in ready
	ready   []string            // chats whose turn comes
	backlog int
	changed chan struct{} // closed when the backlog shrinks; nil where nobody waits
	fell    func(any)     // told of work that panicked; the lane goes on
}

func newLanes(width int, fell func(any)) *lanes {
	return &lanes{width: width, waiting: map[string][]func(){}, fell: fell}
}

// do appends work to a chat's lane.
func (l *lanes) do(chat string, work func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	queue, busy := l.waiting[chat]
	l.waiting[chat] = append(queue, work)
	l.backlog++
	if busy {
		return
	}
	l.ready = append(l.ready, chat)
	if l.workers < l.width {
		l.workers++
		go l.drain()
	}
}

// spare is do, but where most works wait already this one is dropped.
func (l *lanes) spare(chat string, most int, work func()) {
	l.mu.Lock()
	full := l.backlog >= most
	l.mu.Unlock()
	if !full {
		l.do(chat, work)
	}
}

// drain works until no chat is ready: one work of each in turn.
func (l *lanes) drain() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for len(l.ready) > 0 {
		chat := l.ready[0]
		l.ready = l.ready[1:]
		work := l.waiting[chat][0]
		l.mu.Unlock()
		l.run(work)
		l.mu.Lock()
		l.done()
		queue := l.waiting[chat]
		queue[0] = nil
		if queue = queue[1:]; len(queue) == 0 {
			delete(l.waiting, chat)
			continue
		}
		l.waiting[chat] = queue
		l.ready = append(l.ready, chat)
	}
	l.workers--
}

// run does one work; the lanes are not locked.
func (l *lanes) run(work func()) {
	defer func() {
		if r := recover(); r != nil {
			l.fell(r)
		}
	}()
	work()
}

// done counts work that is done; the lanes are locked.
func (l *lanes) done() {
	l.backlog--
	if l.changed != nil {
		close(l.changed)
		l.changed = nil
	}
}

// room waits until less than a number of works wait or run; false when ctx is done before.
func (l *lanes) room(ctx context.Context, most int) bool {
	for {
		l.mu.Lock()
		if l.changed == nil {
			l.changed = make(chan struct{})
		}
		backlog, changed := l.backlog, l.changed
		l.mu.Unlock()
		if backlog < most {
			return true
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return false
		}
	}
}

// wait returns when all lanes are empty; false when ctx is done before.
func (l *lanes) wait(ctx context.Context) bool { return l.room(ctx, 1) }
