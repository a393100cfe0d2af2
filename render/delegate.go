package render

import (
	"strconv"

	"duban/plan"
)

// AskDelegate asks to whom what is called so goes; colleagues are offered, problem stands in
// front.
func AskDelegate(problem, what string, item plan.ID, colleagues []plan.Person) Message {
	buttons := personButtons(colleagues[:min(len(colleagues), 9)], "", "delegate-to", strconv.Itoa(int(item)))
	return Message{
		Text:    problem + what + "转给谁？选一位同事，或发单位名称和理由（要督查室批），例如：财政局 资金由财政局管。不转了就发“取消”。",
		Buttons: append(buttons, []Button{LeaveButton()}),
	}
}

// HandedTo tells a colleague that an item is theirs to file.
func HandedTo(from string, v RequestView) Message {
	c, row := v.Commitment, []Button{}
	m := Message{Text: from + "把“" + v.What() + "”转给你填报。"}
	switch {
	case v.Target != nil:
		row = append(row, Button{Text: "填报", Action: DoAction("file-start", strconv.Itoa(int(v.Target.ID)))})
	case v.Task != nil:
		row = append(row, Button{Text: "填报", Action: DoAction("file-start", strconv.Itoa(int(v.Task.ID)))})
	}
	m.Buttons = [][]Button{append(row, Button{Text: "看全文", Action: ItemAction(c.Code)}, Button{Text: "我的事项", Action: DoAction("mine")})}
	return m
}

// Transferred tells a department that it answers for an item now.
func Transferred(v RequestView) Message {
	return Message{
		Text:    "督查室同意：“" + v.What() + "”改由" + v.Request.To + "牵头填报。",
		Buttons: [][]Button{{{Text: "看全文", Action: ItemAction(v.Commitment.Code)}, {Text: "我的事项", Action: DoAction("mine")}}},
	}
}
