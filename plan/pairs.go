package plan

import "strings"

// Pairs holds the pairs of neighbouring characters of a text; of one character that.
type Pairs map[string]struct{}

// PairsOf returns the pairs of a text without its blanks.
func PairsOf(text string) Pairs {
	set := Pairs{}
	runes := []rune(strings.Join(strings.Fields(text), ""))
	if len(runes) == 1 {
		set[string(runes)] = struct{}{}
	}
	for i := 0; i+1 < len(runes); i++ {
		set[string(runes[i:i+2])] = struct{}{}
	}
	return set
}

// Common counts the pairs that both have.
func (s Pairs) Common(other Pairs) int {
	common := 0
	for p := range s {
		if _, ok := other[p]; ok {
			common++
		}
	}
	return common
}

// Likeness is the share of pairs in common, 0 to 1.
func (s Pairs) Likeness(other Pairs) float64 {
	if len(s)+len(other) == 0 {
		return 1
	}
	return 2 * float64(s.Common(other)) / float64(len(s)+len(other))
}
