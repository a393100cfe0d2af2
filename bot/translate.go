package bot

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
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
	return incoming{id: "telegram:" + strconv.Itoa(u.UpdateID), update: u}, nil
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
	return r, true
}

// from is a request with what every kind of update says.
func (t *Telegram) from(in *incoming, user *tgbotapi.User) commands.Request {
	chat := in.chat()
	return commands.Request{
		Chat: chat, From: plan.PersonID(chatName(user.ID)), Name: strings.TrimSpace(user.LastName + user.FirstName),
		Update: in.id, Now: t.now().In(t.options.Zone), Stored: true, Group: isGroup(chat),
	}
}

// addressed reports whether a message in a group is for us: a command without another
// bot's name, a mention, or a reply to us. It returns the text without the mention.
func (t *Telegram) addressed(m *tgbotapi.Message, text string) (string, bool) {
	if strings.HasPrefix(text, "/") {
		end := strings.IndexFunc(text, unicode.IsSpace)
		if end < 0 {
			end = len(text)
		}
		command, name, named := strings.Cut(text[:end], "@")
		if named && !strings.EqualFold(name, t.self.UserName) {
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
