package bot

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"
	"slices"
	"time"

	"duban/plan"
)

// errFell is what becomes of a message that makes the program panic: it is buried.
var errFell = &APIError{Method: "send", Code: http.StatusBadRequest, Description: "the program panicked"}

// sendSafely is send; a panic is the message's own.
func (s *sender) sendSafely(ctx context.Context, j *job) (sent bool, err error) {
	defer func() {
		if r := recover(); r != nil {
			s.log.Error("panic", "value", s.client.hide(fmt.Sprint(r)), "stack", s.client.hide(string(debug.Stack())))
			sent, err = false, errFell
		}
	}()
	return s.send(ctx, j)
}

// send makes the call, when nothing waits to be recorded; sent says that it must be recorded.
// A message to a group is noted before it leaves: its window is longer than a restart takes.
// One that is not in the outbox any more is left out.
func (s *sender) send(ctx context.Context, j *job) (sent bool, err error) {
	if err := s.gate.pass(ctx); err != nil {
		return false, err
	}
	if ok, err := s.fetch(j); !ok {
		return false, err
	}
	if isGroup(j.chat) && s.limiter.limits.Group > 0 {
		if !s.record(ctx, func(tx plan.Tx) error { return tx.Noted(j.chat, s.now()) }) {
			return false, errNotRecorded
		}
	}
	err = s.client.deliver(ctx, j)
	return fateOf(err) == delivered, err
}

// errNotRecorded keeps a message that was not sent, because that could not be noted.
var errNotRecorded = errors.New("what must be recorded before could not be")

// gathering is how long the recorder waits for more to record with one write to the disk.
const gathering = 2 * time.Millisecond

// keepRecords records what was sent, all that came meanwhile together, and then lets the
// next to the same chats leave. What cannot be stored up to the end of ctx is sent again
// after the next start.
func (s *sender) keepRecords(ctx context.Context) {
	for j := range s.sent {
		batch := []*job{j}
		sleep(ctx, gathering)
		for range len(s.sent) {
			batch = append(batch, <-s.sent)
		}
		stored := s.record(ctx, func(tx plan.Tx) error {
			for _, j := range batch {
				if err := s.account(tx, j); err != nil {
					return err
				}
			}
			return nil
		})
		if !stored {
			s.log.Error("sends were not recorded; these messages are sent again after the next start", "messages", len(batch))
		}
		for _, j := range batch {
			s.done <- result{job: j}
		}
	}
}

// account notes that a job was sent, and when, where that counts.
func (s *sender) account(tx plan.Tx, j *job) error {
	if err := s.settled(tx, j); err != nil {
		return err
	}
	if isGroup(j.chat) || s.limiter.limits == (Limits{}) {
		return nil
	}
	return tx.Noted(j.chat, s.now())
}

// settled notes that nothing is to be done for a job any more.
func (s *sender) settled(tx plan.Tx, j *job) error {
	if j.update != "" {
		if err := once(tx, j.update); err != nil {
			return err
		}
	}
	switch {
	case j.key == "":
		return nil
	case j.more: // the whole stays until its last part is sent
		part := partKey(j.key, j.part)
		if err := tx.Send(plan.Delivery{Key: part, Recipient: j.chat, At: s.now()}); err != nil {
			return err
		}
		return tx.Sent(part)
	}
	return tx.Sent(j.key)
}

// recordPause is the longest wait between two tries to store a record.
const recordPause = 30 * time.Second

// record stores what must be remembered, and tries for as long as the disk refuses; nothing
// is sent meanwhile, or all of it would be sent again after the next start. false where ctx
// ended before it was stored.
func (s *sender) record(ctx context.Context, f func(plan.Tx) error) bool {
	err := s.store.Update(context.WithoutCancel(ctx), f)
	if err == nil {
		return true
	}
	s.gate.close()
	defer s.poke()
	defer s.gate.open()
	for tried := 1; err != nil; tried++ {
		s.log.Error("a record cannot be stored; nothing is sent until it is", "error", err)
		if !sleep(ctx, min(wait(tried), recordPause)) {
			return false
		}
		err = s.store.Update(context.WithoutCancel(ctx), f)
	}
	return true
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
		l.again(r.job, now) // behind the pause of everybody
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
		s.paused = now.Add(never)
		s.halted(r.err)
	case delivered:
		s.out(r.job)
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
		s.buried(l, j, err)
		return
	}
	l.again(j, s.now())
	l.ready = s.now().Add(wait(j.tried))
}

// refused gives a message up; one that could not change another is sent as a new one, one
// to a topic that is closed or gone to the group.
func (s *sender) refused(l *line, j *job, err error) {
	switch {
	case j.edit != 0:
		j.edit = 0
	case j.topic != 0:
		j.topic = 0
	default:
		s.buried(l, j, err)
		return
	}
	l.again(j, s.now())
}

// buried gives a message up, with the parts of it that follow, and keeps it where admins see
// it.
func (s *sender) buried(l *line, j *job, err error) {
	s.out(j)
	l.jobs = slices.DeleteFunc(l.jobs, func(next *job) bool {
		same := next.key == j.key && j.key != ""
		if same {
			s.out(next)
		}
		return same
	})
	s.record(s.life, func(tx plan.Tx) error { return s.giveUp(tx, j, err) })
}

// giveUp notes that nothing is to be done for a job, and why.
func (s *sender) giveUp(tx plan.Tx, j *job, why error) error {
	if j.key == "" {
		return s.settled(tx, j)
	}
	return tx.Bury(j.key, why.Error(), s.now())
}

// left gives up a chat that cannot be reached: its messages and its subscriptions.
func (s *sender) left(l *line, j *job, err error) {
	jobs := append([]*job{j}, l.jobs...)
	l.jobs = nil
	for _, waiting := range jobs {
		s.out(waiting)
	}
	s.record(s.life, func(tx plan.Tx) error {
		for _, waiting := range jobs {
			if err := s.giveUp(tx, waiting, err); err != nil {
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
		s.buried(l, j, err)
		return
	}
	s.record(s.life, func(tx plan.Tx) error { return tx.Moved(l.chat, to) })
	s.limiter.move(l.chat, to)
	jobs := append([]*job{j}, l.jobs...)
	l.jobs = nil
	for _, waiting := range jobs {
		s.metrics.depth(-1)
		waiting.chat, waiting.topic, waiting.replyTo, waiting.edit = to, 0, 0, 0
		s.enqueue(waiting)
	}
}
