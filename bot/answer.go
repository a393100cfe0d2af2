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
// Telegram, and no query is answered, before.
func (t *Telegram) take(ctx context.Context, updates []incoming, raw [][]byte) error {
	kept := 0
	for i := range updates {
		t.translate(&updates[i])
		if updates[i].wanted || updates[i].apply != nil {
			kept++
		}
	}
	var fresh []*incoming
	if kept > 0 {
		err := t.store.Update(ctx, func(tx plan.Tx) (err error) {
			fresh, err = receive(tx, updates, raw)
			return err
		})
		if err != nil {
			return err
		}
	}
	for _, in := range fresh {
		t.start(ctx, in)
	}
	for i := range updates {
		if !updates[i].wanted && updates[i].apply == nil {
			t.pass(ctx, &updates[i])
		}
	}
	return nil
}

// receive stores updates and returns those to be answered that did not come before.
func receive(tx plan.Tx, updates []incoming, raw [][]byte) ([]*incoming, error) {
	var fresh []*incoming
	for i := range updates {
		in := &updates[i]
		var err error
		switch {
		case in.wanted:
			if err = tx.Receive(plan.Update{ID: in.id, Data: raw[i]}); err == nil {
				fresh = append(fresh, in)
			}
		case in.apply != nil:
			err = in.apply(tx)
		}
		if err != nil && !errors.Is(err, plan.ErrUpdated) {
			return nil, err
		}
	}
	return fresh, nil
}

// translate finds out what an update is; one that makes it panic is for nobody.
func (t *Telegram) translate(in *incoming) {
	defer func() {
		if r := recover(); r != nil {
			t.fell(r)
			in.wanted, in.apply = false, nil
		}
	}()
	if in.apply = in.change(); in.apply == nil {
		in.request, in.wanted = t.request(in)
	}
}

// start answers an update in the lane of its chat; the pictures of an album together.
func (t *Telegram) start(ctx context.Context, in *incoming) {
	t.takeClockOff(ctx, in)
	album := in.album()
	switch {
	case album == "":
		t.lanes.do(in.chat(), func() { t.work(ctx, in) })
	case t.albums.add(album, in):
		t.lanes.do(in.chat(), func() {
			sleep(ctx, albumTime)
			t.albums.gather(album, in)
			t.work(ctx, in)
		})
	}
}

// mostFalls is how often in a row an update may be in hand when the program ends before it
// is set aside: so often that no series of ends by other causes sets an innocent one aside.
const mostFalls = 10

// work handles an update and keeps what goes wrong with it to itself.
func (t *Telegram) work(ctx context.Context, in *incoming) {
	defer func() {
		r := recover()
		t.files.release(in.pinned)
		if r != nil {
			t.fell(r)
			t.settle(ctx, in.ids()...)
		}
	}()
	if !in.again {
		t.handle(ctx, in)
		return
	}
	if t.risk(ctx, in) {
		t.handle(ctx, in)
		t.sender.record(ctx, func(tx plan.Tx) error { return tx.Survived(in.id) })
	}
}

// risk notes that an update which was left over is about to be handled; false for one that
// brought the program down before, time after time: it is set aside.
func (t *Telegram) risk(ctx context.Context, in *incoming) bool {
	var times int
	stored := t.sender.record(ctx, func(tx plan.Tx) (err error) { times, err = tx.Attempt(in.id); return err })
	if !stored || times < mostFalls {
		return stored
	}
	t.log.Error("an update is set aside: the program ended each time that it was handled", "update", in.id, "times", times)
	t.settle(ctx, in.ids()...)
	return false
}

// fell logs a panic.
func (t *Telegram) fell(r any) {
	t.log.Error("panic", "value", t.client.hide(fmt.Sprint(r)), "stack", t.client.hide(string(debug.Stack())))
}

// Tries of the answer to a button, which is worthless after a few seconds.
const (
	clockTries = 4
	clockLimit = 15 * time.Second
)

// takeClockOff answers the query of a button, which takes the clock off it; a query that is
// too old, or left out in a flood, is no harm.
func (t *Telegram) takeClockOff(ctx context.Context, in *incoming) {
	q := in.update.CallbackQuery
	if q == nil {
		return
	}
	t.asides.spare(q.ID, maxBacklog, func() {
		params := tgbotapi.Params{"callback_query_id": q.ID}
		if _, err := t.client.persist(ctx, clockTries, clockLimit, "answerCallbackQuery", params); err != nil {
			t.log.Debug("answer a button", "error", err)
		}
	})
}

// handle answers an update. Answers to questions go straight to the sender; replies to
// changes are in the outbox already. An edit that leaves everything as it was is no message.
func (t *Telegram) handle(ctx context.Context, in *incoming) {
	began := t.now()
	if !in.wanted {
		if in.request, in.wanted = t.request(in); !in.wanted {
			t.settle(ctx, in.id)
			return
		}
	}
	if t.said.repeats(&in.request) {
		t.settle(ctx, in.ids()...)
		return
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
	t.settle(ctx, in.rest...)
	t.refreshMenu(ctx, request)
}

// converse answers a request; a panic is an error of that request only.
func (t *Telegram) converse(ctx context.Context, request commands.Request) (messages []render.Message, err error) {
	defer func() {
		if r := recover(); r != nil {
			t.fell(r)
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
			chat: request.Chat, topic: request.Topic, message: parts[0], urgent: true, update: in.id, replyTo: t.replyTo(in), edit: turnsPage(in),
		})
	default:
		t.post(ctx, in.id, plan.Delivery{Key: "answer:" + in.id, Recipient: request.Chat, Topic: request.Topic, At: t.now(), Urgent: true}, parts)
	}
}

// post settles an update and stores its answer in one transaction. What cannot be stored
// before the program ends is answered after the next start.
func (t *Telegram) post(ctx context.Context, update string, whole plan.Delivery, parts []render.Message) {
	list, err := deliveries(&whole, parts)
	if err != nil {
		t.log.Error("write an answer", "update", update, "error", err)
		return
	}
	stored := t.sender.record(ctx, func(tx plan.Tx) error {
		if update != "" {
			if err := tx.Once(update); errors.Is(err, plan.ErrUpdated) {
				return nil // answered before
			} else if err != nil {
				return err
			}
		}
		return tx.Send(list...)
	})
	if stored {
		t.sender.look(ctx)
	}
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

// settle notes updates that need no answer. One that a change settled is settled.
func (t *Telegram) settle(ctx context.Context, ids ...string) {
	if len(ids) == 0 {
		return
	}
	var open []string
	err := t.store.View(context.WithoutCancel(ctx), func(tx plan.Tx) error {
		open = open[:0]
		for _, id := range ids {
			settled, err := tx.Settled(id)
			if err != nil {
				return err
			}
			if !settled {
				open = append(open, id)
			}
		}
		return nil
	})
	if err != nil {
		open = ids
	}
	if len(open) > 0 {
		t.sender.record(ctx, func(tx plan.Tx) error { return once(tx, open...) })
	}
}

// once settles updates, whether they were or not.
func once(tx plan.Tx, ids ...string) error {
	for _, id := range ids {
		if err := tx.Once(id); err != nil && !errors.Is(err, plan.ErrUpdated) {
			return err
		}
	}
	return nil
}
