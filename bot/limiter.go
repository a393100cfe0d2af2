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

// Margins of the limiter.
const (
	pacing      = 1.04                 // how much slower than its limit the even pace is
	catchUp     = 4                    // messages that may leave at once where timers were late
	margin      = 5 * time.Millisecond // beyond a window, for clocks that differ
	groupWindow = 61 * time.Second     // a minute and the time of a call that a crash cut off
	never       = time.Hour            // until a call comes back
)

// limiter says when the next message to a chat may leave. When a message arrives is not
// known, only that it is after it left and before the call came back; so whatever is on its
// way counts, and what came back counts for a whole window from then on. Thus no window of
// arrivals holds more than its limit, whatever the network does. It is a value of its calls
// alone: times are handed in.
type limiter struct {
	limits Limits
	pace   time.Time   // next moment for anybody: messages leave evenly
	flying int         // calls that did not come back
	back   []time.Time // when calls came back, within the last second
	chats  map[string]*recent
	swept  time.Time
}

// recent is what was sent to one chat.
type recent struct {
	next time.Time   // next moment by the spacing
	back []time.Time // of a group, within its window
}

func newLimiter(limits Limits) *limiter {
	return &limiter{limits: limits, chats: map[string]*recent{}}
}

// isGroup tells groups, whose ids are negative, from private chats.
func isGroup(chat string) bool { return strings.HasPrefix(strings.TrimPrefix(chat, chatPrefix), "-") }

func every(rate float64) time.Duration {
	if rate <= 0 {
		return 0
	}
	return time.Duration(float64(time.Second) / rate)
}

// chatReady is the first moment at which a message to a chat may leave that none is on its
// way to.
func (l *limiter) chatReady(chat string, now time.Time) time.Time {
	r := l.chats[chat]
	if r == nil {
		return now
	}
	ready := r.next
	if most := max(int(l.limits.Group), 1); isGroup(chat) && l.limits.Group > 0 && len(r.back) >= most {
		if at := r.back[len(r.back)-most].Add(groupWindow); at.After(ready) {
			ready = at
		}
	}
	return ready
}

// globalReady is the first moment at which any message may leave, as far as is known.
func (l *limiter) globalReady(now time.Time) time.Time {
	if l.limits.Global <= 0 {
		return now
	}
	l.back = after(l.back, now.Add(-time.Second-margin))
	over := l.flying + len(l.back) - max(int(l.limits.Global), 1)
	switch {
	case over < 0:
		return l.pace
	case over >= len(l.back):
		return now.Add(never)
	}
	ready := l.back[over].Add(time.Second + margin)
	if l.pace.After(ready) {
		return l.pace
	}
	return ready
}

// after drops the moments up to one; the rest is in order.
func after(moments []time.Time, limit time.Time) []time.Time {
	for len(moments) > 0 && !moments[0].After(limit) {
		moments = moments[1:]
	}
	return moments
}

// leave notes that a message leaves.
func (l *limiter) leave(at time.Time) {
	l.flying++
	step := time.Duration(float64(every(l.limits.Global)) * pacing)
	if late := at.Add(-catchUp * step); l.pace.Before(late) {
		l.pace = late
	}
	l.pace = l.pace.Add(step)
}

// comeBack notes that the call of a message that left came back, whatever it brought.
func (l *limiter) comeBack(chat string, at time.Time) {
	l.flying--
	l.note(chat, at)
}

// note counts a message that came back at a moment.
func (l *limiter) note(chat string, at time.Time) {
	l.sweep(at)
	if l.limits.Global > 0 {
		l.back = append(l.back, at)
	}
	group := isGroup(chat) && l.limits.Group > 0
	if l.limits.Chat <= 0 && !group {
		return
	}
	r := l.chats[chat]
	if r == nil {
		r = &recent{}
		l.chats[chat] = r
	}
	if l.limits.Chat > 0 {
		r.next = at.Add(every(l.limits.Chat) + margin)
	}
	if group {
		r.back = append(after(r.back, at.Add(-groupWindow)), at)
	}
}

// move takes what is known of a group to the supergroup that it became.
func (l *limiter) move(from, to string) {
	if r := l.chats[from]; r != nil && l.chats[to] == nil {
		l.chats[to] = r
		delete(l.chats, from)
	}
}

// sweep forgets chats that nothing is counted of any more.
func (l *limiter) sweep(now time.Time) {
	if now.Sub(l.swept) < time.Minute {
		return
	}
	l.swept = now
	for chat, r := range l.chats {
		if r.back = after(r.back, now.Add(-groupWindow)); len(r.back) == 0 && !r.next.After(now) {
			delete(l.chats, chat)
		}
	}
}
