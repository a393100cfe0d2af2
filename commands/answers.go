package commands

import (
	"sync"

	"duban/ask"
	"duban/plan"
	"duban/render"
)

// keptAnswers is how many answers one generation holds.
const keptAnswers = 2048

// answers remembers what questions were answered with, as long as nothing that is stored
// changes: many people ask the same. Questions that lean on the last answer are not kept.
type answers struct {
	mu       sync.Mutex
	revision uint64
	new, old map[question]*keptAnswer // old ones are forgotten when new is full
}

// question is what an answer depends on beside what is stored.
type question struct {
	text   string
	before *plan.Plan // that was asked about before, where there are several
	day    plan.Date
	public bool // drafts are not shown to the public
}

// keptAnswer is an answer with its message; one that is not alone has to be found anew.
type keptAnswer struct {
	answer  ask.Answer
	message render.Message
	alone   bool
}

// answer answers a question, out of memory where it can.
func (t *turn) answer(text string) (*ask.Answer, render.Message) {
	m, ctx := t.router.answers, t.context()
	q := question{text: text, day: ctx.Day, public: t.actor.Role == plan.Public}
	if ctx.Previous != nil && t.library.Several() {
		q.before = ctx.Previous.Plan
	}
	kept := m.get(t.revision, q)
	if kept != nil && kept.alone {
		return &kept.answer, kept.message
	}
	a := t.library.Ask(text, ctx)
	message := render.Answer(a)
	if kept == nil && t.failed == nil {
		m.put(t.revision, q, &keptAnswer{answer: a, message: message, alone: t.alone(text)})
	}
	return &a, message
}

// alone reports whether the last answer makes no difference to a question.
func (t *turn) alone(text string) bool {
	e := t.library.Engine("")
	return e != nil && e.Alone(text)
}

func (m *answers) get(revision uint64, q question) *keptAnswer {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.revision != revision {
		return nil
	}
	if a := m.new[q]; a != nil {
		return a
	}
	return m.old[q]
}

func (m *answers) put(revision uint64, q question, a *keptAnswer) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.revision != revision {
		m.revision, m.new, m.old = revision, nil, nil
	}
	if len(m.new) >= keptAnswers {
		m.old, m.new = m.new, nil
	}
	if m.new == nil {
		m.new = map[question]*keptAnswer{}
	}
	m.new[q] = a
}
