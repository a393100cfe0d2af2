package ask

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"duban/plan"
)

// threshold is the share of a question's weight, as ranked, below which the report is said
// to be silent on it. Chosen on the development questions, between what is answered and
// what must not be.
const threshold = 0.5

// refuse answers questions about another place and about what the report cannot say.
func (e *Engine) refuse(q *question, a *Answer) bool {
	if q.foreign && (q.ranked || !strings.Contains(e.whole, q.subject)) {
		a.Intent, a.Reason = IntentTarget, "本报告没有讲"+q.subject
		return true
	}
	if q.total == 0 && q.subject == "" && !q.deeds && (!q.horizon || !q.list) {
		a.Intent, a.Reason = IntentHelp, "没有看懂"
		return true
	}
	return false
}

// byUnit answers with the one commitment that holds most of the question.
func (e *Engine) byUnit(q *question, a *Answer) bool {
	ranked := e.rank(q)
	a.Intent = IntentTarget
	if len(ranked) == 0 {
		a.Reason = "报告没有提到"
		return true
	}
	top := ranked[0]
	a.Score = float64(min(top.score, 1))
	a.Why = e.explain(q, ranked)
	if reason := e.silent(q, top); reason != "" {
		a.Reason = reason
		a.Nearest = e.nearest(ranked)
		return true
	}
	e.answerUnit(q, a, ranked)
	return true
}

// silent returns why the best unit does not answer the question, "" where it does.
func (e *Engine) silent(q *question, top candidate) string {
	u := &e.index.unit[top.unit]
	n := &e.index.node[u.node]
	if top.raw < e.needed(q) {
		return "报告没有讲到"
	}
	sentence := n.segment.Text
	if u.sentence >= 0 {
		sentence = n.sentences[u.sentence]
	}
	if q.foreign && !strings.Contains(sentence, q.subject) {
		return "本报告没有讲" + q.subject
	}
	if scope := scopeOf(q.text); scope != "" && !strings.Contains(sentence, scope) {
		return "本报告没有讲" + scope
	}
	if reason := e.otherYear(q, n, u); reason != "" {
		return reason
	}
	for _, a := range q.attributes {
		if !a.says(sentence, n.commitment) {
			return "报告提到了相关工作，但没有说" + a.name
		}
	}
	if share, term := e.focusShare(q, top.unit); share < focusNeeded {
		return "报告提到了相关工作，但没有说" + term
	}
	switch {
	case q.quantity && q.unit != "" && q.dimension > counting && u.target == nil && u.figure == nil && !numbersIn(sentence, q.dimension):
		return "报告提到了相关工作，但没有写这个数"
	case q.names && u.target != nil && u.target.Kind == plan.Count && !enumerates(sentence, u.target) && e.named(q, top):
		return "报告写了数量，但没有列出名单"
	}
	return ""
}

// focusNeeded is how much of the term beside the question word the answer must hold.
const focusNeeded = 0.25

// focusShare is how much of the term beside the question word a unit holds, 1 where there
// is none.
func (e *Engine) focusShare(q *question, unit int32) (share float32, term string) {
	narrow := e.holding(unit, true)
	share, total := narrow.cover(q.atoms, func(a *atom) bool { return a.focus && a.weight > boundary })
	if total < 0.5 {
		return 1, ""
	}
	for i := range q.atoms {
		if a := &q.atoms[i]; a.focus && a.weight > boundary {
			term += a.text
		}
	}
	return share, term
}

// otherYear returns why a unit does not answer for a year that the question names.
func (e *Engine) otherYear(q *question, n *node, u *unit) string {
	for _, year := range []int{q.past, q.year} {
		if year == 0 || strings.Contains(n.segment.Text, strconv.Itoa(year)) {
			continue
		}
		if year > e.plan.Year && u.target != nil && u.target.Deadline.Year == year || year > e.plan.Year && n.horizon && year <= e.plan.Year+5 {
			continue
		}
		return fmt.Sprintf("报告没有讲%d年的这个情况", year)
	}
	return ""
}

// scopeOf returns the wider area that a question is about, "" where it is about the plan's
// own: it stands in front.
func scopeOf(text string) string {
	for _, scope := range scopeCues {
		if strings.HasPrefix(strings.TrimPrefix(text, "今年"), scope) {
			return scope
		}
	}
	return ""
}

// named reports whether a question that asks which ones asks for what a target counts.
func (e *Engine) named(q *question, top candidate) bool {
	return q.distinct() > 0 && e.density(top.unit, q.gramSet()) >= 0.4
}

// needed is the threshold of a question: more for one with a word that the report lacks
// and little else.
func (e *Engine) needed(q *question) float32 {
	if q.distinct() <= 1 {
		return threshold + 0.1
	}
	return threshold
}

// answerUnit fills in the best unit with the targets that the question is about.
func (e *Engine) answerUnit(q *question, a *Answer, ranked []candidate) {
	top := ranked[0]
	u := &e.index.unit[top.unit]
	n := &e.index.node[u.node]
	item := Item{Commitment: n.commitment, Segment: n.segment}
	item.Targets, item.Figures = e.numbersOf(q, ranked)
	if len(item.Targets) == 0 && (q.quantity || q.bare()) {
		item.Targets = e.soleTarget(u)
	}
	if n.commitment != nil && e.wantsAll(q, ranked) {
		item.Targets = targetsOf(n.commitment)
	}
	if f := e.lastYears(q, item.Targets); f != nil {
		item.Figures = []*plan.Figure{f}
	}
	item.Task = u.task
	item.Sentences = e.sentencesOf(ranked)
	switch {
	case n.commitment == nil:
		a.Intent = IntentReview
	case q.compare || q.lastYear:
		a.Intent = IntentCompare
	case len(item.Targets) == 0:
		a.Intent = IntentCommitment
	}
	a.LastYear = q.lastYear && !q.compare
	items := []Item{item}
	a.answer(a.Intent, append(items, e.others(ranked)...)...)
}

// wantsAll reports whether a question asks for every number of a commitment rather than for
// one of them: 主要预期目标有哪些.
func (e *Engine) wantsAll(q *question, ranked []candidate) bool {
	u := &e.index.unit[ranked[0].unit]
	c := e.index.node[u.node].commitment
	if !q.list && !q.numeric || len(c.Targets) < 3 {
		return false
	}
	return u.target == nil || e.density(ranked[0].unit, q.gramSet()) < 0.4
}

// soleTarget returns the one target that stands in a unit's sentence, none where there are
// several.
func (e *Engine) soleTarget(u *unit) []*plan.Target {
	var found []*plan.Target
	n := &e.index.node[u.node]
	for id := n.first; id < n.end; id++ {
		if other := &e.index.unit[id]; other.target != nil && other.sentence == u.sentence {
			found = append(found, other.target)
		}
	}
	if len(found) != 1 {
		return nil
	}
	return found
}

// bare reports whether a question is a term and nothing else.
func (q *question) bare() bool {
	return !q.quantity && !q.list && len([]rune(q.text)) <= 12 && !containsAny(q.text, askingCues)
}

// lastYears finds the figure of the review that stands closest to the first target, where
// the question compares and the report itself pairs none with it.
func (e *Engine) lastYears(q *question, targets []*plan.Target) *plan.Figure {
	if len(targets) == 0 || targets[0].Baseline != nil {
		return nil
	}
	var best *plan.Figure
	var top float32
	for _, c := range q.achieved {
		f := e.index.unit[c.unit].figure
		likeness := pairsInCommon(f.Metric, targets[0].Metric)
		if f.Unit != targets[0].Unit || likeness < 0.3 || c.raw*likeness <= top {
			continue
		}
		best, top = f, c.raw*likeness
	}
	return best
}

// pairsInCommon is the share of the neighbouring pairs of two names that both have.
func pairsInCommon(a, b string) float32 {
	have := map[string]bool{}
	x, y := grams(normalize(a, 0)), grams(normalize(b, 0))
	for _, g := range x {
		have[g] = true
	}
	n := 0
	for _, g := range y {
		if have[g] {
			n++
		}
	}
	return 2 * float32(n) / float32(max(len(x)+len(y), 1))
}

// numbersOf returns the targets and figures of the best unit's node that are nearly as good
// as the best, best first.
func (e *Engine) numbersOf(q *question, ranked []candidate) (targets []*plan.Target, figures []*plan.Figure) {
	node := e.index.unit[ranked[0].unit].node
	sentence := e.index.unit[ranked[0].unit].sentence
	best := float32(0)
	for _, c := range ranked {
		u := &e.index.unit[c.unit]
		if u.node != node || u.target == nil && u.figure == nil {
			continue
		}
		if best == 0 {
			best = c.score
			if c.score < 0.9*ranked[0].score && (!q.quantity || u.sentence != sentence || c.score <= 0.6*ranked[0].score) {
				return nil, nil
			}
		}
		if c.score < 0.85*best {
			break
		}
		if u.target != nil && len(targets) < 6 {
			targets = append(targets, u.target)
		}
		if u.figure != nil && len(figures) < 6 {
			figures = append(figures, u.figure)
		}
	}
	return targets, figures
}

// sentencesOf returns the sentences of the best unit's node, best first.
func (e *Engine) sentencesOf(ranked []candidate) []string {
	node := e.index.unit[ranked[0].unit].node
	var found []string
	for _, c := range ranked {
		u := &e.index.unit[c.unit]
		if u.node != node || u.sentence < 0 || c.score < 0.6*ranked[0].score {
			continue
		}
		if s := e.index.node[node].sentences[u.sentence]; !slices.Contains(found, s) {
			found = append(found, s)
		}
	}
	return found
}

// others are further commitments that answer nearly as well.
func (e *Engine) others(ranked []candidate) []Item {
	var items []Item
	seen := map[int32]bool{e.index.unit[ranked[0].unit].node: true}
	for _, c := range ranked[1:] {
		u := &e.index.unit[c.unit]
		if c.score < 0.92*ranked[0].score || len(items) == 2 {
			break
		}
		n := &e.index.node[u.node]
		if seen[u.node] || n.commitment == nil {
			continue
		}
		seen[u.node] = true
		item := Item{Commitment: n.commitment, Segment: n.segment}
		if u.target != nil {
			item.Targets = []*plan.Target{u.target}
		}
		items = append(items, item)
	}
	return items
}

// nearest returns up to three commitments that come closest.
func (e *Engine) nearest(ranked []candidate) []*plan.Commitment {
	var near []*plan.Commitment
	for _, c := range ranked {
		n := &e.index.node[e.index.unit[c.unit].node]
		if n.commitment != nil && !slices.Contains(near, n.commitment) && len(near) < 3 && c.raw > 0.2 {
			near = append(near, n.commitment)
		}
	}
	return near
}

// explain lists the atoms of a question and its best units.
func (e *Engine) explain(q *question, ranked []candidate) []string {
	var why []string
	for _, a := range q.atoms {
		why = append(why, fmt.Sprintf("词 %s 权重 %.2f 报告用过 %v", a.text, a.weight, a.known))
	}
	for _, c := range ranked[:min(5, len(ranked))] {
		u := &e.index.unit[c.unit]
		what := "句"
		if u.target != nil {
			what = u.target.Metric
		}
		why = append(why, fmt.Sprintf("%s %s 覆盖 %.2f 得分 %.2f", e.index.node[u.node].segment.Code, what, c.raw, c.score))
	}
	return why
}
