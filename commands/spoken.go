package commands

import (
	"strings"

	"duban/ask"
	"duban/plan"
)

// spokenOf finds what words begin with: a commitment by its number or by what it is about,
// and the part of it that is named; part is nil where the whole is meant. A word that keep
// knows is no name of a part.
func (t *turn) spokenOf(p *plan.Plan, words string, keep func(string) bool) (c *plan.Commitment, part *ask.Match, rest string) {
	c, rest, name := t.partReference(p, words)
	if first, _, _ := strings.Cut(rest, " "); c == nil || !name && keep != nil && keep(first) {
		return c, nil, rest
	}
	part, rest = t.partIn(c, rest)
	return c, part, rest
}

// partReference takes the commitment that words begin with off them. Where they name a part
// of it instead (危桥 90座), the name stays in rest, and named is true.
func (t *turn) partReference(p *plan.Plan, words string) (c *plan.Commitment, rest string, named bool) {
	if c, rest := t.library.Engine(string(p.Key())).Reference(words); c != nil {
		return c, strings.TrimSpace(rest), false
	}
	first, rest, _ := strings.Cut(words, " ")
	if c = t.named(p, first); c == nil {
		return nil, "", false
	}
	if part, _ := t.partIn(c, first); part != nil && len(partsOf(c)) > 1 {
		return c, words, true
	}
	return c, strings.TrimSpace(rest), false
}

// partIn finds the part of a commitment that the first word names; left is what follows it.
func (t *turn) partIn(c *plan.Commitment, words string) (m *ask.Match, left string) {
	word, left, _ := strings.Cut(strings.TrimSpace(words), " ")
	r, ok := t.reader()
	if day, _ := dateOf(word, t.today()); !ok || word == "" || !day.IsZero() {
		return nil, words
	}
	found, others := r.find(word, "", c, false)
	if len(others) > 0 || found == (ask.Match{}) || said(word, &found) < mostly {
		return nil, words
	}
	return &found, left
}
