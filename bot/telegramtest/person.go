package telegramtest

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"
)

// Person is somebody with a Telegram account.
type Person struct {
	server *Server
	ID     int64
	Name   string
	seen   map[int64]int // messages of each chat that were read
	sent   int
}

// Person makes a user.
func (s *Server) Person(id int64, name string) *Person {
	return &Person{server: s, ID: id, Name: name, seen: map[int64]int{}}
}

func (p *Person) from() map[string]any {
	return map[string]any{"id": p.ID, "is_bot": false, "first_name": p.Name}
}

func (p *Person) message(chat int64, fields map[string]any) map[string]any {
	kind := "private"
	if chat < 0 {
		kind = "supergroup"
	}
	p.sent++
	m := map[string]any{"message_id": p.sent*2 + 1, "date": time.Now().Unix(), "from": p.from(), "chat": map[string]any{"id": chat, "type": kind}}
	for name, value := range fields {
		m[name] = value
	}
	return m
}

// Say writes to the bot in private; it returns the update's id.
func (p *Person) Say(text string) int { return p.SayIn(p.ID, text) }

// SayIn writes into a chat. Commands carry their entity, as clients send them.
func (p *Person) SayIn(chat int64, text string) int {
	fields := map[string]any{"text": text}
	if strings.HasPrefix(text, "/") {
		command, _, _ := strings.Cut(text, " ")
		fields["entities"] = []map[string]any{{"type": "bot_command", "offset": 0, "length": len(command)}}
	}
	return p.server.Push("message", p.message(chat, fields))
}

// Reply answers a message of the bot in a chat.
func (p *Person) Reply(chat int64, to Message, text string) int {
	fields := map[string]any{"text": text, "reply_to_message": map[string]any{
		"message_id": to.ID, "date": to.At.Unix(), "text": to.Text, "chat": map[string]any{"id": chat, "type": "supergroup"},
		"from": map[string]any{"id": p.server.BotID, "is_bot": true, "first_name": "督办", "username": p.server.UserName},
	}}
	return p.server.Push("message", p.message(chat, fields))
}

// Edit changes the last message.
func (p *Person) Edit(text string) int {
	m := p.message(p.ID, map[string]any{"text": text, "edit_date": time.Now().Unix()})
	p.sent--
	m["message_id"] = p.sent*2 + 1
	return p.server.Push("edited_message", m)
}

// SendPhoto sends a picture with a caption.
func (p *Person) SendPhoto(id string, data []byte, caption string) int {
	p.server.AddFile(id, "photo.jpg", data)
	return p.server.Push("message", p.message(p.ID, map[string]any{"caption": caption, "photo": []map[string]any{
		{"file_id": id + "-small", "file_unique_id": id + "s", "width": 90, "height": 90},
		{"file_id": id, "file_unique_id": id, "width": 1280, "height": 960},
	}}))
}

// SendFile sends a document with a caption.
func (p *Person) SendFile(id, name string, data []byte, caption string) int {
	p.server.AddFile(id, name, data)
	return p.server.Push("message", p.message(p.ID, map[string]any{"caption": caption, "document": map[string]any{
		"file_id": id, "file_unique_id": id, "file_name": name, "file_size": len(data),
	}}))
}

// Press presses a button of a message by its text; it returns the query's id, "" where the
// message has no such button.
func (p *Person) Press(chat int64, m Message, label string) string {
	for _, b := range m.Buttons {
		if b.Text == label {
			return p.PressData(chat, m, b.Data)
		}
	}
	return ""
}

// PressData sends a button's data, which may be forged.
func (p *Person) PressData(chat int64, m Message, data string) string {
	p.server.mu.Lock()
	id := "query-" + strconv.Itoa(len(p.server.queries)+1)
	p.server.queries[id] = 0
	p.server.mu.Unlock()
	shown := p.server.show(p.server.chatOf(chat), &m)
	p.server.Push("callback_query", map[string]any{"id": id, "from": p.from(), "chat_instance": "1", "data": data, "message": shown})
	return id
}

func (s *Server) chatOf(id int64) *Chat {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.chat(id)
}

// Query sends an inline query.
func (p *Person) Query(text string) string {
	p.server.mu.Lock()
	id := "inline-" + strconv.Itoa(len(p.server.queries)+1)
	p.server.queries[id] = 0
	p.server.mu.Unlock()
	p.server.Push("inline_query", map[string]any{"id": id, "from": p.from(), "query": text, "offset": ""})
	return id
}

// waitLimit is how long a test waits for something that must come.
const waitLimit = 20 * time.Second

// Await waits for the next message in a chat that was not read yet, and reads it.
func (p *Person) Await(t testing.TB, chat int64) Message {
	t.Helper()
	var got Message
	ok := p.server.waitFor(waitLimit, func() bool {
		c := p.server.chats[chat]
		if c == nil || len(c.Messages) <= p.seen[chat] {
			return false
		}
		got = *c.Messages[p.seen[chat]]
		return true
	})
	if !ok {
		t.Fatalf("no message came to chat %d; calls:\n%s", chat, p.server.Tail(12))
	}
	p.seen[chat]++
	return got
}

// AwaitText waits for a message that holds a text; those before are read.
func (p *Person) AwaitText(t testing.TB, chat int64, text string) Message {
	t.Helper()
	var passed []string
	for range 50 {
		m := p.Await(t, chat)
		if strings.Contains(m.Text, text) {
			return m
		}
		passed = append(passed, m.Text)
	}
	t.Fatalf("no message with %q in chat %d, but %q", text, chat, passed)
	return Message{}
}

// Unread lists what was not read in a chat.
func (p *Person) Unread(chat int64) []Message {
	all := p.server.Messages(chat)
	return all[min(p.seen[chat], len(all)):]
}

// Ask writes in private and waits for the answer.
func (p *Person) Ask(t testing.TB, text string) Message {
	t.Helper()
	p.Say(text)
	return p.Await(t, p.ID)
}

// Answered reports how often a query was answered.
func (s *Server) Answered(id string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.queries[id]
}

// String names a person.
func (p *Person) String() string { return fmt.Sprintf("%s (%d)", p.Name, p.ID) }
