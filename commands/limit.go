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

// guesses remembers wrong tokens of invites, in memory only.
type guesses struct {
	mu    sync.Mutex
	wrong map[plan.PersonID][]time.Time
}

func newGuesses() *guesses { return &guesses{wrong: map[plan.PersonID][]time.Time{}} }

// blocked reports whether a person has guessed too often.
func (g *guesses) blocked(id plan.PersonID, now time.Time) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	n := 0
	for _, at := range g.wrong[id] {
		if now.Sub(at) < guessTime {
			n++
		}
	}
	return n >= mostGuesses
}

// add notes a wrong token.
func (g *guesses) add(id plan.PersonID, now time.Time) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if len(g.wrong) >= maxChats {
		for other, list := range g.wrong {
			if now.Sub(list[len(list)-1]) >= guessTime {
				delete(g.wrong, other)
			}
		}
	}
	g.wrong[id] = append(g.wrong[id], now)
	g.wrong[id] = g.wrong[id][max(len(g.wrong[id])-mostGuesses, 0):]
}
