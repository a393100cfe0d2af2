package commands

import (
	"strings"

	"duban/plan"
	"duban/render"
)

// addOkKind names the dialog that waits for the confirmation of a target that was left out
// when the report was published.
const addOkKind = "proof-add-ok"

// adding is a target that is to be added to a published plan.
type adding struct {
	Plan       plan.Key  `json:"plan"`
	Commitment plan.ID   `json:"commitment"`
	Under      plan.Code `json:"under,omitempty"`
	Line       string    `json:"line"`
}

// askAdd is the button 补一项.
func askAdd(t *turn, x *place) ([]render.Message, error) {
	text := shortTitle(x.commitment) + "漏读了哪个指标？请发名称和数，例如：公交专用道 12公里"
	return one(render.Message{Text: text, Buttons: [][]render.Button{{{Text: "不补了", Action: render.DoAction("proof-stop")}}}}), t.await(addKind, x.fixing(""))
}

// answerAdd takes the missing target.
func answerAdd(t *turn, x *place, _ *fixing) ([]render.Message, error) {
	return t.addTarget(x.proofing, x.commitment, x.under, t.text)
}

// handleAddTarget takes 新增指标 实事8 公交专用道 12公里.
func handleAddTarget(t *turn) ([]render.Message, error) {
	p := t.current()
	if p == nil {
		return one(noPlan), nil
	}
	x, err := t.proofing(p.Key())
	if err != nil {
		return nil, err
	}
	c, line := t.reference(p, t.words)
	if c == nil || line == "" {
		return one(render.Message{Text: "请写清编号、名称和数，例如：新增指标 实事8 公交专用道 12公里"}), nil
	}
	return t.addTarget(x, x.plan.ByID(c.ID), "", line)
}

// reference takes the commitment that words begin with; rest is what stands behind it.
func (t *turn) reference(p *plan.Plan, words string) (c *plan.Commitment, rest string) {
	if c, rest := t.library.Engine(string(p.Key())).Reference(words); c != nil {
		return c, strings.TrimSpace(rest)
	}
	first, rest, _ := strings.Cut(words, " ")
	return t.named(p, first), strings.TrimSpace(rest)
}

func (t *turn) addTarget(x *proofing, c *plan.Commitment, under plan.Code, line string) ([]render.Message, error) {
	if c == nil {
		return nil, plan.ErrNotFound
	}
	target, problem := targetFrom(x, c, nil, line)
	if problem != "" {
		return one(render.Message{Text: problem}), nil
	}
	if old := twin(c.Targets, &target, 0); old != nil {
		return one(render.Message{Text: "已经有这一项了：" + old.Metric + " " + old.ValueText + "。要改就发：校核 " + codeOrLabel(c)}), nil
	}
	if x.plan.State != plan.Published {
		return t.storeAdded(x, c, under, &target)
	}
	if problem := notInReport(c, &target); problem != "" {
		return one(render.Message{Text: problem}), t.settle()
	}
	return one(render.AskAdded(c, &target)), t.await(addOkKind, adding{Plan: x.read.Key(), Commitment: c.ID, Under: under, Line: line})
}

// storeAdded adds a target and shows what is to be checked next under a code.
func (t *turn) storeAdded(x *proofing, c *plan.Commitment, under plan.Code, target *plan.Target) ([]render.Message, error) {
	done, after, err := t.correct(x, plan.Correction{Check: plan.CheckedAdded, Commitment: c.ID, Target: target})
	if err != nil {
		return nil, err
	}
	if err := t.settle(); err != nil {
		return nil, err
	}
	if under == "" {
		return one(done), nil
	}
	return append(one(done), t.following(after, under, 0)...), nil
}

// confirmAdded is the button 确认 of a target that is to be added.
func confirmAdded(t *turn) ([]render.Message, error) {
	var a adding
	if !t.recall(addOkKind, &a) {
		return one(render.Message{Text: "这次新增已经处理过或已过期，请再发一次。"}), nil
	}
	x, err := t.proofing(a.Plan)
	if err != nil {
		return nil, err
	}
	c := x.plan.ByID(a.Commitment)
	if c == nil {
		return nil, plan.ErrNotFound
	}
	target, problem := targetFrom(x, c, nil, a.Line)
	if problem != "" {
		return one(render.Message{Text: problem}), t.settle()
	}
	return t.storeAdded(x, c, a.Under, &target)
}

// answerAdded takes 确认 or 取消.
func answerAdded(t *turn) ([]render.Message, error) {
	return t.answerYesNo(confirmAdded, dropAdded)
}

func dropAdded(t *turn) ([]render.Message, error) {
	return one(render.Message{Text: "没有新增。"}), t.settle()
}

func codeOrLabel(c *plan.Commitment) string {
	if c.Label != "" {
		return c.Label
	}
	return string(c.Code)
}
