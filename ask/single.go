package ask

import (
	"fmt"
	"slices"
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
	if top.raw < e.needed(q) {
		return "报告没有讲到"
	}
	u := &e.index.unit[top.unit]
	n := &e.index.node[u.node]
	sentence := n.segment.Text
	if u.sentence >= 0 {
		sentence = n.sentences[u.sentence]
	}
	if q.foreign && !strings.Contains(sentence, q.subject) {
		return "本报告没有讲" + q.subject
	}
	if q.attribute != nil && !q.attribute.says(sentence, n.commitment) && !e.numberOf(q, u) {
		return "报告提到了相关工作，但没有说" + q.attribute.name
	}
	return ""
}

// numberOf reports whether the attribute asked for is the very number of a target: 补贴多少
// where a target in 元 is about it.
func (e *Engine) numberOf(q *question, u *unit) bool {
	return q.attribute.money && u.target != nil && dimensionOf(u.target.Unit) == money
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
