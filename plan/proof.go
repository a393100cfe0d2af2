package plan

import "slices"

// Proof counts how far the targets of a plan, or of a part of it, were checked.
type Proof struct {
	Total    int // rejected ones too
	Right    int
	Fixed    int
	Added    int
	Rejected int
	Unseen   int // nobody looked at them
	Waiting  int // of those, the ones that do not count in public yet
}

// Checked is how many targets somebody looked at.
func (p Proof) Checked() int { return p.Total - p.Unseen }

// ProofOf counts the targets of the commitments under a code. The plan is one that Proofed
// returned.
func (p *Plan) ProofOf(under Code) Proof {
	var n Proof
	for i := range p.Commitments {
		c := &p.Commitments[i]
		if !c.Code.Within(under) {
			continue
		}
		for j := range c.Targets {
			n.count(p, &c.Targets[j])
		}
	}
	return n
}

func (n *Proof) count(p *Plan, t *Target) {
	n.Total++
	switch t.Check {
	case CheckedRight:
		n.Right++
	case CheckedFixed:
		n.Fixed++
	case CheckedAdded:
		n.Added++
	case Rejected:
		n.Rejected++
	default:
		n.Unseen++
		if !p.Counts(t) {
			n.Waiting++
		}
	}
}

// Undo returns the decisions that take back decisions[from:to]: every target is again what
// it was before. ok is false where one of them was decided upon since.
func Undo(p *Plan, decisions []Correction, from, to int) (inverse []Correction, ok bool) {
	if from < 0 || from >= to || to > len(decisions) {
		return nil, false
	}
	before := Proofed(p, decisions[:from])
	done := map[ID]bool{}
	for _, d := range slices.Backward(decisions[from:to]) {
		if done[d.Item] {
			continue
		}
		done[d.Item] = true
		inverse = append(inverse, inverseOf(before, &d, changes(decisions[from:to], d.Item)))
	}
	for i := range decisions[to:] {
		if done[decisions[to+i].Item] {
			return nil, false
		}
	}
	return inverse, true
}

// changes reports whether one of the decisions gave a target other values.
func changes(decisions []Correction, item ID) bool {
	return slices.ContainsFunc(decisions, func(d Correction) bool { return d.Item == item && d.Target != nil })
}

// inverseOf is the decision that makes a target what it was before; values tells whether it
// had others.
func inverseOf(before *Plan, d *Correction, values bool) Correction {
	inverse := Correction{Check: Rejected, Commitment: d.Commitment, Item: d.Item}
	c := before.ByID(d.Commitment)
	if c == nil {
		return inverse
	}
	if t := c.Target(d.Item); t != nil {
		inverse.Check, inverse.Was = t.Check, t.ReadAs()
		if was := *t; values {
			inverse.Target = &was
		}
	}
	return inverse
}

// Lapsed returns the last decision on each target that a plan no longer follows: its number
// was read differently, or it is gone from the report.
func Lapsed(p *Plan, decisions []Correction) []Correction {
	last := map[ID]int{}
	for i := range decisions {
		last[decisions[i].Item] = i
	}
	var lapsed []Correction
	for i := range decisions {
		d := &decisions[i]
		if last[d.Item] == i && d.Check != "" && !d.holds(p) {
			lapsed = append(lapsed, *d)
		}
	}
	return lapsed
}

// holds reports whether a decision still has something to say of a plan as it was read.
func (d *Correction) holds(p *Plan) bool {
	c := p.ByID(d.Commitment)
	if c == nil {
		return false
	}
	t := c.Target(d.Item)
	if t == nil {
		return d.Was == "" // of a target that supervisors added
	}
	return !d.outdated(t)
}
