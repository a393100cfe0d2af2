package bot

import (
	"container/heap"
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/cenkalti/backoff/v5"

	"duban/plan"
	"duban/render"
)

// Bounds of the sender.
const (
	maxInFlight = 256
	pageOfMail  = 500            // messages read from the outbox at a time
	giveUpAfter = 24 * time.Hour // a message that was tried for so long is buried
	maxBackoff  = 5 * time.Minute
	restartRest = 1100 * time.Millisecond // what was in flight at a crash is older then
)

// job is one message on its way out.
type job struct {
	chat    string
	key     string // in the outbox; "" for an answer to a question
	update  string // settled when it is sent; ""
	message render.Message
	replyTo int // in groups
	edit    int // message that is changed instead
	urgent  bool
	tried   int
	since   time.Time
}

// line is what waits for one chat.
type line struct {
	chat   string
	jobs   []*job // urgent ones first
	busy   bool   // one is in flight
	ready  time.Time
	index  int // in the heap; -1 outside
	inHeap int // 0 urgent, 1 normal
}

// sender sends what waits, interactive answers before broadcasts, under the limits; of one
// chat one message at a time, in order. Every send is recorded before the next to the same
// chat leaves.
type sender struct {
	client  *client
	store   Store
	log     *slog.Logger
	now     func() time.Time
	limiter *limiter
	metrics *Metrics
	halted  func(error)

	submit chan *job
	wake   chan struct{}
	done   chan result

	lines    map[string]*line
	heaps    [2]lineHeap // urgent, normal
	inFlight int
	paused   time.Time
	read     uint64 // last number of the outbox that was taken in
	loaded   int    // messages of the outbox in the lines
}

// result is what became of a job.
type result struct {
	job *job
	err error
}

func newSender(c *client, store Store, log *slog.Logger, limits Limits, metrics *Metrics, now func() time.Time) *sender {
	return &sender{
		client: c, store: store, log: log, now: now, limiter: newLimiter(limits), metrics: metrics,
		submit: make(chan *job, 1024), wake: make(chan struct{}, 1), done: make(chan result, maxInFlight),
		lines: map[string]*line{},
	}
}

// poke makes the sender look into the outbox.
func (s *sender) poke() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// run sends until ctx is done, then waits for what is in flight.
func (s *sender) run(ctx context.Context) error {
	if err := s.restore(ctx); err != nil {
		return err
	}
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		next := s.dispatch(ctx)
		timer.Reset(next)
		select {
		case <-ctx.Done():
			s.drain()
			return nil
		case j := <-s.submit:
			s.enqueue(j)
		case <-s.wake:
			s.load(ctx)
		case r := <-s.done:
			s.finish(ctx, r)
		case <-timer.C:
		}
	}
}

// restore rebuilds the limiter from what was sent before, and takes the outbox in. What was
// in flight at a crash is not recorded, so a moment passes first.
func (s *sender) restore(ctx context.Context) error {
	var recent []plan.SentNote
	err := s.store.View(ctx, func(tx plan.Tx) (err error) {
		recent, err = tx.RecentlySent(s.now().Add(-2 * time.Minute))
		return err
	})
	if err != nil {
		return err
	}
	for _, n := range recent {
		s.limiter.take(n.Chat, n.At)
	}
	if len(recent) > 0 && s.limiter.limits.Global > 0 {
		s.paused = s.now().Add(restartRest)
	}
	s.load(ctx)
	return nil
}

// load takes messages of the outbox in, a page at a time, as long as few wait.
func (s *sender) load(ctx context.Context) {
	for s.loaded < pageOfMail {
		var page []plan.Delivery
		err := s.store.View(ctx, func(tx plan.Tx) (err error) {
			page, err = tx.OutboxAfter(s.read, pageOfMail)
			return err
		})
		if err != nil {
			if ctx.Err() == nil {
				s.log.Error("read the outbox", "error", err)
			}
			return
		}
		for i := range page {
			s.read = page[i].Number
			s.takeIn(ctx, &page[i])
		}
		if len(page) < pageOfMail {
			return
		}
	}
}

// takeIn puts a stored message in the line of its chat; other channels' are left alone.
func (s *sender) takeIn(ctx context.Context, d *plan.Delivery) {
	if !isTelegram(d.Recipient) {
		return
	}
	m, err := render.Decode(d.Payload)
	if err != nil {
		s.log.Error("a stored message cannot be read", "key", d.Key, "error", err)
		s.record(ctx, func(tx plan.Tx) error { return tx.Bury(d.Key, err.Error(), s.now()) })
		return
	}
	s.loaded++
	s.enqueue(&job{chat: d.Recipient, key: d.Key, message: m, urgent: d.Urgent})
}

// enqueue puts a job in its line; an urgent one behind the urgent ones only.
func (s *sender) enqueue(j *job) {
	l := s.lines[j.chat]
	if l == nil {
		l = &line{chat: j.chat, index: -1}
		s.lines[j.chat] = l
	}
	at := len(l.jobs)
	if j.urgent {
		for at = 0; at < len(l.jobs) && (l.jobs[at].urgent || l.jobs[at].tried > 0); at++ {
		}
	}
	l.jobs = append(l.jobs, nil)
	copy(l.jobs[at+1:], l.jobs[at:])
	l.jobs[at] = j
	s.place(l)
	s.metrics.depth(1)
}

// place puts a line in the heap where it belongs now.
func (s *sender) place(l *line) {
	if l.index >= 0 {
		heap.Remove(&s.heaps[l.heap()], l.index)
	}
	if l.busy || len(l.jobs) == 0 {
		return
	}
	ready := s.limiter.chatReady(l.chat, s.now())
	if ready.After(l.ready) {
		l.ready = ready
	}
	l.inHeap = 1
	if l.jobs[0].urgent {
		l.inHeap = 0
	}
	heap.Push(&s.heaps[l.inHeap], l)
}

// dispatch starts what may leave now and returns how long to wait for the next.
func (s *sender) dispatch(ctx context.Context) time.Duration {
	const rest = time.Minute
	for {
		now := s.now()
		gate := s.limiter.globalReady()
		if s.paused.After(gate) {
			gate = s.paused
		}
		if s.inFlight >= maxInFlight {
			return rest
		}
		l := s.pick(now)
		if l == nil {
			return s.untilNext(now, gate, rest)
		}
		if gate.After(now) {
			return gate.Sub(now)
		}
		heap.Remove(&s.heaps[l.heap()], l.index)
		j := l.jobs[0]
		l.jobs = l.jobs[1:]
		l.busy = true
		s.inFlight++
		s.limiter.take(j.chat, now)
		go func() { s.done <- result{j, s.send(ctx, j)} }()
	}
}

// pick is the line that is ready, urgent ones first.
func (s *sender) pick(now time.Time) *line {
	for i := range s.heaps {
		if h := s.heaps[i]; len(h) > 0 && !h[0].ready.After(now) {
			return h[0]
		}
	}
	return nil
}

func (s *sender) untilNext(now, gate time.Time, rest time.Duration) time.Duration {
	for i := range s.heaps {
		if h := s.heaps[i]; len(h) > 0 {
			at := h[0].ready
			if gate.After(at) {
				at = gate
			}
			rest = min(rest, max(at.Sub(now), 0))
		}
	}
	return rest
}

// send makes the call and records it. The record is made even while the program ends.
func (s *sender) send(ctx context.Context, j *job) error {
	err := s.client.deliver(ctx, j)
	if fateOf(err) != delivered {
		return err
	}
	s.record(context.WithoutCancel(ctx), func(tx plan.Tx) error {
		if j.update != "" {
			if err := tx.Once(j.update); err != nil && !errors.Is(err, plan.ErrUpdated) {
				return err
			}
		}
		if j.key != "" {
			if err := tx.Sent(j.key); err != nil {
				return err
			}
		}
		return tx.Noted(j.chat, s.now())
	})
	return nil
}

// record stores what the sender has to remember.
func (s *sender) record(ctx context.Context, f func(plan.Tx) error) {
	if err := s.store.Update(ctx, f); err != nil {
		s.log.Error("record of a send", "error", err)
	}
}

// finish goes on after a job.
func (s *sender) finish(ctx context.Context, r result) {
	s.inFlight--
	l := s.lines[r.job.chat]
	l.busy = false
	fate := fateOf(r.err)
	if fate != delivered {
		s.log.Warn("a message was not delivered", "chat", r.job.chat, "key", r.job.key, "tried", r.job.tried+1, "error", r.err)
	}
	s.metrics.sent(fate)
	switch fate {
	case pause:
		s.paused = s.now().Add(retryAfter(r.err))
		s.again(l, r.job)
	case retry:
		s.later(ctx, l, r.job, r.err)
	case move:
		s.moved(ctx, l, r.job, r.err)
	case leave:
		s.left(ctx, l, r.job, r.err)
	case bury:
		s.buried(ctx, r.job, r.err)
	case halt:
		s.again(l, r.job)
		s.paused = s.now().Add(time.Hour)
		s.halted(r.err)
	case delivered:
		s.out(r.job)
	}
	if len(l.jobs) == 0 && !l.busy {
		delete(s.lines, l.chat)
	} else {
		s.place(l)
	}
	if s.loaded < pageOfMail/2 {
		s.load(ctx)
	}
}

// out counts a job that left the lines.
func (s *sender) out(j *job) {
	s.metrics.depth(-1)
	if j.key != "" {
		s.loaded--
	}
}

// again puts a job back at the head of its line.
func (s *sender) again(l *line, j *job) {
	j.tried++
	if j.since.IsZero() {
		j.since = s.now()
	}
	l.jobs = append([]*job{j}, l.jobs...)
}

// later tries a job again after a while that grows; it is buried after a day.
func (s *sender) later(ctx context.Context, l *line, j *job, err error) {
	if !j.since.IsZero() && s.now().Sub(j.since) > giveUpAfter {
		s.buried(ctx, j, err)
		return
	}
	s.again(l, j)
	l.ready = s.now().Add(wait(j.tried))
}

// wait grows from half a second to maxBackoff with the tries.
func wait(tried int) time.Duration {
	b := backoff.NewExponentialBackOff()
	b.InitialInterval, b.Multiplier, b.MaxInterval, b.RandomizationFactor = 500*time.Millisecond, 2, maxBackoff, 0.2
	d := b.NextBackOff()
	for range min(tried-1, 16) {
		d = b.NextBackOff()
	}
	return d
}

// buried gives a message up and keeps it where admins see it.
func (s *sender) buried(ctx context.Context, j *job, err error) {
	s.out(j)
	s.record(ctx, func(tx plan.Tx) error {
		if j.update != "" {
			if err := tx.Once(j.update); err != nil && !errors.Is(err, plan.ErrUpdated) {
				return err
			}
		}
		if j.key == "" {
			return nil
		}
		return tx.Bury(j.key, err.Error(), s.now())
	})
}

// left gives up a chat that cannot be reached: its messages and its subscriptions.
func (s *sender) left(ctx context.Context, l *line, j *job, err error) {
	for _, waiting := range append([]*job{j}, l.jobs...) {
		s.buried(ctx, waiting, err)
	}
	l.jobs = nil
	s.record(ctx, func(tx plan.Tx) error { return tx.Gone(l.chat) })
}

// moved sends to the supergroup that a group became.
func (s *sender) moved(ctx context.Context, l *line, j *job, err error) {
	refusal, _ := errors.AsType[*APIError](err)
	to := chatName(refusal.MigrateTo)
	s.record(ctx, func(tx plan.Tx) error { return tx.Moved(l.chat, to) })
	jobs := append([]*job{j}, l.jobs...)
	l.jobs = nil
	for _, waiting := range jobs {
		s.metrics.depth(-1)
		waiting.chat = to
		s.enqueue(waiting)
	}
}

// drain waits for what is in flight and records it; what waits stays stored.
func (s *sender) drain() {
	for s.inFlight > 0 {
		<-s.done
		s.inFlight--
	}
}
