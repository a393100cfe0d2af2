package commands

import (
	"sync"

	"duban/ask"
	"duban/plan"
	"duban/render"
)

// keptAnswers is how many answers one generation holds.
const keptAnswers = 2048

// answers remembers what questions were answered with, as long as the plans are the same:
// many people ask the same. An answer depends on the plans, on the question, on the plan
// that was asked about before and, where the question leans on it, on the last answer; those
// that lean are not kept.
type answers struct {
	mu       sync.Mutex
	library  *ask.Library
	new, old map[question]*answered // old ones are forgotten when new is full
}

// question is what an answer depends on.
type question struct {
	text   string
	before *plan.Plan
}

// answered is an answer with its message.
type answered struct {
	answer  ask.Answer
	message render.Message
	alone   bool
}

// ask answers a question, out of memory where it can.
func (m *answers) ask(library *ask.Library, text string, ctx ask.Context) (*ask.Answer, render.Message) {
	q := question{text: text}
	if ctx.Previous != nil {
		q.before = ctx.Previous.Plan
	}
	kept := m.get(library, q)
	if kept == nil {
		kept = &answered{alone: ctx.Previous == nil}
		if e := library.Engine(""); e != nil && !kept.alone {
			kept.alone = e.Alone(text)
		}
		if kept.alone {
			kept.answer = library.Ask(text, ctx)
			kept.message = render.Answer(kept.answer)
		}
		m.put(library, q, kept)
	}
	if kept.alone {
		return &kept.answer, kept.message
	}
	a := library.Ask(text, ctx)
	return &a, render.Answer(a)
}

func (m *answers) get(library *ask.Library, q question) *answered {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.library != library {
		return nil
	}
	if a := m.new[q]; a != nil {
		return a
	}
	return m.old[q]
}

func (m *answers) put(library *ask.Library, q question, a *answered) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.library != library {
		m.library, m.new, m.old = library, nil, nil
	}
	if len(m.new) >= keptAnswers {
		m.old, m.new = m.new, nil
	}
	if m.new == nil {
		m.new = map[question]*answered{}
	}
	m.new[q] = a
}
