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
	deadline := time.Now().Add(limit)
	for time.Now().Before(deadline) {
		s.mu.Lock()
		found := slices.ContainsFunc(s.ledger, match)
		s.mu.Unlock()
		if found {
			return true
		}
		time.Sleep(5 * time.Millisecond)
	}
	return false
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

// DuringPause lists sends that arrived while a 429 asked to wait.
func (s *Server) DuringPause() []Call {
	var until time.Time
	var list []Call
	for _, c := range s.Calls("") {
		if isSend(c.Method) && c.At.Before(until) {
			list = append(list, c)
		}
		if c.Status == 429 {
			until = c.At.Add(900 * time.Millisecond)
		}
	}
	return list
}
