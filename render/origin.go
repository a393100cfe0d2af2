package render

import (
	"strings"

	"duban/plan"
)

// TargetOrigin says what the report promised where a target was adjusted or cancelled
// since, and by whose approval: 原目标100座，经市政府常务会议 第8号批准调整为90座（…）. It is ""
// where nothing was.
func TargetOrigin(t *plan.Target) string {
	if t.Original == nil {
		return ""
	}
	var parts []string
	if wasValue(t) != "" {
		parts = append(parts, "原目标"+t.Original.ValueText+changed(t.Original, func(c *plan.Adjustment) string {
			if c.Value == nil {
				return ""
			}
			return "为" + t.Say(*c.Value)
		}))
	}
	return origin(parts, t.Original, t.Deadline, t.Cancelled)
}

// TaskOrigin is TargetOrigin for a task.
func TaskOrigin(t *plan.Task) string {
	if t.Original == nil {
		return ""
	}
	return origin(nil, t.Original, t.Deadline, t.Cancelled)
}

func origin(parts []string, o *plan.Origin, deadline plan.Date, cancelled string) string {
	if o.Deadline != deadline {
		parts = append(parts, "原期限"+fullDay(o.Deadline)+changed(o, func(c *plan.Adjustment) string {
			if c.Deadline.IsZero() {
				return ""
			}
			return "到" + fullDay(c.Deadline)
		}))
	}
	if cancelled != "" {
		parts = append([]string{"已取消：" + cancelled}, parts...)
	}
	return strings.Join(parts, "；")
}

// changed lists the changes of one field: ，经…批准调整为90座（并入省道改造）. to says what a
// change made of it, "" where it left it.
func changed(o *plan.Origin, to func(*plan.Adjustment) string) string {
	var w strings.Builder
	for i := range o.Changes {
		c := &o.Changes[i]
		what := to(c)
		switch {
		case what == "":
			continue
		case c.Approval == "":
			w.WriteString("，督查室同意延" + what)
		default:
			w.WriteString("，经" + c.Approval + "批准调整" + what)
		}
		w.WriteString("（" + c.Reason + "）")
	}
	return w.String()
}

// wasValue is what stands behind an adjusted value: （原100座）.
func wasValue(t *plan.Target) string {
	if t.Original == nil || t.Original.ValueText == "" || t.Original.ValueText == t.ValueText {
		return ""
	}
	return "（原" + t.Original.ValueText + "）"
}

// wasDeadline is what stands behind a moved deadline: （原2017年底前）.
func wasDeadline(o *plan.Origin, deadline plan.Date) string {
	if o == nil || o.Deadline == deadline || o.Deadline.IsZero() {
		return ""
	}
	return "（原" + plan.DeadlineText(o.Deadline) + "前）"
}
