package commands

import (
	"regexp"
	"strconv"
	"strings"

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
	cards, err := t.requestCards(p.Key())
	if len(cards) == 0 {
		return one(render.Message{Text: "没有待批的申请。"}), err
	}
	return cards[:min(len(cards), mostRequests)], err
}

// mostRequests is how many requests are shown at once.
const mostRequests = 5

// requestCards are the cards of the requests that wait, oldest first.
func (t *turn) requestCards(key plan.Key) ([]render.Message, error) {
	all, err := t.desk().Requests(key)
	if err != nil {
		return nil, err
	}
	var cards []render.Message
	for _, r := range all {
		if r.Review != nil {
			continue
		}
		view, err := t.requestView(r)
		if err != nil {
			return nil, err
		}
		view.Own = !t.may(plan.ActDecide)
		cards = append(cards, render.RequestCard(view))
	}
	return cards, nil
}

// andNextRequest says what was decided and shows the next request that waits.
func (t *turn) andNextRequest(done render.Message, key plan.Key) ([]render.Message, error) {
	cards, err := t.requestCards(key)
	if err != nil || len(cards) == 0 {
		return one(done), err
	}
	cards[0].Text = "还有" + strconv.Itoa(len(cards)) + "项待批：\n" + cards[0].Text
	return append(one(done), cards[0]), nil
}

// requestWords is what is typed instead of a request's buttons: 同意, 同意 2, 不同意：工期够用.
var requestWords = regexp.MustCompile(`^(同意|批准|不同意|不批准|驳回)(?:[，,：: ]*第?(\d)(?:项|个|条)?)?(?:[，,：: ]+(.*))?$`)

// typedRequest takes the words of the buttons below the requests that were shown last; a
// reason may stand behind 不同意.
func (t *turn) typedRequest() (handler, bool) {
	m := requestWords.FindStringSubmatch(strings.Trim(t.text, "。！! "))
	if m == nil || !t.may(plan.ActDecide) || asks(t.text) {
		return nil, false
	}
	shown, n := t.chat.requests, number(m[2])
	grants, reason := m[1] == "同意" || m[1] == "批准", strings.TrimSpace(m[3])
	switch {
	case grants && reason != "":
		return nil, false
	case len(shown) == 0:
		return handleRequests, true
	case n > len(shown) || n < 1 && len(shown) > 1:
		return say("上面有" + strconv.Itoa(len(shown)) + "项申请。请写是哪一项，例如：" + m[1] + " 1"), true
	}
	t.args = []string{shown[max(n, 1)-1]}
	switch {
	case grants:
		return grantRequest, true
	case reason == "":
		return refuseRequest, true
	}
	return func(t *turn) ([]render.Message, error) {
		if len([]rune(reason)) < 2 || len([]rune(reason)) > longestReason {
			return one(reasonLength), nil
		}
		return t.decideRequest(uint64(number(t.arg(0))), plan.Returned, reason)
	}, true
}

// grantRequest is the button 同意.
func grantRequest(t *turn) ([]render.Message, error) {
	return t.decideRequest(uint64(number(t.arg(0))), plan.Accepted, "")
}

// refuseRequest is the button 不同意: a refusal needs a reason.
func refuseRequest(t *turn) ([]render.Message, error) {
	if err := plan.May(t.actor, plan.ActDecide, nil); err != nil {
		return nil, err
	}
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
	t.chat.requests = nil
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
	return t.andNextRequest(m, r.Plan)
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
