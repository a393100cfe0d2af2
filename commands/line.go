package commands

import (
	"cmp"
	"regexp"
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
	month     bool      // ofPeriod: of the calendar month
	since     plan.Date // 7月新建20所: the day before the month; zero where no single period is named
	fresh     bool      // it speaks of what is new: 新增, 新建
	stage     plan.Stage
	unchanged bool
	date      plan.Date // of the clause, where it names another one than the message
	missing   string    // why the number has to be asked for
	phase     phase
	rest      string // what the item promises beside what the words name
	nearly    bool   // 基本完成 of an item that promises more
	said      string // the words with the figure
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
	whole := text
	text = r.polish(text)
	if text == "" || asks(text) {
		return line{}, false
	}
	s := scan{lineReader: r}
	before := text
	s.sum = sumPattern.MatchString(whole)
	s.date, text = filedDate(text, r.today)
	s.since, s.latest = eveOf(before, s.date, r.today), s.date
	text = distribute(text)
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
	since   plan.Date        // the day before the month or the quarter that the message names
	ends    plan.Date        // that the clause names beside the message's; zero for none
	latest  plan.Date        // of those that were named
	sum     bool             // numbers are joined by a plus
	spoken  bool             // of an item of the filer's own, without a figure
	topic   string           // what a number spoke of that was no figure of a filing

	allNames string // see names
}

// clause reads one clause into the line.
func (s *scan) clause(c clause) {
	if named, rest := s.reference(c.text); named != nil {
		s.segment, s.last, c.text = named, ask.Match{}, rest
	}
	c.text = s.dates(c.text)
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

// dates takes a date that a clause has of its own from it: 上半年400公里，截至7月底累计824公里.
func (s *scan) dates(text string) string {
	s.ends = plan.Date{}
	if !hasAny(text, []string{"月", "季度", "半年"}) {
		return text
	}
	day, rest := filedDate(text, s.today)
	if day.IsZero() {
		return text
	}
	s.ends, s.since = day, eveOf(text, day, s.today)
	if day.After(s.latest) {
		s.latest = day
	}
	return rest
}

// referencePattern is a reference inside a sentence: 关于实事8, 给第八件实事.
var referencePattern = regexp.MustCompile(`第\s*(?:\d{1,2}|[一二三四五六七八九十]{1,2})件实事|(?:民生)?实事第?\s*(?:\d{1,2}|[一二三四五六七八九十]{1,2})`)

// reference finds the commitment that a clause names by its number, at its beginning or
// inside; rest is the clause without it. 实事8件 counts.
func (s *scan) reference(text string) (c *plan.Commitment, rest string) {
	if c, rest = s.engine.Reference(text); c != nil {
		return c, rest
	}
	at := referencePattern.FindStringIndex(text)
	if at == nil || strings.HasPrefix(text[at[1]:], "件") {
		return nil, text
	}
	if c, rest = s.engine.Reference(text[at[0]:]); c == nil {
		return nil, text
	}
	return c, text[:at[0]] + " " + rest
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
		var passed string
		if kept[i], passed = heavier(kept[i], e); passed != "" {
			s.remark(passed)
		}
	}
	s.entries = kept
}

// twoNumbers is why the number of an item has to be asked for.
const twoNumbers = "这句话里有两个数，拿不准是哪个。"

// heavier is what holds of two entries for one item; passed is a figure that is no value of
// the item and worth a note.
func heavier(a, b entry) (kept entry, passed string) {
	switch {
	case a.value == nil && b.value != nil:
		if b.stage == "" || a.stage != "" {
			b.stage = a.stage
		}
		return b, ""
	case a.value == nil:
		return lesser(a, b), ""
	case b.value == nil:
		return a, ""
	case a.misfit() != b.misfit():
		if a.misfit() {
			return b, a.said
		}
		return a, b.said
	case a.weight > b.weight:
		return a, ""
	case b.weight > a.weight, a.value.Cmp(*b.value) == 0:
		return b, ""
	case b.date.After(a.date):
		return b, a.said
	}
	return byPhase(a, b)
}

// byPhase keeps the number of what the target counts: finished or begun.
func byPhase(a, b entry) (kept entry, passed string) {
	switch wanted := a.wanted(); {
	case a.phase == b.phase || wanted == noPhase:
	case a.phase == wanted:
		return a, b.said
	case b.phase == wanted:
		return b, a.said
	}
	a.missing = twoNumbers
	return a, ""
}

// lesser is what two clauses say of one task together: it is done where both say so.
func lesser(a, b entry) entry {
	a.rest = ""
	if a.stage != b.stage && a.stage != "" && b.stage != "" {
		a.stage = plan.Ongoing
	}
	return a
}

// misfit reports whether the unit is no way to write the target's.
func (e *entry) misfit() bool {
	return e.match.Target != nil && !plan.UnitFits(cmp.Or(e.unit, e.match.Target.Unit), e.match.Target.Unit)
}

// phase is how far what a number counts has come.
type phase int

const (
	noPhase phase = iota
	begun         // 开工, 启动
	built         // 建成, 竣工
)

var (
	begunPattern = regexp.MustCompile(`开工|动工|启动|在建|开建`)
	builtPattern = regexp.MustCompile(`建成|竣工|完工|完成|投用|通车|交付|验收`)
)

func phaseOf(words string) phase {
	switch {
	case begunPattern.MatchString(words):
		return begun
	case builtPattern.MatchString(words):
		return built
	}
	return noPhase
}

// wanted is the phase that the target counts: what is finished, unless its name says begun.
func (e *entry) wanted() phase {
	if e.match.Target == nil {
		return noPhase
	}
	if p := phaseOf(e.match.Target.Metric); p == begun {
		return begun
	}
	return built
}
