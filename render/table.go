package render

import (
	"fmt"
	"io"
	"strings"

	"duban/plan"
)

// Table writes a plan for a terminal: one line a target or task under its commitment,
// aligned by the width of East Asian characters.
func Table(w io.Writer, p *plan.Plan) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s  %s\n%s\n", Heading(p), p.Speaker, counts(p))
	for i := range p.Commitments {
		c := &p.Commitments[i]
		fmt.Fprintf(&b, "\n%s %s\n", pad(string(c.Code), 10), name(&c.Segment))
		for j := range c.Targets {
			t := &c.Targets[j]
			fmt.Fprintf(&b, "    %s %s %s %s%s\n", pad(Shorten(t.Metric, 22), 44), pad(string(t.Op)+t.ValueText, 16), t.Deadline, t.Hedge, baselineText(t))
		}
		for _, t := range c.Tasks {
			fmt.Fprintf(&b, "    %s %s %s %s\n", pad(Shorten(t.Text, 22), 44), pad("任务", 16), t.Deadline, t.Hedge)
		}
	}
	_, err := io.WriteString(w, strings.ReplaceAll(b.String(), " \n", "\n"))
	return err
}

func baselineText(t *plan.Target) string {
	if t.Baseline == nil {
		return ""
	}
	return "  上年" + t.Baseline.ValueText
}

// pad fills a text up to a number of columns.
func pad(s string, columns int) string {
	return s + strings.Repeat(" ", max(columns-Width(s), 0))
}

// Width counts the columns that a text takes in a terminal: two for a wide character.
func Width(s string) int {
	n := 0
	for _, r := range s {
		switch {
		case r < ' ':
		case r >= 0x1100 && r <= 0x115F, r >= 0x2E80 && r <= 0xA4CF, r >= 0xAC00 && r <= 0xD7A3, r >= 0xF900 && r <= 0xFAFF,
			r >= 0xFE30 && r <= 0xFE6F, r >= 0xFF00 && r <= 0xFF60, r >= 0xFFE0 && r <= 0xFFE6, r >= 0x1F300 && r <= 0x1FAFF,
			r == '⚪', r == '⛔', r == '✅', r == '“', r == '”', r == '—', r == '…', r == '·':
			n += 2
		default:
			n++
		}
	}
	return n
}
