package plan

// Holder returns the commitment that an item is, or that holds it; nil where none does.
func (p *Plan) Holder(item ID) *Commitment {
	for i := range p.Commitments {
		c := &p.Commitments[i]
		if c.ID == item || c.Target(item) != nil || c.Task(item) != nil {
			return c
		}
	}
	return nil
}

// Target returns the target with the id, or nil.
func (c *Commitment) Target(item ID) *Target {
	for i := range c.Targets {
		if c.Targets[i].ID == item {
			return &c.Targets[i]
		}
	}
	return nil
}

// Task returns the task with the id, or nil.
func (c *Commitment) Task(item ID) *Task {
	for i := range c.Tasks {
		if c.Tasks[i].ID == item {
			return &c.Tasks[i]
		}
	}
	return nil
}

// DutyOf finds who answers for an item of a commitment: its own duty, else the
// commitment's, else the departments that the report names; nil where nobody does.
func DutyOf(c *Commitment, item ID, duties map[ID]Duty) *Duty {
	for _, id := range []ID{item, c.ID} {
		if d, ok := duties[id]; ok {
			return &d
		}
	}
	if len(c.Departments) == 0 {
		return nil
	}
	return &Duty{Item: c.ID, Lead: c.Departments[0], Support: c.Departments[1:]}
}
