package telegramtest

import (
	"encoding/json"
	"net/http"
	"strings"
	"time"
)

// apply makes a call happen.
func (s *Server) apply(c *Call, r *http.Request) (any, *refusal) {
	if c.Problem == "method not found" {
		return nil, &refusal{http.StatusNotFound, "Not Found: method not found", nil}
	}
	if c.Problem != "" {
		return nil, &refusal{http.StatusBadRequest, "Bad Request: " + c.Problem, nil}
	}
	if c.Method == "getUpdates" {
		return s.getUpdates(c, r)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	result, refused := s.act(c)
	c.Applied = refused == nil
	s.changed.Broadcast()
	return result, refused
}

// act makes the effect of a method; the server is locked.
func (s *Server) act(c *Call) (any, *refusal) {
	switch c.Method {
	case "getMe":
		return map[string]any{"id": s.BotID, "is_bot": true, "first_name": "督办", "username": s.UserName, "supports_inline_queries": true, "can_join_groups": true}, nil
	case "sendMessage", "sendPhoto", "sendDocument":
		return s.post(c)
	case "editMessageText", "editMessageReplyMarkup":
		return s.edit(c)
	case "answerCallbackQuery":
		return s.answerQuery(c.Values["callback_query_id"])
	case "answerInlineQuery":
		return s.answerQuery(c.Values["inline_query_id"])
	case "getFile":
		return s.fileInfo(c.Values["file_id"])
	case "setWebhook":
		s.webhook, s.secret = c.Values["url"], c.Values["secret_token"]
		s.changed.Broadcast()
		s.readAllowed(c)
		return true, nil
	case "deleteWebhook":
		s.webhook = ""
		return true, nil
	case "getWebhookInfo":
		return map[string]any{"url": s.webhook, "has_custom_certificate": false, "pending_update_count": len(s.queue)}, nil
	case "setMyCommands":
		s.commands[c.Values["scope"]] = c.Values["commands"]
	case "getMyCommands":
		return json.RawMessage(orEmpty(s.commands[c.Values["scope"]])), nil
	case "getChat":
		if chat := s.chats[c.ChatID]; chat != nil {
			return map[string]any{"id": chat.ID, "type": chat.Type, "accent_color_id": 0, "max_reaction_count": 1}, nil
		}
		return nil, &refusal{http.StatusBadRequest, "Bad Request: chat not found", nil}
	}
	return true, nil
}

func orEmpty(list string) string {
	if list == "" {
		return "[]"
	}
	return list
}

func (s *Server) answerQuery(id string) (any, *refusal) {
	if _, ok := s.queries[id]; !ok {
		return nil, &refusal{http.StatusBadRequest, "Bad Request: query is too old and response timeout expired or query ID is invalid", nil}
	}
	if s.queries[id]++; s.queries[id] > 1 {
		s.problems = append(s.problems, "query "+id+" was answered twice")
	}
	return true, nil
}

func (s *Server) fileInfo(id string) (any, *refusal) {
	f, ok := s.files[id]
	if !ok {
		return nil, &refusal{http.StatusBadRequest, "Bad Request: invalid file_id", nil}
	}
	if len(f.Data) > 20<<20 {
		return nil, &refusal{http.StatusBadRequest, "Bad Request: file is too big", nil}
	}
	return map[string]any{"file_id": id, "file_unique_id": id, "file_size": len(f.Data), "file_path": "documents/" + id}, nil
}

func (s *Server) serveFile(w http.ResponseWriter, r *http.Request, path string) {
	c := &Call{At: time.Now(), Method: "file", Values: map[string]string{"path": path}}
	if fault := s.enter(c); fault != nil && fault.Before != nil {
		s.note(c, fault.Status)
		fault.Before(w, r)
		return
	}
	s.mu.Lock()
	f, ok := s.files[strings.TrimPrefix(path, "documents/")]
	s.mu.Unlock()
	if !ok {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	_, _ = w.Write(f.Data)
}
