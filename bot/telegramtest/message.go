package telegramtest

import (
	"encoding/json"
	"net/http"
	"strconv"
)

// chat returns a chat, made where it is missing; the server is locked.
func (s *Server) chat(id int64) *Chat {
	c := s.chats[id]
	if c == nil {
		c = &Chat{ID: id, Type: "private"}
		if id < 0 {
			c.Type = "group"
		}
		s.chats[id] = c
	}
	return c
}

// reachable refuses chats that blocked the bot or moved.
func (s *Server) reachable(id int64) (*Chat, *refusal) {
	c := s.chat(id)
	switch {
	case c.Blocked:
		return nil, &refusal{http.StatusForbidden, "Forbidden: bot was blocked by the user", nil}
	case c.Migrated != 0:
		return nil, &refusal{http.StatusBadRequest, "Bad Request: group chat was upgraded to a supergroup chat", map[string]any{"migrate_to_chat_id": c.Migrated}}
	}
	return c, nil
}

// post puts a message into its chat.
func (s *Server) post(call *Call) (any, *refusal) {
	c, refused := s.reachable(call.ChatID)
	if refused != nil {
		return nil, refused
	}
	m := &Message{ID: len(c.Messages)*2 + 2, Text: call.Values["text"], Buttons: buttonsOf(call.Values["reply_markup"]), At: call.At}
	if m.Text == "" {
		m.Text = call.Values["caption"]
	}
	if f, ok := call.Files["photo"]; ok {
		m.Photo = &f
	}
	if f, ok := call.Files["document"]; ok {
		m.File = &f
	}
	var reply struct {
		ID int `json:"message_id"`
	}
	if json.Unmarshal([]byte(call.Values["reply_parameters"]), &reply) == nil {
		m.ReplyTo = reply.ID
	}
	c.Messages = append(c.Messages, m)
	s.changed.Broadcast()
	return s.show(c, m), nil
}

func buttonsOf(markup string) []Button {
	var m struct {
		Inline [][]Button `json:"inline_keyboard"`
	}
	_ = json.Unmarshal([]byte(markup), &m)
	var list []Button
	for _, row := range m.Inline {
		list = append(list, row...)
	}
	return list
}

// edit changes a message.
func (s *Server) edit(call *Call) (any, *refusal) {
	c, refused := s.reachable(call.ChatID)
	if refused != nil {
		return nil, refused
	}
	id, _ := strconv.Atoi(call.Values["message_id"])
	for _, m := range c.Messages {
		if m.ID != id {
			continue
		}
		buttons := buttonsOf(call.Values["reply_markup"])
		if m.Text == call.Values["text"] && sameButtons(m.Buttons, buttons) {
			return nil, &refusal{http.StatusBadRequest, "Bad Request: message is not modified: specified new message content and reply markup are exactly the same", nil}
		}
		if call.Method == "editMessageText" {
			m.Text = call.Values["text"]
		}
		m.Buttons = buttons
		m.Edited++
		s.changed.Broadcast()
		return s.show(c, m), nil
	}
	return nil, &refusal{http.StatusBadRequest, "Bad Request: message to edit not found", nil}
}

func sameButtons(a, b []Button) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// show is a message as the API returns it.
func (s *Server) show(c *Chat, m *Message) map[string]any {
	return map[string]any{
		"message_id": m.ID, "date": m.At.Unix(), "text": m.Text, "chat": map[string]any{"id": c.ID, "type": c.Type},
		"from": map[string]any{"id": s.BotID, "is_bot": true, "first_name": "督办", "username": s.UserName},
	}
}

// Messages returns what the bot sent to a chat.
func (s *Server) Messages(chat int64) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []Message
	if c := s.chats[chat]; c != nil {
		for _, m := range c.Messages {
			list = append(list, *m)
		}
	}
	return list
}

// Commands returns the menu of a scope; "" is everybody's.
func (s *Server) Commands(scope string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.commands[scope]
}

// Block makes a user block the bot.
func (s *Server) Block(chat int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.chat(chat).Blocked = true
}

// Migrate makes a group a supergroup.
func (s *Server) Migrate(chat, to int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.chat(chat).Migrated = to
	s.chat(to).Type = "supergroup"
}

// AddFile puts a file on the server, as if somebody had sent it.
func (s *Server) AddFile(id, name string, data []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.files[id] = Upload{Name: name, Data: data}
}
