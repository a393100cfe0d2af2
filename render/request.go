package render

import (
	"strconv"
	"strings"

	"duban/plan"
)

// RequestView is a request with what it is about.
type RequestView struct {
	Request    plan.Request
	Commitment *plan.Commitment
	Target     *plan.Target
	Task       *plan.Task
	Own        bool // shown to the department that asked
}

// What names what a request is about in few words.
func (v *RequestView) What() string {
	switch {
	case v.Target != nil:
		return shortName(v.Commitment) + " " + v.Target.Metric
	case v.Task == nil: // the whole commitment
		return name(&v.Commitment.Segment)
	}
	return shortName(v.Commitment) + " " + Shorten(v.Task.Text, 30)
}

func (v *RequestView) deadline() plan.Date {
	var origin *plan.Origin
	var deadline plan.Date
	if v.Target != nil {
		origin, deadline = v.Target.Original, v.Target.Deadline
	} else {
		origin, deadline = v.Task.Original, v.Task.Deadline
	}
	if origin != nil {
		return origin.Deadline
	}
	return deadline
}

// RequestCard shows a request with the buttons of the decision.
func RequestCard(v RequestView) Message {
	r := &v.Request
	var w strings.Builder
	w.WriteString(requestWord(r.Kind) + "申请 · " + r.Department + "\n" + v.What() + "\n")
	if r.Kind == plan.Extend {
		w.WriteString("期限：" + fullDay(v.deadline()) + " → " + fullDay(r.Deadline) + "\n")
	}
	if r.Kind == plan.Transfer {
		w.WriteString("转给：" + r.To + "\n")
	}
	if r.Reason != "" {
		w.WriteString("理由：" + r.Reason)
	}
	m := Message{Text: strings.TrimRight(w.String(), "\n")}
	if !v.Own {
		id := strconv.FormatUint(r.ID, 10)
		m.Buttons = [][]Button{{{Text: "同意", Action: DoAction("request-ok", id)}, {Text: "不同意", Action: DoAction("request-no", id)}}}
	}
	return m
}

func requestWord(k plan.RequestKind) string {
	switch k {
	case plan.Schedule:
		return "节点"
	case plan.Adjust:
		return "调整目标"
	case plan.Drop:
		return "取消"
	case plan.Transfer:
		return "转交"
	}
	return "延期"
}

// RequestResult tells what became of a request.
func RequestResult(v RequestView) Message {
	r := &v.Request
	if r.Review != nil && r.Review.Verdict == plan.Accepted {
		text := "✅ 同意" + requestWord(r.Kind) + "：" + v.What()
		if r.Kind == plan.Extend {
			text += "，新期限" + fullDay(r.Deadline) + "；原期限" + fullDay(v.deadline()) + "仍会显示。"
		}
		if r.Kind == plan.Transfer {
			text += "，改由" + r.To + "牵头。"
		}
		return Message{Text: text}
	}
	reason := ""
	if r.Review != nil {
		reason = r.Review.Reason
	}
	return Message{Text: "↩️ 不同意" + requestWord(r.Kind) + "：" + v.What() + "\n理由：" + reason}
}

// AskExtension asks for what an extension lacks: the new deadline, the reason, or both;
// problem says what is wrong with what was said of it.
func AskExtension(v RequestView, day plan.Date, reason, problem string) Message {
	text := v.What() + "，现在的期限是" + fullDay(v.now()) + "。\n"
	switch {
	case !day.IsZero():
		text += "延到" + fullDay(day) + "的理由是什么？例如：雨季停工两个月"
	case reason != "":
		text += "延到哪一天？（理由：" + reason + "）例如：2018年6月30日"
	default:
		text += "请发新的期限和理由，例如：2018年6月30日 雨季停工两个月"
	}
	if problem != "" {
		text = problem + "\n" + text
	}
	return Message{Text: text, Buttons: [][]Button{{LeaveButton()}}}
}

// ChoosePart asks, as an open question, which part of a commitment is meant; verb is what
// its buttons do.
func ChoosePart(question, verb string, c *plan.Commitment) Message {
	m := Message{Text: shortName(c) + "：" + question}
	for i := range c.Targets {
		m.Buttons = append(m.Buttons, []Button{{Text: Shorten(c.Targets[i].Metric, 24), Action: DoAction(verb, strconv.Itoa(int(c.Targets[i].ID)))}})
	}
	for i := range c.Tasks {
		m.Buttons = append(m.Buttons, []Button{{Text: Shorten(c.Tasks[i].Text, 24), Action: DoAction(verb, strconv.Itoa(int(c.Tasks[i].ID)))}})
	}
	m.Buttons = append(m.Buttons, []Button{LeaveButton()})
	return m
}
