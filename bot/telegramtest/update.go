package telegramtest

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"time"
)

// queued is an update that is not confirmed.
type queued struct {
	id   int
	kind string
	data map[string]any
}

// Push queues an update of a kind with its content, or delivers it to the webhook; it
// returns the update's id.
func (s *Server) Push(kind string, content map[string]any) int {
	s.mu.Lock()
	s.nextID++
	u := queued{id: s.nextID, kind: kind, data: content}
	hook, secret := s.webhook, s.secret
	if hook == "" {
		s.queue = append(s.queue, u)
		s.changed.Broadcast()
	}
	s.mu.Unlock()
	if hook != "" {
		s.deliver(hook, secret, u)
	}
	return u.id
}

// deliver calls the webhook until it answers 200, a few times.
func (s *Server) deliver(hook, secret string, u queued) {
	data, _ := json.Marshal(map[string]any{"update_id": u.id, u.kind: u.data})
	for range 20 {
		request, err := http.NewRequestWithContext(context.Background(), http.MethodPost, hook, bytes.NewReader(data))
		if err != nil {
			return
		}
		request.Header.Set("Content-Type", "application/json")
		request.Header.Set("X-Telegram-Bot-Api-Secret-Token", secret)
		response, err := s.HookClient.Do(request)
		if err == nil {
			_ = response.Body.Close()
			if response.StatusCode == http.StatusOK {
				return
			}
		}
		time.Sleep(20 * time.Millisecond)
	}
}

func (s *Server) readAllowed(c *Call) {
	if list, ok := c.Values["allowed_updates"]; ok {
		_ = json.Unmarshal([]byte(list), &s.allowed)
	}
}

// getUpdates is a long poll. A second poller makes the first fail with 409.
func (s *Server) getUpdates(c *Call, r *http.Request) (any, *refusal) {
	offset, _ := strconv.Atoi(c.Values["offset"])
	limit, _ := strconv.Atoi(c.Values["limit"])
	if limit == 0 {
		limit = 100
	}
	wait, _ := strconv.Atoi(c.Values["timeout"])
	s.mu.Lock()
	if s.webhook != "" {
		s.mu.Unlock()
		return nil, &refusal{http.StatusConflict, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first", nil}
	}
	s.readAllowed(c)
	s.queue = slices.DeleteFunc(s.queue, func(u queued) bool { return u.id < offset })
	s.polling++
	mine := s.polling
	s.changed.Broadcast()
	s.mu.Unlock()
	gone := context.AfterFunc(r.Context(), func() { s.mu.Lock(); s.changed.Broadcast(); s.mu.Unlock() })
	defer gone()
	var conflict bool
	s.waitFor(time.Duration(min(wait, 50))*time.Second, func() bool {
		conflict = s.polling != mine
		return conflict || r.Context().Err() != nil || len(s.wanted(limit)) > 0
	})
	s.mu.Lock()
	defer s.mu.Unlock()
	if conflict {
		return nil, &refusal{http.StatusConflict, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running", nil}
	}
	c.Applied = true
	return s.wanted(limit), nil
}

// wanted lists queued updates of the allowed kinds; the server is locked.
func (s *Server) wanted(limit int) []map[string]any {
	list := []map[string]any{}
	for _, u := range s.queue {
		if len(s.allowed) > 0 && !slices.Contains(s.allowed, u.kind) {
			continue
		}
		if len(list) == limit {
			break
		}
		list = append(list, map[string]any{"update_id": u.id, u.kind: u.data})
	}
	return list
}

// Unconfirmed counts the updates that the bot has not confirmed.
func (s *Server) Unconfirmed() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.queue)
}

// Again queues an update anew that was delivered before, as the API does where a
// confirmation was lost.
func (s *Server) Again(id int, kind string, content map[string]any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.queue = append(s.queue, queued{id: id, kind: kind, data: content})
	slices.SortFunc(s.queue, func(a, b queued) int { return a.id - b.id })
	s.changed.Broadcast()
}

// Renumber lets the numbers of updates begin anew, as the API does after a quiet week.
func (s *Server) Renumber(from int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.nextID = from
}
