package bot

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// arrival is a message as the server sees it.
type arrival struct {
	chat string
	at   time.Time
}

// flight is a message on its way: it arrives some time before its call comes back.
type flight struct {
	chat       string
	left, back time.Time
}

// peakOf is the largest number of moments in any half-open window.
func peakOf(moments []time.Time, window time.Duration) int {
	slices.SortFunc(moments, time.Time.Compare)
	most, first := 0, 0
	for i := range moments {
		for moments[i].Sub(moments[first]) >= window {
			first++
		}
		most = max(most, i-first+1)
	}
	return most
}

// TestLimiterWindows: whatever waits, however long calls take and wherever in them messages
// arrive, no window holds more than its limit; a restart changes nothing.
func TestLimiterWindows(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		limits := Limits{
			Global: float64(rapid.SampledFrom([]int{1, 5, 30}).Draw(t, "global")), Chat: float64(rapid.SampledFrom([]int{1, 2}).Draw(t, "chat")),
			Group: float64(rapid.SampledFrom([]int{3, 20}).Draw(t, "group")),
		}
		chats := []string{"telegram:1", "telegram:2", "telegram:-7", "telegram:3", "telegram:-8", "telegram:4"}
		l := newLimiter(limits)
		now := time.Date(2017, 3, 1, 9, 0, 0, 0, time.UTC)
		var flying []flight
		var seen []arrival
		var past []flight
		land := func(until time.Time) {
			slices.SortFunc(flying, func(a, b flight) int { return a.back.Compare(b.back) })
			for len(flying) > 0 && !flying[0].back.After(until) {
				l.comeBack(flying[0].chat, flying[0].back)
				past = append(past, flying[0])
				flying = flying[1:]
			}
		}
		for range rapid.IntRange(50, 400).Draw(t, "messages") {
			if rapid.IntRange(0, 60).Draw(t, "crash") == 0 { // all that is known is what came back
				land(now)
				seen = slices.DeleteFunc(seen, func(a arrival) bool { return a.at.After(now) }) // never sent
				l = newLimiter(limits)
				now = now.Add(restartRest)
				for _, f := range flying { // groups are noted before they leave
					if isGroup(f.chat) {
						past = append(past, flight{f.chat, f.left, f.left})
					}
				}
				slices.SortFunc(past, func(a, b flight) int { return a.back.Compare(b.back) })
				for _, f := range past {
					l.note(f.chat, f.back)
				}
				flying = nil
			}
			chat := rapid.SampledFrom(chats).Draw(t, "to")
			if slices.ContainsFunc(flying, func(f flight) bool { return f.chat == chat }) {
				now = now.Add(time.Duration(rapid.IntRange(0, 100).Draw(t, "wait")) * time.Millisecond)
				land(now)
				continue
			}
			for {
				land(now)
				ready := l.chatReady(chat, now)
				if gate := l.globalReady(now); gate.After(ready) {
					ready = gate
				}
				if !ready.After(now) {
					break
				}
				if len(flying) > 0 && flying[0].back.Before(ready) {
					ready = flying[0].back
				}
				now = ready
			}
			l.leave(now)
			took := time.Duration(rapid.IntRange(0, 900).Draw(t, "took")) * time.Millisecond
			seen = append(seen, arrival{chat, now.Add(time.Duration(rapid.IntRange(0, 100).Draw(t, "arrives")) * took / 100)})
			flying = append(flying, flight{chat, now, now.Add(took)})
		}
		check(t, limits, seen, chats)
	})
}

func check(t *rapid.T, limits Limits, seen []arrival, chats []string) {
	var all []time.Time
	for _, a := range seen {
		all = append(all, a.at)
	}
	if p := peakOf(all, time.Second); p > int(limits.Global) {
		t.Fatalf("%d messages in a second, limit %v", p, limits.Global)
	}
	for _, chat := range chats {
		var own []time.Time
		for _, a := range seen {
			if a.chat == chat {
				own = append(own, a.at)
			}
		}
		if p := peakOf(own, time.Second); p > int(limits.Chat) {
			t.Fatalf("%d messages in a second to %s, limit %v", p, chat, limits.Chat)
		}
		if p := peakOf(own, time.Minute); isGroup(chat) && p > int(limits.Group) {
			t.Fatalf("%d messages in a minute to %s, limit %v", p, chat, limits.Group)
		}
	}
}

// TestLimiterSpeed: messages to many chats leave at nearly the full rate.
func TestLimiterSpeed(t *testing.T) {
	t.Parallel()
	l := newLimiter(DefaultLimits())
	begin := time.Date(2017, 3, 1, 9, 0, 0, 0, time.UTC)
	now := begin
	for i := range 3000 {
		if at := l.globalReady(now); at.After(now) {
			now = at
		}
		l.leave(now)
		l.comeBack(chatName(int64(i+1)), now.Add(5*time.Millisecond))
	}
	if rate := 3000 / now.Sub(begin).Seconds(); rate < 28 || rate > 30 {
		t.Errorf("%.2f messages a second", rate)
	}
	if n := len(l.chats); n > 2500 {
		t.Errorf("%d chats are remembered", n)
	}
}

// TestLimiterOff: limits of zero are none.
func TestLimiterOff(t *testing.T) {
	t.Parallel()
	l := newLimiter(Limits{})
	now := time.Date(2017, 3, 1, 9, 0, 0, 0, time.UTC)
	for range 100 {
		if l.globalReady(now).After(now) || l.chatReady("telegram:-5", now).After(now) {
			t.Fatal("a limit that is off makes messages wait")
		}
		l.leave(now)
		l.comeBack("telegram:-5", now)
	}
	if len(l.chats)+len(l.back) > 0 {
		t.Error("something is remembered for limits that are off")
	}
}
