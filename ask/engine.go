package ask

import (
	"strings"

	"duban/plan"
)

// Engine answers questions about one plan. It is built once, never changes and may be
// used by several goroutines.
type Engine struct {
	plan   *plan.Plan
	index  *index
	groups []group
	titles string  // of all commitments, normalised
	least  float32 // confidence from which a question is answered
	home   string  // the place's name without its rank: 聊城
}

// Context is what is known beside the question; the zero value is nothing.
type Context struct {
	Previous *Answer   // the last answer: “那危桥呢” and “去年呢” build on it
	View     View      // what was filed, as the asker may see it; nil for nothing
	Day      plan.Date // that standings are of; a day in the question goes before it
}

// New builds the index of a plan. The plan must not change afterwards.
func New(p *plan.Plan) *Engine {
	e := &Engine{plan: p, index: buildIndex(p), groups: groupsOf(p), least: threshold}
	var titles strings.Builder
	for i := range p.Commitments {
		titles.WriteString(normalize(p.Commitments[i].Title, 0) + " ")
	}
	e.titles = titles.String()
	for i := range e.groups {
		g := &e.groups[i]
		eachGram(g.text, func(gram string, _ bool) {
			if id, ok := e.index.grams[gram]; ok {
				g.grams = append(g.grams, id)
			}
		})
	}
	e.home = bareName(normalize(p.Place, 0))
	return e
}

// Plan returns the plan that the engine answers for.
func (e *Engine) Plan() *plan.Plan { return e.plan }

// Ask answers a question. It never fails: what the plan does not say is an Answer with
// Answered false.
func (e *Engine) Ask(message string, ctx Context) Answer {
	q := e.understand(message)
	a := Answer{Question: message, Plan: e.plan}
	if !q.day.IsZero() {
		ctx.Day, a.Asked = q.day, true
	}
	if ctx.Day.IsZero() {
		ctx.Day = e.plan.DeliveredOn
	}
	q.ctx = ctx
	if !e.follow(q, &a, ctx.Previous) {
		for _, try := range []func(*question, *Answer) bool{
			e.byCode, e.smallTalk, e.byCompared, e.byCount, e.bySpan, e.byFilter, e.byChanges, e.byOrdinal, e.refuse, e.byHorizons, e.byPair, e.byMention, e.byGroup, e.byUnit,
		} {
			if try(q, &a) {
				break
			}
		}
	}
	a.aspects, a.Explains = q.aspects, q.explains
	if a.Intent != IntentStatus {
		a.stand(q.ctx)
		q.refine(&a)
	}
	return a
}

// refine turns the intent of an answer into what of the thing was asked.
func (q *question) refine(a *Answer) {
	if !a.Answered || len(a.Items) == 0 || a.Items[0].Commitment == nil || a.Intent == IntentList {
		return
	}
	switch {
	case q.responsible:
		a.Intent = IntentResponsible
	case q.progress && (a.Intent == IntentTarget || a.Intent == IntentCommitment):
		a.Intent = IntentProgress
	}
}

// byCode answers 3.6.2.5.
func (e *Engine) byCode(q *question, a *Answer) bool {
	if q.code == "" {
		return false
	}
	if c := e.plan.Commitment(q.code); c != nil {
		a.answer(IntentCommitment, Item{Commitment: c, Segment: &c.Segment, Targets: targetsOf(c)})
		return true
	}
	for i := range e.plan.Review {
		if s := &e.plan.Review[i]; s.Code == q.code {
			a.answer(IntentReview, Item{Segment: s})
			return true
		}
	}
	var items []Item
	for i := range e.plan.Commitments {
		if c := &e.plan.Commitments[i]; c.Code.Within(q.code) {
			items = append(items, Item{Commitment: c, Segment: &c.Segment, Targets: targetsOf(c)})
		}
	}
	if len(items) == 0 {
		a.Intent, a.Reason = IntentCommitment, "没有编号 "+string(q.code)
		return true
	}
	a.Title = string(q.code)
	a.answer(IntentList, items...)
	return true
}

// byOrdinal answers 第五件实事: the entry of the list of 实事, or of the list that the
// question names (脱贫攻坚第二条).
func (e *Engine) byOrdinal(q *question, a *Answer) bool {
	if q.ordinal == 0 {
		return false
	}
	list := e.deeds()
	if !q.deeds {
		if g := e.bestGroup(q); g != nil {
			list = membersFor(g, false)
			a.Title = g.title
		} else if q.total > unnamedList {
			return false
		}
	}
	n := place(q.ordinal, len(list))
	if n < 0 {
		if !q.deeds {
			return false
		}
		a.Intent, a.Reason = IntentCommitment, "实事没有这一件"
		return true
	}
	c := list[n]
	a.answer(IntentCommitment, Item{Commitment: c, Segment: &c.Segment, Targets: targetsOf(c)})
	return true
}

// unnamedList is the weight below which a question with an ordinal names no list of its
// own: 第三件 means the list of 实事.
const unnamedList = 0.6

// deeds returns the list of 实事 in order.
func (e *Engine) deeds() []*plan.Commitment {
	var list []*plan.Commitment
	for i := range e.plan.Commitments {
		if c := &e.plan.Commitments[i]; strings.HasPrefix(c.Label, "实事") {
			list = append(list, c)
		}
	}
	return list
}

func targetsOf(c *plan.Commitment) []*plan.Target {
	var list []*plan.Target
	for i := range c.Targets {
		list = append(list, &c.Targets[i])
	}
	return list
}

func weightOf(atoms []atom) (total float32) {
	for i := range atoms {
		total += atoms[i].weight
	}
	return total
}

// AskOnly answers a question that stands alone.
func (e *Engine) AskOnly(message string) Answer { return e.Ask(message, Context{}) }
