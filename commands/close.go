package commands

import (
	"errors"
	"fmt"
	"time"

	"duban/plan"
	"duban/render"
)

// handleClose shows the final ratings of a plan before it is closed: 结账 2017.
func handleClose(t *turn) ([]render.Message, error) {
	if err := plan.May(t.actor, plan.ActPublish, nil); err != nil {
		return nil, err
	}
	p := t.planOfYear(t.words)
	if p == nil {
		return one(render.Message{Text: "请写明年度，例如：结账 2017"}), nil
	}
	if refusal := t.tooEarly(p); refusal != "" {
		return one(render.Message{Text: refusal}), nil
	}
	v, err := t.closing(p)
	return one(render.Closing(v)), err
}

// planOfYear is the plan that words name by its year; the one in hand without.
func (t *turn) planOfYear(words string) *plan.Plan {
	if words == "" {
		return t.current()
	}
	year := number(words)
	current := t.current()
	for _, p := range t.library.Plans() {
		if p.Year == year && (current == nil || p.Place == current.Place) {
			return p
		}
	}
	return nil
}

// tooEarly says why a plan cannot be closed yet.
func (t *turn) tooEarly(p *plan.Plan) string {
	switch {
	case p.State != plan.Published:
		return render.Heading(p) + "还是草稿，发布以后才能结账。"
	case !t.today().After(plan.EndOfYear(p.Year)):
		return fmt.Sprintf("%d年还没有过完，%d年1月1日起可以结账。", p.Year, p.Year+1)
	}
	return ""
}

// closing is how the plan ended, stored or as it would be, and what goes on.
func (t *turn) closing(p *plan.Plan) (render.ClosingView, error) {
	v := render.ClosingView{Plan: p}
	stored, err := t.tx.Plans().Closing(p.Key())
	switch {
	case err == nil:
		v.Closing, v.Done = *stored, true
	case errors.Is(err, plan.ErrNotFound):
		marks, err := t.desk().Marks(p.Key())
		if err != nil {
			return v, err
		}
		rules := t.router.options.Rules
		v.Closing = plan.Close(plan.Stand(p, marks, plan.EndOfYear(p.Year).AddDays(1), time.Time{}, rules), rules)
		v.Closing.Catch(plan.Stand(p, marks, t.today(), time.Time{}, rules), rules)
	default:
		return v, err
	}
	return v, t.carry(&v)
}

// carry finds what goes on under the next plan, where there is one.
func (t *turn) carry(v *render.ClosingView) error {
	for _, p := range t.library.Plans() {
		if p.Place == v.Plan.Place && p.Year == v.Plan.Year+1 {
			v.Next = p
		}
	}
	if v.Next == nil {
		return nil
	}
	old, err := t.tx.Plans().Duties(v.Plan.Key())
	if err != nil {
		return err
	}
	known, err := t.tx.Plans().Duties(v.Next.Key())
	if err != nil {
		return err
	}
	follow, err := t.desk().Subscribers(v.Plan.Key())
	v.Carried = plan.CarryOver(v.Plan, v.Next, old, known, follow)
	return err
}

// closePlan is the button 确认结账; pressed again it only carries on what goes on.
func closePlan(t *turn) ([]render.Message, error) {
	if err := plan.May(t.actor, plan.ActPublish, nil); err != nil {
		return nil, err
	}
	e := t.library.Engine(t.arg(0))
	if e == nil || string(e.Plan().Key()) != t.arg(0) || t.tooEarly(e.Plan()) != "" {
		return stale(t)
	}
	v, err := t.closing(e.Plan())
	if err != nil {
		return nil, err
	}
	if err := t.desk().Close(v.Closing, v.Carried); err != nil {
		return nil, err
	}
	v.Done = true
	m := render.Closing(v)
	m.Buttons = nil
	return one(m), nil
}
