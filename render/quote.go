package render

import (
	"slices"
	"strings"
	"unicode/utf8"

	"duban/ask"
	"duban/plan"
)

// Lengths of quotations: a sentence longer than longestSentence is cut to the clause of
// the number; an answer with one number quotes less than one with several, or with words only.
const (
	longestSentence = 120
	numberQuote     = 130
	wordsQuote      = 220
	mostQuotes      = 4
)

// quote adds the report's words, at most room characters: the sentences that answer, best
// first, or the whole segment where it is short.
func quote(w *strings.Builder, item ask.Item, room int) {
	if len(item.Targets) > 0 && !slices.ContainsFunc(item.Targets, func(t *plan.Target) bool { return !outside(t) }) {
		return // its words are no source
	}
	text := strings.TrimSpace(item.Segment.Text)
	switch {
	case len(item.Targets) == 0 || item.Task != nil:
	case len(item.Targets) == 1:
		room = min(room, numberQuote)
	default:
		room = min(room, wordsQuote)
	}
	if item.Says == "" && utf8.RuneCountInString(text) <= min(room, wordsQuote)-2 {
		w.WriteString("“" + text + "”\n")
		return
	}
	sentences := item.Sentences
	if len(sentences) == 0 {
		sentences = []string{text}
	}
	quoted := 0
	for _, s := range sentences {
		if strings.Contains(name(item.Segment), strings.TrimRight(s, "。；")) && len(sentences) > 1 {
			continue
		}
		if quoted++; quoted > mostQuotes {
			break
		}
		n := utf8.RuneCountInString(s)
		if n > longestSentence && len(item.Targets) == 1 || n > wordsQuote && len(item.Targets) > 1 {
			s = clauses(item.Targets)
			n = utf8.RuneCountInString(s)
		}
		if n > room-3 {
			if room < 60 {
				break
			}
			s, n = Shorten(s, room-3), room-3
		}
		w.WriteString("“" + s + "”\n")
		room -= n + 3
		if len(item.Targets) > 0 {
			break
		}
	}
}

// clauses joins the clauses that targets stand in, each once.
func clauses(targets []*plan.Target) string {
	var parts []string
	for _, t := range targets {
		if !slices.Contains(parts, t.Quote) && len(parts) < 4 {
			parts = append(parts, t.Quote)
		}
	}
	return "…" + strings.Join(parts, "…") + "…"
}
