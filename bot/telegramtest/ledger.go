package telegramtest

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Calls returns the calls of a method, "" all, in the order of arrival.
func (s *Server) Calls(method string) []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []Call
	for _, c := range s.ledger {
		if method == "" || c.Method == method {
			list = append(list, *c)
		}
	}
	return list
}

// Sends returns the calls that carry messages.
func (s *Server) Sends() []Call {
	return slices.DeleteFunc(s.Calls(""), func(c Call) bool { return !isSend(c.Method) })
}

// Tail shows the last calls.
func (s *Server) Tail(n int) string {
	calls := s.Calls("")
	var lines []string
	for i := max(len(calls)-n, 0); i < len(calls); i++ {
		lines = append(lines, calls[i].String())
	}
	return strings.Join(lines, "\n")
}

// AwaitCall waits until a call matches.
func (s *Server) AwaitCall(limit time.Duration, match func(*Call) bool) bool {
	return s.waitFor(limit, func() bool { return slices.ContainsFunc(s.ledger, match) })
}

// AwaitCalls waits until a number of calls of a method came, whatever their answer.
func (s *Server) AwaitCalls(limit time.Duration, method string, n int) bool {
	return s.waitFor(limit, func() bool {
		count := 0
		for _, c := range s.ledger {
			if c.Method == method {
				count++
			}
		}
		return count >= n
	})
}

// Forget empties the ledger: long runs need no more of it.
func (s *Server) Forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ledger = nil
}

// Peaks are the largest numbers of sends that arrived in any window.
type Peaks struct {
	Global int // in a second, from everybody
	Chat   int // in a second, in one private chat
	Group  int // in a minute, in one group
}

// String prints the peaks.
func (p Peaks) String() string {
	return fmt.Sprintf("%d/s overall, %d/s in a chat, %d/min in a group", p.Global, p.Chat, p.Group)
}

// Audit measures the rates at which sends arrived, by the windows of the limits.
func (s *Server) Audit() Peaks {
	var all []time.Time
	byChat := map[int64][]time.Time{}
	for _, c := range s.Sends() {
		all = append(all, c.At)
		byChat[c.ChatID] = append(byChat[c.ChatID], c.At)
	}
	p := Peaks{Global: peak(all, time.Second)}
	for chat, times := range byChat {
		if chat < 0 {
			p.Group = max(p.Group, peak(times, time.Minute))
		} else {
			p.Chat = max(p.Chat, peak(times, time.Second))
		}
	}
	return p
}

// peak is the largest number of moments within any half-open window.
func peak(times []time.Time, window time.Duration) int {
	slices.SortFunc(times, time.Time.Compare)
	most, first := 0, 0
	for i := range times {
		for times[i].Sub(times[first]) >= window {
			first++
		}
		most = max(most, i-first+1)
	}
	return most
}

// onItsWay is how long a call may have been on its way when a 429 was answered.
const onItsWay = 200 * time.Millisecond

// DuringPause lists sends that arrived while a 429 asked to wait, those left out that were
// on their way.
func (s *Server) DuringPause() []Call {
	var from, until time.Time
	var list []Call
	for _, c := range s.Calls("") {
		if isSend(c.Method) && c.At.After(from.Add(onItsWay)) && c.At.Before(until) {
			list = append(list, c)
		}
		if c.Wait > 0 {
			from, until = c.At, c.At.Add(c.Wait)
		}
	}
	return list
}
