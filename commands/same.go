package commands

import (
	"fmt"
	"slices"
	"time"

	"duban/plan"
	"duban/render"
)

// fileAllUnchanged is the button 全部无变化: every item that was asked for and filed for
// before, after a confirmation that lists them.
func fileAllUnchanged(t *turn) ([]render.Message, error) {
	var d filingDialog
	never := 0
	for _, asked := range t.askedOrOwn() {
		s, err := t.subject(asked.Plan, asked.Item)
		if err != nil || plan.May(t.actor, plan.ActFile, s.duty) != nil {
			continue // it was taken away meanwhile
		}
		x := draft{Plan: asked.Plan, Item: asked.Item, Date: t.today()}
		switch {
		case !x.repeat(s):
			never++
		case s.filedSince(t.kept.AskedAt), s.closed(x.Date, t.router.options.Rules):
		default:
			d.Drafts = append(d.Drafts, x)
		}
	}
	if len(d.Drafts) == 0 {
		return one(render.Message{
			Text:    "没有要报“无变化”的事项：填过的不用再报，没填过的要先报一次数。",
			Buttons: [][]render.Button{{{Text: "逐项填", Action: render.DoAction("mine")}}},
		}), nil
	}
	messages, err := t.proceed(&d)
	if err == nil && never > 0 && len(messages) > 0 {
		messages[0].Text += fmt.Sprintf("\n另有%d项还没填报过，请逐项报数。", never)
	}
	return messages, err
}

// filedSince reports whether an item was filed for since the list that asked for it.
func (s *subject) filedSince(asked time.Time) bool {
	return !asked.IsZero() && slices.ContainsFunc(s.known, func(m plan.Mark) bool { return !m.At.Before(asked) })
}

// closed reports whether an item needs no report any more.
func (s *subject) closed(day plan.Date, rules plan.Rules) bool {
	var light plan.Light
	if s.target != nil {
		light = plan.LightAt(s.target, upTo(s.known, day), s.plan.Year, day, rules).Light
	} else {
		light = plan.TaskLight(s.task, upTo(s.known, day), s.plan.Year, day, rules).Light
	}
	return light == plan.Done || light == plan.Cancelled
}

// askedOrOwn is the last numbered list, else all items that the department leads.
func (t *turn) askedOrOwn() []plan.Asked {
	if list := t.kept.Asked; len(list) > 0 {
		return list
	}
	var list []plan.Asked
	p := t.current()
	if p == nil {
		return nil
	}
	duties := t.shelfDuties(p)
	for i := range p.Commitments {
		for _, m := range partsOf(&p.Commitments[i]) {
			if d := plan.DutyOf(m.Commitment, itemOf(m), duties); d != nil && d.Lead == t.actor.Department {
				list = append(list, plan.Asked{Plan: p.Key(), Item: itemOf(m)})
			}
		}
	}
	return list
}
