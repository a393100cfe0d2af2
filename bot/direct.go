package bot

import (
	"context"
	"encoding/json"
	"strconv"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"duban/commands"
	"duban/plan"
	"duban/render"
)

// change is what an update changes at once, with the note that it came: a chat that threw us
// out or blocked us leaves all subscriptions, a group that became a supergroup is renamed.
// nil for other updates.
func (in *incoming) change() func(plan.Tx) error {
	switch u := in.update; {
	case u.MyChatMember != nil && (u.MyChatMember.NewChatMember.Status == "kicked" || u.MyChatMember.NewChatMember.Status == "left"):
		return in.once(func(tx plan.Tx) error { return tx.Gone(chatName(u.MyChatMember.Chat.ID)) })
	case u.Message != nil && u.Message.MigrateToChatID != 0 && u.Message.Chat != nil:
		return in.once(func(tx plan.Tx) error {
			return tx.Moved(chatName(u.Message.Chat.ID), chatName(u.Message.MigrateToChatID))
		})
	}
	return nil
}

// once makes a change one that an update makes only the first time that it comes.
func (in *incoming) once(change func(plan.Tx) error) func(plan.Tx) error {
	return func(tx plan.Tx) error {
		if err := tx.Once(in.id); err != nil {
			return err
		}
		return change(tx)
	}
}

// pass handles an update that nothing is kept of: an inline query, and a button that is not
// for us.
func (t *Telegram) pass(ctx context.Context, in *incoming) {
	if q := in.update.InlineQuery; q != nil {
		t.asides.spare(q.ID, maxBacklog, func() { t.answerInline(ctx, q) })
		return
	}
	t.takeClockOff(ctx, in)
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
	kept := inlineCache
	found, err := source.Cards(ctx, q.Query, mostCards, t.now().In(t.options.Zone))
	if err != nil {
		t.log.Error("inline query", "error", err)
		kept = 0 // the next try may succeed
	}
	cards := make([]card, 0, len(found))
	for _, c := range found {
		cards = append(cards, card{Type: "article", ID: c.ID, Title: c.Title, Detail: c.Detail, Content: map[string]string{"message_text": render.Shorten(c.Text, 4000)}})
	}
	data, err := json.Marshal(cards)
	if err != nil {
		return
	}
	params := tgbotapi.Params{"inline_query_id": q.ID, "results": string(data), "cache_time": strconv.Itoa(kept)}
	if _, err := t.client.persist(ctx, clockTries, clockLimit, "answerInlineQuery", params); err != nil {
		t.log.Debug("inline query", "error", err)
	}
}
