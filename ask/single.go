package ask

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"duban/plan"
)

// threshold is the share of a question's weight that an answer must hold, below which the
// report is said to be silent on it. TestConfidence prints precision and recall beside it and
// keeps it the best.
const threshold = 0.5

// weakMatch is the share of a question below which a sentence of the plan is doubted.
const weakMatch = 0.65

// refuse answers questions about another place and about what the report cannot say.
func (e *Engine) refuse(q *question, a *Answer) bool {
	if q.foreign && (q.ranked || !e.index.says(q.subject)) {
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
	e.datedFirst(q, ranked)
	top := ranked[0]
	a.Score = float64(min(top.raw, 1))
	a.Why, a.Slight = e.explain(q, ranked), q.slight()
	if top.raw < weakMatch && !e.index.unit[top.unit].numeric() && e.byLiteral(q, a) || e.byLevel(q, a, ranked) {
		return true
	}
	if reason := e.silent(q, top); reason != "" {
		if e.bySum(q, a, top) || e.byPast(q, a) {
			return true
		}
		a.Reason = reason
		a.Nearest = e.nearest(ranked)
		return true
	}
	e.answerUnit(q, a, ranked)
	return true
}

// needed is the threshold of a question: more for one with a word that the report lacks
// and little else.
func (e *Engine) needed(q *question) float32 {
	if q.distinct() <= 1 {
		return e.least + 0.1
	}
	return e.least
}

// answerUnit fills in the best unit with the targets that the question is about.
func (e *Engine) answerUnit(q *question, a *Answer, ranked []candidate) {
	top := ranked[0]
	u := &e.index.unit[top.unit]
	n := &e.index.node[u.node]
	item := Item{Commitment: n.commitment, Segment: n.segment}
	item.Targets, item.Figures = e.numbersOf(q, ranked)
	if len(item.Targets) == 0 {
		item.Targets = e.beside(q, u)
	}
	if n.commitment != nil && e.wantsAll(q, ranked) {
		item.Targets = targetsOf(n.commitment)
	}
	told := e.toldBeside(q, u, item.Targets)
	if told != "" {
		item.Targets = nil
	}
	if f := e.lastYears(q, item.Targets); f != nil {
		item.Figures = []*plan.Figure{f}
	}
	if len(item.Targets) == 0 || !q.bare() && !q.quantity {
		item.Task = u.task
	}
	item.Sentences = e.sentencesOf(ranked)
	if q.fiveYear && len(item.Sentences) > 1 {
		item.Sentences = item.Sentences[:1]
	}
	if q.when && len(item.Targets) == 0 && e.states(top) {
		item.Says, item.Task = n.sentences[u.sentence], nil
	}
	if told != "" {
		item.Says, item.Task = told, nil
	}
	switch {
	case n.commitment == nil:
		a.Intent, a.Untold = IntentReview, q.thisYear && !q.lastYear && q.quantity && len(item.Figures) > 0
	case q.compare || q.lastYear:
		a.Intent = IntentCompare
	case len(item.Targets) == 0:
		a.Intent = IntentCommitment
	}
	a.LastYear = q.lastYear && !q.compare
	others, unsure := e.others(q, ranked)
	a.Unsure = unsure && q.about == nil && n.commitment != nil
	a.answer(a.Intent, append([]Item{item}, others...)...)
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

// beside chooses among the targets of a sentence that answers as a whole: all for a bare
// term; for a number the one whose name the question says best; a single one in any case.
func (e *Engine) beside(q *question, u *unit) []*plan.Target {
	found := e.targetsBeside(u)
	switch {
	case q.bare() && len(found) <= 4, len(found) == 1 && (q.quantity || q.list):
		return found
	case !q.quantity || len(found) < 2:
		return nil
	}
	var best *plan.Target
	var top, second float32
	for _, t := range found {
		own := e.index.hold()
		own.addText(normalize(t.Metric, 0), 1)
		share, _ := own.cover(q.atoms, func(a *atom) bool { return a.known })
		own.done()
		if share > top {
			best, top, second = t, share, top
		} else {
			second = max(second, share)
		}
	}
	if top < 0.2 || top-second < 0.05 {
		return nil
	}
	return []*plan.Target{best}
}

// targetsBeside returns the targets that stand in a unit's sentence.
func (e *Engine) targetsBeside(u *unit) []*plan.Target {
	var found []*plan.Target
	n := &e.index.node[u.node]
	for id := n.first; id < n.end; id++ {
		if other := &e.index.unit[id]; other.target != nil && other.sentence == u.sentence {
			found = append(found, other.target)
		}
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
		if strings.Contains(targets[0].Metric, "新增") && !containsAny(f.Metric, addedWords) {
			continue
		}
		likeness := float32(plan.PairsOf(normalize(f.Metric, 0)).Likeness(plan.PairsOf(normalize(targets[0].Metric, 0))))
		if f.Unit != targets[0].Unit && (dimensionOf(f.Unit) != dimensionOf(targets[0].Unit) || likeness < 0.7) || likeness < 0.3 || c.raw*likeness <= top {
			continue
		}
		best, top = f, c.raw*likeness
	}
	return best
}

// addedWords show that a figure counts what came about in a year and not what there is.
var addedWords = []string{"新", "增", "建", "引进", "培育", "完成", "改造", "开展", "举办", "发放"}

// numbersOf returns the targets and figures of the best unit's node that are nearly as good
// as the best, best first.
func (e *Engine) numbersOf(q *question, ranked []candidate) (targets []*plan.Target, figures []*plan.Figure) {
	node := e.index.unit[ranked[0].unit].node
	sentence := e.index.unit[ranked[0].unit].sentence
	best := float32(0)
	for _, c := range ranked {
		u := &e.index.unit[c.unit]
		if u.node != node || u.target == nil && u.figure == nil || !e.index.unit[ranked[0].unit].numeric() && e.ownShare(q, c.unit) < 0.3 {
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

// numeric reports whether the unit is a number.
func (u *unit) numeric() bool { return u.target != nil || u.figure != nil }

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

// asLikely is the share of the best score from which another commitment is as likely meant.
const asLikely = 0.98

// likeDensity is the share of the first's density from which another name is as likely meant:
// 生产总值增长 is nearer to GDP than 万元生产总值能耗降低.
const likeDensity = 0.6

// others are further commitments that answer nearly as well; unsure where one is as likely.
func (e *Engine) others(q *question, ranked []candidate) (items []Item, unsure bool) {
	seen := map[int32]bool{e.index.unit[ranked[0].unit].node: true}
	asked := q.gramSet()
	dense := e.density(ranked[0].unit, asked)
	for _, c := range ranked[1:] {
		u := &e.index.unit[c.unit]
		if c.score < 0.92*ranked[0].score || len(items) == 2 {
			break
		}
		if u.target != nil && e.density(c.unit, asked) < likeDensity*dense {
			continue
		}
		unsure = unsure || c.score >= asLikely*ranked[0].score && e.index.node[u.node].commitment != nil && !seen[u.node]
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
	return items, unsure
}

// nearRaw and nearScore are the shares of the question and of the best score that a
// commitment must hold to be called near.
const (
	nearRaw   = 0.33
	nearScore = 0.5
)

// nearest returns up to three commitments that come closest.
func (e *Engine) nearest(ranked []candidate) []*plan.Commitment {
	var near []*plan.Commitment
	for _, c := range ranked {
		n := &e.index.node[e.index.unit[c.unit].node]
		if n.commitment != nil && !slices.Contains(near, n.commitment) && len(near) < 3 && c.raw > nearRaw && c.score > nearScore*ranked[0].score {
			near = append(near, n.commitment)
		}
	}
	return near
}

// slight reports whether the report knows single characters of a question only, and no more
// than half of what it says: 待办, 导出.
func (q *question) slight() bool {
	known := 0
	for _, a := range q.atoms {
		switch n := utf8.RuneCountInString(a.text); {
		case a.known && n > 1:
			return false
		case a.known:
			known += n
		}
	}
	return 2*known <= utf8.RuneCountInString(q.text)
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
