package commands

import (
	"slices"
	"strings"

	"golang.org/x/text/width"

	"duban/ask"
	"duban/plan"
	"duban/report"
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
	percent   bool
	increment bool // of this month, not since January
	stage     plan.Stage
	unchanged bool
}

// item is the target or task that the entry is about.
func (e *entry) item() plan.ID { return itemOf(e.match) }

func itemOf(m ask.Match) plan.ID {
	if m.Target != nil {
		return m.Target.ID
	}
	return m.Task.ID
}

// Marks of messages that ask instead of telling.
var askingWords = []string{"?", "？", "多少", "几", "吗", "什么", "怎么", "哪", "谁", "是不是", "有没有", "为何", "为什么", "呢", "如何"}

// lineReader reads filings against one plan.
type lineReader struct {
	engine *ask.Engine
	today  plan.Date
	own    func(*plan.Commitment) bool // whether the commitment is the filer's
}

// Scores of matches: under weakMatch words mean nothing here; a match of another
// department's commitment wins only where it is clearly better; matches within closeMatch
// of the best are offered beside it. Chosen on the lines of testdata.
const (
	weakMatch  = 0.42
	ownFavour  = 0.72
	closeMatch = 0.93
)

// read understands a message as a filing; ok is false where it reads as none.
func (r lineReader) read(text string) (l line, ok bool) {
	text = strings.TrimSpace(width.Narrow.String(text))
	for _, lead := range []string{"填报", "上报", "报一下", "报送", "更新"} {
		text = strings.TrimLeft(strings.TrimPrefix(text, lead), " :：")
	}
	if text == "" || asks(text) {
		return line{}, false
	}
	segment, rest := r.engine.Reference(text)
	l.date, rest = dateOf(rest, r.today)
	last := ask.Match{}
	for _, clause := range clausesOf(rest) {
		last = r.clause(&l, clause, segment, last)
	}
	l.join()
	return l, len(l.entries) > 0
}

func asks(text string) bool {
	return slices.ContainsFunc(askingWords, func(w string) bool { return strings.Contains(text, w) })
}

// clausesOf cuts a message at its punctuation, never inside a number.
func clausesOf(text string) []string {
	var list []string
	start := 0
	for i, c := range text {
		cut := strings.ContainsRune("，；;。\n", c)
		if c == ',' {
			cut = i+1 >= len(text) || text[i+1] < '0' || text[i+1] > '9'
		}
		if cut {
			list, start = append(list, strings.TrimSpace(text[start:i])), i+len(string(c))
		}
	}
	list = append(list, strings.TrimSpace(text[start:]))
	return slices.DeleteFunc(list, func(s string) bool { return s == "" })
}

// clause reads one clause into the line and returns what it was about.
func (r lineReader) clause(l *line, clause string, segment *plan.Commitment, last ask.Match) ask.Match {
	quantities := report.Quantities(clause)
	switch {
	case strings.Contains(clause, "无变化") || strings.Contains(clause, "没有变化") || strings.Contains(clause, "没变化"):
		return r.unchanged(l, clause, segment, last)
	case len(quantities) == 0:
		return r.words(l, clause, segment, last)
	}
	from := 0
	for i, q := range quantities {
		words := clause[from:q.Start]
		if behind := clause[q.End:]; i == len(quantities)-1 && strip(words) == "" {
			words += " " + behind
		} else if i == len(quantities)-1 && strip(behind) != "" {
			l.note = strings.Trim(l.note+"，"+strings.TrimSpace(behind), "，")
		}
		from = q.End
		last = r.figure(l, words, q, segment, last, len(quantities))
	}
	return last
}

// figure reads one number with the words around it.
func (r lineReader) figure(l *line, words string, q report.Quantity, segment *plan.Commitment, last ask.Match, n int) ask.Match {
	value := q.Value
	e := entry{value: &value, unit: q.Unit, percent: q.Percent, increment: hasAny(words, incrementWords)}
	bare := strip(words)
	switch {
	case bare == "" && last != (ask.Match{}):
		e.match = last
	case bare == "" && segment != nil:
		e.match, e.others = r.only(segment, q.Unit, n)
	case bare != "":
		e.match, e.others = r.find(words, q.Unit, segment)
	}
	if e.match == (ask.Match{}) {
		l.unknown = append(l.unknown, strings.TrimSpace(words))
		return last
	}
	if e.match.Task != nil { // a percentage of a task, or a number beside its stage
		e.stage = stageOf(words)
		if q.Unit != "%" {
			e.value = nil
		}
		if e.stage == "" {
			e.stage = plan.Ongoing
		}
	}
	l.entries = append(l.entries, e)
	return e.match
}

// unchanged reads 养老床位无变化.
func (r lineReader) unchanged(l *line, clause string, segment *plan.Commitment, last ask.Match) ask.Match {
	words := clause
	for _, w := range []string{"没有变化", "没变化", "无变化", "本月", "与上月相比", "比上月"} {
		words = strings.ReplaceAll(words, w, " ")
	}
	e := entry{unchanged: true}
	switch bare := strip(words); {
	case bare != "":
		e.match, e.others = r.find(words, "", segment)
	case segment != nil:
		for _, m := range partsOf(segment) {
			l.entries = append(l.entries, entry{unchanged: true, match: m})
		}
		return last
	default:
		e.match = last
	}
	if e.match == (ask.Match{}) {
		return last
	}
	l.entries = append(l.entries, e)
	return e.match
}

// words reads a clause without a number: the stage of a task, else a remark.
func (r lineReader) words(l *line, clause string, segment *plan.Commitment, last ask.Match) ask.Match {
	stage := stageOf(clause)
	if stage == "" || len(l.entries) > 0 && l.entries[0].match.Target != nil {
		l.note = strings.Trim(l.note+"，"+clause, "，")
		return last
	}
	m, others := r.find(clause, "", segment)
	if m == (ask.Match{}) && segment != nil {
		m, others = r.only(segment, "", 1)
	}
	if m == (ask.Match{}) {
		return last
	}
	l.note = strings.Trim(l.note+"，"+clause, "，")
	if m.Task == nil { // 已完成 of something that is counted says no number
		if t := onlyTask(segment); t != nil {
			m = ask.Match{Commitment: segment, Task: t, Score: m.Score}
		}
	}
	l.entries = append(l.entries, entry{match: m, others: others, stage: stage})
	return m
}

// join drops the number of the month where the total stands beside it: 新增210，累计1476.
func (l *line) join() {
	for i := 0; i+1 < len(l.entries); i++ {
		if l.entries[i].item() == l.entries[i+1].item() && l.entries[i].value != nil && l.entries[i+1].value != nil {
			l.entries = slices.Delete(l.entries, i, i+1)
			l.entries[i].increment = false
			i--
		}
	}
}

// find matches words with a target or a task; a unit that fits goes before one that does
// not, the filer's own before others'.
func (r lineReader) find(words, unit string, segment *plan.Commitment) (best ask.Match, others []ask.Match) {
	keep := func(c *plan.Commitment) bool { return segment == nil || c.ID == segment.ID }
	found := distinct(r.engine.Match(words, 24, keep))
	if segment != nil && len(found) == 0 {
		return r.only(segment, unit, 1)
	}
	for i := range found {
		found[i].Score *= r.favour(&found[i], unit)
	}
	slices.SortStableFunc(found, func(a, b ask.Match) int {
		switch {
		case a.Score > b.Score:
			return -1
		case a.Score < b.Score:
			return 1
		}
		return 0
	})
	if len(found) == 0 || found[0].Score < weakMatch && segment == nil {
		return ask.Match{}, nil
	}
	for _, m := range found[1:] {
		if m.Score >= closeMatch*found[0].Score && len(others) < 3 {
			others = append(others, m)
		}
	}
	return found[0], others
}

// favour is the factor of a match's score.
func (r lineReader) favour(m *ask.Match, unit string) float64 {
	f := 1.0
	if !r.own(m.Commitment) {
		f *= ownFavour
	}
	switch {
	case unit == "":
	case m.Target == nil:
		f *= 0.5
	case plan.UnitFits(unit, m.Target.Unit):
		f *= 1.1
	default:
		f *= 0.6
	}
	return f
}

// only finds the part of a commitment that a number without words can mean: the one whose
// unit fits.
func (r lineReader) only(c *plan.Commitment, unit string, n int) (best ask.Match, others []ask.Match) {
	var fit []ask.Match
	for _, m := range partsOf(c) {
		if m.Target == nil && len(c.Targets) > 0 {
			continue
		}
		if unit == "" || m.Target != nil && plan.UnitFits(unit, m.Target.Unit) {
			fit = append(fit, m)
		}
	}
	if len(fit) == 0 || n > 1 && unit == "" && len(fit) > 1 {
		return ask.Match{}, nil
	}
	return fit[0], fit[1:]
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

func onlyTask(c *plan.Commitment) *plan.Task {
	if c == nil || len(c.Tasks) != 1 {
		return nil
	}
	return &c.Tasks[0]
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
