package commands

import (
	"duban/ask"
	"duban/plan"
	"duban/render"
)

// asking is what questions need beside the plans; the zero value knows no filings and
// records nothing.
type asking struct {
	view func(Request) ask.View
	gaps *Gaps
}

// UseView makes answers show what was filed. view gives what the person behind a request
// may see; it is called once a question. Call it before the first request.
func (r *Router) UseView(view func(Request) ask.View) { r.asking.view = view }

// UseGaps records questions without an answer. Call it before the first request.
func (r *Router) UseGaps(g *Gaps) { r.asking.gaps = g }

// context is what is known beside a question.
func (t *turn) context() ask.Context {
	ctx := ask.Context{Previous: t.chat.answer, Day: plan.DateOf(t.request.Now)}
	if t.asking != nil && t.asking.view != nil {
		ctx.View = t.asking.view(t.request)
	}
	return ctx
}

// ask answers a question and remembers it for the next one.
func (t *turn) ask(text string) []render.Message {
	a := t.library.Ask(text, t.context())
	switch {
	case a.Answered && (len(a.Items) > 0 || a.Intent == ask.IntentStatus):
		t.chat.answer = &a
		t.chat.remember(a)
	case t.asking != nil:
		t.asking.gaps.Note(a, t.request.Now)
	}
	return []render.Message{render.Answer(a)}
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
	return render.StatusPage(a, action.Page)
}

var staleButton = render.Message{Text: "这个按钮已经失效。请发“目录”重新查看。"}
