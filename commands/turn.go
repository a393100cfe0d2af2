package commands

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"duban/ask"
	"duban/plan"
	"duban/render"
)

// turn is one request with what is known about its chat and its person.
type turn struct {
	router  *Router
	ctx     context.Context //nolint:containedctx // lives as long as one request
	request Request
	text    string // tidied
	words   string // behind the command
	args    []string
	library *ask.Library
	chat    *chat
	actor   plan.Actor
	person  *plan.Person // nil for strangers and for fixed roles
	dialog  *plan.Dialog // what the chat was asked and has not answered
	kept    plan.Chat    // what is kept of the chat for good

	tx  plan.Tx // while a handler runs
	out []plan.Delivery

	fetched map[string]string // files that were asked for, by handle → digest, "" where they could not be had
	toKeep  []plan.Evidence   // files to fetch before the handler runs again
	lost    bool              // a file could not be had

	after []func() ([]render.Message, error) // run when the transaction is over and stored
	gap   string                             // question that got no answer

	failed   error  // of reading for an answer
	revision uint64 // of what is stored
}

// dialogTime is how long a question of ours waits for its answer.
const dialogTime = 24 * time.Hour

// identify finds out who writes and what the chat was asked.
func (t *turn) identify() error {
	t.actor = plan.Actor{ID: t.request.From, Role: plan.Public}
	if t.request.As != nil {
		t.actor = *t.request.As
	} else if err := t.lookUp(); err != nil {
		return err
	}
	var err error
	if t.revision, err = t.tx.Revision(); err != nil {
		return err
	}
	if t.kept, err = t.tx.Chat(t.request.Chat); err != nil {
		return err
	}
	d, err := t.tx.Dialog(t.dialogName(), t.request.Now)
	if errors.Is(err, plan.ErrNotFound) {
		return nil
	}
	t.dialog = d
	return err
}

func (t *turn) lookUp() error {
	p, err := t.desk().Person(t.request.From)
	switch {
	case err == nil:
		t.person, t.actor = p, p.Actor()
	case !errors.Is(err, plan.ErrNotFound):
		return err
	}
	if slices.Contains(t.router.options.Admins, t.request.From) {
		t.actor.Role = plan.Admin
	}
	return nil
}

// run runs a handler in a transaction, and what it left to be done afterwards.
func (t *turn) run(h handler, writes bool) ([]render.Message, error) {
	messages, err := t.transact(h, writes)
	if errors.Is(err, errKeepFirst) {
		if err := t.fetch(); err != nil {
			return nil, err
		}
		messages, err = t.transact(h, writes)
	}
	if err != nil {
		return nil, err
	}
	for _, f := range t.after {
		more, err := f()
		if err != nil {
			return nil, err
		}
		messages = append(messages, more...)
	}
	return messages, nil
}

// transact runs a handler in a transaction; a change is stored together with the id of the
// update and the messages that it causes.
func (t *turn) transact(h handler, writes bool) (messages []render.Message, err error) {
	if !writes {
		err = t.router.store.View(t.ctx, func(tx plan.Tx) error {
			t.tx, t.after = tx, nil
			messages, err = t.handle(h)
			t.notice(messages)
			return errors.Join(err, t.failed)
		})
		return messages, err
	}
	err = t.router.store.Update(t.ctx, func(tx plan.Tx) error {
		t.tx, t.out, t.after = tx, nil, nil
		if t.request.Update != "" {
			if err := tx.Once(t.request.Update); err != nil {
				return err
			}
		}
		if messages, err = t.handle(h); err != nil {
			return err
		}
		t.notice(messages)
		if t.request.Stored {
			if err := t.store(messages); err != nil {
				return err
			}
		}
		return tx.Send(t.out...)
	})
	if t.request.Stored {
		messages = nil
	}
	return messages, err
}

// handle runs a handler; what it takes as evidence must be kept before.
func (t *turn) handle(h handler) ([]render.Message, error) {
	t.toKeep, t.lost = nil, false
	messages, err := h(t)
	if err == nil && len(t.toKeep) > 0 {
		return nil, errKeepFirst
	}
	return t.withLoss(messages), err
}

// store puts the replies to the request in the outbox.
func (t *turn) store(messages []render.Message) error {
	for i, m := range t.router.mark(t.fold(messages)) {
		payload, err := render.Encode(m)
		if err != nil {
			return err
		}
		t.out = append(t.out, plan.Delivery{
			Key: fmt.Sprintf("reply:%s:%d", t.request.Update, i), Recipient: t.request.Chat, Topic: t.request.Topic, Payload: payload, At: t.request.Now, Urgent: true,
		})
	}
	return nil
}

// notify sends a message to another chat once; key tells messages apart for ever.
func (t *turn) notify(key, chat string, m render.Message) error {
	if chat == "" {
		return nil
	}
	payload, err := render.Encode(t.router.mark([]render.Message{m})[0])
	if err != nil {
		return err
	}
	t.out = append(t.out, plan.Delivery{Key: key, Recipient: chat, Payload: payload, At: t.request.Now})
	return nil
}

// desk is the records as the person may see and change them.
func (t *turn) desk() plan.Desk { return t.tx.As(t.actor, t.request.Now) }

// today is the day on which the request was written, in the zone of the plans: what was sent
// before midnight while nobody read it is of the day before. When it is recorded, and how
// long questions wait, is counted by Now.
func (t *turn) today() plan.Date {
	if !t.request.Sent.IsZero() {
		return plan.DateOf(t.request.Sent)
	}
	return plan.DateOf(t.request.Now)
}

// may reports whether the person may do something, whatever the item.
func (t *turn) may(act plan.Act) bool {
	return plan.Allowed(t.actor, act, &plan.Duty{Lead: t.actor.Department})
}

// offered reports whether a command is one for the person.
func (t *turn) offered(c *Command) bool { return c.Act == "" || t.may(c.Act) }

// menu lists the commands for the person.
func (t *turn) menu() []Command {
	var list []Command
	for _, c := range t.router.commands {
		if t.offered(&c) {
			list = append(list, c)
		}
	}
	return list
}

// dialogName is whom a question of ours waits for: the chat, in a group one person in it.
func (t *turn) dialogName() string {
	if t.request.Group {
		return t.request.Chat + "/" + string(t.request.From)
	}
	return t.request.Chat
}

// fold makes one message of those to a group.
func (t *turn) fold(messages []render.Message) []render.Message {
	if !t.request.Group {
		return messages
	}
	return render.Fold(messages)
}

// await keeps a question of ours; the chat's next message goes to the dialog's handler.
func (t *turn) await(kind string, state any) error {
	data, err := json.Marshal(state)
	if err != nil {
		return fmt.Errorf("dialog %s: %w", kind, err)
	}
	return t.tx.SetDialog(plan.Dialog{Chat: t.dialogName(), Kind: kind, Data: data, Expires: t.request.Now.Add(dialogTime)})
}

// settle ends the dialog.
func (t *turn) settle() error { return t.tx.SetDialog(plan.Dialog{Chat: t.dialogName()}) }

// recall reads the state of a dialog of a kind; false where the chat is in none.
func (t *turn) recall(kind string, state any) bool {
	d, err := t.tx.Dialog(t.dialogName(), t.request.Now)
	return err == nil && d.Kind == kind && json.Unmarshal(d.Data, state) == nil
}

// standing computes how a plan stands today.
func (t *turn) standing(p *plan.Plan) (*plan.PlanStanding, error) {
	marks, err := t.desk().Marks(p.Key())
	if err != nil {
		return nil, err
	}
	return plan.Stand(p, marks, t.today(), time.Time{}, t.router.options.Rules), nil
}
