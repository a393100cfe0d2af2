package plan

import (
	"cmp"
	"slices"
)

// RankedFrom is how many rated targets a department must lead to be ranked.
const RankedFrom = 3

// Rank is a lead department's line in a ranking.
type Rank struct {
	Place      int // from 1; those who tie share one, the next is left out
	Department string
	Rated      int // targets with a light
	Good       int // done or green
	Bad        int // red or overdue
	Unfiled    int // targets without an accepted filing; not rated
	Turnout    Turnout
}

// Ranking ranks the lead departments with at least RankedFrom rated targets: by the share
// of done and green, then by fewer red and overdue, then by the share that was filed on
// time. Those who tie share a place. rest are the others, by name.
func Ranking(now *PlanStanding, duties map[ID]Duty, turnouts []Turnout) (ranked, rest []Rank) {
	for _, r := range countByLead(now, duties) {
		for _, t := range turnouts {
			if t.Department == r.Department {
				r.Turnout = t
			}
		}
		if r.Rated >= RankedFrom {
			ranked = append(ranked, r)
		} else {
			rest = append(rest, r)
		}
	}
	slices.SortStableFunc(ranked, compareRanks)
	for i := range ranked {
		ranked[i].Place = i + 1
		if i > 0 && compareRanks(ranked[i-1], ranked[i]) == 0 {
			ranked[i].Place = ranked[i-1].Place
		}
	}
	return ranked, rest
}

// countByLead counts the lights of targets by their lead departments, in the order of names.
func countByLead(now *PlanStanding, duties map[ID]Duty) []Rank {
	byName := map[string]*Rank{}
	for _, c := range Shifts(nil, now) {
		duty := DutyOf(c.Commitment, c.Item(), duties)
		if c.Target == nil || duty == nil || c.Now.Light == Cancelled {
			continue
		}
		r := byName[duty.Lead]
		if r == nil {
			r = &Rank{Department: duty.Lead, Turnout: Turnout{Department: duty.Lead}}
			byName[duty.Lead] = r
		}
		r.count(c.Now.Light)
	}
	list := make([]Rank, 0, len(byName))
	for _, r := range byName {
		list = append(list, *r)
	}
	slices.SortFunc(list, func(a, b Rank) int { return cmp.Compare(a.Department, b.Department) })
	return list
}

func (r *Rank) count(l Light) {
	switch l {
	case None:
		r.Unfiled++
		return
	case Done, Green:
		r.Good++
	case Red, Overdue:
		r.Bad++
	}
	r.Rated++
}

func compareRanks(a, b Rank) int {
	return cmp.Or(
		cmp.Compare(b.Good*a.Rated, a.Good*b.Rated),
		cmp.Compare(a.Bad, b.Bad),
		comparePunctual(a.Turnout, b.Turnout),
	)
}

// comparePunctual puts the greater share of filings on time first; who was asked for
// nothing missed nothing.
func comparePunctual(a, b Turnout) int {
	share := func(t Turnout) (part, whole int) {
		if t.Asked == 0 {
			return 1, 1
		}
		return t.OnTime, t.Asked
	}
	ap, aw := share(a)
	bp, bw := share(b)
	return cmp.Compare(bp*aw, ap*bw)
}

// RedTwice lists what was red or overdue at the ends of two months running.
func RedTwice(monthBefore, now *PlanStanding) []Shift {
	return slices.DeleteFunc(Shifts(monthBefore, now), func(c Shift) bool {
		bad := func(s *Standing) bool { return s != nil && (s.Light == Red || s.Light == Overdue) }
		return !bad(c.Before) || !bad(c.Now)
	})
}
