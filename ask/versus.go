package ask

import (
	"math/big"

	"duban/plan"
)

// versus says how a target differs from last year's figure of the same unit: 比去年少332张;
// "" where the two cannot be compared. The difference is noted among the facts.
func (a *Answer) versus(t *plan.Target, last *plan.Figure) string {
	if !likeLast(t, last) {
		return ""
	}
	diff := new(big.Rat).Sub(t.Value.Rat(), last.Value.Rat())
	text := t.SayDifference(plan.NewDecimalRat(new(big.Rat).Abs(diff)))
	if diff.Sign() == 0 {
		return "与去年持平"
	}
	word := "多"
	switch percent := dimensionOf(t.Unit) == percent; {
	case percent && diff.Sign() > 0:
		word = "高"
	case percent:
		word = "低"
	case diff.Sign() < 0:
		word = "少"
	}
	a.Facts = append(a.Facts, Fact{Value: text, Formula: t.ValueText + " − " + last.ValueText, Operands: []string{t.ValueText, last.ValueText}})
	return "比去年" + word + text
}

// likeLast reports whether a target and a figure of last year measure the same.
func likeLast(t *plan.Target, last *plan.Figure) bool {
	return last != nil && last.Unit == t.Unit && t.Kind != plan.Multiple && (t.Op != plan.AtMost || t.Kind != plan.Reduction)
}
