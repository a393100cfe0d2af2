package plan

import (
	"cmp"
	"slices"
)

// matchGone gives commitments without an id that of one that an earlier edition of the report
// dropped, where the words came back.
func matchGone(gone, fresh []Commitment) {
	var back []int
	var texts []Commitment
	for i := range fresh {
		if fresh[i].ID == 0 {
			back, texts = append(back, i), append(texts, fresh[i])
		}
	}
	live := map[ID]bool{}
	for i := range fresh {
		live[fresh[i].ID] = true
	}
	whole := slices.DeleteFunc(slices.Clone(gone), func(c Commitment) bool { return live[c.ID] })
	for i, j := range matchCommitments(whole, texts) {
		if j >= 0 {
			fresh[back[i]].ID = whole[j].ID
		}
	}
}

// keepGone gives what stands again in a commitment the ids that it had there before; then
// what moved to another one, word for word, keeps its id too, so that no filing is cut off
// from its sentence.
func keepGone(lost, fresh []Commitment) {
	for i := range lost {
		for j := range fresh {
			if fresh[j].ID == lost[i].ID {
				keepParts(&lost[i], &fresh[j], targetLikeness, taskLikeness)
			}
		}
	}
	for i := range lost {
		left := lost[i].without(idsOf(fresh))
		for j := range fresh {
			keepParts(&left, &fresh[j], sameTarget, sameTask)
			left = left.without(idsOf(fresh[j : j+1]))
		}
	}
}

// sameTarget is targetLikeness for those that stand in the same clause.
func sameTarget(a, b *Target) float64 {
	if a.Quote == "" || a.Quote != b.Quote || a.Metric != b.Metric {
		return 0
	}
	return targetLikeness(a, b)
}

func sameTask(a, b *Task) float64 {
	if a.Text == "" || a.Text != b.Text {
		return 0
	}
	return 1
}

// lostFrom lists what the plan had and fresh has not, by commitment, what was dropped before
// included. Of a commitment that goes on, only the lost parts are listed.
func lostFrom(old *Plan, fresh []Commitment) []Commitment {
	byID, kept := map[ID]*Commitment{}, idsOf(fresh)
	for _, list := range [][]Commitment{old.Commitments, old.Gone} {
		for i := range list {
			rest := list[i].without(kept)
			if len(rest.Targets)+len(rest.Tasks) == 0 && kept[rest.ID] {
				continue
			}
			if c := byID[rest.ID]; c != nil {
				c.Targets, c.Tasks = append(c.Targets, rest.Targets...), append(c.Tasks, rest.Tasks...)
				continue
			}
			byID[rest.ID] = &rest
		}
	}
	var lost []Commitment
	for _, c := range byID {
		slices.SortFunc(c.Targets, func(a, b Target) int { return cmp.Compare(a.ID, b.ID) })
		slices.SortFunc(c.Tasks, func(a, b Task) int { return cmp.Compare(a.ID, b.ID) })
		lost = append(lost, *c)
	}
	slices.SortFunc(lost, func(a, b Commitment) int { return cmp.Compare(a.ID, b.ID) })
	return lost
}

// without is a commitment without the parts that are elsewhere.
func (c *Commitment) without(elsewhere map[ID]bool) Commitment {
	rest := *c
	rest.Targets = slices.DeleteFunc(slices.Clone(c.Targets), func(t Target) bool { return elsewhere[t.ID] })
	rest.Tasks = slices.DeleteFunc(slices.Clone(c.Tasks), func(t Task) bool { return elsewhere[t.ID] })
	return rest
}

// idsOf are the ids that commitments and their parts have.
func idsOf(list []Commitment) map[ID]bool {
	ids := map[ID]bool{}
	for i := range list {
		ids[list[i].ID] = true
		for _, id := range list[i].parts() {
			ids[id] = true
		}
	}
	delete(ids, 0)
	return ids
}

// parts are the ids of the targets and tasks of a commitment.
func (c *Commitment) parts() []ID {
	ids := make([]ID, 0, len(c.Targets)+len(c.Tasks))
	for i := range c.Targets {
		ids = append(ids, c.Targets[i].ID)
	}
	for i := range c.Tasks {
		ids = append(ids, c.Tasks[i].ID)
	}
	return ids
}
