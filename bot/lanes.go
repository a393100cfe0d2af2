package bot

import (
	"context"
	"sync"
)

// lanes runs work of one chat in order and that of different chats side by side, at most
// width at a time.
type lanes struct {
	mu      sync.Mutex
	waiting map[string][]func()
	backlog int
	changed chan struct{} // closed when the backlog shrinks; nil where nobody waits
	slots   chan struct{}
}

func newLanes(width int) *lanes {
	return &lanes{waiting: map[string][]func(){}, slots: make(chan struct{}, width)}
}

// do appends work to a chat's lane.
func (l *lanes) do(chat string, work func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	queue, busy := l.waiting[chat]
	l.waiting[chat] = append(queue, work)
	l.backlog++
	if !busy {
		go l.drain(chat)
	}
}

// drain works a lane off.
func (l *lanes) drain(chat string) {
	for {
		l.mu.Lock()
		queue := l.waiting[chat]
		if len(queue) == 0 {
			delete(l.waiting, chat)
			l.mu.Unlock()
			return
		}
		work := queue[0]
		queue[0] = nil
		l.waiting[chat] = queue[1:]
		l.mu.Unlock()
		l.slots <- struct{}{}
		work()
		<-l.slots
		l.done()
	}
}

// done counts work that is done.
func (l *lanes) done() {
	l.mu.Lock()
	defer l.mu.Unlock()
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
