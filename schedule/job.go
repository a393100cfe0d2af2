package schedule

import (
	"context"
	"errors"
	"fmt"
	"sync"
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
	// told of it once a day: when it fails, or where nobody is written to at that moment, when
	// somebody is again, unless it has been done meanwhile.
	Run func(ctx context.Context, now time.Time) error
}

// attempt runs a job; where it fails the log says why, and the admins are told. A job that
// fails because the clock stops has not failed.
func (c *Clock) attempt(ctx context.Context, job *Job) {
	now := c.now()
	err := job.Run(ctx, now)
	if ctx.Err() != nil {
		return
	}
	c.complaints.forget(job.Name)
	if err == nil {
		return
	}
	c.log.Error("a job failed", "job", job.Name, "error", err)
	c.complaints.keep(job.Name, err.Error())
	c.tellAdmins(ctx, now)
}

// tellAdmins sends the complaints that wait, where people are written to at a moment.
func (c *Clock) tellAdmins(ctx context.Context, now time.Time) {
	if !c.settings.open(c.calendar, now) {
		return
	}
	for name, sentence := range c.complaints.take() {
		if err := c.complain(ctx, name, sentence, now); err != nil && !errors.Is(err, errChanged) {
			c.log.Error("the admins could not be told", "job", name, "error", err)
			c.complaints.keep(name, sentence)
		}
	}
}

// complaints are what the admins are to hear of jobs that failed, until they can be told.
type complaints struct {
	mu      sync.Mutex
	waiting map[string]string // name of a job → sentence
}

func (c *complaints) keep(name, sentence string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.waiting == nil {
		c.waiting = map[string]string{}
	}
	c.waiting[name] = sentence
}

func (c *complaints) forget(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.waiting, name)
}

func (c *complaints) take() map[string]string {
	c.mu.Lock()
	defer c.mu.Unlock()
	taken := c.waiting
	c.waiting = nil
	return taken
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
