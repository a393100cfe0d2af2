package plan

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// Code names a segment by the report's own numbering: part, section, theme, item and,
// in reports with deeper numbering, further levels ("3.6.2.5"). Part counts from 一、,
// section from （一） (0 before the first), theme is the paragraph inside the section
// (from 1), item counts from 一是, 1. or ① (0 for the text before the first).
type Code string

// NewCode joins the numbers of the levels.
func NewCode(levels ...int) Code {
	parts := make([]string, len(levels))
	for i, n := range levels {
		parts[i] = strconv.Itoa(n)
	}
	return Code(strings.Join(parts, "."))
}

// Levels returns the numbers of the code, or nil where it is not well formed.
func (c Code) Levels() []int {
	fields := strings.Split(string(c), ".")
	levels := make([]int, len(fields))
	for i, f := range fields {
		n, err := strconv.Atoi(f)
		if err != nil || n < 0 {
			return nil
		}
		levels[i] = n
	}
	return levels
}

// Level returns the i-th number (0 is the part), or 0 where the code is shorter.
func (c Code) Level(i int) int {
	if levels := c.Levels(); i < len(levels) {
		return levels[i]
	}
	return 0
}

// Within reports whether c lies under prefix, level by level ("3.6.2.5" lies within
// "3.6", not within "3.60"). Every code lies within itself and within "".
func (c Code) Within(prefix Code) bool {
	return prefix == "" || c == prefix || strings.HasPrefix(string(c), string(prefix)+".")
}

// Compare orders codes as the report does.
func (c Code) Compare(d Code) int {
	if n := slices.Compare(c.Levels(), d.Levels()); n != 0 {
		return n
	}
	return cmp.Compare(c, d)
}
