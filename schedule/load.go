package schedule

import (
	"errors"
	"sync"
	"time"

	"duban/plan"
)

// shelf keeps the plans in memory until they change.
type shelf struct {
	mu       sync.Mutex
	revision uint64
	read     bool
	plans    []PlanState // without what changes from day to day
}

// load reads what Due looks at. What it returns reads the ledger through tx.
func (s *shelf) load(tx plan.Tx, now time.Time) (*State, error) {
	plans, err := s.published(tx)
	if err != nil {
		return nil, err
	}
	desk := tx.As(plan.System, now)
	state := &State{Plans: plans}
	for i := range plans {
		plans[i].Duties = plan.DutiesAt(plans[i].Duties, now)
		if err := plans[i].fill(desk); err != nil {
			return nil, err
		}
	}
	if state.People, err = desk.People(); err != nil {
		return nil, err
	}
	if err := state.readChats(tx, now); err != nil {
		return nil, err
	}
	state.Told = func(key string) (time.Time, bool) {
		at, ok, err := tx.Told(key)
		if err != nil {
			state.failed = err
		}
		return at, ok
	}
	return state, nil
}

// readChats reads how chats want to be written to.
func (s *State) readChats(tx plan.Tx, now time.Time) error {
	chats, err := tx.Chats()
	if err != nil {
		return err
	}
	s.Chats = make(map[string]plan.Chat, len(chats))
	for _, c := range chats {
		s.Chats[c.ID] = c
	}
	subscribers, err := tx.As(plan.System, now).DigestSubscribers()
	s.Digests = make(map[string]plan.DigestSubscription, len(subscribers))
	for _, d := range subscribers {
		s.Digests[d.Chat] = d
	}
	return err
}

// published returns the published plans.
func (s *shelf) published(tx plan.Tx) ([]PlanState, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	revision, err := tx.Plans().Revision()
	if err != nil {
		return nil, err
	}
	if !s.read || revision != s.revision {
		if s.plans, err = readPlans(tx.Plans()); err != nil {
			return nil, err
		}
		s.revision, s.read = revision, true
	}
	return append([]PlanState(nil), s.plans...), nil
}

func readPlans(shelf plan.Shelf) ([]PlanState, error) {
	list, err := shelf.List()
	if err != nil {
		return nil, err
	}
	var plans []PlanState
	for _, summary := range list {
		if summary.State != plan.Published {
			continue
		}
		p := PlanState{}
		if p.Plan, err = shelf.Get(summary.Key); err != nil {
			return nil, err
		}
		if p.Duties, err = shelf.Duties(summary.Key); err != nil {
			return nil, err
		}
		if p.Closing, err = shelf.Closing(summary.Key); err != nil && !errors.Is(err, plan.ErrNotFound) {
			return nil, err
		}
		plans = append(plans, p)
	}
	return plans, nil
}

// fill reads what changes from day to day.
func (p *PlanState) fill(desk plan.Desk) (err error) {
	key := p.Plan.Key()
	if p.Marks, err = desk.Marks(key); err != nil {
		return err
	}
	waiting, err := desk.Undecided(key)
	if err != nil {
		return err
	}
	p.Waiting = map[plan.ID][]time.Time{}
	for i := range waiting {
		p.Waiting[waiting[i].Item] = append(p.Waiting[waiting[i].Item], waiting[i].At)
	}
	p.Filings = sync.OnceValues(func() (map[plan.ID][]plan.Filing, error) { return desk.Filings(key) })
	p.Subscribers, err = desk.Subscribers(key)
	return err
}
