package bot

import (
	"context"
	"errors"
	"time"

	"duban/plan"
)

// send makes the call; sent says that it must be recorded. A message to a group is noted
// before it leaves: its window is longer than a restart takes. One that is not in the outbox
// any more is left out.
func (s *sender) send(ctx context.Context, j *job) (sent bool, err error) {
	if ok, err := s.fetch(j); !ok {
		return false, err
	}
	if isGroup(j.chat) && s.limiter.limits.Group > 0 {
		s.record(ctx, func(tx plan.Tx) error { return tx.Noted(j.chat, s.now()) })
	}
	err = s.client.deliver(ctx, j)
	return fateOf(err) == delivered, err
}

// gathering is how long the recorder waits for more to record with one write to the disk.
const gathering = 2 * time.Millisecond

// keepRecords records what was sent, all that came meanwhile together, and then lets the
// next to the same chats leave.
func (s *sender) keepRecords(ctx context.Context) {
	for j := range s.sent {
		batch := []*job{j}
		sleep(ctx, gathering)
		for range len(s.sent) {
			batch = append(batch, <-s.sent)
		}
		s.record(ctx, func(tx plan.Tx) error {
			for _, j := range batch {
				if err := s.account(tx, j); err != nil {
					return err
				}
			}
			return nil
		})
		for _, j := range batch {
			s.done <- result{job: j}
		}
	}
}

// account notes that a job was sent, and when, where that counts.
func (s *sender) account(tx plan.Tx, j *job) error {
	if err := settled(tx, j); err != nil {
		return err
	}
	if isGroup(j.chat) || s.limiter.limits == (Limits{}) {
		return nil
	}
	return tx.Noted(j.chat, s.now())
}

// settled notes that nothing is to be done for a job any more.
func settled(tx plan.Tx, j *job) error {
	if j.update != "" {
		if err := tx.Once(j.update); err != nil && !errors.Is(err, plan.ErrUpdated) {
			return err
		}
	}
	if j.key != "" {
		return tx.Sent(j.key)
	}
	return nil
}

// recordTries is how often a record is tried: without it a message would be sent again
// after the next start.
const recordTries = 4

// record stores what the sender has to remember; it waits where the disk refuses.
func (s *sender) record(ctx context.Context, f func(plan.Tx) error) {
	for tried := 1; ; tried++ {
		err := s.store.Update(ctx, f)
		if err == nil {
			return
		}
		s.log.Error("record of a send", "error", err)
		if tried == recordTries || ctx.Err() != nil {
			return
		}
		time.Sleep(wait(tried) / 4)
	}
}

// finish goes on after a job.
func (s *sender) finish(r result) {
	s.inFlight--
	now := s.now()
	s.limiter.comeBack(r.job.chat, now)
	l := s.lines[r.job.chat]
	l.busy = false
	fate := fateOf(r.err)
	if fate != delivered {
		s.log.Warn("a message was not delivered", "chat", r.job.chat, "key", r.job.key, "tried", r.job.tried+1, "error", r.err)
	}
	s.metrics.sent(fate)
	s.decide(l, r, fate, now)
	if len(l.jobs) == 0 {
		delete(s.lines, l.chat)
	} else {
		s.place(l)
	}
}

// decide does what a fate asks for.
func (s *sender) decide(l *line, r result, f fate, now time.Time) {
	switch f {
	case pause:
		s.pauseUntil(now.Add(retryAfter(r.err)))
		l.again(r.job, now)
	case retry:
		s.later(l, r.job, r.err)
	case move:
		s.moved(l, r.job, r.err)
	case leave:
		s.left(l, r.job, r.err)
	case bury:
		s.refused(l, r.job, r.err)
	case halt:
		l.again(r.job, now)
		s.pauseUntil(now.Add(never))
		s.halted(r.err)
	case delivered:
		s.out(r.job)
	}
}

// pauseUntil makes everything wait; a longer pause stays.
func (s *sender) pauseUntil(at time.Time) {
	if at.After(s.paused) {
		s.paused = at
	}
}

// out counts a job that left the lines.
func (s *sender) out(j *job) {
	s.metrics.depth(-1)
	if j.key == "" {
		s.answers--
	}
}

// later tries a job again after a while that grows; it is buried after a day.
func (s *sender) later(l *line, j *job, err error) {
	if !j.since.IsZero() && s.now().Sub(j.since) > giveUpAfter {
		s.buried(j, err)
		return
	}
	l.again(j, s.now())
	l.ready = s.now().Add(wait(j.tried))
}

// refused gives a message up; one that could not change another is sent as a new one.
func (s *sender) refused(l *line, j *job, err error) {
	if j.edit != 0 {
		j.edit = 0
		l.again(j, s.now())
		return
	}
	s.buried(j, err)
}

// buried gives a message up and keeps it where admins see it.
func (s *sender) buried(j *job, err error) {
	s.out(j)
	s.record(context.Background(), func(tx plan.Tx) error {
		if j.key != "" {
			if err := tx.Bury(j.key, err.Error(), s.now()); err != nil {
				return err
			}
		}
		return settled(tx, j)
	})
}

// left gives up a chat that cannot be reached: its messages and its subscriptions.
func (s *sender) left(l *line, j *job, err error) {
	jobs := append([]*job{j}, l.jobs...)
	l.jobs = nil
	for _, waiting := range jobs {
		s.out(waiting)
	}
	s.record(context.Background(), func(tx plan.Tx) error {
		for _, waiting := range jobs {
			if waiting.key != "" {
				if err := tx.Bury(waiting.key, err.Error(), s.now()); err != nil {
					return err
				}
			}
			if err := settled(tx, waiting); err != nil {
				return err
			}
		}
		return tx.Gone(l.chat)
	})
}

// moved sends to the supergroup that a group became.
func (s *sender) moved(l *line, j *job, err error) {
	refusal, _ := errors.AsType[*APIError](err)
	to := chatName(refusal.MigrateTo)
	if to == l.chat {
		s.buried(j, err)
		return
	}
	s.record(context.Background(), func(tx plan.Tx) error { return tx.Moved(l.chat, to) })
	s.limiter.move(l.chat, to)
	jobs := append([]*job{j}, l.jobs...)
	l.jobs = nil
	for _, waiting := range jobs {
		s.metrics.depth(-1)
		waiting.chat, waiting.replyTo, waiting.edit = to, 0, 0
		s.enqueue(waiting)
	}
}
