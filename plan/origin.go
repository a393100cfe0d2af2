package plan

import "strings"

// originMark says beside a light what the report promised, where that was changed since: the
// light is computed from what holds now.
func (r *rating) originMark(s *Standing, accepted []Mark) string {
	o := r.Original
	if o == nil || s.Light == None || s.Light == Cancelled {
		return ""
	}
	var parts []string
	if o.ValueText != "" && o.ValueText != r.ValueText {
		parts = append(parts, "原目标"+o.ValueText)
	}
	if s.Light != Overdue { // whose reason names it
		parts = append(parts, o.deadlineMark(r.due, r.day, s, r.firstMet(accepted))...)
	}
	return appended(parts)
}

// deadlineMark says which deadline the report set, that it is over, and where something was
// done since, that it was done after it.
func (o *Origin) deadlineMark(due, day Date, s *Standing, met Date) []string {
	text := "原期限" + DeadlineText(o.Deadline)
	switch {
	case o.Deadline.IsZero() || o.Deadline == due:
		return nil
	case s.Light == Done && !s.Late && met.After(o.Deadline):
		text = "晚于" + text
	case s.Light != Done && day.After(o.Deadline):
		text += "已过"
	}
	return []string{text}
}

// taskOriginMark is originMark for a task.
func taskOriginMark(t *Task, s *Standing, due, day Date, accepted []Mark) string {
	if t.Original == nil || s.Light == None || s.Light == Cancelled {
		return ""
	}
	return appended(t.Original.deadlineMark(due, day, s, firstFinished(accepted)))
}

func appended(parts []string) string {
	if len(parts) == 0 {
		return ""
	}
	return "；" + strings.Join(parts, "，")
}
