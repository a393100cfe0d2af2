package ask

import (
	"strings"
	"unicode/utf8"

	"duban/plan"
)

// byMention answers 东阿县有什么任务 and 徒骇河今年要做些什么: every commitment of the year that
// names the place, with the sentences that do.
func (e *Engine) byMention(q *question, a *Answer) bool {
	name := e.mentioned(q)
	if name == "" {
		return false
	}
	var items []Item
	for i := range e.plan.Commitments {
		c := &e.plan.Commitments[i]
		if e.longTerm(c) != (q.horizon || q.year > 0) {
			continue
		}
		if !strings.Contains(e.index.text[i], name) { // segments of the plan come first in the index
			continue
		}
		if found := naming(c.Text, name); len(found) > 0 {
			items = append(items, Item{Commitment: c, Segment: &c.Segment, Sentences: found})
		}
	}
	if len(items) == 0 {
		return false
	}
	a.Title = name
	a.answer(IntentList, items...)
	return true
}

func (e *Engine) longTerm(c *plan.Commitment) bool { return e.index.horizons[c.Code.Level(0)] }

// mentioned returns the name that a question asks for everything about, "" for another
// kind of question.
func (e *Engine) mentioned(q *question) string {
	if q.subject != "" && !q.foreign && (q.list || q.distinct() <= 3) {
		return q.subject
	}
	if !q.list || q.quantity && q.unit != "" && !strings.Contains(q.text, "几处") {
		return ""
	}
	return e.soleName(q)
}

// soleName returns the one term of the question that the report uses as a name: all its
// raw characters in a row, found as they are in two or more commitments and in no heading.
func (e *Engine) soleName(q *question) string {
	runs, ok := e.namesIn([]rune(q.rest))
	if !ok {
		return ""
	}
	if len(runs) != 1 {
		return ""
	}
	name := strings.TrimRight(runs[0], "的县市区这边")
	if len([]rune(name)) < 2 || e.inHeading(name) {
		return ""
	}
	n := 0
	for i := range e.plan.Commitments {
		if strings.Contains(e.plan.Commitments[i].Text, name) && !e.longTerm(&e.plan.Commitments[i]) {
			n++
		}
	}
	if n < 2 {
		return ""
	}
	return name
}

// namesIn returns the runs of a question that may be names; neighbouring pieces that the
// report joins are one run. ok is false where an everyday word shows that a thing is meant.
func (e *Engine) namesIn(text []rune) (runs []string, ok bool) {
	end := -1
	for _, p := range e.cut(text) {
		run := string(text[p.from:p.to])
		if p.kind == gapPiece || words().weak[run] {
			continue
		}
		if n := len(runs); n > 0 && p.from == end && e.index.says(runs[n-1]+run) {
			runs[n-1] += run
			end = p.to
			continue
		}
		if p.kind == wordPiece && stripAsking(run) != "" && !e.index.says(run) {
			return nil, false
		}
		if run = stripAsking(run); utf8.RuneCountInString(run) > 1 {
			runs, end = append(runs, run), p.to
		}
	}
	return runs, true
}

// stripAsking drops the nouns by which people ask for anything at all: 项目, 盼头.
func stripAsking(run string) string {
	for _, w := range []string{"项目", "任务", "工程", "工作", "盼头", "安排", "计划", "动作", "建设", "内容", "规划", "发展", "好处", "治理", "事", "活", "活儿"} {
		run = strings.TrimSuffix(run, w)
	}
	return run
}

func (e *Engine) inHeading(name string) bool {
	for i := range e.groups {
		if strings.Contains(e.groups[i].text, name) {
			return true
		}
	}
	return strings.Contains(e.titles, name)
}

// naming returns the sentences of a text that hold a name.
func naming(text, name string) []string {
	var found []string
	for _, s := range sentences(text) {
		if strings.Contains(normalize(s, 0), name) {
			found = append(found, s)
		}
	}
	return found
}

// Find returns up to most commitments that hold the words, best first.
func (e *Engine) Find(text string, most int) []*plan.Commitment {
	q := e.understand(text)
	var found []*plan.Commitment
	seen := map[int32]bool{}
	for _, c := range e.rank(q) {
		u := &e.index.unit[c.unit]
		n := &e.index.node[u.node]
		if n.commitment == nil || seen[u.node] || c.raw < 0.35 || len(found) == most {
			continue
		}
		seen[u.node] = true
		found = append(found, n.commitment)
	}
	return found
}
