package ask

import (
	"strconv"
	"strings"

	"duban/plan"
)

// Library answers questions about several plans: the one of the place or year that the
// question names, else the one asked about before, else the latest.
type Library struct {
	engines []*Engine // latest year first
}

// NewLibrary indexes the plans.
func NewLibrary(plans ...*plan.Plan) *Library {
	l := &Library{}
	for _, p := range plans {
		i := 0
		for i < len(l.engines) && l.engines[i].plan.Year >= p.Year {
			i++
		}
		l.engines = append(l.engines[:i:i], append([]*Engine{New(p)}, l.engines[i:]...)...)
	}
	return l
}

// Plans returns the plans, latest year first.
func (l *Library) Plans() []*plan.Plan {
	var plans []*plan.Plan
	for _, e := range l.engines {
		plans = append(plans, e.plan)
	}
	return plans
}

// Several reports whether there is more than one plan.
func (l *Library) Several() bool { return len(l.engines) > 1 }

// Engine returns the engine of a plan: by its key, or a place or year that its key holds;
// the latest for "". It returns nil where there is none.
func (l *Library) Engine(name string) *Engine {
	for _, e := range l.engines {
		if string(e.plan.Key()) == name || name == "" {
			return e
		}
	}
	for _, e := range l.engines {
		if strings.Contains(string(e.plan.Key()), name) {
			return e
		}
	}
	return nil
}

// Ask answers a question from the plan that it is about.
func (l *Library) Ask(question string, ctx Context) Answer {
	e := l.about(question, ctx)
	if e == nil {
		return Answer{Question: question, Reason: "还没有导入报告"}
	}
	return e.Ask(question, ctx)
}

// about picks the engine for a question.
func (l *Library) about(question string, ctx Context) *Engine {
	text := normalize(simplify(question), longestQuestion)
	var best *Engine
	top := 0
	for _, e := range l.engines {
		score := 0
		if e.home != "" && strings.Contains(text, e.home) {
			score += 4
		}
		if strings.Contains(text, strconv.Itoa(e.plan.Year)) {
			score += 2
		}
		if ctx.Previous != nil && ctx.Previous.Plan == e.plan {
			score++
		}
		if best == nil || score > top {
			best, top = e, score
		}
	}
	return best
}
