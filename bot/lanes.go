package bot

import "sync"

// lanes runs work of one chat in order and that of different chats side by side, at most
// width at a time.
type lanes struct {
	mu      sync.Mutex
	waiting map[string][]func()
	slots   chan struct{}
	running sync.WaitGroup
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
	if !busy {
		l.running.Add(1)
		go l.drain(chat)
	}
}

// drain works a lane off.
func (l *lanes) drain(chat string) {
	defer l.running.Done()
	for {
		l.mu.Lock()
		queue := l.waiting[chat]
		if len(queue) == 0 {
			delete(l.waiting, chat)
			l.mu.Unlock()
			return
		}
		work := queue[0]
		l.waiting[chat] = queue[1:]
		l.mu.Unlock()
		l.slots <- struct{}{}
		work()
		<-l.slots
	}
}

// wait returns when all lanes are empty.
func (l *lanes) wait() { l.running.Wait() }
