package commands

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"duban/plan"
	"duban/report/document"
)

// Borders of likeness, from 0 to 1: below surely nothing is the same; two that are nearer
// than margin cannot be told apart.
const (
	surely = 0.4
	margin = 0.08
)

// candidate is an item that a written name may mean.
type candidate struct {
	id    plan.ID
	name  string
	score float64
}

// bestOf finds the item that a name means: the one of that very name, else the one that is
// alike by far; several of one name are ambiguous. list is sorted, the most alike first.
func bestOf(name string, list []candidate) (found *candidate, exact bool) {
	wanted := bare(name)
	var same []*candidate
	for i := range list {
		list[i].score = likeness(wanted, bare(list[i].name))
		if bare(list[i].name) == wanted {
			same = append(same, &list[i])
		}
	}
	if len(same) == 1 {
		one := *same[0]
		return &one, true
	}
	slices.SortStableFunc(list, func(a, b candidate) int { return cmp.Compare(b.score, a.score) })
	if len(list) == 0 || list[0].score < surely || len(list) > 1 && list[0].score-list[1].score < margin {
		return nil, false
	}
	return &list[0], false
}

// bare is a name without marks, blanks and full-width characters.
func bare(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPunct(r) || unicode.IsSpace(r) || unicode.IsSymbol(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, document.Narrow(name))
}

// likeness compares two names by their pairs of characters: half what they share of both
// together, half what they share of the shorter one, so that 危桥 means 改造农村危桥.
func likeness(a, b string) float64 {
	x, y := plan.PairsOf(a), plan.PairsOf(b)
	if len(x) == 0 || len(y) == 0 {
		return 0
	}
	c := float64(x.Common(y))
	return c/float64(len(x)+len(y)) + c/float64(2*min(len(x), len(y)))
}

func names(list []candidate) string {
	var out []string
	for _, c := range list[:min(len(list), 8)] {
		out = append(out, c.name)
	}
	if len(list) > 8 {
		out = append(out, "…")
	}
	return strings.Join(out, "、")
}
