package commands

import (
	"sync"
	"time"

	"duban/plan"
	"duban/render"
)

// limiter keeps a bucket of tokens for every chat, in memory only.
type limiter struct {
	limit   Limit
	mu      sync.Mutex
	buckets map[string]*bucket
}

type bucket struct {
	tokens float64
	at     time.Time // of tokens
	told   bool      // that it is empty; until it is full again
}

func newLimiter(l Limit) *limiter { return &limiter{limit: l, buckets: map[string]*bucket{}} }

// written is when a request was written: what waited while nobody read was not written fast.
func (r *Request) written() time.Time {
	if !r.Sent.IsZero() && r.Sent.Before(r.Now) {
		return r.Sent
	}
	return r.Now
}

// admit takes a token; without one the answer is one sentence, and then silence until the
// bucket is full again.
func (l *limiter) admit(chat string, now time.Time) (ok bool, answer []render.Message) {
	if l.limit.PerMinute <= 0 {
		return true, nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	b := l.bucket(chat, now)
	if b.tokens >= 1 {
		b.tokens--
		return true, nil
	}
	if b.told {
		return false, nil
	}
	b.told = true
	return false, one(render.Message{Text: "消息太快了，来不及一一回答。请过一分钟再发。"})
}

// bucket returns a chat's bucket, filled up to now.
func (l *limiter) bucket(chat string, now time.Time) *bucket {
	full := float64(max(l.limit.Burst, 1))
	if len(l.buckets) >= maxChats {
		l.sweep(now)
	}
	b, ok := l.buckets[chat]
	if !ok {
		b = &bucket{tokens: full, at: now}
		l.buckets[chat] = b
	}
	if passed := now.Sub(b.at); passed > 0 {
		b.tokens = min(full, b.tokens+passed.Minutes()*float64(l.limit.PerMinute))
		b.at = now
	}
	if b.tokens >= full {
		b.told = false
	}
	return b
}

// sweep forgets the chats that were silent for a while, all of them where none was.
func (l *limiter) sweep(now time.Time) {
	for chat, b := range l.buckets {
		if now.Sub(b.at) > memoryTime {
			delete(l.buckets, chat)
		}
	}
	if len(l.buckets) >= maxChats {
		clear(l.buckets)
	}
}

// Wrong tokens of invites that a person may try in an hour.
const (
	mostGuesses = 5
	guessTime   = time.Hour
)

// quota counts what people did in a span of time, in memory only.
type quota struct {
	most int
	span time.Duration
	mu   sync.Mutex
	done map[plan.PersonID][]time.Time
}

func newQuota(most int, span time.Duration) *quota {
	return &quota{most: most, span: span, done: map[plan.PersonID][]time.Time{}}
}

// newGuesses counts wrong tokens of invites.
func newGuesses() *quota { return newQuota(mostGuesses, guessTime) }

// blocked reports whether a person has done it too often.
func (q *quota) blocked(id plan.PersonID, now time.Time) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	n := 0
	for _, at := range q.done[id] {
		if now.Sub(at) < q.span {
			n++
		}
	}
	return n >= q.most
}

// add notes that a person did it. Where too many people are known, those of long ago are
// forgotten, all of them where none is.
func (q *quota) add(id plan.PersonID, now time.Time) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.done) >= maxChats {
		for other, list := range q.done {
			if now.Sub(list[len(list)-1]) >= q.span {
				delete(q.done, other)
			}
		}
	}
	if len(q.done) >= maxChats {
		clear(q.done)
	}
	q.done[id] = append(q.done[id], now)
	q.done[id] = q.done[id][max(len(q.done[id])-q.most, 0):]
}
