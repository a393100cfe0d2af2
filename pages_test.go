package main

import (
	"bytes"
	"context"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"duban/commands"
	"duban/plan"
	"duban/render"
	"duban/storage"
)

// office is a published plan with people, under the clock as the program sets it up.
type office struct {
	t   *testing.T
	db  *storage.DB
	app *app
	now time.Time
}

func newOffice(t *testing.T) *office {
	t.Helper()
	db, err := storage.Open(filepath.Join(t.TempDir(), "duban.db"), storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	o := &office{t: t, db: db, app: &app{config: defaults(), log: slog.New(slog.DiscardHandler)}}
	o.app.now = func() time.Time { return o.now }
	p, err := builtinReport()
	if err != nil {
		t.Fatal(err)
	}
	p, _ = plan.Merge(nil, p)
	p.State = plan.Published
	o.at("2017-06-01 10:00")
	o.update(func(d plan.Desk) error {
		if err := d.PutPlan(p); err != nil {
			return err
		}
		for _, someone := range []plan.Person{
			{ID: "staff", Chat: "staff", Role: plan.Staff, Department: "民政局"}, {ID: "boss", Chat: "boss", Role: plan.Supervisor},
		} {
			if err := d.PutPerson(someone); err != nil {
				return err
			}
		}
		return d.Assign(p.Key(), plan.Duty{Item: p.Commitment("3.6.2.5").ID, Lead: "民政局"})
	})
	return o
}

func (o *office) at(moment string) {
	o.t.Helper()
	zone, err := time.LoadLocation(o.app.config.TimeZone)
	if err != nil {
		o.t.Fatal(err)
	}
	if o.now, err = time.ParseInLocation("2006-01-02 15:04", moment, zone); err != nil {
		o.t.Fatal(err)
	}
}

func (o *office) update(f func(plan.Desk) error) {
	o.t.Helper()
	if err := o.db.Update(context.Background(), func(tx plan.Tx) error { return f(tx.As(plan.System, o.now)) }); err != nil {
		o.t.Fatal(err)
	}
}

// tick lets the clock look and returns what it wrote, by chat.
func (o *office) tick() map[string][]render.Message {
	o.t.Helper()
	clock, err := o.app.scheduler(o.db)
	if err != nil {
		o.t.Fatal(err)
	}
	if _, err := clock.Tick(context.Background(), o.now); err != nil {
		o.t.Fatal(err)
	}
	heard := map[string][]render.Message{}
	err = o.db.Update(context.Background(), func(tx plan.Tx) error {
		waiting, err := tx.Outbox("")
		if err != nil {
			return err
		}
		for _, d := range waiting {
			m, err := render.Decode(d.Payload)
			if err != nil {
				return err
			}
			heard[d.Recipient] = append(heard[d.Recipient], m)
			if err := tx.Sent(d.Key); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		o.t.Fatal(err)
	}
	return heard
}

// press sends the action of a button as somebody.
func (o *office) press(who, action string) []render.Message {
	o.t.Helper()
	options, err := o.app.conversation(false)
	if err != nil {
		o.t.Fatal(err)
	}
	router := commands.New(o.db, options)
	messages, err := router.Handle(context.Background(), commands.Request{Action: action, Chat: who, From: plan.PersonID(who), Now: o.now})
	if err != nil {
		o.t.Fatal(err)
	}
	return messages
}

// with finds the message that holds words.
func with(messages []render.Message, words string) *render.Message {
	for i := range messages {
		if strings.Contains(messages[i].Text, words) {
			return &messages[i]
		}
	}
	return nil
}

// TestDigestsOfTheClock are illustrated for those with a role and plain for a chat that
// only subscribed; who ended them hears nothing.
func TestDigestsOfTheClock(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.update(func(d plan.Desk) error {
		if err := d.Unsubscribe("boss"); err != nil {
			return err
		}
		return d.Subscribe(plan.DigestSubscription{Chat: "group", Day: time.Monday, Hour: 9})
	})
	o.at("2017-06-12 09:00")
	heard := o.tick()
	if m := with(heard["staff"], "民政局"); m == nil || m.Photo == nil {
		t.Errorf("staff hear %v", heard["staff"])
	}
	if m := with(heard["group"], "聊城市督办周报"); m == nil || m.Photo != nil {
		t.Errorf("the subscribed group hears %v", heard["group"])
	}
	if m := with(heard["boss"], "督办周报"); m != nil {
		t.Errorf("who ended the digests hears:\n%s", m.Text)
	}
}

// TestReleasedBulletinIsWhatWasPreviewed follows a bulletin from the preview by its buttons
// to everybody; figures that are filed later do not change it.
func TestReleasedBulletinIsWhatWasPreviewed(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.update(func(d plan.Desk) error {
		if err := d.Subscribe(plan.DigestSubscription{Chat: "left", Day: time.Monday, Hour: 9}); err != nil {
			return err
		}
		if err := d.Unsubscribe("left"); err != nil {
			return err
		}
		return d.Subscribe(plan.DigestSubscription{Chat: "group", Day: time.Monday, Hour: 9})
	})
	o.at("2017-07-11 10:00")
	heard := o.tick()["boss"]
	previewed := figures(with(heard, "督查通报"))
	draft := o.press("boss", actionOf(t, heard, "核对并发布"))
	if got := figures(with(draft, "督查通报")); got == "" || got != previewed {
		t.Fatalf("previewed:\n%s\ndrafted:\n%s", previewed, got)
	}
	released := o.press("boss", actionOf(t, draft, "发布"))
	if with(released, "已发布") == nil {
		t.Fatalf("releasing says:\n%s", released[0].Text)
	}
	value := plan.NewDecimal(3600, 0)
	o.update(func(d plan.Desk) error {
		_, err := d.File(plan.Filing{
			Plan: "聊城市2017", Item: bedsOf(t), Value: &value, Date: plan.NewDate(2017, 6, 30), Reviews: []plan.Review{{Verdict: plan.Accepted}},
		})
		return err
	})
	o.now = o.now.Add(5 * time.Minute)
	out := o.tick()
	frozen := with(released, "督查通报").Document
	for _, chat := range []string{"staff", "group"} {
		got := with(out[chat], "督查通报")
		if figures(got) != previewed {
			t.Errorf("released:\n%s\n%s gets:\n%s", previewed, chat, figures(got))
		}
		if got == nil || got.Document == nil || len(got.Document.Data) == 0 || !bytes.Equal(got.Document.Data, frozen.Data) {
			t.Errorf("%s gets another document than the one that was frozen", chat)
		}
	}
	if m := with(out["left"], "督查通报"); m != nil {
		t.Errorf("who unsubscribed gets:\n%s", m.Text)
	}
}

// figures are the lines of a bulletin in a message, without its state.
func figures(m *render.Message) string {
	if m == nil {
		return ""
	}
	_, text, _ := strings.Cut(m.Text, "二季度督查通报")
	text, _, _ = strings.Cut(text, "办法和全文见附件")
	return text
}

// bedsOf is the built-in report's target of beds for the old.
func bedsOf(t *testing.T) plan.ID {
	t.Helper()
	p, err := builtinReport()
	if err != nil {
		t.Fatal(err)
	}
	p, _ = plan.Merge(nil, p)
	return p.Commitment("3.6.2.5").Targets[0].ID
}

// actionOf is the action of a button whose text begins so.
func actionOf(t *testing.T, messages []render.Message, text string) string {
	t.Helper()
	for _, m := range messages {
		for _, row := range m.Buttons {
			for _, b := range row {
				if strings.HasPrefix(b.Text, text) {
					return b.Action
				}
			}
		}
	}
	t.Fatalf("no button %s in %v", text, messages)
	return ""
}
