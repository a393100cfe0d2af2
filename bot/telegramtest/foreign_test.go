package telegramtest

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

// TestForeignClient runs another Go client against the server: what it sends is right, so
// nothing may be refused.
func TestForeignClient(t *testing.T) {
	t.Parallel()
	s := New(t)
	handle := func(ctx context.Context, b *bot.Bot, u *models.Update) {
		if q := u.CallbackQuery; q != nil {
			_, _ = b.AnswerCallbackQuery(ctx, &bot.AnswerCallbackQueryParams{CallbackQueryID: q.ID, Text: "好"})
			_, _ = b.EditMessageText(ctx, &bot.EditMessageTextParams{ChatID: q.From.ID, MessageID: q.Message.Message.ID, Text: "改过"})
			return
		}
		_, _ = b.SendMessage(ctx, &bot.SendMessageParams{
			ChatID: u.Message.Chat.ID, Text: "<b>" + u.Message.Text + "</b>", ParseMode: models.ParseModeHTML,
			ReplyParameters: &models.ReplyParameters{MessageID: u.Message.ID, AllowSendingWithoutReply: true},
			ReplyMarkup:     &models.InlineKeyboardMarkup{InlineKeyboard: [][]models.InlineKeyboardButton{{{Text: "按", CallbackData: "press"}}}},
		})
	}
	b, err := bot.New(Token, bot.WithServerURL(s.URL), bot.WithDefaultHandler(handle))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); b.Start(ctx) }()
	defer func() { cancel(); <-done }()
	p := s.Person(5, "甲")
	m := p.Ask(t, "你好")
	if m.Text != "<b>你好</b>" || m.ReplyTo == 0 || len(m.Buttons) != 1 {
		t.Errorf("%+v", m)
	}
	query := p.Press(5, m, "按")
	if !s.waitFor(10*time.Second, func() bool { return s.queries[query] == 1 && s.chats[5].Messages[0].Text == "改过" }) {
		t.Errorf("the button did nothing\n%s", s.Tail(5))
	}
	photo := &models.InputFileUpload{Filename: "a.jpg", Data: bytes.NewReader([]byte("picture"))}
	if _, err := b.SendPhoto(ctx, &bot.SendPhotoParams{ChatID: 5, Photo: photo, Caption: "图"}); err != nil {
		t.Error(err)
	}
	if m := p.Await(t, 5); m.Photo == nil || string(m.Photo.Data) != "picture" {
		t.Errorf("%+v", m)
	}
	s.AddFile("f", "x", []byte("data"))
	if f, err := b.GetFile(ctx, &bot.GetFileParams{FileID: "f"}); err != nil || f.FileSize != 4 {
		t.Errorf("%+v, %v", f, err)
	}
	if _, err := b.SetMyCommands(ctx, &bot.SetMyCommandsParams{Commands: []models.BotCommand{{Command: "list", Description: "目录"}}}); err != nil || !strings.Contains(s.Commands(""), "目录") {
		t.Errorf("menu %q, %v", s.Commands(""), err)
	}
	s.Add(TooMany(3).On("sendMessage", 1))
	if _, err := b.SendMessage(ctx, &bot.SendMessageParams{ChatID: 5, Text: "x"}); !bot.IsTooManyRequestsError(err) {
		t.Errorf("error %v, want 429", err)
	}
	s.Migrate(-1, -2)
	if _, err := b.SendMessage(ctx, &bot.SendMessageParams{ChatID: -1, Text: "x"}); err == nil || !strings.Contains(err.Error(), "upgraded") {
		t.Errorf("error %v, want a migration", err)
	}
}
