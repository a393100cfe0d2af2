package commands

import (
	"slices"

	"duban/plan"
	"duban/render"
)

// handleStatus sums the plan up.
func handleStatus(t *turn) ([]render.Message, error) {
	p := t.current()
	if p == nil {
		return one(noPlan), nil
	}
	standing, err := t.standing(p)
	if err != nil {
		return nil, err
	}
	return one(render.Status(standing)), nil
}

// lists of what lags, by the words of the person.
func handleLagging(t *turn) ([]render.Message, error) {
	return t.listByLight("滞后", plan.Overdue, plan.Red, plan.Yellow)
}

func handleUnfiled(t *turn) ([]render.Message, error) { return t.listByLight("未填报", plan.None) }

// listByLight lists the targets and tasks of some lights, worst first.
func (t *turn) listByLight(title string, lights ...plan.Light) ([]render.Message, error) {
	p := t.current()
	if p == nil {
		return one(noPlan), nil
	}
	standing, err := t.standing(p)
	if err != nil {
		return nil, err
	}
	parts := partsBy(standing, func(c *plan.Commitment, s *plan.Standing) bool {
		return slices.Contains(lights, s.Light)
	})
	slices.SortStableFunc(parts, func(a, b render.Part) int {
		return slices.Index(lights, a.Standing.Light) - slices.Index(lights, b.Standing.Light)
	})
	t.showParts(p, parts)
	return one(render.Parts(title, standing, parts, t.shelfDuties(p))), nil
}

func (t *turn) shelfDuties(p *plan.Plan) map[plan.ID]plan.Duty {
	return t.router.shelf.duties(p.Key())
}

// partsBy collects targets, and tasks, with their standing.
func partsBy(ps *plan.PlanStanding, keep func(*plan.Commitment, *plan.Standing) bool) []render.Part {
	var parts []render.Part
	for i := range ps.Commitments {
		cs := &ps.Commitments[i]
		for j := range cs.Targets {
			if keep(cs.Commitment, &cs.Targets[j]) {
				parts = append(parts, render.Part{Commitment: cs.Commitment, Target: &cs.Commitment.Targets[j], Standing: &cs.Targets[j]})
			}
		}
		for j := range cs.Tasks {
			if keep(cs.Commitment, &cs.Tasks[j]) {
				parts = append(parts, render.Part{Commitment: cs.Commitment, Task: &cs.Commitment.Tasks[j], Standing: &cs.Tasks[j]})
			}
		}
	}
	return parts
}

// showParts remembers the commitments of a list, so that a bare number opens one.
func (t *turn) showParts(p *plan.Plan, parts []render.Part) {
	members := make([]*plan.Commitment, len(parts))
	for i := range parts {
		members[i] = parts[i].Commitment
	}
	t.show(p, members)
}

// handleMine lists what the person's department answers for.
func handleMine(t *turn) ([]render.Message, error) {
	p := t.current()
	if p == nil {
		return one(noPlan), nil
	}
	if t.actor.Department == "" {
		return one(render.Message{Text: "你没有登记在某个单位名下。督查室发“待审”“滞后”，管理员发“人员”。"}), nil
	}
	standing, err := t.standing(p)
	if err != nil {
		return nil, err
	}
	duties := t.shelfDuties(p)
	parts := slices.DeleteFunc(partsBy(standing, func(*plan.Commitment, *plan.Standing) bool { return true }), func(x render.Part) bool {
		return !plan.DutyOf(x.Commitment, x.Item(), duties).Includes(t.actor.Department)
	})
	if len(parts) == 0 {
		return one(render.Message{Text: t.actor.Department + "名下还没有分派事项。请督查室用“分派”落实责任单位。"}), nil
	}
	waiting, err := t.waitingByItem(p.Key())
	if err != nil {
		return nil, err
	}
	t.showParts(p, parts)
	t.number(p, parts)
	return one(render.Mine(t.actor.Department, standing, parts, waiting)), nil
}

// waitingByItem counts what the department filed and nobody decided yet.
func (t *turn) waitingByItem(key plan.Key) (map[plan.ID]int, error) {
	filings, err := t.desk().Filings(key)
	if err != nil {
		return nil, err
	}
	waiting := map[plan.ID]int{}
	for item, list := range filings {
		for i := range list {
			if list[i].Verdict() == "" {
				waiting[item]++
			}
		}
	}
	return waiting, nil
}

// handleHistory lists what was filed for a commitment, as far as the person may see it.
func handleHistory(t *turn) ([]render.Message, error) {
	p := t.current()
	if p == nil {
		return one(noPlan), nil
	}
	c := t.named(p, t.words)
	if c == nil {
		return one(render.Message{Text: "请带上编号或名称，例如：历史 实事8"}), nil
	}
	var entries []render.HistoryEntry
	for _, part := range partsOf(c) {
		filings, err := t.desk().History(p.Key(), itemOf(part))
		if err != nil {
			return nil, err
		}
		for i := range filings {
			entries = append(entries, render.HistoryEntry{Target: part.Target, Task: part.Task, Filing: filings[i]})
		}
	}
	return one(render.History(c, entries, t.may(plan.ActSeeAll))), nil
}

// named finds the commitment that words name: a code, 实事8, or what it is about; the one
// that was spoken of where there are none.
func (t *turn) named(p *plan.Plan, words string) *plan.Commitment {
	if words == "" {
		if a := t.chat.answer; a != nil && a.Plan == p && len(a.Items) > 0 {
			return a.Items[0].Commitment
		}
		return nil
	}
	e := t.library.Engine(string(p.Key()))
	if c, _ := e.Reference(words); c != nil {
		return c
	}
	if n := number(words); n > 0 {
		if c, _ := e.Reference("实事" + words); c != nil {
			return c
		}
	}
	a := e.AskOnly(words)
	if a.Answered && len(a.Items) > 0 {
		return a.Items[0].Commitment
	}
	return nil
}
