package commands

import (
	"duban/ask"
	"duban/plan"
	"duban/render"
)

// context is what is known beside a question.
func (t *turn) context() ask.Context {
	return ask.Context{Previous: t.chat.answer, Day: t.today(), View: &view{turn: t}}
}

// ask answers a question and remembers it for the next one.
func (t *turn) ask(text string) []render.Message {
	a, message := t.answer(text)
	t.gap = ""
	if t.unclear(text, a) {
		t.gap = text
		return one(t.withCommands(text))
	}
	switch {
	case a.Answered && (len(a.Items) > 0 || a.Intent == ask.IntentStatus):
		t.chat.answer = a
		t.chat.remember(*a)
	case !a.Answered && a.Intent != ask.IntentHelp:
		t.gap = text
	}
	if !a.Answered && foreign(text) {
		return one(render.Message{Text: inChinese})
	}
	return one(t.withLatest(a, t.withNotes(a, message)))
}

// statusPage shows a page of a status list anew: lights may have changed since.
func (t *turn) statusPage(p *plan.Plan, action render.Action) render.Message {
	f, ok := ask.ParseFilter(action.Filter)
	engine := t.library.Engine(string(p.Key()))
	if !ok || engine == nil {
		return staleButton
	}
	a := engine.Status(f, t.context())
	t.chat.answer = &a
	t.chat.remember(a)
	return t.withLatest(&a, render.StatusPage(a, action.Page))
}

var staleButton = render.Message{Text: "这个按钮已经失效。请发“目录”重新查看。"}
