package bot

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"duban/commands"
	"duban/plan"
	"duban/render"
)

// sorry is what a person reads where a request failed.
const sorry = "出错了，没有答上来。请再试一次；还不行就告诉管理员。"

// take stores updates that are for us and starts to answer them; nothing is confirmed to
// Telegram before.
func (t *Telegram) take(ctx context.Context, updates []incoming, raw [][]byte) error {
	wanted := make([]int, 0, len(updates))
	for i := range updates {
		done, err := t.direct(ctx, &updates[i])
		if err != nil {
			return err
		}
		if done {
			continue
		}
		if updates[i].request, updates[i].wanted = t.request(&updates[i]); updates[i].wanted {
			wanted = append(wanted, i)
		} else {
			t.takeClockOff(ctx, &updates[i])
		}
	}
	if len(wanted) == 0 {
		return nil
	}
	var fresh []incoming
	err := t.store.Update(ctx, func(tx plan.Tx) error {
		fresh = fresh[:0]
		for _, i := range wanted {
			err := tx.Receive(plan.Update{ID: updates[i].id, Data: raw[i]})
			if errors.Is(err, plan.ErrUpdated) {
				continue
			}
			if err != nil {
				return err
			}
			fresh = append(fresh, updates[i])
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, in := range fresh {
		t.start(ctx, in)
	}
	return nil
}

// start answers an update in the lane of its chat.
func (t *Telegram) start(ctx context.Context, in incoming) {
	t.takeClockOff(ctx, &in)
	t.lanes.do(in.chat(), func() { t.handle(ctx, &in) })
}

// Tries of the answer to a button, which is worthless after a few seconds.
const (
	clockTries = 4
	clockLimit = 15 * time.Second
)

// takeClockOff answers the query of a button, which takes the clock off it; a query that is
// too old is no harm.
func (t *Telegram) takeClockOff(ctx context.Context, in *incoming) {
	q := in.update.CallbackQuery
	if q == nil {
		return
	}
	t.asides.do(q.ID, func() {
		params := tgbotapi.Params{"callback_query_id": q.ID}
		if _, err := t.client.persist(ctx, clockTries, clockLimit, "answerCallbackQuery", params); err != nil {
			t.log.Debug("answer a button", "error", err)
		}
	})
}

// handle answers an update. Answers to questions go straight to the sender; replies to
// changes are in the outbox already.
func (t *Telegram) handle(ctx context.Context, in *incoming) {
	began := t.now()
	if !in.wanted {
		if in.request, in.wanted = t.request(in); !in.wanted {
			t.settle(ctx, in.id)
			return
		}
	}
	request := t.equip(in)
	messages, err := t.converse(ctx, request)
	t.options.Metrics.answered(t.now().Sub(began), err)
	switch {
	case err != nil && ctx.Err() != nil:
		return // it is answered after the next start
	case err != nil:
		t.log.Error("request failed", "update", in.id, "error", err)
		messages = []render.Message{{Text: sorry}}
	case len(messages) == 0:
		t.sender.look(ctx)
	}
	t.answer(ctx, in, request, messages)
	t.refreshMenu(ctx, request)
}

// converse answers a request; a panic is an error of that request only.
func (t *Telegram) converse(ctx context.Context, request commands.Request) (messages []render.Message, err error) {
	defer func() {
		if r := recover(); r != nil {
			t.log.Error("panic", "value", t.client.hide(fmt.Sprint(r)), "stack", t.client.hide(string(debug.Stack())))
			err = errPanic
		}
	}()
	return t.conversation.Handle(ctx, request)
}

// errPanic stands for a panic, which is logged where it occurs.
var errPanic = errors.New("the conversation panicked")

// answer hands the messages to the sender; the update is settled with the last of them.
// Several go by the outbox, so that none is sent again after a crash.
func (t *Telegram) answer(ctx context.Context, in *incoming, request commands.Request, messages []render.Message) {
	var parts []render.Message
	for _, m := range messages {
		parts = append(parts, render.Split(m)...)
	}
	switch len(parts) {
	case 0:
		t.settle(ctx, in.id)
	case 1:
		t.sender.submit(ctx, &job{
			chat: request.Chat, message: parts[0], urgent: true, update: in.id, replyTo: t.replyTo(in), edit: turnsPage(in),
		})
	default:
		t.post(ctx, in.id, plan.Delivery{Key: "answer:" + in.id, Recipient: request.Chat, At: t.now(), Urgent: true}, parts)
	}
}

// post settles an update and stores its answer in one transaction.
func (t *Telegram) post(ctx context.Context, update string, whole plan.Delivery, parts []render.Message) {
	err := t.store.Update(ctx, func(tx plan.Tx) error {
		if update != "" {
			if err := tx.Once(update); err != nil {
				return err
			}
		}
		list, err := deliveries(&whole, parts)
		if err != nil {
			return err
		}
		return tx.Send(list...)
	})
	if err != nil {
		t.log.Error("store an answer", "update", update, "error", err)
		return
	}
	t.sender.look(ctx)
}

// replyTo is the message in a group that an answer belongs to; 0 in private.
func (t *Telegram) replyTo(in *incoming) int {
	if m := in.message(); m != nil && !m.Chat.IsPrivate() {
		return m.MessageID
	}
	return 0
}

// turnsPage is the message that a button of a list changes in place; 0 for others.
func turnsPage(in *incoming) int {
	q := in.update.CallbackQuery
	if q == nil || q.Message == nil || q.Message.Text == "" {
		return 0
	}
	if a, ok := render.ParseAction(q.Data); !ok || a.Kind != render.OpenList {
		return 0
	}
	return q.Message.MessageID
}

// settle notes an update that needs no answer. One that a change settled is settled.
func (t *Telegram) settle(ctx context.Context, id string) {
	ctx = context.WithoutCancel(ctx)
	var settled bool
	err := t.store.View(ctx, func(tx plan.Tx) (err error) {
		settled, err = tx.Settled(id)
		return err
	})
	if err == nil && !settled {
		err = t.store.Update(ctx, func(tx plan.Tx) error {
			if err := tx.Once(id); !errors.Is(err, plan.ErrUpdated) {
				return err
			}
			return nil
		})
	}
	if err != nil {
		t.log.Error("settle an update", "update", id, "error", err)
	}
}
