package telegramtest

import (
	"encoding/json"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// Token is what the server accepts.
const Token = "123456:TEST-token_of_the_strict_server"

// Server is the stand-in for the Bot API.
type Server struct {
	URL      string
	UserName string // of the bot
	BotID    int64
	Latency  time.Duration // added to every call but getUpdates

	HookClient *http.Client // that calls webhooks

	mu       sync.Mutex
	changed  *sync.Cond
	chats    map[int64]*Chat
	files    map[string]Upload
	queries  map[string]int // callback and inline queries → times answered
	queue    []queued
	nextID   int // of updates
	polling  int
	allowed  []string
	webhook  string
	secret   string
	commands map[string]string // scope → commands
	ledger   []*Call
	faults   []*Fault
	problems []string
	http     *httptest.Server
	closed   bool
}

// Chat is a private chat or a group.
type Chat struct {
	ID       int64
	Type     string // private, group, supergroup
	Blocked  bool
	Migrated int64 // the supergroup that it became
	Messages []*Message
}

// Message is a message of the bot as the chat shows it.
type Message struct {
	ID      int
	Text    string
	Buttons []Button
	Photo   *Upload
	File    *Upload
	Edited  int // times
	ReplyTo int
	At      time.Time
}

// Button is an inline button.
type Button struct {
	Text string `json:"text"`
	Data string `json:"callback_data"`
}

// New starts a server that stops with the test; calls that the real server would refuse
// fail the test at its end.
func New(t testing.TB) *Server {
	s := Start()
	t.Cleanup(func() {
		s.Close()
		for _, p := range s.Problems() {
			t.Errorf("the Bot API would refuse: %s", p)
		}
	})
	return s
}

// Start starts a server on a loopback address.
func Start() *Server {
	s := &Server{
		UserName: "duban_test_bot", BotID: 777, HookClient: http.DefaultClient, chats: map[int64]*Chat{}, files: map[string]Upload{},
		queries: map[string]int{}, nextID: 1000, commands: map[string]string{},
	}
	s.changed = sync.NewCond(&s.mu)
	s.http = httptest.NewServer(http.HandlerFunc(s.serve))
	s.URL = s.http.URL
	return s
}

// Close stops the server.
func (s *Server) Close() {
	s.mu.Lock()
	s.closed = true
	s.changed.Broadcast()
	s.mu.Unlock()
	s.http.CloseClientConnections()
	s.http.Close()
}

// serve answers one call.
func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	path := strings.TrimPrefix(r.URL.Path, "/")
	if rest, ok := strings.CutPrefix(path, "file/bot"+Token+"/"); ok {
		s.serveFile(w, r, rest)
		return
	}
	method, ok := strings.CutPrefix(path, "bot"+Token+"/")
	if !ok {
		refuse(w, http.StatusUnauthorized, "Unauthorized", nil)
		return
	}
	c, err := readCall(method, r)
	if err != nil {
		refuse(w, http.StatusBadRequest, "Bad Request: "+err.Error(), nil)
		return
	}
	c.At = time.Now()
	c.ChatID, _ = strconv.ParseInt(c.Values["chat_id"], 10, 64)
	fault := s.enter(c)
	if s.Latency > 0 && method != "getUpdates" {
		time.Sleep(s.Latency)
	}
	if fault != nil && fault.Before != nil {
		s.note(c, fault.Status)
		fault.Before(w, r)
		return
	}
	result, refusal := s.apply(c, r)
	switch {
	case fault != nil && fault.After != nil:
		s.doubt(c)
		fault.After(w, r)
	case refusal != nil:
		s.note(c, refusal.code)
		refuse(w, refusal.code, refusal.description, refusal.parameters)
	default:
		s.note(c, http.StatusOK)
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(map[string]any{"ok": true, "result": result})
	}
}

// note writes the status of a call into the ledger.
func (s *Server) note(c *Call, status int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c.Status = status
	s.changed.Broadcast()
}

// doubt allows a query to be answered once more: its caller cannot know that it was.
func (s *Server) doubt(c *Call) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, id := range []string{c.Values["callback_query_id"], c.Values["inline_query_id"]} {
		if s.queries[id] > 0 {
			s.queries[id]--
		}
	}
	s.changed.Broadcast()
}

// refusal is an answer that is not ok.
type refusal struct {
	code        int
	description string
	parameters  map[string]any
}

func refuse(w http.ResponseWriter, code int, description string, parameters map[string]any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	answer := map[string]any{"ok": false, "error_code": code, "description": description}
	if parameters != nil {
		answer["parameters"] = parameters
	}
	_ = json.NewEncoder(w).Encode(answer)
}

// enter notes a call and finds its fault.
func (s *Server) enter(c *Call) *Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	c.Sequence = len(s.ledger)
	s.ledger = append(s.ledger, c)
	if c.Method != "file" {
		c.Problem = validate(c)
	}
	if c.Problem != "" {
		s.problems = append(s.problems, c.String())
	}
	for _, f := range s.faults {
		if f.matches(c) {
			c.Wait = f.Wait
			return f
		}
	}
	return nil
}

// Problems lists the calls that the real server would have refused.
func (s *Server) Problems() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.problems...)
}

// Excuse forgets problems that a test made on purpose.
func (s *Server) Excuse() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.problems = nil
}

// cut closes the connection of a call without an answer.
func cut(w http.ResponseWriter) {
	if h, ok := w.(http.Hijacker); ok {
		if conn, _, err := h.Hijack(); err == nil {
			if tcp, ok := conn.(*net.TCPConn); ok {
				_ = tcp.SetLinger(0)
			}
			_ = conn.Close()
		}
	}
}

// waitFor waits until cond holds or the time is over; the server is locked while it looks.
func (s *Server) waitFor(limit time.Duration, cond func() bool) bool {
	deadline := time.Now().Add(limit)
	timer := time.AfterFunc(limit, func() { s.mu.Lock(); s.changed.Broadcast(); s.mu.Unlock() })
	defer timer.Stop()
	s.mu.Lock()
	defer s.mu.Unlock()
	for !cond() {
		if time.Now().After(deadline) || s.closed {
			return false
		}
		s.changed.Wait()
	}
	return true
}
