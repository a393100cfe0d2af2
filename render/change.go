package render

import (
	"strings"

	"duban/plan"
)

// AskChange asks back before a supervisor's change of the plan is stored.
func AskChange(v RequestView) Message {
	return Message{
		Text:    "请确认" + requestWord(v.Request.Kind) + "：\n" + changeText(&v),
		Buttons: [][]Button{{{Text: "确认", Action: DoAction("change-ok")}, {Text: "不改了", Action: DoAction("change-no")}}},
	}
}

// Changed confirms a change of the plan: before → after.
func Changed(v RequestView) Message {
	text := "✅ 已" + changeVerb(v.Request.Kind) + "：\n" + changeText(&v)
	if v.Request.Kind != plan.Schedule {
		text += "\n报告原来的目标和期限会一直显示。"
	}
	return Message{Text: text, Buttons: [][]Button{{{Text: "看全文", Action: ItemAction(v.Commitment.Code)}}}}
}

func changeVerb(k plan.RequestKind) string {
	switch k {
	case plan.Schedule:
		return "设定节点"
	case plan.Drop:
		return "取消"
	}
	return "调整"
}

// changeText says what a change does, one line a field.
func changeText(v *RequestView) string {
	r := &v.Request
	lines := []string{v.What()}
	if r.Value != nil && v.Target != nil {
		lines = append(lines, "目标："+v.Target.ValueText+" → "+v.Target.Say(*r.Value))
	}
	if !r.Deadline.IsZero() {
		lines = append(lines, "期限："+fullDay(v.now())+" → "+fullDay(r.Deadline))
	}
	if r.Kind == plan.Drop {
		lines = append(lines, "取消后照样显示，不再评红黄绿灯；取消以后不能恢复。")
	}
	if len(r.Nodes) > 0 {
		lines = append(lines, "节点："+NodesText(r.Nodes))
	}
	if r.Approval != "" {
		lines = append(lines, "批准："+r.Approval, "理由："+r.Reason)
	}
	return strings.Join(lines, "\n")
}

// now is the deadline that holds before the change.
func (v *RequestView) now() plan.Date {
	if v.Target != nil {
		return v.Target.Deadline
	}
	return v.Task.Deadline
}

// NodesText writes a schedule: 6月30日40%、9月30日75%.
func NodesText(nodes []plan.Node) string {
	parts := make([]string, 0, len(nodes))
	for _, n := range nodes {
		parts = append(parts, plan.DayText(n.Date)+n.Percent.String()+"%")
	}
	return strings.Join(parts, "、")
}

// PartNames lists the targets and tasks of a commitment.
func PartNames(c *plan.Commitment) string {
	var parts []string
	for i := range c.Targets {
		parts = append(parts, c.Targets[i].Metric)
	}
	for i := range c.Tasks {
		parts = append(parts, Shorten(c.Tasks[i].Text, 20))
	}
	return strings.Join(parts, "、")
}
