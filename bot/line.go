package bot

import (
	"time"

	"duban/render"
)

// job is one message on its way out.
type job struct {
	chat    string
	topic   int            // of its forum
	key     string         // in the outbox; "" for an answer to a question
	number  uint64         // in the outbox
	message render.Message // of one in the outbox that is not urgent it is read when its turn comes
	unread  bool
	part    int    // of a stored message that is too long for one, from 0
	more    bool   // parts of it follow
	update  string // settled when it is sent; ""
	replyTo int    // in groups
	edit    int    // message that is changed instead
	urgent  bool
	tried   int
	since   time.Time // first try
}

// line is what waits for one chat.
type line struct {
	chat   string
	jobs   []*job // urgent ones first
	busy   bool   // one is in flight
	ready  time.Time
	index  int // in the heap; -1 outside
	inHeap int // 0 urgent, 1 normal
}

// insert puts a job where it belongs: an urgent one behind the urgent ones and what was
// tried before.
func (l *line) insert(j *job) {
	at := len(l.jobs)
	if j.urgent {
		for at = 0; at < len(l.jobs) && (l.jobs[at].urgent || l.jobs[at].tried > 0); at++ {
		}
	}
	l.jobs = append(l.jobs, nil)
	copy(l.jobs[at+1:], l.jobs[at:])
	l.jobs[at] = j
}

// again puts a job back at the head.
func (l *line) again(j *job, now time.Time) {
	j.tried++
	if j.since.IsZero() {
		j.since = now
	}
	l.jobs = append([]*job{j}, l.jobs...)
}

// lineHeap orders lines by the moment at which they are ready.
type lineHeap []*line

// Len implements heap.Interface.
func (h lineHeap) Len() int { return len(h) }

// Less implements heap.Interface.
func (h lineHeap) Less(i, j int) bool { return h[i].ready.Before(h[j].ready) }

// Swap implements heap.Interface.
func (h lineHeap) Swap(i, j int) {
	h[i], h[j] = h[j], h[i]
	h[i].index, h[j].index = i, j
}

// Push implements heap.Interface.
func (h *lineHeap) Push(x any) {
	l := x.(*line)
	l.index = len(*h)
	*h = append(*h, l)
}

// Pop implements heap.Interface.
func (h *lineHeap) Pop() any {
	old := *h
	l := old[len(old)-1]
	old[len(old)-1] = nil
	l.index = -1
	*h = old[:len(old)-1]
	return l
}
