package commands

import (
	"sync"

	"duban/ask"
	"duban/plan"
)

// shelf keeps the indexed plans in memory and reads them again when the store has changed.
type shelf struct {
	mu       sync.Mutex
	revision uint64
	current  *ask.Library
	answers  map[plan.Key]map[plan.ID]plan.Duty // who answers for what
}

// library returns the plans as they are stored now.
func (s *shelf) library(tx plan.Tx) (*ask.Library, error) {
	revision, err := tx.Plans().Revision()
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.current != nil && revision == s.revision {
		return s.current, nil
	}
	plans, err := plan.All(tx.Plans())
	if err != nil {
		return nil, err
	}
	answers := map[plan.Key]map[plan.ID]plan.Duty{}
	for _, p := range plans {
		if answers[p.Key()], err = tx.Plans().Duties(p.Key()); err != nil {
			return nil, err
		}
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
