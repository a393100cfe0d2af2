package bot

import (
	"context"
	"encoding/json"
	"strconv"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"duban/commands"
	"duban/plan"
)

// direct handles updates that need no order and are worth no record: inline queries, and
// being thrown out of a chat. It reports whether the update was one.
func (t *Telegram) direct(ctx context.Context, in *incoming) (bool, error) {
	switch u := in.update; {
	case u.InlineQuery != nil:
		t.asides.do(u.InlineQuery.ID, func() { t.answerInline(ctx, u.InlineQuery) })
	case u.MyChatMember != nil:
		return true, t.membership(ctx, u.MyChatMember)
	case u.Message != nil && u.Message.MigrateToChatID != 0 && u.Message.Chat != nil:
		return true, t.store.Update(ctx, func(tx plan.Tx) error {
			return tx.Moved(chatName(u.Message.Chat.ID), chatName(u.Message.MigrateToChatID))
		})
	default:
		return false, nil
	}
	return true, nil
}

// membership takes a chat that threw us out, or blocked us, out of all subscriptions.
func (t *Telegram) membership(ctx context.Context, m *tgbotapi.ChatMemberUpdated) error {
	switch m.NewChatMember.Status {
	case "kicked", "left":
		return t.store.Update(ctx, func(tx plan.Tx) error { return tx.Gone(chatName(m.Chat.ID)) })
	}
	return nil
}

// Inline answers are cards that can be sent into any chat.
const (
	mostCards   = 10
	inlineCache = 300 // seconds for which Telegram may keep the cards
)

// card is an inline result.
type card struct {
	Type    string            `json:"type"`
	ID      string            `json:"id"`
	Title   string            `json:"title"`
	Detail  string            `json:"description,omitempty"`
	Content map[string]string `json:"input_message_content"`
}

// Cards is a conversation that answers inline queries.
type Cards interface {
	Cards(ctx context.Context, question string, most int, now time.Time) ([]commands.Card, error)
}

// answerInline answers @bot 养老床位 in any chat.
func (t *Telegram) answerInline(ctx context.Context, q *tgbotapi.InlineQuery) {
	source, ok := t.conversation.(Cards)
	if !ok {
		return
	}
	found, err := source.Cards(ctx, q.Query, mostCards, t.now().In(t.options.Zone))
	if err != nil {
		t.log.Error("inline query", "error", err)
	}
	cards := make([]card, 0, len(found))
	for _, c := range found {
		cards = append(cards, card{Type: "article", ID: c.ID, Title: c.Title, Detail: c.Detail, Content: map[string]string{"message_text": clip(c.Text, 4000)}})
	}
	data, err := json.Marshal(cards)
	if err != nil {
		return
	}
	params := tgbotapi.Params{"inline_query_id": q.ID, "results": string(data), "cache_time": strconv.Itoa(inlineCache)}
	if _, err := t.client.persist(ctx, clockTries, clockLimit, "answerInlineQuery", params); err != nil {
		t.log.Debug("inline query", "error", err)
	}
}
