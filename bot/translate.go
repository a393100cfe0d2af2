package bot

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"duban/commands"
	"duban/plan"
)

// incoming is an update with what the library's types say of it.
type incoming struct {
	id      string // as it is noted in storage
	update  tgbotapi.Update
	request commands.Request // where it was wanted
	wanted  bool
	apply   func(plan.Tx) error // what it changes at once; nil for others
	topic   int                 // of a forum; 0 outside
	again   bool                // left over from an earlier run
	rest    []string            // updates of the same album
	pinned  []string            // files that it brought to be kept
}

// allowedUpdates are the kinds that are asked for; they are named in every call, because
// leaving them out keeps what was set before.
const allowedUpdates = `["message","edited_message","callback_query","inline_query","my_chat_member"]`

// readUpdate reads an update as it came.
func readUpdate(data []byte) (incoming, error) {
	var u tgbotapi.Update
	if err := json.Unmarshal(data, &u); err != nil {
		return incoming{}, fmt.Errorf("update: %w", err)
	}
	return incoming{id: "telegram:" + strconv.Itoa(u.UpdateID), update: u, topic: topicOf(data)}, nil
}

// topicOf reads the topic of a forum that a message stands in, which the library does not
// know; 0 where there is none.
func topicOf(data []byte) int {
	if !bytes.Contains(data, []byte(`"is_topic_message"`)) { // most have none
		return 0
	}
	type message struct {
		Topic  int  `json:"message_thread_id"`
		Inside bool `json:"is_topic_message"`
	}
	var u struct {
		Message message `json:"message"`
		Edited  message `json:"edited_message"`
		Query   struct {
			Message message `json:"message"`
		} `json:"callback_query"`
	}
	if json.Unmarshal(data, &u) != nil {
		return 0
	}
	for _, m := range []message{u.Message, u.Edited, u.Query.Message} {
		if m.Inside {
			return m.Topic
		}
	}
	return 0
}

// message is the message that an update brings; nil for other kinds.
func (in *incoming) message() *tgbotapi.Message {
	if in.update.Message != nil {
		return in.update.Message
	}
	return in.update.EditedMessage
}

// chat is the conversation of an update; "" for one outside of any.
func (in *incoming) chat() string {
	switch u := in.update; {
	case in.message() != nil && in.message().Chat != nil:
		return chatName(in.message().Chat.ID)
	case u.CallbackQuery != nil && u.CallbackQuery.Message != nil && u.CallbackQuery.Message.Chat != nil:
		return chatName(u.CallbackQuery.Message.Chat.ID)
	case u.CallbackQuery != nil && u.CallbackQuery.From != nil:
		return chatName(u.CallbackQuery.From.ID)
	}
	return ""
}

// request translates an update; ok is false for one that is not for us.
func (t *Telegram) request(in *incoming) (commands.Request, bool) {
	if q := in.update.CallbackQuery; q != nil {
		if q.From == nil || q.Data == "" || in.chat() == "" {
			return commands.Request{}, false
		}
		r := t.from(in, q.From)
		r.Action = q.Data
		return r, true
	}
	m := in.message()
	if m == nil || m.Chat == nil || m.From == nil || m.From.IsBot && m.SenderChat == nil {
		return commands.Request{}, false
	}
	text := m.Text
	if text == "" {
		text = m.Caption
	}
	if !m.Chat.IsPrivate() {
		var addressed bool
		if text, addressed = t.addressed(m, text); !addressed {
			return commands.Request{}, false
		}
	}
	media := mediaOf(m)
	if text == "" && len(media) == 0 {
		return commands.Request{}, false
	}
	r := t.from(in, m.From)
	if m.SenderChat != nil { // a channel, or an admin who hides behind the group: it may be anybody
		r.As = &plan.Actor{ID: r.From, Role: plan.Public}
	}
	r.Text, r.Media, r.Edited = text, media, in.update.EditedMessage != nil
	r.Message = r.Chat + ":" + strconv.Itoa(m.MessageID)
	r.Sent = sentAt(m, r.Now)
	return r, true
}

// keptByTelegram is how long updates wait for us.
const keptByTelegram = 24 * time.Hour

// sentAt is when a message was written or changed, which is before it is read where the
// program did not run; zero where the message does not say it, or what cannot be.
func sentAt(m *tgbotapi.Message, now time.Time) time.Time {
	at := time.Unix(int64(max(m.Date, m.EditDate)), 0).In(now.Location())
	if at.After(now) || now.Sub(at) > keptByTelegram {
		return time.Time{}
	}
	return at
}

// from is a request with what every kind of update says.
func (t *Telegram) from(in *incoming, user *tgbotapi.User) commands.Request {
	chat := in.chat()
	return commands.Request{
		Chat: chat, From: plan.PersonID(chatName(user.ID)), Name: strings.TrimSpace(user.LastName + user.FirstName),
		Update: in.id, Now: t.now().In(t.options.Zone), Stored: true, Group: isGroup(chat), Topic: in.topic,
	}
}

// addressed reports whether a message in a group is for us: a command with our name, one of
// ours without any, a mention, or a reply to us. It returns the text without the mention.
func (t *Telegram) addressed(m *tgbotapi.Message, text string) (string, bool) {
	if strings.HasPrefix(text, "/") {
		end := strings.IndexFunc(text, unicode.IsSpace)
		if end < 0 {
			end = len(text)
		}
		command, name, named := strings.Cut(text[:end], "@")
		if named && !strings.EqualFold(name, t.self.UserName) || !named && !t.knows(command) {
			return "", false
		}
		return strings.TrimSpace(command + " " + strings.TrimSpace(text[end:])), true
	}
	if at, end := mentionOf(text, t.self.UserName); at >= 0 {
		return strings.TrimSpace(text[:at] + " " + text[end:]), true
	}
	if r := m.ReplyToMessage; r != nil && r.From != nil && r.From.ID == t.self.ID {
		return text, true
	}
	return "", false
}

// knows reports whether a command is one of ours.
func (t *Telegram) knows(command string) bool {
	return slices.ContainsFunc(t.conversation.Commands(), func(c commands.Command) bool { return strings.EqualFold("/"+c.Name, command) })
}

// mentionOf finds @name in a text, whatever its case, but not inside another name or an
// address; at is negative where it does not stand.
func mentionOf(text, name string) (at, end int) {
	if name == "" {
		return -1, -1
	}
	for at := 0; at+1+len(name) <= len(text); at++ {
		end := at + 1 + len(name)
		if text[at] == '@' && strings.EqualFold(text[at+1:end], name) && (at == 0 || !isNameByte(text[at-1])) && (end == len(text) || !isNameByte(text[end])) {
			return at, end
		}
	}
	return -1, -1
}

func isNameByte(c byte) bool {
	return c == '_' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// mediaOf lists the photo (its largest size) and the document of a message.
func mediaOf(m *tgbotapi.Message) []plan.Evidence {
	var list []plan.Evidence
	if n := len(m.Photo); n > 0 {
		list = append(list, plan.Evidence{Name: "照片.jpg", Ref: m.Photo[n-1].FileID})
	}
	if m.Document != nil {
		list = append(list, plan.Evidence{Name: m.Document.FileName, Ref: m.Document.FileID})
	}
	return list
}
