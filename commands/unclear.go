package commands

import (
	"duban/ask"
	"duban/plan"
	"duban/render"
)

// shortWords is how many characters a message has that may be words of a role which nobody
// foresaw, and no question to the report.
const shortWords = 8

// unclear reports whether an answer to somebody with a role rests on next to nothing: the
// report is not what they asked about.
func (t *turn) unclear(text string, a *ask.Answer) bool {
	n := len([]rune(text))
	switch {
	case t.actor.Role == plan.Public || n < 2 || n > shortWords || hasDigit(text) || foreign(text):
		return false
	case a.Answered:
		return a.Slight
	}
	return a.Slight || len(a.Nearest) == 0
}

// withCommands says which commands fit somebody who wrote what the report does not hold.
func (t *turn) withCommands(text string) render.Message {
	words := map[plan.Role]string{
		plan.Staff:      "报数直接发名称和数，例如：养老床位 1476；发“我的”看本单位的事项。",
		plan.Head:       "发“签核”看等签的，发“我的”看本单位的事项；报数直接发名称和数。",
		plan.Supervisor: "发“待审”审核填报，发“滞后”“谁没报”看落后和欠报的，发“月通报”出表格。",
		plan.Admin:      "发“人员”看登记了谁，请人就发“邀请 民政局 填报”，发“备份”下载副本。",
	}[t.actor.Role]
	return render.Message{Text: "报告没有讲到“" + text + "”，可以换个说法，或发“目录”看报告都讲了什么。要办事：" + words + "发“帮助”看全部。"}
}
