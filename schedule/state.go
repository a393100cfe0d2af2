package schedule

import (
	"time"

	"duban/plan"
)

// State is what Due looks at: one plan and everybody whom it concerns.
type State struct {
	Plan        *plan.Plan
	Duties      map[plan.ID]plan.Duty
	Marks       map[plan.ID][]plan.Mark // accepted filings
	Filed       map[plan.ID][]Receipt   // filings that were not returned
	People      []plan.Person
	Subscribers []plan.Subscription
	Rules       plan.Rules
	Told        func(key string) bool // whether the ledger has a key
}

// Receipt says that something was filed, whatever became of it.
type Receipt struct {
	At   time.Time // recorded
	Date plan.Date // of the data
}

// part is a target or a task of the plan that is filed for.
type part struct {
	commitment *plan.Commitment
	target     *plan.Target
	task       *plan.Task
	duty       *plan.Duty
	standing   plan.Standing
}

func (p *part) id() plan.ID {
	if p.target != nil {
		return p.target.ID
	}
	return p.task.ID
}

func (p *part) deadline() plan.Date {
	if p.target != nil {
		return p.target.Deadline
	}
	return p.task.Deadline
}

// parts lists what has to be filed for as of a day: targets that may be rated and tasks,
// not those that are done or cancelled.
func (s *State) parts(day plan.Date) []part {
	var list []part
	standing := plan.Stand(s.Plan, s.Marks, day, time.Time{}, s.Rules)
	for i := range standing.Commitments {
		cs := &standing.Commitments[i]
		c := cs.Commitment
		for j := range cs.Targets {
			if s.Plan.Counts(&c.Targets[j]) && open(&cs.Targets[j]) {
				list = append(list, part{commitment: c, target: &c.Targets[j], duty: plan.DutyOf(c, c.Targets[j].ID, s.Duties), standing: cs.Targets[j]})
			}
		}
		for j := range cs.Tasks {
			if open(&cs.Tasks[j]) {
				list = append(list, part{commitment: c, task: &c.Tasks[j], duty: plan.DutyOf(c, c.Tasks[j].ID, s.Duties), standing: cs.Tasks[j]})
			}
		}
	}
	return list
}

func open(s *plan.Standing) bool { return s.Light != plan.Done && s.Light != plan.Cancelled }

// filedIn reports whether an item was filed for in a round: since its window opened.
func (s *State) filedIn(item plan.ID, p Period) bool {
	for _, r := range s.Filed[item] {
		if !r.At.Before(p.Opens) {
			return true
		}
	}
	return false
}

// reach lists the people of a role in a department who can be written to on a day: those
// on leave are replaced by their delegates.
func (s *State) reach(role plan.Role, department string, day plan.Date) []*plan.Person {
	var list []*plan.Person
	for i := range s.People {
		p := &s.People[i]
		if p.Removed || p.Role != role || department != "" && p.Department != department {
			continue
		}
		if p = s.present(p, day); p != nil && !contains(list, p) {
			list = append(list, p)
		}
	}
	return list
}

// present is the person, or who stands in; nil where nobody does.
func (s *State) present(p *plan.Person, day plan.Date) *plan.Person {
	if !p.Away(day) {
		return p
	}
	for i := range s.People {
		if q := &s.People[i]; q.ID == p.Leave.Delegate && !q.Removed && !q.Away(day) {
			return q
		}
	}
	return nil
}

func contains(list []*plan.Person, p *plan.Person) bool {
	for _, q := range list {
		if q.ID == p.ID {
			return true
		}
	}
	return false
}
