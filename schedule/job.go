package schedule

import (
	"context"
	"errors"
	"fmt"
	"time"

	"duban/plan"
	"duban/render"
)

// Job is something that is done at fixed times beside the schedule.
type Job struct {
	Name   string
	Spec   string // five fields of cron, in the zone of the settings
	AtOnce bool   // also when the clock starts
	// Run does it at a moment. The text of its error is one sentence for the admins, who are
	// told of it once a day, in the hours in which people are written to.
	Run func(ctx context.Context, now time.Time) error
}

// attempt runs a job; where it fails the log says why, and the admins are told. A job that
// fails because the clock stops has not failed.
func (c *Clock) attempt(ctx context.Context, job *Job) {
	now := c.now()
	err := job.Run(ctx, now)
	if err == nil || ctx.Err() != nil {
		return
	}
	c.log.Error("a job failed", "job", job.Name, "error", err)
	if !c.settings.open(c.calendar, now) {
		return
	}
	if err := c.complain(ctx, job.Name, err.Error(), now); err != nil && !errors.Is(err, errChanged) {
		c.log.Error("the admins could not be told", "job", job.Name, "error", err)
	}
}

// complain puts a sentence for every admin into the outbox, unless that was done on this
// day.
func (c *Clock) complain(ctx context.Context, name, sentence string, now time.Time) error {
	payload, err := render.Encode(render.Message{Text: sentence})
	if err != nil {
		return err
	}
	day := plan.DateOf(now.In(c.settings.Zone))
	key := fmt.Sprintf("failed/%s/%s", name, day)
	return c.store.Update(ctx, func(tx plan.Tx) error {
		if _, told, err := tx.Told(key); err != nil || told {
			return errors.Join(err, errChanged)
		}
		chats, err := c.adminChats(tx, day, now)
		if err != nil {
			return err
		}
		for _, chat := range chats {
			d := plan.Delivery{Key: "clock:" + key + ":" + chat, Recipient: chat, Payload: payload, At: now}
			if err := tx.Send(d); err != nil {
				return err
			}
		}
		return tx.Tell(now, key)
	})
}

// adminChats are where the admins are reached: those of the settings, and those who joined.
func (c *Clock) adminChats(tx plan.Tx, day plan.Date, now time.Time) ([]string, error) {
	people, err := tx.As(plan.System, now).Reaches(plan.Admin, "", day)
	chats := append([]string(nil), c.admins...)
	for _, p := range people {
		if p.Chat != "" {
			chats = append(chats, p.Chat)
		}
	}
	return chats, err
}
