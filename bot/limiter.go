package bot

import (
	"strings"
	"time"
)

// Limits of sending; 0 switches one off.
type Limits struct {
	Global float64 // messages a second to everybody
	Chat   float64 // messages a second to one private chat
	Group  float64 // messages a minute to one group
}

// DefaultLimits are what Telegram names as safe (Bots FAQ: 30 a second, one a second in a
// chat, 20 a minute in a group).
func DefaultLimits() Limits { return Limits{Global: 30, Chat: 1, Group: 20} }

// slack is how much slower than its limit the limiter is: what leaves evenly may arrive
// unevenly.
const slack = 1.05

// limiter says when the next message to a chat may leave. It is a value of its calls alone:
// times are handed in.
type limiter struct {
	limits Limits
	global time.Time // next moment for anybody
	chats  map[string]*recent
	swept  time.Time
}

// recent is what was sent to one chat.
type recent struct {
	next time.Time   // next moment by the spacing
	sent []time.Time // of a group, within the last minute
}

func newLimiter(limits Limits) *limiter {
	return &limiter{limits: limits, chats: map[string]*recent{}}
}

// isGroup tells groups, whose ids are negative, from private chats.
func isGroup(chat string) bool { return strings.HasPrefix(strings.TrimPrefix(chat, chatPrefix), "-") }

func every(rate float64, per time.Duration) time.Duration {
	if rate <= 0 {
		return 0
	}
	return time.Duration(float64(per) / rate * slack)
}

// chatReady is the first moment at which a message to the chat may leave.
func (l *limiter) chatReady(chat string, now time.Time) time.Time {
	r := l.chats[chat]
	if r == nil {
		return now
	}
	ready := r.next
	if most := int(l.limits.Group / slack); isGroup(chat) && l.limits.Group > 0 && len(r.sent) >= max(most, 1) {
		oldest := r.sent[len(r.sent)-max(most, 1)].Add(time.Duration(float64(time.Minute) * slack))
		if oldest.After(ready) {
			ready = oldest
		}
	}
	return ready
}

// globalReady is the first moment at which any message may leave.
func (l *limiter) globalReady() time.Time { return l.global }

// take notes that a message to the chat leaves at a moment.
func (l *limiter) take(chat string, at time.Time) {
	l.sweep(at)
	l.global = at.Add(every(l.limits.Global, time.Second))
	spacing := every(l.limits.Chat, time.Second)
	if spacing == 0 && !isGroup(chat) || spacing == 0 && l.limits.Group == 0 {
		return
	}
	r := l.chats[chat]
	if r == nil {
		r = &recent{}
		l.chats[chat] = r
	}
	r.next = at.Add(spacing)
	if isGroup(chat) && l.limits.Group > 0 {
		keep := at.Add(-2 * time.Minute)
		for len(r.sent) > 0 && r.sent[0].Before(keep) {
			r.sent = r.sent[1:]
		}
		r.sent = append(r.sent, at)
	}
}

// sweep forgets chats that were silent for minutes.
func (l *limiter) sweep(now time.Time) {
	if now.Sub(l.swept) < time.Minute {
		return
	}
	l.swept = now
	for chat, r := range l.chats {
		if now.Sub(r.next) > 2*time.Minute {
			delete(l.chats, chat)
		}
	}
}
