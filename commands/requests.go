package commands

import (
	"strconv"

	"duban/plan"
	"duban/render"
)

// refuseKind names the dialog that waits for the reason of a refusal.
const refuseKind = "refuse"

// handleRequests shows the requests that wait.
func handleRequests(t *turn) ([]render.Message, error) {
	p := t.current()
	if p == nil {
		return one(noPlan), nil
	}
	all, err := t.desk().Requests(p.Key())
	if err != nil {
		return nil, err
	}
	var messages []render.Message
	for _, r := range all {
		if r.Review != nil || len(messages) == 5 {
			continue
		}
		view, err := t.requestView(r)
		if err != nil {
			return nil, err
		}
		view.Own = !t.may(plan.ActDecide)
		messages = append(messages, render.RequestCard(view))
	}
	if len(messages) == 0 {
		return one(render.Message{Text: "没有待批的申请。"}), nil
	}
	return messages, nil
}

// grantRequest is the button 同意.
func grantRequest(t *turn) ([]render.Message, error) {
	return t.decideRequest(uint64(number(t.arg(0))), plan.Accepted, "")
}

// refuseRequest is the button 不同意: a refusal needs a reason.
func refuseRequest(t *turn) ([]render.Message, error) {
	return one(render.AskReason("不同意的理由是什么？请用一句话说明。")), t.await(refuseKind, number(t.arg(0)))
}

// answerRefuse takes the reason of a refusal.
func answerRefuse(t *turn) ([]render.Message, error) {
	var id int
	if !t.recall(refuseKind, &id) {
		return converse(t)
	}
	if n := len([]rune(t.text)); n < 2 || n > longestReason {
		return one(reasonLength), nil
	}
	if err := t.settle(); err != nil {
		return nil, err
	}
	return t.decideRequest(uint64(id), plan.Returned, t.text)
}

func (t *turn) decideRequest(id uint64, verdict plan.Verdict, reason string) ([]render.Message, error) {
	r, err := t.desk().Decide(id, verdict, reason)
	if err != nil {
		return nil, err
	}
	view, err := t.requestView(r)
	if err != nil {
		return nil, err
	}
	if r.Kind == plan.Transfer && verdict == plan.Accepted {
		if err := t.transfer(&r, view.Commitment); err != nil {
			return nil, err
		}
	}
	m := render.RequestResult(view)
	if r.Chat != t.request.Chat {
		if err := t.notify("request-result:"+strconv.FormatUint(id, 10), r.Chat, m); err != nil {
			return nil, err
		}
	}
	return one(m), nil
}

// requestView finds what a request is about: a target, a task, or a whole commitment.
func (t *turn) requestView(r plan.Request) (render.RequestView, error) {
	e := t.library.Engine(string(r.Plan))
	if e == nil || e.Plan().Holder(r.Item) == nil {
		return render.RequestView{}, plan.ErrNotFound
	}
	c := e.Plan().Holder(r.Item)
	return render.RequestView{Request: r, Commitment: c, Target: c.Target(r.Item), Task: c.Task(r.Item)}, nil
}
