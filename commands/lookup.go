package commands

import (
	"slices"
	"strings"
	"unicode"

	"duban/ask"
	"duban/plan"
)

// Scores of matches: under weakMatch words mean nothing here; a match of another
// department's commitment wins only where it is clearly better; matches within closeMatch
// of the best are offered beside it; own words may be told in part, others' hardly. Chosen
// on the lines of testdata.
const (
	weakMatch  = 0.42
	ownFavour  = 0.72
	closeMatch = 0.88
	sureMatch  = 0.95
	partly     = 0.33
	mostly     = 0.60
	wholly     = 0.75
)

// find matches words with a target or a task; a unit that fits goes before one that does
// not, the filer's own before others', what is counted before a task where a number
// stands beside the words. Nothing is found where the words say much more than
// the best match holds.
func (r lineReader) find(words, unit string, segment *plan.Commitment, counted bool) (best ask.Match, others []ask.Match) {
	keep := func(c *plan.Commitment) bool { return segment == nil || c.ID == segment.ID }
	found := distinct(r.engine.Match(strings.TrimSpace(words), 24, keep))
	for i := range found {
		found[i].Score *= r.favour(&found[i], words, unit, counted)
	}
	slices.SortStableFunc(found, byScore)
	if len(found) == 0 {
		if segment != nil && thing(words) == "" {
			return r.only(segment, unit)
		}
		return ask.Match{}, nil
	}
	if segment == nil && !r.means(&found[0], words, unit) || segment != nil && thing(words) != "" && said(thing(words), &found[0]) < partly {
		return ask.Match{}, nil
	}
	near := []ask.Match{found[0]}
	for _, m := range found[1:] {
		if m.Score >= closeMatch*found[0].Score && (r.own(m.Commitment) || !r.own(found[0].Commitment)) {
			near = append(near, m)
		}
	}
	return decide(near, words)
}

func byScore(a, b ask.Match) int {
	switch {
	case a.Score > b.Score:
		return -1
	case a.Score < b.Score:
		return 1
	}
	return 0
}

// means reports whether words say enough of a match and little else.
func (r lineReader) means(m *ask.Match, words, unit string) bool {
	share := said(words, m)
	fits := unit == "" || m.Target != nil && (plan.UnitFits(unit, m.Target.Unit) || plan.UnitConverts(unit, m.Target.Unit)) || m.Target == nil && unit == "%"
	switch {
	case m.Score < weakMatch, m.Target == nil && unit == "%" && len([]rune(content(words))) < 3:
		return false
	case r.lead != nil && !strong(words, m) && (unit == "" || !fits || !shortens([]rune(content(words)), nameOf(m))):
		return false // who owns everything says little by a character
	case !r.own(m.Commitment):
		return fits && share >= wholly && m.Score/ownFavour >= sureMatch && (m.Target != nil || len([]rune(content(words))) > 2)
	case !fits && unit != "%":
		return share >= mostly
	}
	return share >= partly || m.Score >= sureMatch
}

// decide picks the match whose name alone holds what the words say; where none does, all
// are offered.
func decide(near []ask.Match, words string) (best ask.Match, others []ask.Match) {
	for i := range near {
		alone := true
		for j := range near {
			if i != j && (lacks(words, &near[j], &near[i]) == 0 || lacks(words, &near[i], &near[j]) > 0) {
				alone = false
				break
			}
		}
		if alone {
			return near[i], nil
		}
	}
	others = near[1:]
	return near[0], others[:min(len(others), 3)]
}

// lacks counts the characters of the words that stand in the name of b and not in a's.
func lacks(words string, a, b *ask.Match) int {
	n := 0
	for _, c := range words {
		if unicode.Is(unicode.Han, c) && strings.ContainsRune(nameOf(b), c) && !strings.ContainsRune(nameOf(a), c) {
			n++
		}
	}
	return n
}

func nameOf(m *ask.Match) string {
	if m.Target != nil {
		return m.Target.Metric
	}
	return m.Task.Text
}

// said is the share of what the words say that the name of a match holds.
func said(words string, m *ask.Match) float64 {
	var in, all float64
	for _, c := range content(words) {
		if !unicode.Is(unicode.Han, c) {
			continue
		}
		all++
		if strings.ContainsRune(nameOf(m), c) {
			in++
		}
	}
	if all == 0 {
		return 0
	}
	return in / all
}

// favour is the factor of a match's score.
func (r lineReader) favour(m *ask.Match, words, unit string, counted bool) float64 {
	f := 0.85 + 0.2*said(words, m)
	if !r.own(m.Commitment) {
		f *= ownFavour
	}
	switch {
	case unit == "" && counted && m.Target == nil:
		f *= 0.7
	case unit == "":
	case m.Target == nil && unit == "%":
	case m.Target == nil:
		f *= 0.5
	case unit == m.Target.Unit:
		f *= 1.15
	case plan.UnitFits(unit, m.Target.Unit), plan.UnitConverts(unit, m.Target.Unit):
	default:
		f *= 0.6
	}
	return f
}

// only finds the part of a commitment that a number without words can mean: the one whose
// unit is the same, else one whose unit fits.
func (r lineReader) only(c *plan.Commitment, unit string) (best ask.Match, others []ask.Match) {
	var same, fit []ask.Match
	for _, m := range partsOf(c) {
		switch {
		case m.Target == nil && len(c.Targets) > 0:
		case m.Target != nil && unit == m.Target.Unit:
			same = append(same, m)
		case unit == "" || m.Target != nil && plan.UnitFits(unit, m.Target.Unit):
			fit = append(fit, m)
		}
	}
	if len(same) > 0 {
		fit = same
	}
	if len(fit) == 0 {
		return ask.Match{}, nil
	}
	return fit[0], fit[1:]
}

// byUnit offers the filer's own targets of a unit to a number that says nothing else.
func (s *scan) byUnit(unit string) (best ask.Match, others []ask.Match) {
	if !s.sole || unit == "" {
		return ask.Match{}, nil
	}
	var fit []ask.Match
	p := s.engine.Plan()
	for i := range p.Commitments {
		for _, m := range partsOf(&p.Commitments[i]) {
			if m.Target != nil && m.Target.Unit == unit && s.own(m.Commitment) {
				fit = append(fit, m)
			}
		}
	}
	if len(fit) == 0 || len(fit) > 4 {
		return ask.Match{}, nil
	}
	return fit[0], fit[1:]
}

// inside finds the part of a commitment whose name holds most of the words, among several
// the one that is called most like what was spoken of before.
func (s *scan) inside(c *plan.Commitment, words, unit string) ask.Match {
	said, before := content(words), ""
	if s.last.Target != nil {
		before = s.last.Target.Metric
	}
	var best ask.Match
	tied := false
	for _, m := range partsOf(c) {
		if m.Target == nil || unit != "" && !plan.UnitFits(unit, m.Target.Unit) {
			continue
		}
		m.Score = held(said, m.Target.Metric)
		like, likest := held(before, m.Target.Metric), 0.0
		if best.Target != nil {
			likest = held(before, best.Target.Metric)
		}
		switch {
		case m.Score == 0:
		case m.Score > best.Score || m.Score == best.Score && like > likest:
			best, tied = m, false
		case m.Score == best.Score && like == likest:
			tied = true
		}
	}
	if tied || best.Score < mostly*float64(len([]rune(said))) {
		return ask.Match{}
	}
	return best
}

// held counts the characters of words that a name holds.
func held(words, name string) float64 {
	n := 0
	for _, c := range words {
		if strings.ContainsRune(name, c) {
			n++
		}
	}
	return float64(n)
}

func partsOf(c *plan.Commitment) []ask.Match {
	var parts []ask.Match
	for i := range c.Targets {
		parts = append(parts, ask.Match{Commitment: c, Target: &c.Targets[i], Score: 1})
	}
	for i := range c.Tasks {
		parts = append(parts, ask.Match{Commitment: c, Task: &c.Tasks[i], Score: 1})
	}
	return parts
}

// distinct keeps the best match of each item.
func distinct(list []ask.Match) []ask.Match {
	seen := map[plan.ID]bool{}
	return slices.DeleteFunc(list, func(m ask.Match) bool {
		id := itemOf(m)
		found := seen[id]
		seen[id] = true
		return found
	})
}
