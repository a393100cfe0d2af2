package commands

import (
	"slices"
	"strings"

	"duban/ask"
	"duban/plan"
)

// line is what was understood of a one-line filing.
type line struct {
	entries []entry
	date    plan.Date // zero where it names none
	note    string    // what is said beside the figures
	unknown []string  // words with a figure that fit nothing
}

// entry is one figure, one stage or one 无变化 of a line.
type entry struct {
	match     ask.Match
	others    []ask.Match // that fit about as well
	value     *plan.Decimal
	unit      string
	weight    weight
	month     bool // ofPeriod: of the calendar month
	stage     plan.Stage
	unchanged bool
	disputed  bool // the line holds two numbers for it
}

// weight says which of two numbers for one item is meant: the heavier.
type weight int

const (
	ofPeriod weight = iota // of this month or week only
	added                  // 新增 behind another number
	plainly
	total     // 累计
	corrected // 改为
)

// item is the target or task that the entry is about.
func (e *entry) item() plan.ID { return itemOf(e.match) }

func itemOf(m ask.Match) plan.ID {
	if m.Target != nil {
		return m.Target.ID
	}
	return m.Task.ID
}

// lineReader reads filings against one plan.
type lineReader struct {
	engine     *ask.Engine
	today      plan.Date
	department string                        // the filer's, "" for none
	own        func(*plan.Commitment) bool   // whether the commitment is the filer's
	lead       func(*plan.Commitment) string // who leads it; nil for those of one department
}

// narrow takes what belongs to other departments than the first entry's for remarks from
// here on: those who may file everything speak of one department in a line.
func (s *scan) narrow() {
	if s.lead == nil || len(s.entries) != 1 {
		return
	}
	first := s.entries[0].match.Commitment
	own, lead := s.own, s.lead(first)
	s.own = func(c *plan.Commitment) bool {
		return own(c) && (c.ID == first.ID || lead != "" && s.lead(c) == lead)
	}
}

// read understands a message as a filing; ok is false where it reads as none.
func (r lineReader) read(text string) (l line, ok bool) {
	text = r.polish(text)
	if text == "" || asks(text) {
		return line{}, false
	}
	s := scan{lineReader: r}
	s.date, text = dateOf(text, r.today)
	clauses := clausesOf(dropNumbering(strings.TrimLeft(text, " :：,;")))
	s.sole = len(clauses) == 1
	for _, c := range clauses {
		s.clause(c)
	}
	s.join()
	s.note = strings.Trim(s.note, "， ")
	return s.line, len(s.entries) > 0
}

// scan is the reading of one message.
type scan struct {
	lineReader
	line
	segment *plan.Commitment // that the message named by its number
	last    ask.Match        // what the last figure was about
	sole    bool             // the message is one clause
	topic   string           // what a number spoke of that was no figure of a filing

	allNames string // see names
}

// clause reads one clause into the line.
func (s *scan) clause(c clause) {
	if named, rest := s.engine.Reference(c.text); named != nil {
		s.segment, s.last, c.text = named, ask.Match{}, rest
	}
	figures := s.figuresOf(c.text)
	switch {
	case c.text == "":
	case c.aside && !hasAny(c.text, totalWords):
		s.remark(c.text)
	case isUnchanged(c.text):
		s.unchanged(c.text)
	case len(figures) == 0:
		s.words(c.text)
	default:
		s.figures(c.text, figures)
	}
}

// remark keeps what is said beside the figures.
func (s *scan) remark(text string) {
	if text = strings.Trim(text, " 、:,;.。-"); text != "" {
		s.note = strings.Trim(s.note+"，"+text, "，")
	}
}

// join leaves one entry for each item: the heaviest number, the number before the bare
// word, and no number at all where two say different things.
func (s *scan) join() {
	var kept []entry
	for _, e := range s.entries {
		i := slices.IndexFunc(kept, func(k entry) bool { return k.item() == e.item() })
		if i < 0 {
			kept = append(kept, e)
			continue
		}
		kept[i] = heavier(kept[i], e)
	}
	s.entries = kept
}

func heavier(a, b entry) entry {
	switch {
	case a.value == nil && b.value != nil:
		if b.stage == "" || a.stage != "" {
			b.stage = a.stage
		}
		return b
	case b.value == nil, a.weight > b.weight:
		return a
	case b.weight > a.weight, a.value.Cmp(*b.value) == 0:
		return b
	}
	a.disputed = true
	return a
}
