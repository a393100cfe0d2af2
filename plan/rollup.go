package plan

import (
	"math/big"
	"time"
)

// rank orders rated lights from worst to best.
var rank = map[Light]int{Overdue: 1, Red: 2, Yellow: 3, Green: 4, Done: 5}

// Rated reports whether a light counts in rankings and roll-ups.
func (l Light) Rated() bool { return rank[l] > 0 }

// Worse reports whether l is worse than m; both are rated.
func (l Light) Worse(m Light) bool { return rank[l] < rank[m] }

// PlanStanding is how a whole plan stands on a day.
type PlanStanding struct {
	Plan        *Plan
	AsOf        Date
	Commitments []CommitmentStanding // in the order of the report
	Latest      Date                 // data date of the newest filing that counts; zero for none
}

// CommitmentStanding is a commitment with the lights of its parts.
type CommitmentStanding struct {
	Commitment *Commitment
	Light      Light
	Progress   *big.Rat   // mean over its filed flow and change targets; nil where there is none
	Unfiled    int        // parts without an accepted filing
	Unchecked  int        // targets that are left out of the above until somebody checks them
	Targets    []Standing // as Commitment.Targets
	Tasks      []Standing // as Commitment.Tasks
}

// Stand computes the lights of a plan on a day. marks are those of the plan by item; known,
// where it is not zero, leaves out what was recorded after it.
func Stand(p *Plan, marks map[ID][]Mark, day Date, known time.Time, rules Rules) *PlanStanding {
	ps := &PlanStanding{Plan: p, AsOf: day, Commitments: make([]CommitmentStanding, len(p.Commitments))}
	for i := range p.Commitments {
		c := &p.Commitments[i]
		cs := CommitmentStanding{Commitment: c, Targets: make([]Standing, len(c.Targets)), Tasks: make([]Standing, len(c.Tasks))}
		for j := range c.Targets {
			accepted := AcceptedAt(marks[c.Targets[j].ID], day, known)
			cs.Targets[j] = LightAt(&c.Targets[j], accepted, p.Year, day, rules)
			cs.Targets[j].Unchecked = p.Waits(&c.Targets[j])
		}
		for j := range c.Tasks {
			accepted := AcceptedAt(marks[c.Tasks[j].ID], day, known)
			cs.Tasks[j] = TaskLight(&c.Tasks[j], accepted, p.Year, day, rules)
		}
		cs.rollUp()
		ps.Commitments[i] = cs
		ps.latest(&cs)
	}
	return ps
}

func (ps *PlanStanding) latest(cs *CommitmentStanding) {
	for _, list := range [][]Standing{cs.Targets, cs.Tasks} {
		for i := range list {
			if list[i].ReportedOn.After(ps.Latest) {
				ps.Latest = list[i].ReportedOn
			}
		}
	}
}

// rollUp takes the worst of the rated lights and the mean of the progress.
func (cs *CommitmentStanding) rollUp() {
	cs.Light = None
	cancelled, parts := 0, 0
	for _, list := range [][]Standing{cs.Targets, cs.Tasks} {
		for i := range list {
			parts++
			switch l := list[i].Light; {
			case list[i].Unchecked:
				cs.Unchecked++
			case l == None:
				cs.Unfiled++
			case l == Cancelled:
				cancelled++
			case !cs.Light.Rated() || l.Worse(cs.Light):
				cs.Light = l
			}
		}
	}
	if parts > 0 && cancelled == parts {
		cs.Light = Cancelled
	}
	cs.mean()
}

// mean weighs the progress of the flow and change targets that were filed; a weight is 1
// unless supervisors set another.
func (cs *CommitmentStanding) mean() {
	sum, weights := new(big.Rat), new(big.Rat)
	one := big.NewRat(1, 1)
	for i := range cs.Targets {
		s := &cs.Targets[i]
		if s.Progress == nil || s.Basis == BasisLevel || s.Light == Cancelled || s.Unchecked {
			continue
		}
		if w := cs.Commitment.Targets[i].Weight; w.IsZero() {
			sum.Add(sum, s.Progress)
			weights.Add(weights, one)
		} else {
			sum.Add(sum, new(big.Rat).Mul(s.Progress, w.Rat()))
			weights.Add(weights, w.Rat())
		}
	}
	if weights.Sign() > 0 {
		cs.Progress = sum.Quo(sum, weights)
	}
}

// Tally counts lights.
type Tally map[Light]int

// Tally counts the lights of the plan's targets.
func (ps *PlanStanding) Tally() Tally {
	return ps.TallyOf(func(*CommitmentStanding) bool { return true })
}

// TallyOf counts the lights of the targets of some commitments; those that wait to be
// checked are left out.
func (ps *PlanStanding) TallyOf(include func(*CommitmentStanding) bool) Tally {
	t := Tally{}
	for i := range ps.Commitments {
		cs := &ps.Commitments[i]
		if !include(cs) {
			continue
		}
		for j := range cs.Targets {
			if !cs.Targets[j].Unchecked {
				t[cs.Targets[j].Light]++
			}
		}
	}
	return t
}

// Unchecked counts the targets that wait to be checked.
func (ps *PlanStanding) Unchecked() int {
	n := 0
	for i := range ps.Commitments {
		n += ps.Commitments[i].Unchecked
	}
	return n
}

// Standing returns that of a target or task by its id, with its commitment's; nil where
// the plan has none.
func (ps *PlanStanding) Standing(item ID) (*CommitmentStanding, *Standing) {
	for i := range ps.Commitments {
		cs := &ps.Commitments[i]
		for j := range cs.Targets {
			if cs.Commitment.Targets[j].ID == item {
				return cs, &cs.Targets[j]
			}
		}
		for j := range cs.Tasks {
			if cs.Commitment.Tasks[j].ID == item {
				return cs, &cs.Tasks[j]
			}
		}
	}
	return nil, nil
}

// Of returns a commitment's standing by its id; nil where the plan has none.
func (ps *PlanStanding) Of(commitment ID) *CommitmentStanding {
	for i := range ps.Commitments {
		if ps.Commitments[i].Commitment.ID == commitment {
			return &ps.Commitments[i]
		}
	}
	return nil
}
