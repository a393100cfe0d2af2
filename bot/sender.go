package bot

import (
	"container/heap"
	"context"
	"log/slog"
	"time"

	"duban/plan"
)

// Bounds of the sender.
const (
	maxCalls    = 80             // at a time
	maxInFlight = 2 * maxCalls   // messages that left and are not recorded
	maxAnswers  = 2_000          // answers that wait; then no more are taken
	giveUpAfter = 24 * time.Hour // a message that was tried for so long is buried
	maxBackoff  = 5 * time.Minute
	lookEvery   = 5 * time.Second         // into the outbox, where nobody says that it grew
	restartRest = 1100 * time.Millisecond // what was in flight at a crash is older then
	lastCalls   = 2 * time.Second         // for what is in flight when the program must end
)

// sender sends what waits, interactive answers before broadcasts, under the limits; of one
// chat one message at a time, in order. Every send is recorded before the next to the same
// chat leaves; while one cannot be recorded, nothing leaves.
type sender struct {
	client  *client
	store   Store
	log     *slog.Logger
	now     func() time.Time
	limiter *limiter
	metrics *Metrics
	halted  func(error)

	submitted chan order
	wake      chan struct{}
	ending    chan struct{} // closed when only urgent messages are still to be sent
	work      chan *job     // for workers; as many as there were calls at a time
	sent      chan *job     // for the recorder
	done      chan result

	gate gate            // shut while a record cannot be stored
	life context.Context //nolint:containedctx // of run: what cannot be stored is tried as long

	lines    map[string]*line
	heaps    [2]lineHeap // urgent, normal
	owed     []chan struct{}
	inFlight int
	workers  int
	answers  int       // jobs that are not in the outbox
	paused   time.Time // by a start or a refused token; see client.pause
	read     uint64    // last number of the outbox that was taken in
	looked   time.Time
	closing  bool
}

// order is what the sender is asked: to send a job, or to look into the outbox and say so.
type order struct {
	job  *job
	seen chan struct{}
}

// result is what became of a job.
type result struct {
	job *job
	err error
}

func newSender(c *client, store Store, log *slog.Logger, limits Limits, metrics *Metrics, now func() time.Time) *sender {
	return &sender{
		client: c, store: store, log: log, now: now, limiter: newLimiter(limits), metrics: metrics,
		submitted: make(chan order, 1024), wake: make(chan struct{}, 1), ending: make(chan struct{}), work: make(chan *job, maxInFlight),
		sent: make(chan *job, maxInFlight), done: make(chan result, maxInFlight),
		lines: map[string]*line{}, life: context.Background(),
	}
}

// submit hands a job to the sender; false when ctx is done.
func (s *sender) submit(ctx context.Context, j *job) bool {
	select {
	case s.submitted <- order{job: j}:
		return true
	case <-ctx.Done():
		return false
	}
}

// look returns when the sender has taken in what is stored: what is submitted afterwards
// stands behind it.
func (s *sender) look(ctx context.Context) {
	seen := make(chan struct{})
	select {
	case s.submitted <- order{seen: seen}:
	case <-ctx.Done():
		return
	}
	select {
	case <-seen:
	case <-ctx.Done():
	}
}

// poke makes the sender look into the outbox soon.
func (s *sender) poke() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// run sends until ctx is done, or until nothing urgent waits after ending was closed; then
// it waits for what is in flight.
func (s *sender) run(ctx context.Context) error {
	s.life = ctx
	if err := s.restore(ctx); err != nil {
		return err
	}
	defer close(s.work)
	defer close(s.sent)
	calls, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	go s.keepRecords(calls)
	timer := time.NewTimer(0)
	defer timer.Stop()
	ending := s.ending
	for !s.finished() {
		timer.Reset(s.dispatch(calls))
		select {
		case <-ctx.Done():
			s.drain(cancel)
			return nil
		case <-ending:
			s.closing, ending = true, nil
		case o := <-s.taking():
			s.accept(o)
		case <-s.wake:
			s.load()
		case r := <-s.done:
			s.finish(r)
		case <-timer.C:
			if s.now().Sub(s.looked) >= lookEvery {
				s.load()
			}
		}
		s.answerLooks()
	}
	return nil
}

// finished reports whether nothing is left to do at the end.
func (s *sender) finished() bool {
	return s.closing && s.inFlight == 0 && len(s.heaps[0]) == 0 && len(s.submitted) == 0
}

// taking is the channel of orders, none while too many answers wait.
func (s *sender) taking() chan order {
	if s.answers >= maxAnswers {
		return nil
	}
	return s.submitted
}

func (s *sender) accept(o order) {
	if o.job == nil {
		s.owed = append(s.owed, o.seen)
		return
	}
	s.answers++
	s.enqueue(o.job)
}

// answerLooks looks into the outbox for those who wait for that.
func (s *sender) answerLooks() {
	for len(s.owed) > 0 {
		owed := s.owed
		s.owed = nil
		s.load()
		for _, seen := range owed {
			close(seen)
		}
	}
}

// restore rebuilds the limiter from what was sent before, and takes the outbox in. What was
// in flight at a crash is not recorded, so a moment passes first where something may have
// been.
func (s *sender) restore(ctx context.Context) error {
	var recent []plan.SentNote
	var waits bool
	err := s.store.View(ctx, func(tx plan.Tx) error {
		inbox, err := tx.Inbox()
		if err != nil {
			return err
		}
		outbox, err := tx.OutboxAfter(0, 1)
		if err != nil {
			return err
		}
		waits = len(inbox) > 0 || len(outbox) > 0
		recent, err = tx.RecentlySent(s.now().Add(-2 * time.Minute))
		return err
	})
	if err != nil {
		return err
	}
	now := s.now()
	for _, n := range recent {
		if n.At.After(now) { // the clock was set back
			n.At = now
		}
		s.limiter.note(n.Chat, n.At)
	}
	if (len(recent) > 0 || waits) && s.limiter.limits.Global > 0 {
		s.paused = now.Add(restartRest)
	}
	s.load()
	return nil
}

// enqueue puts a job in its line.
func (s *sender) enqueue(j *job) {
	l := s.lines[j.chat]
	if l == nil {
		l = &line{chat: j.chat, index: -1}
		s.lines[j.chat] = l
	}
	l.insert(j)
	s.place(l)
	s.metrics.depth(1)
}

// place puts a line in the heap where it belongs now.
func (s *sender) place(l *line) {
	if l.index >= 0 {
		heap.Remove(&s.heaps[l.inHeap], l.index)
	}
	if l.busy || len(l.jobs) == 0 {
		return
	}
	if ready := s.limiter.chatReady(l.chat, s.now()); ready.After(l.ready) {
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
	for {
		now := s.now()
		if s.inFlight >= maxInFlight || s.gate.isShut() {
			return lookEvery
		}
		gate := s.limiter.globalReady(now)
		for _, pause := range []time.Time{s.paused, s.client.pause.end()} {
			if pause.After(gate) {
				gate = pause
			}
		}
		l := s.pick(now)
		if l == nil || gate.After(now) {
			return s.untilNext(now, gate)
		}
		s.leave(ctx, l, now)
	}
}

// leave sends the first of a line.
func (s *sender) leave(ctx context.Context, l *line, now time.Time) {
	heap.Remove(&s.heaps[l.inHeap], l.index)
	j := l.jobs[0]
	l.jobs[0] = nil
	l.jobs = l.jobs[1:]
	l.busy = true
	s.inFlight++
	s.limiter.leave(now)
	if s.workers < min(s.inFlight, maxCalls) {
		s.workers++
		go s.deliver(ctx)
	}
	s.work <- j
}

// deliver sends jobs until there are no more. What was sent goes to the recorder first.
func (s *sender) deliver(ctx context.Context) {
	for j := range s.work {
		if sent, err := s.sendSafely(ctx, j); sent {
			s.sent <- j
		} else {
			s.done <- result{j, err}
		}
	}
}

// ready are the heaps that are sent from, the more urgent first.
func (s *sender) ready() []lineHeap {
	if s.closing {
		return s.heaps[:1]
	}
	return s.heaps[:]
}

// pick is the line that is ready, urgent ones first.
func (s *sender) pick(now time.Time) *line {
	for _, h := range s.ready() {
		if len(h) > 0 && !h[0].ready.After(now) {
			return h[0]
		}
	}
	return nil
}

func (s *sender) untilNext(now, gate time.Time) time.Duration {
	rest := lookEvery
	for _, h := range s.ready() {
		if len(h) > 0 {
			at := h[0].ready
			if gate.After(at) {
				at = gate
			}
			rest = min(rest, max(at.Sub(now), 0))
		}
	}
	return rest
}

// drain waits a moment for what is in flight, then breaks it off; what waits stays stored.
func (s *sender) drain(cancel context.CancelFunc) {
	timer := time.AfterFunc(lastCalls, cancel)
	defer timer.Stop()
	for s.inFlight > 0 {
		s.finish(<-s.done)
	}
}
