package ask

import "duban/plan"

// Engine answers questions about one plan. It is built once, never changes and may be
// used by several goroutines.
type Engine struct {
	plan *plan.Plan
}

// Context is what a conversation knows before the next question; the zero value is none.
type Context struct {
	Previous *Answer // the last answer: “那危桥呢” and “去年呢” build on it
}

// New builds the index of a plan. The plan must not change afterwards.
func New(p *plan.Plan) *Engine { return &Engine{plan: p} }

// Plan returns the plan that the engine answers for.
func (e *Engine) Plan() *plan.Plan { return e.plan }

// Ask answers a question. It never fails: what the plan does not say is an Answer with
// Answered false.
func (e *Engine) Ask(question string, ctx Context) Answer {
	_ = ctx
	return Answer{Question: question, Plan: e.plan}
}
