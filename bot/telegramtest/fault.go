package telegramtest

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Fault makes calls fail on demand.
type Fault struct {
	Method string // "" every method
	ChatID int64  // 0 every chat
	Skip   int    // calls that pass before
	Times  int    // how many fail; 0 all
	Status int    // noted in the ledger
	Wait   time.Duration
	// Before answers in place of the effect, After after it; one of them is set.
	Before func(w http.ResponseWriter, r *http.Request)
	After  func(w http.ResponseWriter, r *http.Request)

	met, failed int
}

// matches reports whether a call fails; the server is locked.
func (f *Fault) matches(c *Call) bool {
	if f.Method != "" && f.Method != c.Method || f.ChatID != 0 && f.ChatID != c.ChatID {
		return false
	}
	f.met++
	if f.met <= f.Skip || f.Times > 0 && f.failed >= f.Times {
		return false
	}
	f.failed++
	return true
}

// Add adds a fault; the function that it returns takes it away.
func (s *Server) Add(f Fault) (remove func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	added := &f
	s.faults = append(s.faults, added)
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		for i := range s.faults {
			if s.faults[i] == added {
				s.faults = append(s.faults[:i:i], s.faults[i+1:]...)
				return
			}
		}
	}
}

// TooMany is a 429 that asks to wait.
func TooMany(seconds int) Fault {
	wait := time.Duration(seconds) * time.Second
	return Fault{Status: http.StatusTooManyRequests, Wait: wait, Before: func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", strconv.Itoa(seconds))
		refuse(w, http.StatusTooManyRequests, "Too Many Requests: retry after "+strconv.Itoa(seconds), map[string]any{"retry_after": seconds})
	}}
}

// TooManyBare is a 429 of a gateway that says in a header only how long to wait, or not at
// all where seconds is 0.
func TooManyBare(seconds int) Fault {
	wait := time.Duration(max(seconds, 1)) * time.Second
	return Fault{Status: http.StatusTooManyRequests, Wait: wait, Before: func(w http.ResponseWriter, _ *http.Request) {
		if seconds > 0 {
			w.Header().Set("Retry-After", strconv.Itoa(seconds))
		}
		w.WriteHeader(http.StatusTooManyRequests)
	}}
}

// Refusal is an answer that is not ok.
func Refusal(code int, description string) Fault {
	return Fault{Status: code, Before: func(w http.ResponseWriter, _ *http.Request) { refuse(w, code, description, nil) }}
}

// Gateway is an HTML page of a gateway with a status.
func Gateway(code int) Fault {
	return Fault{Status: code, Before: func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(code)
		_, _ = w.Write([]byte("<html><head><title>" + http.StatusText(code) + "</title></head><body><center><h1>nginx</h1></center></body></html>"))
	}}
}

// Foreign is an answer of another program with a body of its own.
func Foreign(code int, body string) Fault {
	return Fault{Status: code, Before: func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(code)
		_, _ = w.Write([]byte(body))
	}}
}

// Hang keeps a call without an answer until its caller gives up.
func Hang(most time.Duration) Fault {
	return Fault{Before: func(_ http.ResponseWriter, r *http.Request) {
		timer := time.NewTimer(most)
		defer timer.Stop()
		select {
		case <-r.Context().Done():
		case <-timer.C:
		}
	}}
}

// Truncated is an answer that stops in the middle, after the effect.
func Truncated() Fault {
	return Fault{Status: http.StatusOK, After: func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(`{"ok":true,"result":{"message_id":`))
	}}
}

// Slow delays the answer, whose effect has happened.
func Slow(by time.Duration) Fault {
	return Fault{Status: http.StatusOK, After: func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-time.After(by):
		case <-r.Context().Done():
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(`{"ok":true,"result":true}`))
	}}
}

// Moved sends the caller to another address.
func Moved(address string) Fault {
	return Fault{Status: http.StatusFound, Before: func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, address, http.StatusFound)
	}}
}

// ResetBefore cuts the connection before the effect.
func ResetBefore() Fault {
	return Fault{Before: func(w http.ResponseWriter, _ *http.Request) { cut(w) }}
}

// ResetAfter cuts the connection after the effect: the caller cannot know that it happened.
func ResetAfter() Fault {
	return Fault{After: func(w http.ResponseWriter, _ *http.Request) { cut(w) }}
}

// On limits a fault to a method and a number of calls.
func (f Fault) On(method string, times int) Fault {
	f.Method, f.Times = method, times
	return f
}

// OnChat limits a fault to a chat.
func (f Fault) OnChat(chat int64) Fault {
	f.ChatID = chat
	return f
}

// isSend reports whether a method counts against the rates.
func isSend(method string) bool {
	return Methods[method].Sends || strings.HasPrefix(method, "send")
}
