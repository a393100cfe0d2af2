package commands

import (
	"fmt"

	"duban/plan"
	"duban/render"
)

// handleStart begins anew and says what waits for the person.
func handleStart(t *turn) ([]render.Message, error) {
	p := t.current()
	if p == nil {
		return one(noPlan), nil
	}
	t.chat.answer, t.chat.plan, t.chat.entries, t.chat.source = nil, nil, nil, source{}
	m := render.Start(p)
	if t.actor.Role == plan.Public {
		return one(m), nil
	}
	duty, err := t.waits(p)
	if err != nil {
		return nil, err
	}
	return one(render.Greeting(roleText(t.actor), duty, p, t.actor.Department != "")), nil
}

// waits says in one sentence what waits for somebody of the staff.
func (t *turn) waits(p *plan.Plan) (string, error) {
	if t.actor.Department != "" {
		return t.ownUnfiled(p)
	}
	pending, err := t.desk().Pending()
	if err != nil {
		return "", err
	}
	open, err := t.openFeedback()
	return fmt.Sprintf("待审核%d项，待答复反馈%d条。", len(pending), len(open)), err
}

// ownUnfiled counts what the person's department answers for and has not filed.
func (t *turn) ownUnfiled(p *plan.Plan) (string, error) {
	standing, err := t.standing(p)
	if err != nil {
		return "", err
	}
	parts := t.ownParts(p, standing)
	unfiled := 0
	for i := range parts {
		if s := parts[i].Standing; s.Light == plan.None && !s.Unchecked {
			unfiled++
		}
	}
	if len(parts) == 0 {
		return "本单位名下还没有分派事项。", nil
	}
	return fmt.Sprintf("本单位负责%d项，%d项未填报。", len(parts), unfiled), nil
}
