package render

import (
	"strings"

	"duban/plan"
)

// TargetOrigin says what the report promised where a target was adjusted or cancelled
// since: 原目标2500公里（调整：…）. It is "" where nothing was.
func TargetOrigin(t *plan.Target) string {
	if t.Original == nil {
		return ""
	}
	var parts []string
	if t.Original.ValueText != t.ValueText {
		parts = append(parts, "原目标"+t.Original.ValueText)
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
		parts = append(parts, "原期限"+fullDay(o.Deadline))
	}
	if cancelled != "" {
		return strings.Join(append([]string{"已取消：" + cancelled}, parts...), "，")
	}
	return strings.Join(parts, "，") + "（调整：" + o.Why + "）"
}
