package ask

import (
	"slices"
	"strings"
)

var (
	reasonCues = []string{"为什么", "为啥", "为何", "凭什么", "什么原因", "原因", "怎么是", "怎么会", "怎么就", "怎么还是", "咋是", "咋会", "咋就"}
	gapCues    = []string{"差在哪", "差在什么", "差在啥", "差哪", "差什么", "差多少", "慢在哪", "卡在哪", "问题在哪", "问题出在哪", "难在哪", "堵在哪"}
	lightCues  = []string{"红灯", "黄灯", "绿灯", "逾期", "滞后", "落后", "这么慢", "那么慢", "太慢", "很慢", "慢", "没完成", "完不成", "没跟上", "赶不上"}
)

// readReason finds the question why something has its light, which the light answers, and
// takes its words out of the rest. Why anything else is so is for the report to say.
func (q *question) readReason() {
	gap := containsAny(q.text, gapCues) && !q.compare && !q.lastYear
	if !gap && (!containsAny(q.text, reasonCues) || !containsAny(q.text, lightCues)) {
		return
	}
	q.explains, q.progress = true, true
	q.attributes = slices.DeleteFunc(q.attributes, func(a *attribute) bool {
		return a.name == "原因" || gap && (a.name == "地址" || a.name == "办理手续")
	})
	for _, cues := range [][]string{gapCues, reasonCues, lightCues} {
		for _, cue := range cues {
			q.rest = strings.ReplaceAll(q.rest, cue, cutMark)
		}
	}
}

// asksWho reports whether a question asks which department answers for something.
func asksWho(text string) bool {
	return containsAny(text, responsibleCues) || strings.HasPrefix(text, "谁管")
}
