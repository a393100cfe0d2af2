package ask

import (
	"regexp"
	"slices"
)

// dated is a time that a sentence states itself.
var dated = regexp.MustCompile(`(19|20)\d\d年|\d{1,2}月(底|份|\d)|年底|年内|上半年|下半年`)

// datedFirst puts a sentence that states a time before one as close that states none, where
// the time is asked for: 确保2018年圆满完成任务.
func (e *Engine) datedFirst(q *question, ranked []candidate) {
	if !q.when || e.states(ranked[0]) {
		return
	}
	for i, c := range ranked {
		if c.score < datedScore*ranked[0].score {
			return
		}
		if c.raw >= 0.85*min(ranked[0].raw, 1) && e.states(c) {
			copy(ranked[1:i+1], slices.Clone(ranked[:i]))
			ranked[0] = c
			return
		}
	}
}

// datedScore is the share of the best score from which a sentence may go before it: the parts
// of a report that speak of several years are lowered by as much.
const datedScore = 0.6

// states reports whether a unit's sentence states a time.
func (e *Engine) states(c candidate) bool {
	u := &e.index.unit[c.unit]
	return u.sentence >= 0 && dated.MatchString(e.index.node[u.node].sentences[u.sentence])
}
