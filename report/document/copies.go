package document

import "strings"

// dropCopies keeps one of several copies of the same report that stand one behind the
// other in a text, the last of them perhaps cut off. The work is linear: the text is cut
// where its first line comes again.
func dropCopies(text string) (one string, dropped int) {
	first := firstLine(text)
	if len(first) < len("政府") {
		return text, 0
	}
	starts := startsOf(text, first)
	if len(starts) < 2 {
		return text, 0
	}
	body := bare(text[starts[0]:starts[1]])
	if len(body) < 600 {
		return text, 0
	}
	for i := 1; i < len(starts); i++ {
		end := len(text)
		if i+1 < len(starts) {
			end = starts[i+1]
		}
		copied := bare(text[starts[i]:end])
		same := copied == body || end == len(text) && strings.HasPrefix(body, copied)
		if !same {
			return text, 0
		}
	}
	return text[:starts[1]], len(starts) - 1
}

func firstLine(text string) string {
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" && line != "---" {
			return line
		}
	}
	return ""
}

// startsOf finds the lines that are the same as the first.
func startsOf(text, first string) []int {
	var starts []int
	at := 0
	for line := range strings.Lines(text) {
		if strings.TrimSpace(line) == first || strings.TrimSpace(strings.TrimPrefix(line, "\ufeff")) == first {
			starts = append(starts, at)
		}
		at += len(line)
	}
	if len(starts) > 0 {
		starts[0] = 0
	}
	return starts
}

// bare is a text without blanks and marks of its beginning.
func bare(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		switch r {
		case ' ', '\n', '\t', '\u3000', '\u00a0', '\ufeff', '-':
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
