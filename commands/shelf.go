package commands

import (
	"context"
	"sync"

	"duban/ask"
	"duban/plan"
)

// shelf keeps the indexed plans in memory and reads them again when the store has changed.
type shelf struct {
	store    Store
	mu       sync.Mutex
	revision uint64
	current  *ask.Library
	answers  map[plan.Key]map[plan.ID]plan.Duty // who answers for what
}

// library returns the plans as they are stored now.
func (s *shelf) library(ctx context.Context) (*ask.Library, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var revision uint64
	var plans []*plan.Plan
	answers := map[plan.Key]map[plan.ID]plan.Duty{}
	err := s.store.View(ctx, func(tx plan.Tx) error {
		plans = nil
		var err error
		if revision, err = tx.Plans().Revision(); err != nil || s.current != nil && revision == s.revision {
			return err
		}
		if plans, err = plan.All(tx.Plans()); err != nil {
			return err
		}
		for _, p := range plans {
			if answers[p.Key()], err = tx.Plans().Duties(p.Key()); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil || s.current != nil && revision == s.revision {
		return s.current, err
	}
	s.current, s.revision, s.answers = ask.NewLibrary(plans...), revision, answers
	return s.current, nil
}

// duties returns who answers for what in a plan, as of the last look.
func (s *shelf) duties(key plan.Key) map[plan.ID]plan.Duty {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.answers[key]
}
