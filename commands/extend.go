package commands

import (
	"slices"
	"strconv"
	"strings"

	"duban/ask"
	"duban/plan"
	"duban/render"
)

// Dialogs of requests.
const (
	extendKind = "extend" // waits for a date and a reason
	refuseKind = "refuse" // waits for the reason of a refusal
)

// extending is the item whose deadline is to be moved.
type extending struct {
	Plan plan.Key `json:"plan"`
	Item plan.ID  `json:"item"`
}

// handleExtend takes 申请延期 实事8 2018-06-30 雨季停工; without a date and a reason it asks
// for them.
func handleExtend(t *turn) ([]render.Message, error) {
	p := t.current()
	if p == nil {
		return one(noPlan), nil
	}
	reference, rest, _ := strings.Cut(t.words, " ")
	c := t.named(p, reference)
	if c == nil {
		return one(render.Message{Text: "请带上编号、新的期限和理由，例如：申请延期 实事8 2018年6月30日 雨季停工"}), nil
	}
	parts := slices.DeleteFunc(partsOf(c), func(m ask.Match) bool { return t.mayRequest(p, m) != nil })
	switch all := partsOf(c); {
	case len(all) == 0:
		return one(render.Message{Text: shortTitle(c) + "没有可以延期的指标或任务。"}), nil
	case len(parts) == 0:
		return nil, t.mayRequest(p, all[0])
	case len(parts) > 1:
		m, left := t.partIn(c, rest)
		if m == nil {
			return one(render.ChoosePart("哪一项要延期？", "extend", c)), nil
		}
		parts[0], rest = *m, left
	}
	return t.extend(extending{Plan: p.Key(), Item: itemOf(parts[0])}, rest)
}

func (t *turn) mayRequest(p *plan.Plan, m ask.Match) error {
	return plan.May(t.actor, plan.ActRequest, plan.DutyOf(m.Commitment, itemOf(m), t.shelfDuties(p)))
}

// partIn finds the part of a commitment that the first word names; left is what follows it.
func (t *turn) partIn(c *plan.Commitment, words string) (m *ask.Match, left string) {
	word, left, _ := strings.Cut(strings.TrimSpace(words), " ")
	r, ok := t.reader()
	if day, _ := dateOf(word, t.today()); !ok || word == "" || !day.IsZero() {
		return nil, words
	}
	found, others := r.find(word, "", c, false)
	if len(others) > 0 || found == (ask.Match{}) || said(word, &found) < mostly {
		return nil, words
	}
	return &found, left
}

// extendItem is the button of one item.
func extendItem(t *turn) ([]render.Message, error) {
	p := t.current()
	if p == nil {
		return one(noPlan), nil
	}
	return t.extend(extending{Plan: p.Key(), Item: plan.ID(number(t.arg(0)))}, "")
}

// extend stores the request if the words hold a date and a reason, else asks for them.
func (t *turn) extend(x extending, words string) ([]render.Message, error) {
	s, err := t.subject(x.Plan, x.Item)
	if err != nil {
		return nil, err
	}
	if err := plan.May(t.actor, plan.ActRequest, s.duty); err != nil {
		return nil, err
	}
	deadline := s.deadline()
	day, reason := dateOf(words, plan.EndOfYear(deadline.Year+1))
	reason = strings.Trim(reason, " ，,。")
	if day.IsZero() || !day.After(deadline) || len([]rune(reason)) < 2 {
		return one(render.AskExtension(s.commitment, s.target, s.task, words != "" && !day.IsZero() && !day.After(deadline))), t.await(extendKind, x)
	}
	r, err := t.desk().Ask(plan.Request{Plan: x.Plan, Item: x.Item, Kind: plan.Extend, Deadline: day, Reason: reason, Chat: t.request.Chat})
	if err != nil {
		return nil, err
	}
	if err := t.settle(); err != nil {
		return nil, err
	}
	people, err := t.desk().Reaches(plan.Supervisor, "", t.today())
	if err != nil {
		return nil, err
	}
	for _, p := range people {
		m := render.RequestCard(render.RequestView{Request: r, Commitment: s.commitment, Target: s.target, Task: s.task})
		if err := t.notify("request:"+strconv.FormatUint(r.ID, 10)+":"+string(p.ID), p.Chat, m); err != nil {
			return nil, err
		}
	}
	return one(render.Message{Text: "已提交延期申请：" + shortTitle(s.commitment) + "，" + fullDate(deadline) + " → " + fullDate(day) + "。等督查室批。原期限会一直显示。"}), nil
}

func (s *subject) deadline() plan.Date {
	if s.target != nil {
		return s.target.Deadline
	}
	return s.task.Deadline
}

// answerExtend takes the date and the reason that were asked for.
func answerExtend(t *turn) ([]render.Message, error) {
	var x extending
	if !t.recall(extendKind, &x) {
		return converse(t)
	}
	if t.text == "取消" {
		return one(render.Message{Text: "没有申请延期。"}), t.settle()
	}
	return t.extend(x, t.text)
}

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

func shortTitle(c *plan.Commitment) string {
	if c.Label != "" {
		return c.Label
	}
	return "“" + c.Title + "”"
}

func fullDate(d plan.Date) string { return strconv.Itoa(d.Year) + "年" + plan.DayText(d) }
