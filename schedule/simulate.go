package schedule

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"duban/plan"
	"duban/render"
	"duban/schedule/calendar"
)

// Event is something that happens in a simulation at a moment: a filing, a release.
type Event struct {
	At    time.Time
	Apply func(tx plan.Tx, now time.Time) error
}

// Sent is a notice that a simulation sent, with its messages.
type Sent struct {
	At       time.Time
	Notice   *Notice
	Messages []render.Message
}

// Simulate runs the clock in virtual time from one moment to another, both included, over
// the store that it was made for, which it changes: give it a copy. It jumps from one
// moment at which something may become due to the next. Every message is shown in the
// order of sending and taken out of the outbox.
func (c *Clock) Simulate(ctx context.Context, from, to time.Time, events []Event, show func(Sent) error) error {
	events = slices.SortedStableFunc(slices.Values(events), func(a, b Event) int { return a.At.Compare(b.At) })
	now := from
	for !now.After(to) {
		for len(events) > 0 && !events[0].At.After(now) {
			if err := c.apply(ctx, events[0]); err != nil {
				return err
			}
			events = events[1:]
		}
		if err := c.step(ctx, now, show); err != nil {
			return err
		}
		next, err := c.next(ctx, now)
		if err != nil {
			return err
		}
		if len(events) > 0 && events[0].At.Before(next) {
			next = events[0].At
		}
		now = next
	}
	return nil
}

func (c *Clock) apply(ctx context.Context, e Event) error {
	return c.store.Update(ctx, func(tx plan.Tx) error { return e.Apply(tx, e.At) })
}

// step sends what is due at a moment and shows it.
func (c *Clock) step(ctx context.Context, now time.Time, show func(Sent) error) error {
	sent, err := c.Tick(ctx, now)
	if err != nil || len(sent) == 0 {
		return err
	}
	byKey := map[string]*Notice{}
	for _, n := range sent {
		byKey[n.deliveryKey(0)] = n
	}
	var outbox []plan.Delivery
	err = c.store.Update(ctx, func(tx plan.Tx) (err error) {
		if outbox, err = tx.Outbox(""); err != nil {
			return err
		}
		for _, d := range outbox {
			if err := tx.Sent(d.Key); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return showAll(outbox, byKey, now, show)
}

// showAll shows the messages of an outbox, those of one notice together.
func showAll(outbox []plan.Delivery, byKey map[string]*Notice, now time.Time, show func(Sent) error) error {
	var list []Sent
	for _, d := range outbox {
		m, err := render.Decode(d.Payload)
		if err != nil {
			return err
		}
		if n := byKey[d.Key]; n != nil {
			list = append(list, Sent{At: now, Notice: n})
		}
		if len(list) > 0 {
			last := &list[len(list)-1]
			last.Messages = append(last.Messages, m)
		}
	}
	for _, s := range list {
		if err := show(s); err != nil {
			return err
		}
	}
	return nil
}

// next is the first moment after now at which something may become due: the hour of
// sending of the next working day, an hour that somebody chose, the end of a snooze, the
// morning in another zone.
func (c *Clock) next(ctx context.Context, now time.Time) (time.Time, error) {
	var chats State
	err := c.store.View(ctx, func(tx plan.Tx) error { return chats.readChats(tx, now) })
	if err != nil {
		return now, err
	}
	return c.after(now, &chats), nil
}

// moments are those of a day, in order.
func (c *Clock) moments(day calendar.Day, s *State) []time.Time {
	at := func(hour int, zone *time.Location) time.Time {
		return time.Date(day.Year, day.Month, day.Day, hour, 0, 0, 0, zone)
	}
	list := []time.Time{c.settings.at(day)}
	for _, chat := range s.Chats {
		if zone := c.settings.zoneOf(&chat); zone != c.settings.Zone {
			list = append(list, at(c.settings.QuietTo, zone), at(c.settings.Hour, zone))
		}
		if calendar.DayOf(chat.Snoozed.In(c.settings.Zone)) == day {
			list = append(list, chat.Snoozed)
		}
	}
	for _, digest := range s.Digests {
		chat := s.Chats[digest.Chat]
		list = append(list, at(digest.Hour, c.settings.zoneOf(&chat)))
	}
	slices.SortFunc(list, time.Time.Compare)
	return slices.CompactFunc(list, time.Time.Equal)
}

// Text is how a simulation prints what was sent: when, to whom, why, and the message.
func (s *Sent) Text(zone *time.Location) string {
	local := s.At.In(zone)
	text := fmt.Sprintf("%s %s %s → %s\n", local.Format(time.DateOnly), weekdays[local.Weekday()], local.Format("15:04"), s.Recipient())
	for _, why := range s.Notice.Why {
		text += "  因为：" + why + "\n"
	}
	for _, m := range s.Messages {
		text += indent(m)
	}
	return text
}

// Recipient is who got it: 民政局填报人员（telegram:1）.
func (s *Sent) Recipient() string {
	return s.Notice.To + "（" + cmp.Or(string(s.Notice.Person), s.Notice.Chat) + "）"
}

var weekdays = [...]string{"周日", "周一", "周二", "周三", "周四", "周五", "周六"}
