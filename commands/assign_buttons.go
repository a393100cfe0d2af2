package commands

import (
	"strings"

	"duban/plan"
	"duban/render"
)

// assignKind names the dialog that waits for the department of a commitment.
const assignKind = "assign"

// assigning is the commitment whose department is awaited.
type assigning struct {
	Plan plan.Key `json:"plan"`
	Item plan.ID  `json:"item"`
}

// open lists the commitments that no department answers for, with a suggestion each.
func (t *turn) openDuties(p *plan.Plan) ([]render.Suggestion, error) {
	duties, err := t.tx.Plans().Duties(p.Key())
	if err != nil {
		return nil, err
	}
	known := t.departments(p)
	var open []render.Suggestion
	for i := range p.Commitments {
		c := &p.Commitments[i]
		if len(c.Targets)+len(c.Tasks) == 0 || answered(c, duties) {
			continue
		}
		s := render.Suggestion{Commitment: c}
		if found, ok := t.router.offices.suggest(c, p.Year); ok {
			s.Department, s.Words = t.router.offices.unify(found.department, p.Place, known), found.words
		}
		open = append(open, s)
	}
	return open, nil
}

// answered reports whether a department answers for the commitment or for each of its parts.
func answered(c *plan.Commitment, duties map[plan.ID]plan.Duty) bool {
	if plan.DutyOf(c, c.ID, duties) != nil {
		return true
	}
	for _, m := range partsOf(c) {
		if plan.DutyOf(c, itemOf(m), duties) == nil {
			return false
		}
	}
	return true
}

// unassigned lists what nobody answers for and shows the first one with its suggestion.
func (t *turn) unassigned(p *plan.Plan) ([]render.Message, error) {
	open, err := t.openDuties(p)
	if err != nil {
		return nil, err
	}
	members := make([]*plan.Commitment, len(open))
	for i := range open {
		members[i] = open[i].Commitment
	}
	t.show(p, members)
	page := number(t.arg(0))
	messages := one(render.Unassigned(p, open, page))
	if len(open) > 0 && page < 1 {
		card := render.AssignCard(p, &open[0], len(open))
		card.Buttons = append(card.Buttons, messages[0].Buttons...) // below the decision, so that its numbers stay
		messages[0].Buttons = nil
		messages = append(messages, card)
	}
	return messages, nil
}

// nextDuty shows the first open commitment behind an item, the first of all where none is.
func (t *turn) nextDuty(p *plan.Plan, after plan.ID) ([]render.Message, error) {
	open, err := t.openDuties(p)
	switch {
	case err != nil:
		return nil, err
	case len(open) == 0:
		return one(render.Unassigned(p, nil, 0)), nil
	}
	at, place := 0, -1
	for i := range p.Commitments {
		if p.Commitments[i].ID == after {
			place = i
		}
	}
	for i := range open {
		if place >= 0 && open[i].Commitment.Code.Compare(p.Commitments[place].Code) > 0 {
			at = i
			break
		}
	}
	return one(render.AssignCard(p, &open[at], len(open))), nil
}

// withMark runs a button whose arguments are the mark of a plan and a commitment.
func withMark(f func(*turn, *plan.Plan, *plan.Commitment) ([]render.Message, error)) handler {
	return func(t *turn) ([]render.Message, error) {
		if err := plan.May(t.actor, plan.ActAssign, nil); err != nil {
			return nil, err
		}
		for _, p := range t.library.Plans() {
			if render.PlanMark(p.Key()) == t.arg(0) {
				return f(t, p, p.ByID(plan.ID(number(t.arg(1)))))
			}
		}
		return stale(t)
	}
}

// takeSuggested is the button 采纳.
func takeSuggested(t *turn, p *plan.Plan, c *plan.Commitment) ([]render.Message, error) {
	open, err := t.openDuties(p)
	if err != nil {
		return nil, err
	}
	for i := range open {
		if c == nil || open[i].Commitment.ID != c.ID || open[i].Department == "" {
			continue
		}
		done, err := t.assign(p, c, plan.Duty{Item: c.ID, Lead: open[i].Department})
		if err != nil {
			return nil, err
		}
		next, err := t.nextDuty(p, c.ID)
		return append(done, next...), err
	}
	return one(render.Message{Text: "这一项刚才已经分派过了。发“分派”看还有哪些，发“分工”看谁负责什么。"}), nil
}

func nextOpen(t *turn, p *plan.Plan, c *plan.Commitment) ([]render.Message, error) {
	if c == nil {
		return t.nextDuty(p, 0)
	}
	return t.nextDuty(p, c.ID)
}

// editSuggested is the button 改: it asks for the department.
func editSuggested(t *turn, p *plan.Plan, c *plan.Commitment) ([]render.Message, error) {
	if c == nil {
		return stale(t)
	}
	text := shortTitle(c) + "由哪个单位牵头？例如：民政局，或 民政局 配合 财政局、卫计委"
	return one(render.Message{Text: text}), t.await(assignKind, assigning{Plan: p.Key(), Item: c.ID})
}

// answerAssign takes the department that was asked for.
func answerAssign(t *turn) ([]render.Message, error) {
	var a assigning
	if !t.recall(assignKind, &a) {
		return converse(t)
	}
	if strings.Trim(t.text, "。 ") == "取消" {
		return one(render.Message{Text: "没有分派。发“分派”继续。"}), t.settle()
	}
	e := t.library.Engine(string(a.Plan))
	if e == nil || e.Plan().ByID(a.Item) == nil {
		return nil, plan.ErrNotFound
	}
	p, c := e.Plan(), e.Plan().ByID(a.Item)
	_, lead, support, problem := t.assignment(p, c, t.text)
	if problem != "" {
		return one(render.Message{Text: problem + "\n不分派就发：取消"}), nil
	}
	if err := t.settle(); err != nil {
		return nil, err
	}
	done, err := t.assign(p, c, plan.Duty{Item: c.ID, Lead: lead, Support: support})
	if err != nil {
		return nil, err
	}
	next, err := t.nextDuty(p, c.ID)
	return append(done, next...), err
}

// askAll is the button 全部采纳: it asks back with the numbers.
func askAll(t *turn, p *plan.Plan, _ *plan.Commitment) ([]render.Message, error) {
	open, err := t.openDuties(p)
	if err != nil {
		return nil, err
	}
	return one(render.AskAssignAll(p, open)), nil
}

// takeAll assigns every suggestion, if they are still as many as was asked.
func takeAll(t *turn, p *plan.Plan, _ *plan.Commitment) ([]render.Message, error) {
	open, err := t.openDuties(p)
	if err != nil {
		return nil, err
	}
	var duties []plan.Duty
	for i := range open {
		if open[i].Department != "" {
			duties = append(duties, plan.Duty{Item: open[i].Commitment.ID, Lead: open[i].Department})
		}
	}
	if len(duties) != number(t.arg(1)) {
		return askAll(t, p, nil)
	}
	if err := t.desk().Assign(p.Key(), duties...); err != nil {
		return nil, err
	}
	return one(render.Message{Text: "已按建议分派" + numberText(len(duties)) + "项。发“分工”看谁负责什么；分派错的用“分派 编号 单位”改。"}), nil
}
