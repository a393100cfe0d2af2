package commands

import (
	"errors"

	"duban/plan"
	"duban/render"
)

// withPlan runs a button whose first argument is the mark of a plan.
func withPlan(f func(*turn, *proofing) ([]render.Message, error)) handler {
	return func(t *turn) ([]render.Message, error) {
		for _, p := range t.library.Plans() {
			if render.PlanMark(p.Key()) != t.arg(0) {
				continue
			}
			x, err := t.proofing(p.Key())
			if err != nil {
				return nil, err
			}
			return f(t, x)
		}
		return stale(t)
	}
}

// place is the target that a card is about.
type place struct {
	*proofing
	commitment *plan.Commitment
	target     *plan.Target
	under      plan.Code
}

// withCard runs a button of a card; one that was decided upon since is shown anew.
func withCard(f func(*turn, *place) ([]render.Message, error)) handler {
	return withPlan(func(t *turn, x *proofing) ([]render.Message, error) {
		c, target := x.target(plan.ID(number(t.arg(1))))
		if target == nil {
			return nil, plan.ErrNotFound
		}
		under := plan.Code(t.arg(2))
		if x.touched(target.ID) != number(t.arg(3)) {
			return []render.Message{{Text: "这一项刚才已经校核过，现在是："}, x.show(c, target, under)}, nil
		}
		return f(t, &place{proofing: x, commitment: c, target: target, under: under})
	})
}

// decideProof stores decisions, says what they changed and shows the next card.
func (t *turn) decideProof(x *place, decisions ...plan.Correction) ([]render.Message, error) {
	done, after, err := t.correct(x.proofing, decisions...)
	if err != nil {
		return nil, err
	}
	if err := t.settle(); err != nil {
		return nil, err
	}
	return append(one(done), t.following(after, x.under, x.target.ID)...), nil
}

// errFiled occurs where a target is rejected that somebody filed for.
var errFiled = errors.New("有填报的指标不能记为不是指标")

// correct stores decisions and says what they changed.
func (t *turn) correct(x *proofing, decisions ...plan.Correction) (render.Message, *proofing, error) {
	key, from := x.read.Key(), len(x.decisions)
	if err := t.unfiled(key, decisions); err != nil {
		return render.Message{}, nil, err
	}
	if err := t.desk().Correct(key, decisions...); err != nil {
		return render.Message{}, nil, err
	}
	after, err := t.proofing(key)
	if err != nil {
		return render.Message{}, nil, err
	}
	list := changesOf(x, after, after.decisions[from:])
	return render.ProofDone(x.plan, list, from, len(after.decisions)), after, nil
}

// unfiled checks that nobody filed for what is rejected: such a filing would be about
// nothing.
func (t *turn) unfiled(key plan.Key, decisions []plan.Correction) error {
	for i := range decisions {
		if decisions[i].Check != plan.Rejected {
			continue
		}
		filed, err := t.desk().History(key, decisions[i].Item)
		switch {
		case err != nil:
			return err
		case len(filed) > 0:
			return errFiled
		}
	}
	return nil
}

// changesOf pairs each decision with the target before and after it.
func changesOf(before, after *proofing, decisions []plan.Correction) []render.Decision {
	list := make([]render.Decision, 0, len(decisions))
	for i := range decisions {
		d := render.Decision{Check: decisions[i].Check}
		d.Commitment, d.Before = before.target(decisions[i].Item)
		if c, target := after.target(decisions[i].Item); target != nil {
			d.Commitment, d.After = c, target
		}
		if d.Commitment != nil {
			list = append(list, d)
		}
	}
	return list
}

// decision is one on the target of a card.
func (x *place) decision(check plan.Check) plan.Correction {
	return decisionOn(x.commitment, x.target, check)
}

func decisionOn(c *plan.Commitment, t *plan.Target, check plan.Check) plan.Correction {
	return plan.Correction{Check: check, Commitment: c.ID, Item: t.ID, Was: t.ReadAs()}
}

// right is the decision 对: one on a target that was fixed before keeps the fix.
func right(c *plan.Commitment, t *plan.Target) plan.Correction {
	d := decisionOn(c, t, plan.CheckedRight)
	if t.Check == plan.CheckedFixed || t.Check == plan.CheckedAdded {
		d.Check = t.Check
	}
	return d
}

func proofRight(t *turn, x *place) ([]render.Message, error) {
	return t.decideProof(x, right(x.commitment, x.target))
}

func proofReject(t *turn, x *place) ([]render.Message, error) {
	return t.decideProof(x, x.decision(plan.Rejected))
}

func proofNext(t *turn, x *place) ([]render.Message, error) {
	return t.card(x.proofing, x.under, x.target.ID), nil
}

func proofGo(t *turn, x *proofing) ([]render.Message, error) {
	if t.arg(1) == "-" {
		return one(render.ProofOverview(x.plan)), nil
	}
	return t.card(x, plan.Code(t.arg(1)), 0), nil
}

// unseen lists the targets of a card's chapter that nobody looked at, with a decision each.
func (x *place) unseen() (title string, decisions []plan.Correction) {
	levels := x.commitment.Code.Levels()
	chapter := plan.NewCode(levels[:min(len(levels), 2)]...)
	members, title := membersOf(x.plan, chapter)
	for _, c := range members {
		for i := range c.Targets {
			if c.Targets[i].Check == "" {
				decisions = append(decisions, right(c, &c.Targets[i]))
			}
		}
	}
	return title, decisions
}

// proofChapter is the button 整章都对: it asks back with the number.
func proofChapter(t *turn, x *place) ([]render.Message, error) {
	title, decisions := x.unseen()
	if len(decisions) == 0 {
		return append(one(render.Message{Text: "“" + title + "”都校核过了。"}), t.card(x.proofing, "", x.target.ID)...), nil
	}
	p := render.Proofing{Plan: x.plan, Commitment: x.commitment, Target: x.target, Under: x.under, Touched: x.touched(x.target.ID)}
	return one(render.AskChapter(p, title, len(decisions))), nil
}

// takeChapter takes what is left of a chapter as right, if it is still as many as was asked.
func takeChapter(t *turn, x *place) ([]render.Message, error) {
	_, decisions := x.unseen()
	if len(decisions) != number(t.arg(4)) {
		return proofChapter(t, x)
	}
	done, after, err := t.correct(x.proofing, decisions...)
	if err != nil {
		return nil, err
	}
	done.Text = "✅ 整章记为对：" + numberText(len(decisions)) + "个指标"
	return append(one(done), t.following(after, "", x.target.ID)...), nil
}

// undoProof takes back the decisions that a message speaks of.
func undoProof(t *turn, x *proofing) ([]render.Message, error) {
	from, to := number(t.arg(1)), number(t.arg(2))
	inverse, ok := plan.Undo(x.read, x.decisions, from, to)
	if !ok {
		return one(render.Message{Text: "这一项后来又校核过，不能直接撤销。发“校核 编号”再改，例如：校核 实事8"}), nil
	}
	for i := range inverse {
		inverse[i].Reason = "撤销"
	}
	_, after, err := t.correct(x, inverse...)
	if err != nil {
		return nil, err
	}
	messages := one(render.Message{Text: "↩️ 已撤销" + numberText(len(inverse)) + "项。"})
	if c, target := after.target(inverse[0].Item); target != nil && len(inverse) == 1 && target.Check != plan.Rejected {
		return append(messages, after.show(c, target, "")), nil
	}
	return messages, nil
}

// askMerge is the button 合并.
func askMerge(_ *turn, x *place) ([]render.Message, error) {
	p := render.Proofing{Plan: x.plan, Commitment: x.commitment, Target: x.target, Under: x.under, Touched: x.touched(x.target.ID)}
	return one(render.AskMerge(p)), nil
}

// mergeTargets keeps the card's target and rejects the other one.
func mergeTargets(t *turn, x *place) ([]render.Message, error) {
	other := x.commitment.Target(plan.ID(number(t.arg(4))))
	if other == nil || other.ID == x.target.ID || other.Check == plan.Rejected {
		return nil, plan.ErrNotFound
	}
	rejection := decisionOn(x.commitment, other, plan.Rejected)
	rejection.Reason = "并入：" + x.target.Metric
	return t.decideProof(x, right(x.commitment, x.target), rejection)
}

// stopProof ends a question of ours about a target.
func stopProof(t *turn) ([]render.Message, error) {
	if err := t.settle(); err != nil {
		return nil, err
	}
	return one(render.Message{Text: "没有改动。发“校核”继续。"}), nil
}

func numberText(n int) string { return plan.NewDecimal(int64(n), 0).String() }

// gone reports whether what a dialog was about is no longer there.
func gone(err error) bool { return errors.Is(err, plan.ErrNotFound) }
