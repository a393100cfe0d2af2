package plan

import (
	"fmt"
	"slices"
	"time"
)

// RequestKind is what a request asks to be changed.
type RequestKind string

// Kinds of requests.
const (
	Extend   RequestKind = "extend"   // 延期: a new deadline
	Schedule RequestKind = "schedule" // 节点: a schedule of its own
	Adjust   RequestKind = "adjust"   // 调整目标: a new value, with the approving body and its document
	Drop     RequestKind = "drop"     // 取消: as above
	Transfer RequestKind = "transfer" // 转交: another department answers for it
)

// Request asks supervisors to change the plan in mid-year; what the report says stays
// visible for ever.
type Request struct {
	ID         uint64      `json:"id"`
	Plan       Key         `json:"plan"`
	Item       ID          `json:"item"` // target or task; of a transfer also a commitment
	Kind       RequestKind `json:"kind"`
	To         string      `json:"to,omitempty"` // department of a transfer
	Deadline   Date        `json:"deadline,omitzero"`
	Value      *Decimal    `json:"value,omitempty"`
	Nodes      []Node      `json:"nodes,omitempty"`
	Reason     string      `json:"reason"`
	Approval   string      `json:"approval,omitempty"` // body and number of the document
	By         PersonID    `json:"by"`
	Chat       string      `json:"chat,omitempty"`
	Department string      `json:"department,omitempty"`
	At         time.Time   `json:"at"`
	Review     *Review     `json:"review,omitempty"` // nil while it waits
}

// Origin is what the report says of an item that was changed in mid-year.
type Origin struct {
	Deadline  Date    `json:"deadline"`
	Value     Decimal `json:"value,omitzero"`
	ValueText string  `json:"value_text,omitempty"`
	Why       string  `json:"why"` // reasons and approvals of the changes, oldest first

	Changes []Adjustment `json:"changes,omitempty"` // of value and deadline, oldest first
}

// Adjustment is one granted change of a value or of a deadline.
type Adjustment struct {
	Value    *Decimal `json:"value,omitempty"`
	Deadline Date     `json:"deadline,omitzero"`
	Approval string   `json:"approval,omitempty"` // "" where supervisors granted an extension
	Reason   string   `json:"reason"`
}

// Adjusted returns the plan with what was granted; p is not changed.
func Adjusted(p *Plan, requests []Request) *Plan {
	out := *p
	out.Commitments = slices.Clone(p.Commitments)
	for i := range out.Commitments {
		c := &out.Commitments[i]
		c.Targets, c.Tasks = slices.Clone(c.Targets), slices.Clone(c.Tasks)
		for j := range requests {
			if r := &requests[j]; r.Kind != Transfer && r.Review != nil && r.Review.Verdict == Accepted {
				c.adjust(r)
			}
		}
	}
	return &out
}

// adjust changes the item of a request; one of the commitment concerns all its parts.
func (c *Commitment) adjust(r *Request) {
	whole := r.Item == c.ID && (r.Kind == Extend || r.Kind == Drop)
	for i := range c.Targets {
		if whole || c.Targets[i].ID == r.Item {
			c.Targets[i].adjust(r)
		}
	}
	for i := range c.Tasks {
		if whole || c.Tasks[i].ID == r.Item {
			c.Tasks[i].adjust(r)
		}
	}
}

func (t *Target) adjust(r *Request) {
	if r.Kind == Schedule {
		t.Nodes = r.Nodes
		return
	}
	origin := Origin{Deadline: t.Deadline, Value: t.Value, ValueText: t.ValueText}
	if t.Original != nil {
		origin = *t.Original
	}
	origin.add(r)
	t.Original = &origin
	switch r.Kind {
	case Extend:
		t.Deadline = r.Deadline
	case Adjust:
		if r.Value != nil {
			t.Value, t.ValueText = *r.Value, t.Say(*r.Value)
		}
		if !r.Deadline.IsZero() {
			t.Deadline = r.Deadline
		}
	case Drop:
		t.Cancelled = r.why()
	}
}

func (t *Task) adjust(r *Request) {
	origin := Origin{Deadline: t.Deadline}
	if t.Original != nil {
		origin = *t.Original
	}
	origin.add(r)
	switch {
	case r.Kind == Extend, r.Kind == Adjust && !r.Deadline.IsZero():
		t.Original, t.Deadline = &origin, r.Deadline
	case r.Kind == Drop:
		t.Original, t.Cancelled = &origin, r.why()
	}
}

// Check reports what a request lacks: every one gives its reason, an extension its date, a
// schedule its nodes, an adjustment or a cancellation the approving body and its document.
// It returns nil or wraps ErrInvalid.
func (r *Request) Check() error {
	approved := r.Approval != ""
	complete := false
	switch r.Kind {
	case Extend:
		complete = !r.Deadline.IsZero()
	case Schedule:
		complete = len(r.Nodes) > 0 && !slices.ContainsFunc(r.Nodes, func(n Node) bool { return n.Date.IsZero() || outside(&n.Percent) })
	case Adjust:
		complete = approved && (r.Value != nil || !r.Deadline.IsZero())
	case Drop:
		complete = approved
	case Transfer:
		complete = r.To != ""
	}
	if r.Reason == "" || !complete {
		return fmt.Errorf("request to %s: %w", r.Kind, ErrInvalid)
	}
	return nil
}

// add notes why an item was changed once more.
func (o *Origin) add(r *Request) {
	if o.Why != "" {
		o.Why += "；"
	}
	o.Why += r.why()
	if r.Value != nil || !r.Deadline.IsZero() {
		o.Changes = append(slices.Clip(o.Changes), Adjustment{Value: r.Value, Deadline: r.Deadline, Approval: r.Approval, Reason: r.Reason})
	}
}

func (r *Request) why() string {
	if r.Approval == "" {
		return r.Reason
	}
	return r.Reason + "（" + r.Approval + "）"
}
