package ask

import (
	"strings"

	"duban/plan"
)

// A number is another indicator's where its own name holds little of the question and another
// clause of its sentence holds much more.
const (
	ownLittle = 0.25
	clauseAll = 0.65
	clauseGap = 0.35
)

// toldBeside returns the clause that says what was asked, where the numbers beside it
// are of something else: 每个县建设一处高标准示范园区 stands before 蔬菜温室10万个.
func (e *Engine) toldBeside(q *question, u *unit, targets []*plan.Target) string {
	n := &e.index.node[u.node]
	if u.sentence < 0 || len(targets) == 0 || !q.quantity && !q.names || q.about != nil {
		return ""
	}
	own := float32(0)
	for _, t := range targets {
		if namedIn(q.text, t.Metric) {
			return ""
		}
		own = max(own, e.covers(q, t.Metric+t.ValueText))
	}
	if own >= ownLittle {
		return ""
	}
	best, top := "", float32(0)
	for _, clause := range clausesOf(n.sentences[u.sentence]) {
		if share := e.covers(q, clause); share > top {
			best, top = clause, share
		}
	}
	counts := countsAny(best) || containsAny(best, growthWords)
	if top < clauseAll || top-own < clauseGap || q.quantity && !q.names && !counts {
		return ""
	}
	for _, t := range targets {
		if strings.Contains(best, t.ValueText) {
			return ""
		}
	}
	return "…" + best + "…"
}

// namedIn reports whether a question says half of an indicator's name.
func namedIn(question, metric string) bool {
	name := []rune(normalize(metric, 0))
	said := 0
	for i := 1; i < len(name); i++ {
		if strings.Contains(question, string(name[i-1:i+1])) {
			said++
		}
	}
	return 2*said >= len(name)-1
}

// covers is the share of the question's known words that a text holds, those that say
// only what happens left out.
func (e *Engine) covers(q *question, text string) float32 {
	h := e.index.hold()
	defer h.done()
	h.addText(normalize(text, 0), 1)
	share, _ := h.cover(q.atoms, func(a *atom) bool { return a.known && !words().weak[a.text] })
	return share
}

// clausesOf cuts a sentence at its commas.
func clausesOf(sentence string) []string {
	return strings.FieldsFunc(sentence, func(r rune) bool { return strings.ContainsRune("，。；;！", r) })
}
