package plan

import (
	"slices"
	"time"
)

// Check (校核) is what supervisors said of a target; "" while nobody looked at it.
type Check string

// Checks of targets.
const (
	Unchecked    Check = ""         // nobody looked at it; as a decision it takes one back
	CheckedRight Check = "accepted" // as it was read
	CheckedFixed Check = "fixed"    // read wrongly, mended
	CheckedAdded Check = "added"    // missed by the parser
	Rejected     Check = "rejected" // no target at all
)

// Correction is one decision of a supervisor on what was read out of a report. Splitting a
// target is a fix and an addition, merging a fix and a rejection.
type Correction struct {
	Check      Check     `json:"check"`
	Commitment ID        `json:"commitment"`
	Item       ID        `json:"item"`             // the target
	Was        string    `json:"was,omitempty"`    // its ValueText as read: another one ends the correction
	Seen       ID        `json:"seen,omitempty"`   // NextID of the plan when it was taken: a later change of the target ends it
	Target     *Target   `json:"target,omitempty"` // after a fix or of an addition
	By         PersonID  `json:"by"`
	At         time.Time `json:"at"`
	Reason     string    `json:"reason,omitempty"`
}

// Corrected returns the plan as supervisors corrected it. p is as it was read and is not
// changed. Rejected targets are left out; a correction of a number that a later edition of
// the report changed no longer counts. Decisions are in the order of time.
func Corrected(p *Plan, decisions []Correction) *Plan {
	out := Proofed(p, decisions)
	for i := range out.Commitments {
		c := &out.Commitments[i]
		c.Targets = slices.DeleteFunc(c.Targets, func(t Target) bool { return t.Check == Rejected })
	}
	return out
}

// Proofed is Corrected with the rejected targets left in.
func Proofed(p *Plan, decisions []Correction) *Plan {
	out := *p
	out.Commitments = slices.Clone(p.Commitments)
	for i := range out.Commitments {
		c := &out.Commitments[i]
		c.Targets = slices.Clone(c.Targets)
		for _, d := range decisions {
			if d.Commitment == c.ID {
				c.correct(d, len(p.Commitments[i].Targets))
			}
		}
	}
	return &out
}

// correct applies one decision; the first read targets come from the report.
func (c *Commitment) correct(d Correction, read int) {
	i := slices.IndexFunc(c.Targets, func(t Target) bool { return t.ID == d.Item })
	if i < 0 {
		if d.Check == CheckedAdded && d.Target != nil {
			t := *d.Target
			t.ID, t.Check = d.Item, CheckedAdded
			c.Targets = append(c.Targets, t)
		}
		return
	}
	t := &c.Targets[i]
	added := i >= read
	if !added && d.outdated(t) {
		return
	}
	if d.Target != nil {
		t.fix(d.Target)
	}
	t.Check = t.checkAfter(d.Check, added)
}

// outdated reports whether a later edition of the report changed a target since the decision
// was taken.
func (d *Correction) outdated(t *Target) bool {
	return d.Was != "" && d.Was != t.ReadAs() || d.Seen != 0 && d.Seen <= t.Since
}

// checkAfter is what stays of a target's history: an added one remains added, a fixed one
// that is accepted remains fixed, until it is rejected.
func (t *Target) checkAfter(check Check, added bool) Check {
	switch {
	case check == Rejected:
		return Rejected
	case added:
		return CheckedAdded
	case check == CheckedRight && t.Read != "":
		return CheckedFixed
	}
	return check
}

// ReadAs is the value as the report writes it, also after a fix; "" for a target that
// supervisors added.
func (t *Target) ReadAs() string {
	switch {
	case t.Check == CheckedAdded:
		return ""
	case t.Read != "":
		return t.Read
	}
	return t.ValueText
}

// fix takes over what a supervisor may change; the place in the report stays.
func (t *Target) fix(to *Target) {
	if t.Read == "" {
		t.Read = t.ValueText
	}
	t.Metric, t.Op, t.Value, t.Upper, t.Stretch = to.Metric, to.Op, to.Value, to.Upper, to.Stretch
	t.Unit, t.Kind, t.Hedge, t.Deadline = to.Unit, to.Kind, to.Hedge, to.Deadline
	t.Basis, t.Nodes, t.Weight, t.ValueText = to.Basis, to.Nodes, to.Weight, to.ValueText
}

// Counts reports whether a target may be rated in public: its plan is published, and the
// target stood there like this when it was, or was checked since. Others are marked 未校核.
func (p *Plan) Counts(t *Target) bool {
	return p.State == Published && (t.Check != "" || p.CheckedTo == 0 || t.ID < p.CheckedTo && t.Since < p.CheckedTo)
}

// Waits reports whether a corrected report brought or changed a target of a published plan
// and nobody accepted it since: it is shown with the mark 未校核 and rated nowhere.
func (p *Plan) Waits(t *Target) bool { return p.State == Published && !p.Counts(t) }
