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
func (c *Shift) Item() ID {
	if c.Target != nil {
		return c.Target.ID
	}
	return c.Task.ID
}

// Deadline is that of the target or task.
func (c *Shift) Deadline() Date {
	if c.Target != nil {
		return c.Target.Deadline
	}
	return c.Task.Deadline
}

// Behind reports whether a light asks for action: overdue, red or yellow.
func (l Light) Behind() bool { return l == Overdue || l == Red || l == Yellow }

// Worsened reports whether the item fell behind, or further behind.
func (c *Shift) Worsened() bool {
	if !c.Now.Light.Behind() || c.Before == nil {
		return false
	}
	return !c.Before.Light.Rated() || c.Now.Light.Worse(c.Before.Light)
}

// First reports whether the item has its first filing that counts.
func (c *Shift) First() bool {
	return c.Before != nil && c.Before.ReportedOn.IsZero() && !c.Now.ReportedOn.IsZero()
}

// Moved is by how much the progress grew; nil where it did not, or where there is none to
// compare with.
func (c *Shift) Moved() *big.Rat {
	if c.Before == nil || c.Before.Progress == nil || c.Now.Progress == nil {
		return nil
	}
	d := new(big.Rat).Sub(c.Now.Progress, c.Before.Progress)
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
