package render

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"duban/plan"
)

// Remark is feedback with what it is about.
type Remark struct {
	Feedback   plan.Feedback
	Commitment *plan.Commitment // nil for none
}

// aboutText names what feedback is about.
func aboutText(c *plan.Commitment) string {
	if c == nil {
		return "其他"
	}
	return name(&c.Segment)
}

// AskFeedback asks for the text of feedback; nil is about what is not known yet.
func AskFeedback(c *plan.Commitment) Message {
	text := "请用一句话说明情况，可以写上地点、附照片，例如：路还没动工 地点：东关村。不说了就发“取消”。"
	if c == nil {
		return Message{Text: "想反馈什么？" + text}
	}
	return Message{Text: "反馈 " + name(&c.Segment) + "\n" + text}
}

// AskAbout asks which of some commitments feedback is about, if any.
func AskAbout(near []*plan.Commitment) Message {
	m := Message{Text: "这条反馈是关于哪一项的？点一下，或发编号（例如：实事8）。"}
	for _, c := range near {
		m.Buttons = append(m.Buttons, []Button{{Text: Shorten(name(&c.Segment), 20), Action: DoAction("feedback-about", strconv.Itoa(int(c.ID)))}})
	}
	m.Buttons = append(m.Buttons, []Button{{Text: "不属于哪一项", Action: DoAction("feedback-about", "0")}})
	return m
}

// Thanks confirms feedback with its number.
func Thanks(f *plan.Feedback, c *plan.Commitment) Message {
	what := aboutText(c)
	if f.Place != "" {
		what += "，地点：" + f.Place
	}
	if n := len(f.Evidence); n > 0 {
		what += fmt.Sprintf("，照片%d张", n)
	}
	return Message{
		Text:    fmt.Sprintf("谢谢，已收到第%d号反馈（%s）。督查室答复后会发到这里；你是谁不会公开。", f.ID, what),
		Buttons: [][]Button{{{Text: "我的反馈", Action: DoAction("my-feedback")}}},
	}
}

// NewFeedback tells a supervisor that feedback waits.
func NewFeedback(c *plan.Commitment) Message {
	return Message{Text: "有新的群众反馈：" + aboutText(c), Buttons: [][]Button{{{Text: "去处理", Action: DoAction("feedback-next", "0")}}}}
}

// FeedbackQueue shows one of the feedbacks that wait; others is how many more the same
// person gave. Who that is, is not needed to answer.
func FeedbackQueue(r Remark, waiting, others int) Message {
	f := &r.Feedback
	var w strings.Builder
	fmt.Fprintf(&w, "待答复%d条\n第%d号 · %s · %s\n“%s”\n", waiting, f.ID, plan.DayText(plan.DateOf(f.At)), aboutText(r.Commitment), f.Text)
	if f.Place != "" {
		w.WriteString("地点：" + f.Place + "\n")
	}
	if n := len(f.Evidence); n > 0 {
		fmt.Fprintf(&w, "照片%d张\n", n)
	}
	if others > 0 {
		fmt.Fprintf(&w, "同一人另有%d条待答复\n", others)
	}
	id := strconv.FormatUint(f.ID, 10)
	row := []Button{{Text: "答复", Action: DoAction("feedback-reply", id)}}
	if waiting > 1 {
		row = append(row, Button{Text: "下一条", Action: DoAction("feedback-next", id)})
	}
	if r.Commitment != nil {
		row = append(row, Button{Text: "看全文", Action: ItemAction(r.Commitment.Code)})
	}
	return Message{Text: strings.TrimRight(w.String(), "\n"), Buttons: [][]Button{row}}
}

// AskReply asks for the answer to feedback.
func AskReply(id uint64) Message {
	return Message{
		Text:    fmt.Sprintf("请写给第%d号反馈的答复。先给你看一遍，确认后才发给反馈的人。", id),
		Buttons: [][]Button{{LeaveButton()}},
	}
}

// CheckReply shows an answer before it goes out; seq tells its button from those of earlier
// questions.
func CheckReply(id uint64, text, seq string) Message {
	return Message{
		Text:    fmt.Sprintf("将发给第%d号反馈的人，发出后不能撤回：\n“%s”\n要改就重写一遍。", id, text),
		Buttons: [][]Button{{{Text: "发送", Action: DoAction("reply-send", seq)}, LeaveButton()}},
	}
}

// FeedbackAnswer brings the answer to whom gave the feedback.
func FeedbackAnswer(r Remark) Message {
	return Message{Text: fmt.Sprintf("督查室答复你的第%d号反馈（%s）：\n%s", r.Feedback.ID, aboutText(r.Commitment), r.Feedback.Answer)}
}

// MyFeedback lists somebody's own feedback, newest first.
func MyFeedback(list []Remark) Message {
	if len(list) == 0 {
		return Message{Text: "你还没有反馈过。例如发：反馈 实事8 村里的路还没动工"}
	}
	lines := []string{fmt.Sprintf("你的反馈%d条", len(list))}
	for i, r := range slices.Backward(list) {
		if len(list)-i > 10 {
			lines = append(lines, fmt.Sprintf("还有%d条没有列出。", len(list)-10))
			break
		}
		f := &r.Feedback
		lines = append(lines, fmt.Sprintf("· 第%d号 %s %s“%s”", f.ID, plan.DayText(plan.DateOf(f.At)), shortAbout(r.Commitment), Shorten(f.Text, 30)))
		if f.AnsweredAt.IsZero() {
			lines = append(lines, "  等督查室答复")
		} else {
			lines = append(lines, "  答复："+f.Answer)
		}
	}
	return Message{Text: strings.Join(lines, "\n")}
}

func shortAbout(c *plan.Commitment) string {
	if c == nil {
		return ""
	}
	return shortName(c) + " "
}

// Gaps lists questions without an answer, most frequent first.
func Gaps(list []plan.Gap) Message {
	if len(list) == 0 {
		return Message{Text: "还没有没答上的问题。"}
	}
	lines := []string{"没答上的问题（问得最多的在前）"}
	for i, g := range list {
		lines = append(lines, fmt.Sprintf("%d. %s %d次，最近%s", i+1, Shorten(g.Question, 40), g.Count, plan.DayText(plan.DateOf(g.Last))))
	}
	return Message{Text: strings.Join(lines, "\n")}
}
