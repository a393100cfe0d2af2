package ask

import "strings"

// follow completes a question that builds on the last answer. It returns true where that
// answers it already: an entry of the list that was shown.
func (e *Engine) follow(q *question, a *Answer, before *Answer) bool {
	if before == nil || before.Plan != e.plan {
		return false
	}
	if e.nthOf(q, a, before) {
		return true
	}
	if e.repeats(q, before) {
		e.resume(q, before)
		return false
	}
	if q.asksOn() {
		q.inherit(before.aspects)
	}
	return false
}

// nthOf answers 第二个 after a list: its second entry.
func (e *Engine) nthOf(q *question, a *Answer, before *Answer) bool {
	if before.Intent != IntentList && before.Intent != IntentStatus || q.ordinal == 0 || q.deeds || q.total > unnamedList {
		return false
	}
	n := place(q.ordinal, len(before.Items))
	if n < 0 {
		return false
	}
	item := before.Items[n]
	if item.Commitment == nil {
		return false
	}
	if len(item.Targets) == 0 {
		item.Targets = targetsOf(item.Commitment)
	}
	a.answer(IntentCommitment, Item{Commitment: item.Commitment, Segment: item.Segment, Targets: item.Targets})
	return true
}

// repeats reports whether a question names nothing of its own: 去年呢, 谁负责, 完成多少了,
// 6月底呢.
func (e *Engine) repeats(q *question, before *Answer) bool {
	if len(before.Items) == 0 || q.ordinal != 0 || q.code != "" || q.deeds || q.subject != "" || q.list || q.numeric {
		return false
	}
	if _, _, ok := q.readFilter(q.ctx.Day); ok && !q.explains {
		return false
	}
	if q.subjects() {
		return false
	}
	return q.lastYear || q.compare || q.horizon || q.thisYear || q.quantity || q.progress || q.responsible || !q.day.IsZero() || len(q.attributes) > 0 || containsAny(q.text, pointing)
}

// subjects reports whether a question says of what it asks.
func (q *question) subjects() bool {
	for i := range q.atoms {
		if q.atoms[i].weight > weakWord && !containsAny(q.atoms[i].text, aspectWords) {
			return true
		}
	}
	return false
}

// pointing words refer to what was talked about.
var pointing = []string{"这个", "那个", "它", "这项", "那项", "这件", "那件", "这事", "那事", "什么时候", "啥时候", "多久", "详细", "具体", "原文", "全文"}

// aspectWords say what of a thing is asked, not of what.
var aspectWords = []string{"部门", "负责", "牵头", "进展", "进度", "完成", "单位", "期限", "时候", "管"}

// resume asks anew about the subject of the last answer.
func (e *Engine) resume(q *question, before *Answer) {
	item := before.Items[0]
	subject := item.Segment.Title
	switch {
	case len(item.Targets) > 0:
		subject = item.Targets[0].Metric
	case item.Task != nil:
		subject = item.Task.Text
	}
	q.atoms, q.rest = e.read(normalize(subject, longestQuestion))
	q.total = weightOf(q.atoms)
	q.quantity = len(item.Targets) > 0
	q.about = item.Commitment
}

// asksOn reports whether a question changes only the subject: 那危桥呢.
func (q *question) asksOn() bool {
	return strings.HasSuffix(q.text, "呢") && len([]rune(q.text)) <= 16 || startsWith(q.text, []string{"那", "还有", "再看", "换成", "然后"}) && len([]rune(q.text)) <= 16
}

// inherit takes over what of a thing was asked before, where the question says nothing of
// its own.
func (q *question) inherit(before aspects) {
	if q.lastYear || q.compare || q.progress || q.responsible || q.horizon || q.thisYear || !q.day.IsZero() {
		return
	}
	q.aspects = before
	if !before.day.IsZero() {
		q.ctx.Day = before.day
	}
}
