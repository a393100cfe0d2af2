package ask

import "duban/plan"

// Library answers questions about several plans: the one of the place or year that the
// question names, else the latest.
type Library struct {
	engines []*Engine
}

// NewLibrary indexes the plans.
func NewLibrary(plans ...*plan.Plan) *Library {
	l := &Library{}
	for _, p := range plans {
		l.engines = append(l.engines, New(p))
	}
	return l
}

// Ask answers a question from the plan that it is about.
func (l *Library) Ask(question string, ctx Context) Answer {
	if len(l.engines) == 0 {
		return Answer{Question: question}
	}
	return l.engines[len(l.engines)-1].Ask(question, ctx)
}
