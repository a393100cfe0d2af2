package ask

import (
	"strings"
	"unicode/utf8"
)

// byLiteral answers a bare term that no commitment says and the review does, word for word:
// 城市人口.
func (e *Engine) byLiteral(q *question, a *Answer) bool {
	term := strings.Trim(q.rest, " \t")
	if !q.bare() || q.lastYear || q.past > 0 || q.year > 0 || q.about != nil || utf8.RuneCountInString(term) < 3 || strings.ContainsAny(term, " \t") {
		return false
	}
	found := -1
	for i := range e.index.node {
		if !strings.Contains(e.index.text[i], term) {
			continue
		}
		if e.index.node[i].commitment != nil {
			return false
		}
		if found < 0 {
			found = i
		}
	}
	if found < 0 {
		return false
	}
	n := &e.index.node[found]
	item := Item{Segment: n.segment, Sentences: naming(n.segment.Text, term)}
	for id := n.first; id < n.end; id++ {
		if f := e.index.unit[id].figure; f != nil && strings.Contains(normalize(f.Metric, 0), term) {
			item.Figures = append(item.Figures, f)
		}
	}
	a.answer(IntentReview, item)
	return true
}
