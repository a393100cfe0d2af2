package render

import (
	"strconv"

	"duban/plan"
)

// AskDelegate asks to whom an item goes; colleagues are offered, problem stands in front.
func AskDelegate(problem string, c *plan.Commitment, item plan.ID, colleagues []plan.Person) Message {
	return Message{
		Text:    problem + shortName(c) + "转给谁？选一位同事，或发单位名称和理由（要督查室批），例如：财政局 资金由财政局管。不转了就发“取消”。",
		Buttons: personButtons(colleagues[:min(len(colleagues), 9)], "", "delegate-to", strconv.Itoa(int(item))),
	}
}

// HandedTo tells a colleague that an item is theirs to file.
func HandedTo(from string, c *plan.Commitment, item plan.ID) Message {
	m := Message{Text: from + "把“" + name(&c.Segment) + "”转给你填报。"}
	row := []Button{}
	if c.ID != item {
		row = append(row, Button{Text: "填报", Action: DoAction("file-start", strconv.Itoa(int(item)))})
	}
	m.Buttons = [][]Button{append(row, Button{Text: "看全文", Action: ItemAction(c.Code)}, Button{Text: "我的事项", Action: DoAction("mine")})}
	return m
}

// Transferred tells a department that it answers for a commitment now.
func Transferred(c *plan.Commitment, department string) Message {
	return Message{
		Text:    "督查室同意：“" + name(&c.Segment) + "”改由" + department + "牵头填报。",
		Buttons: [][]Button{{{Text: "看全文", Action: ItemAction(c.Code)}, {Text: "我的事项", Action: DoAction("mine")}}},
	}
}
