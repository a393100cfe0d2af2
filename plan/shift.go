package plan

import "math/big"

// Shift is a target or a task as it stood before and as it stands now.
type Shift struct {
	Commitment *Commitment
	Target     *Target   // nil for a task
	Task       *Task     // nil for a target
	Before     *Standing // nil where nothing is known of before
	Now        *Standing
}

// Item is the id of the target or task.
func (s *Shift) Item() ID {
	if s.Target != nil {
		return s.Target.ID
	}
	return s.Task.ID
}

// What is the name of the target or the text of the task.
func (s *Shift) What() string {
	if s.Target != nil {
		return s.Target.Metric
	}
	return s.Task.Text
}

// Deadline is that of the target or task.
func (s *Shift) Deadline() Date {
	if s.Target != nil {
		return s.Target.Deadline
	}
	return s.Task.Deadline
}

// Behind reports whether a light asks for action: overdue, red or yellow.
func (l Light) Behind() bool { return l == Overdue || l == Red || l == Yellow }

// Worsened reports whether the item fell behind, or further behind.
func (s *Shift) Worsened() bool {
	if !s.Now.Light.Behind() || s.Before == nil {
		return false
	}
	return !s.Before.Light.Rated() || s.Now.Light.Worse(s.Before.Light)
}

// First reports whether the item has its first filing that counts.
func (s *Shift) First() bool {
	return s.Before != nil && s.Before.ReportedOn.IsZero() && !s.Now.ReportedOn.IsZero()
}

// Moved is by how much the progress grew; nil where it did not, or where there is none to
// compare with.
func (s *Shift) Moved() *big.Rat {
	if s.Before == nil || s.Before.Progress == nil || s.Now.Progress == nil {
		return nil
	}
	d := new(big.Rat).Sub(s.Now.Progress, s.Before.Progress)
	if d.Sign() <= 0 {
		return nil
	}
	return d
}

// Shifts pairs the parts of a plan that count with how they stood before, in the order of
// the report. before may be nil.
func Shifts(before, now *PlanStanding) []Shift {
	was := map[ID]*Standing{}
	if before != nil {
		was = before.byItem()
	}
	var list []Shift
	for i := range now.Commitments {
		cs := &now.Commitments[i]
		c := cs.Commitment
		for j := range cs.Targets {
			if t := &c.Targets[j]; now.Plan.Counts(t) {
				list = append(list, Shift{Commitment: c, Target: t, Before: was[t.ID], Now: &cs.Targets[j]})
			}
		}
		for j := range cs.Tasks {
			if now.Plan.State == Published {
				list = append(list, Shift{Commitment: c, Task: &c.Tasks[j], Before: was[c.Tasks[j].ID], Now: &cs.Tasks[j]})
			}
		}
	}
	return list
}

// byItem returns the standings of targets and tasks by their ids.
func (ps *PlanStanding) byItem() map[ID]*Standing {
	found := map[ID]*Standing{}
	for i := range ps.Commitments {
		cs := &ps.Commitments[i]
		for j := range cs.Targets {
			found[cs.Commitment.Targets[j].ID] = &cs.Targets[j]
		}
		for j := range cs.Tasks {
			found[cs.Commitment.Tasks[j].ID] = &cs.Tasks[j]
		}
	}
	return found
}
