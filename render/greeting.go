package render

import "duban/plan"

// Greeting is the start for somebody of the staff: who they are here and what waits.
func Greeting(who, waits string, p *plan.Plan, department bool) Message {
	m := Message{Text: "你的身份：" + who + "。" + waits + "\n" + Heading(p) + "，直接提问也行；发“帮助”看全部用法。"}
	if department {
		m.Buttons = MineButton()
	} else {
		m.Buttons = [][]Button{{{Text: "去审核", Action: DoAction("review-next", "0")}, {Text: "群众反馈", Action: DoAction("feedback-next", "0")}}}
	}
	m.Buttons[0] = append(m.Buttons[0], Button{Text: "目录", Action: ListAction("", 0)})
	return m
}
