package render

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"duban/plan"
)

// Queue is the first of the filings that wait for somebody.
type Queue struct {
	Waiting int
	UpTo    plan.FilingID // the last that waits
	Oldest  time.Time
	Now     time.Time
	Signs   bool // the decision is a signature
	Echo    Echo
	Filing  plan.Filing
}

// ReviewQueue shows a filing that waits, with the buttons of the decision.
func ReviewQueue(q Queue) Message {
	what, ok := "待审核", "通过"
	if q.Signs {
		what, ok = "待签核", "签核"
	}
	var w strings.Builder
	fmt.Fprintf(&w, "%s%d项（最早的%s）\n", what, q.Waiting, waited(q.Oldest, q.Now))
	w.WriteString(echoHead([]Echo{q.Echo}) + "\n" + echoLine(&q.Echo, false))
	if n := len(q.Filing.Evidence); n > 0 {
		fmt.Fprintf(&w, "附件%d个\n", n)
	}
	if q.Filing.Supersedes != 0 && q.Filing.Reason != "" {
		w.WriteString("更正：" + q.Filing.Reason + "\n")
	}
	if q.Filing.SignedOff() {
		w.WriteString("单位负责人已签核\n")
	}
	id := strconv.FormatUint(uint64(q.Filing.ID), 10)
	row := []Button{{Text: ok, Action: DoAction("review-ok", id)}, {Text: "退回", Action: DoAction("review-no", id)}}
	if q.Waiting > 1 {
		row = append(row, Button{Text: "下一项", Action: DoAction("review-next", id)})
	}
	m := Message{Text: strings.TrimRight(w.String(), "\n"), Buttons: [][]Button{row}}
	if q.Waiting > 1 {
		m.Buttons = append(m.Buttons, []Button{{Text: "全部" + ok, Action: DoAction("review-all", strconv.FormatUint(uint64(q.UpTo), 10))}})
	}
	return m
}

// laterText says that a figure of a later date counts already; "" where none does.
func laterText(e *Echo) string {
	if e.Later == nil {
		return ""
	}
	figure := string(e.Later.Stage)
	if e.Target != nil && e.Later.Value != nil {
		figure = e.Target.Say(*e.Later.Value)
	}
	return "已有更晚的数：" + plan.DayText(e.Later.Date) + " " + figure + "，灯按那个数算\n"
}

// AskReason asks for a reason, with the way out.
func AskReason(question string) Message {
	return Message{Text: question, Buttons: [][]Button{{LeaveButton()}}}
}

// LeaveButton ends a question that any words would answer.
func LeaveButton() Button { return Button{Text: "取消", Action: DoAction("leave")} }

// AcceptAll lists what would be accepted at once and asks for its confirmation.
func AcceptAll(list []Echo, upTo plan.FilingID, signs bool) Message {
	ok := "通过"
	if signs {
		ok = "签核"
	}
	var w strings.Builder
	fmt.Fprintf(&w, "全部%s这%d项？\n", ok, len(list))
	for i := range list[:min(len(list), 10)] {
		line, _, _ := strings.Cut(echoLine(&list[i], true), "\n")
		fmt.Fprintf(&w, "%d. %s %s\n", i+1, list[i].Department, line)
	}
	if len(list) > 10 {
		fmt.Fprintf(&w, "……还有%d项\n", len(list)-10)
	}
	id := strconv.FormatUint(uint64(upTo), 10)
	return Message{
		Text:    strings.TrimRight(w.String(), "\n"),
		Buttons: [][]Button{{{Text: "确认全部" + ok, Action: DoAction("review-all-ok", id)}, {Text: "逐项看", Action: DoAction("review-next", "0")}}},
	}
}

// waited says for how long something has waited.
func waited(since, now time.Time) string {
	switch d := now.Sub(since); {
	case d >= 48*time.Hour:
		return fmt.Sprintf("已等%d天", int(d.Hours()/24))
	case d >= 24*time.Hour:
		return "已等1天"
	case d >= time.Hour:
		return fmt.Sprintf("已等%d小时", int(d.Hours()))
	}
	return "刚提交"
}

// Waiting tells a reviewer or a head that something waits.
func Waiting(what string, e Echo, others int) Message {
	text := what + "：" + echoHead([]Echo{e}) + "\n" + strings.TrimRight(echoLine(&e, true), "\n")
	if others > 0 {
		text += fmt.Sprintf("\n同时还有%d项", others)
	}
	return Message{Text: text, Buttons: [][]Button{{{Text: "去处理", Action: DoAction("review-next", "0")}}}}
}

// Decided confirms a decision to the reviewer.
func Decided(v plan.Verdict, c *plan.Commitment) string {
	switch v {
	case plan.Accepted:
		return "✅ 已通过：" + shortName(c)
	case plan.Signed:
		return "✅ 已签核：" + shortName(c)
	}
	return "↩️ 已退回：" + shortName(c) + "，已告知填报人。"
}

// DecidedBefore says that somebody else was first.
func DecidedBefore(f *plan.Filing) string {
	switch f.Verdict() {
	case plan.Accepted:
		return "这一项刚才已由别人通过，不用再处理。"
	case plan.Returned:
		return "这一项刚才已由别人退回，不用再处理。"
	}
	return "这一项已被新的填报代替，不用再处理。"
}

// Result is what the filer is told of a decision.
type Result struct {
	Filing     plan.Filing
	Commitment *plan.Commitment
	Target     *plan.Target
	Task       *plan.Task
	Verdict    plan.Verdict
	Reason     string
	Reviewer   string // of what office
	On         plan.Date
}

// ReviewResult tells the filer what became of a filing.
func ReviewResult(r Result) Message {
	what := shortName(r.Commitment) + " "
	if r.Target != nil && r.Filing.Value != nil {
		what += r.Target.Metric + r.Target.Say(*r.Filing.Value)
	} else if r.Task != nil {
		what += Shorten(r.Task.Text, 24) + " " + string(r.Filing.Stage)
	}
	by := "（" + r.Reviewer + " " + plan.DayText(r.On) + "）"
	switch r.Verdict {
	case plan.Accepted:
		return Message{Text: "✅ 已通过：" + what + by}
	case plan.Signed:
		return Message{Text: "✅ 负责人已签核：" + what + by + "，等督查室审核。"}
	}
	item := strconv.Itoa(int(r.Filing.Item))
	return Message{
		Text:    "↩️ 退回：" + r.Reason + by + "\n" + what,
		Buttons: [][]Button{{{Text: "重新填报", Action: DoAction("file-start", item)}}},
	}
}

// News tells a follower of a figure that counts now.
func News(c *plan.Commitment, e Echo) Message {
	text := "你关注的 " + name(&c.Segment) + " 有新进展\n" + strings.TrimRight(echoLine(&e, true), "\n") + "\n数据截至" + e.Date.String()
	return Message{Text: text, Buttons: [][]Button{{{Text: "看全文", Action: ItemAction(c.Code)}, {Text: "取消关注", Action: DoAction("unfollow", strconv.Itoa(int(c.ID)))}}}}
}

// Todo counts what waits for who reviews and decides, with the words that lead there.
func Todo(filings, requests, remarks, duties int) Message {
	var lines []string
	for _, x := range []struct {
		n         int
		what, say string
	}{{filings, "待审核%d项", "待审"}, {requests, "待批申请%d件", "申请"}, {remarks, "待答复反馈%d条", "群众反馈"}, {duties, "未落实责任单位%d项", "未落实"}} {
		if x.n > 0 {
			lines = append(lines, fmt.Sprintf(x.what, x.n)+"：发“"+x.say+"”")
		}
	}
	if len(lines) == 0 {
		return Message{Text: "没有等你处理的事项。"}
	}
	return Message{Text: strings.Join(lines, "\n")}
}
