package ask

// leaning words begin or end a question that goes on from the last answer, or point to it.
var leaning = []string{"这", "那", "它", "其", "上面", "刚才", "前面", "还有", "再看", "换成", "然后", "呢", "第"}

// aspects say what of a thing is asked, not of what.
var aspects = []string{"部门", "负责", "牵头", "进展", "进度", "完成", "单位", "期限", "时候", "谁", "负", "责", "目标", "任务"}

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
	for i := range q.atoms {
		if a := &q.atoms[i]; a.weight > boundary && !containsAny(a.text, aspects) {
			return true
		}
	}
	return q.deeds
}
