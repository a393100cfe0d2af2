package plan

import (
	"cmp"
	"slices"
)

// Merge brings a newly read report together with the stored plan of the same place and
// year. What is the same in both keeps its id, so that everything that hangs on it stays;
// what an earlier edition held and this one holds again gets back the id that it had; what
// is new gets a fresh one; ids are never used twice. old is nil on first import.
// Neither argument is changed.
func Merge(old, fresh *Plan) (*Plan, Diff) {
	merged := *fresh
	merged.Commitments = cloneCommitments(fresh.Commitments)
	merged.NextID, merged.Gone = 1, nil
	if old == nil {
		merged.number()
		return &merged, diffOf(&Plan{}, &merged)
	}
	merged.NextID, merged.State, merged.CheckedTo = max(old.NextID, 1), old.State, old.CheckedTo
	for i, j := range matchCommitments(old.Commitments, merged.Commitments) {
		if j >= 0 {
			merged.Commitments[i].ID = old.Commitments[j].ID
			keepParts(&old.Commitments[j], &merged.Commitments[i], targetLikeness, taskLikeness)
		}
	}
	matchGone(old.Gone, merged.Commitments)
	keepGone(lostFrom(old, merged.Commitments), merged.Commitments)
	merged.Gone = lostFrom(old, merged.Commitments)
	merged.number()
	merged.dateChanges()
	return &merged, diffOf(old, &merged)
}

// changedNow stands for the id at which a target changed until all ids are given.
const changedNow ID = -1

// dateChanges notes at which id targets changed, and uses that id up.
func (p *Plan) dateChanges() {
	changed := false
	for i := range p.Commitments {
		for j := range p.Commitments[i].Targets {
			if t := &p.Commitments[i].Targets[j]; t.Since == changedNow {
				t.Since, changed = p.NextID, true
			}
		}
	}
	if changed {
		p.NextID++
	}
}

func cloneCommitments(cs []Commitment) []Commitment {
	out := slices.Clone(cs)
	for i := range out {
		out[i].ID = 0
		out[i].Targets = slices.Clone(out[i].Targets)
		out[i].Tasks = slices.Clone(out[i].Tasks)
		for j := range out[i].Targets {
			out[i].Targets[j].ID, out[i].Targets[j].Since = 0, 0
		}
		for j := range out[i].Tasks {
			out[i].Tasks[j].ID = 0
		}
	}
	return out
}

// number gives every record without an id the next one.
func (p *Plan) number() {
	next := func(id *ID) {
		if *id == 0 {
			*id = p.NextID
			p.NextID++
		}
	}
	for i := range p.Commitments {
		c := &p.Commitments[i]
		next(&c.ID)
		for j := range c.Targets {
			next(&c.Targets[j].ID)
		}
		for j := range c.Tasks {
			next(&c.Tasks[j].ID)
		}
	}
}

// Thresholds of likeness, as the share of character pairs in common: a commitment that
// stays under its code may be rewritten more than one that also moved.
const (
	sameCode  = 0.4
	otherCode = 0.6
)

// matchCommitments returns for each of fresh the index of its old self, or -1.
func matchCommitments(old, fresh []Commitment) []int {
	m := newMatching(len(old), len(fresh))
	for i := range fresh {
		for j := range old {
			if fresh[i].Code == old[j].Code && fresh[i].Text == old[j].Text {
				m.take(i, j)
			}
		}
	}
	m.unique(func(j int) string { return old[j].Text }, func(i int) string { return fresh[i].Text })
	oldPairs, freshPairs := make([]Pairs, len(old)), make([]Pairs, len(fresh))
	for j := range old {
		oldPairs[j] = PairsOf(old[j].Text)
	}
	for i := range fresh {
		freshPairs[i] = PairsOf(fresh[i].Text)
	}
	m.best(func(i, j int) float64 {
		score := freshPairs[i].Likeness(oldPairs[j])
		if fresh[i].Code == old[j].Code {
			if score >= sameCode {
				return score + 1
			}
			return 0
		}
		if score < otherCode {
			return 0
		}
		return score
	})
	return m.of
}

// keepParts carries the ids of what a commitment held to those of its new parts that are
// like it and have none. A target that now promises something else is to be checked anew.
func keepParts(old, fresh *Commitment, target func(a, b *Target) float64, task func(a, b *Task) float64) {
	m := newMatching(len(old.Targets), len(fresh.Targets))
	m.best(func(i, j int) float64 {
		if fresh.Targets[i].ID != 0 {
			return 0
		}
		return target(&fresh.Targets[i], &old.Targets[j])
	})
	for i, j := range m.of {
		if j >= 0 {
			t, was := &fresh.Targets[i], &old.Targets[j]
			t.ID, t.Since = was.ID, was.Since
			if !t.promises(was) {
				t.Since = changedNow
			}
		}
	}
	tasks := newMatching(len(old.Tasks), len(fresh.Tasks))
	tasks.best(func(i, j int) float64 {
		if fresh.Tasks[i].ID != 0 {
			return 0
		}
		return task(&fresh.Tasks[i], &old.Tasks[j])
	})
	for i, j := range tasks.of {
		if j >= 0 {
			fresh.Tasks[i].ID = old.Tasks[j].ID
		}
	}
}

// promises reports whether two readings of a target say the same to whoever checks it.
func (t *Target) promises(was *Target) bool {
	return t.Metric == was.Metric && t.Op == was.Op && t.Kind == was.Kind && t.ValueText == was.ValueText && t.Deadline == was.Deadline
}

// targetLikeness is 0 for different indicators; the same indicator may change its value.
func targetLikeness(a, b *Target) float64 {
	if a.Unit != b.Unit {
		return 0
	}
	score := PairsOf(a.Metric).Likeness(PairsOf(b.Metric))
	if score < otherCode {
		return 0
	}
	if a.Value == b.Value {
		score += 0.5
	}
	return score
}

// taskLikeness is 0 for different tasks.
func taskLikeness(a, b *Task) float64 {
	if s := PairsOf(a.Text).Likeness(PairsOf(b.Text)); s >= otherCode {
		return s
	}
	return 0
}

// matching pairs new records with old ones, one to one.
type matching struct {
	of    []int // by new record: the old one, -1
	taken []bool
}

func newMatching(old, fresh int) *matching {
	m := &matching{of: make([]int, fresh), taken: make([]bool, old)}
	for i := range m.of {
		m.of[i] = -1
	}
	return m
}

func (m *matching) take(i, j int) {
	if m.of[i] < 0 && !m.taken[j] {
		m.of[i], m.taken[j] = j, true
	}
}

// unique pairs records with the same key that stand in the same order.
func (m *matching) unique(old, fresh func(int) string) {
	free := map[string][]int{}
	for j := range m.taken {
		if !m.taken[j] {
			free[old(j)] = append(free[old(j)], j)
		}
	}
	for i := range m.of {
		if rest := free[fresh(i)]; m.of[i] < 0 && len(rest) > 0 {
			m.take(i, rest[0])
			free[fresh(i)] = rest[1:]
		}
	}
}

// best pairs what is left, the most alike first; of equals the one that stands nearer.
func (m *matching) best(score func(i, j int) float64) {
	type edge struct {
		i, j  int
		score float64
	}
	var edges []edge
	for i := range m.of {
		for j := range m.taken {
			if m.of[i] >= 0 || m.taken[j] {
				continue
			}
			if s := score(i, j); s > 0 {
				edges = append(edges, edge{i, j, s})
			}
		}
	}
	slices.SortStableFunc(edges, func(a, b edge) int {
		if c := cmp.Compare(b.score, a.score); c != 0 {
			return c
		}
		return cmp.Compare(abs(a.i-a.j), abs(b.i-b.j))
	})
	for _, e := range edges {
		m.take(e.i, e.j)
	}
}

func abs(n int) int { return max(n, -n) }
