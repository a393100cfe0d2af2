package plan

import (
	"maps"
	"time"
)

// Duty (责任分工) says which departments answer for a commitment, or for one of its targets
// or tasks.
type Duty struct {
	Item    ID       `json:"item"`
	Lead    string   `json:"lead"`              // 牵头
	Support []string `json:"support,omitempty"` // 配合
	By      PersonID `json:"by,omitempty"`
	// Since is when the lead was made to answer for it; zero where that is not known, or from
	// the beginning.
	Since time.Time `json:"since,omitzero"`
}

// Asked reports whether the lead answered for the item before a round closed, and so is
// asked for it in the round.
func (d *Duty) Asked(r Round) bool { return d.Since.IsZero() || !DateOf(d.Since).After(r.Closes) }

// DutiesAt are the duties as a moment takes them: one that was recorded later holds from the
// beginning, for times before anything was assigned are only looked back at.
func DutiesAt(duties map[ID]Duty, at time.Time) map[ID]Duty {
	var held map[ID]Duty
	for id, d := range duties {
		if !d.Since.After(at) {
			continue
		}
		if held == nil {
			held = maps.Clone(duties)
		}
		d.Since = time.Time{}
		held[id] = d
	}
	if held == nil {
		return duties
	}
	return held
}

// Includes reports whether a department leads or supports.
func (d *Duty) Includes(department string) bool {
	if d == nil || department == "" {
		return false
	}
	if d.Lead == department {
		return true
	}
	for _, s := range d.Support {
		if s == department {
			return true
		}
	}
	return false
}

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
