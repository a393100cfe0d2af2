package ask

// leaning words begin or end a question that goes on from the last answer, or point to it.
var leaning = []string{"这", "那", "它", "其", "上面", "刚才", "前面", "还有", "再看", "换成", "然后", "呢", "第"}

// Alone reports whether a question surely names its own subject, so that the last answer,
// but for the plan it was from, changes nothing.
func (e *Engine) Alone(message string) bool {
	q := e.understand(message)
	if q.code != "" {
		return true
	}
	if q.ordinal != 0 && !q.deeds || containsAny(q.text, leaning) && !q.deeds {
		return false
	}
	return q.deeds || q.subjects()
}
