package bot

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"
	"unicode/utf8"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"duban/render"
)

// maxKeys is how many buttons one message may have.
const maxKeys = 100

// chatPrefix marks the names of Telegram chats and people in storage.
const chatPrefix = "telegram:"

func isTelegram(chat string) bool { return strings.HasPrefix(chat, chatPrefix) }

// chatName is how a chat is called in storage.
func chatName(id int64) string { return chatPrefix + strconv.FormatInt(id, 10) }

// deliver makes the call of a job.
func (c *client) deliver(ctx context.Context, j *job) error {
	params := tgbotapi.Params{"chat_id": strings.TrimPrefix(j.chat, chatPrefix)}
	if markup := keyboard(j.message.Buttons); markup != "" {
		params["reply_markup"] = markup
	}
	if j.replyTo != 0 {
		params["reply_parameters"] = `{"message_id":` + strconv.Itoa(j.replyTo) + `,"allow_sending_without_reply":true}`
	}
	if j.topic != 0 {
		params["message_thread_id"] = strconv.Itoa(j.topic)
	}
	var err error
	switch m := j.message; {
	case m.Photo != nil:
		params["caption"] = valid(m.Text)
		_, err = c.upload(ctx, "sendPhoto", params, "photo", m.Photo.Name, m.Photo.Data)
	case m.Document != nil:
		params["caption"] = valid(m.Text)
		_, err = c.upload(ctx, "sendDocument", params, "document", m.Document.Name, m.Document.Data)
	case j.edit != 0:
		delete(params, "reply_parameters")
		delete(params, "message_thread_id")
		params["message_id"] = strconv.Itoa(j.edit)
		err = c.text(ctx, "editMessageText", params, m.Text)
	default:
		err = c.text(ctx, "sendMessage", params, m.Text)
	}
	return err
}

// text sends plain text; no markup is ever parsed, so nothing in it can be markup.
func (c *client) text(ctx context.Context, method string, params tgbotapi.Params, text string) error {
	text = valid(text)
	params["text"] = text
	if strings.Contains(text, "://") || strings.Contains(text, "t.me/") {
		params["link_preview_options"] = `{"is_disabled":true}`
	}
	_, err := c.call(ctx, method, params)
	return err
}

// valid replaces what is no UTF-8, which the API refuses.
func valid(text string) string { return strings.ToValidUTF8(text, "\uFFFD") }

// key is a button of an inline keyboard.
type key struct {
	Text string `json:"text"`
	Data string `json:"callback_data"`
}

// markup is an inline keyboard.
type markup struct {
	Rows [][]key `json:"inline_keyboard"`
}

// keyboard writes buttons as an inline keyboard; "" where there are none.
func keyboard(rows [][]render.Button) string {
	var m markup
	count := 0
	for _, row := range rows {
		var line []key
		for _, b := range row {
			if b.Text != "" && b.Action != "" && len(b.Action) <= render.MaxAction && utf8.ValidString(b.Action) && count < maxKeys {
				line = append(line, key{valid(b.Text), b.Action})
				count++
			}
		}
		if len(line) > 0 {
			m.Rows = append(m.Rows, line)
		}
	}
	if len(m.Rows) == 0 {
		return ""
	}
	data, err := json.Marshal(m)
	if err != nil {
		return ""
	}
	return string(data)
}
