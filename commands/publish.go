package commands

import (
	"strings"

	"duban/plan"
	"duban/render"
)

// publishKind names the dialog that waits for the sentence by which unseen figures are
// published.
const publishKind = "publish"

// publishing is what is to be published.
type publishing struct {
	Plan   plan.Key `json:"plan"`
	Unseen int      `json:"unseen"`
}

// handlePublish shows what would be published and asks back.
func handlePublish(t *turn) ([]render.Message, error) {
	p := t.current()
	if p == nil {
		return one(noPlan), nil
	}
	if err := plan.May(t.actor, plan.ActPublish, nil); err != nil {
		return nil, err
	}
	x, err := t.proofing(p.Key())
	if err != nil {
		return nil, err
	}
	return askPublish(t, x)
}

func askPublish(_ *turn, x *proofing) ([]render.Message, error) {
	n := x.plan.ProofOf("")
	if x.plan.State == plan.Published && n.Waiting == 0 {
		return one(render.Message{Text: render.Heading(x.plan) + "已经发布，没有等着发布的指标。"}), nil
	}
	return one(render.AskPublish(x.plan, n)), nil
}

// publishPlan is the button 发布: it needs every target to have been looked at, or a
// sentence that says how many were not.
func publishPlan(t *turn, x *proofing) ([]render.Message, error) {
	n := x.plan.ProofOf("")
	if n.Waiting == 0 {
		return t.publish(x)
	}
	if err := plan.May(t.actor, plan.ActPublish, nil); err != nil {
		return nil, err
	}
	return one(render.AskUnseen(n.Waiting, publishSentence(n.Waiting))), t.await(publishKind, publishing{Plan: x.read.Key(), Unseen: n.Waiting})
}

// publishSentence is what has to be typed to publish figures that nobody looked at.
func publishSentence(n int) string {
	return "我确认发布，其中" + numberText(n) + "个指标没人看过"
}

// answerPublish takes the sentence.
func answerPublish(t *turn) ([]render.Message, error) {
	var d publishing
	if !t.recall(publishKind, &d) {
		return converse(t)
	}
	x, err := t.proofing(d.Plan)
	if err != nil {
		return nil, err
	}
	waiting := x.plan.ProofOf("").Waiting
	switch text := strings.Trim(t.text, "。！! "); {
	case text == "取消":
		return one(render.Message{Text: "没有发布。发“校核”继续。"}), t.settle()
	case waiting != d.Unseen:
		d.Unseen = waiting
		return one(render.AskUnseen(waiting, publishSentence(waiting))), t.await(publishKind, d)
	case text != publishSentence(waiting):
		return one(render.Message{Text: "没有发布。要发布请原样回复：" + publishSentence(waiting) + "\n不发布就发：取消"}), nil
	}
	return t.publish(x)
}

func (t *turn) publish(x *proofing) ([]render.Message, error) {
	if err := t.desk().Publish(x.read.Key()); err != nil {
		return nil, err
	}
	if err := t.settle(); err != nil {
		return nil, err
	}
	p := *x.plan
	p.State = plan.Published
	n := x.plan.ProofOf("")
	return one(render.Published(&p, n)), nil
}
