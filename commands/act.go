package commands

import (
	"duban/render"
)

// act is what a button with a verb does; see render.Act.
type act struct {
	writes bool
	handle handler // its arguments are in turn.args
}

// pressed decides what a button does.
func (r *Router) pressed(t *turn) (run handler, writes bool) {
	action, ok := render.ParseAction(t.request.Action)
	if !ok {
		return stale, false
	}
	if action.Kind != render.Do {
		return func(t *turn) ([]render.Message, error) { return one(t.open(action)), nil }, false
	}
	a, ok := r.acts[action.Verb]
	if !ok {
		return stale, false
	}
	if t.request.Group && privateActs[action.Verb] {
		return inPrivate, false
	}
	t.args = action.Args
	return t.leaving(action.Verb, a.handle, a.writes)
}

// offeredButton takes a bare number for the button that shows it.
func (t *turn) offeredButton() (handler, bool) {
	n := number(t.text)
	if n < 1 || n > len(t.request.Offered) {
		return nil, false
	}
	return func(t *turn) ([]render.Message, error) {
		t.request.Action = t.request.Offered[n-1]
		run, _ := t.router.pressed(t)
		return run(t)
	}, true
}

var stale = say("这个按钮已经失效。请发“目录”重新查看。")

// arg returns the i-th argument of the button, "" where it has fewer.
func (t *turn) arg(i int) string {
	if i < len(t.args) {
		return t.args[i]
	}
	return ""
}
