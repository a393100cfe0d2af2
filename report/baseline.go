package report

import (
	"duban/plan"
)

// reported reports whether a quantity of the review is a figure worth keeping.
func reported(s setting) bool {
	return !s.q.quoted && !(s.q.han && !s.q.doubled) && !isOrigin(s) && !isThreshold(s) && !enumerated(s)
}

// figures are the numbers of a segment that looks back.
func (r *reader) figures() []plan.Figure {
	var figures []plan.Figure
	for _, m := range r.found {
		figures = append(figures, plan.Figure{
			Year: r.year - 1, Metric: m.metric, Value: m.q.value, Unit: m.q.unit,
			ValueText: r.src.cut(m.q.a, m.q.b), Start: r.src.start(m.q.a), Quote: r.quote(m.clause), Code: r.segment.code(),
		})
	}
	return figures
}

func addBaselines(p *plan.Plan) {}
