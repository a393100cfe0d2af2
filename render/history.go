package render

import (
	"fmt"
	"strings"

	"duban/plan"
)

// HistoryEntry is one filing of a commitment.
type HistoryEntry struct {
	Commitment *plan.Commitment
	Target     *plan.Target
	Task       *plan.Task
	Filing     plan.Filing
	By         string // who filed, for those who may see it
	Signs      bool   // heads sign before the review
}

// mostHistory is how many filings a history shows, the newest ones.
const mostHistory = 12

// replacedIn tells the filings that newer ones of the list took the place of.
func replacedIn(entries []HistoryEntry) map[plan.FilingID]bool {
	filings := make([]plan.Filing, len(entries))
	for i := range entries {
		filings[i] = entries[i].Filing
	}
	return plan.Replaced(filings)
}

// History lists what was filed for a commitment, corrections too.
func History(c *plan.Commitment, entries []HistoryEntry) Message {
	if len(entries) == 0 {
		return Message{Text: name(&c.Segment) + "：还没有填报记录。"}
	}
	var w strings.Builder
	w.WriteString(name(&c.Segment) + " 填报记录\n")
	last := ""
	from := max(0, len(entries)-mostHistory)
	if from > 0 {
		fmt.Fprintf(&w, "（更早的%d条没有列出）\n", from)
	}
	gone := replacedIn(entries)
	for i := from; i < len(entries); i++ {
		e := &entries[i]
		if head := headOf(e); head != last {
			w.WriteString(head + "\n" + indented(originOf(e)))
			last = head
		}
		w.WriteString("· " + historyLine(e, gone[e.Filing.ID]) + "\n")
	}
	return Message{Text: strings.TrimRight(w.String(), "\n"), Buttons: [][]Button{{{Text: "看全文", Action: ItemAction(c.Code)}}}}
}

// Recent lists what was filed last, newest first.
func Recent(entries []HistoryEntry) Message {
	if len(entries) == 0 {
		return Message{Text: "还没有填报记录。看一项的记录就发：历史 实事8"}
	}
	var w strings.Builder
	w.WriteString("最近的填报\n")
	gone := replacedIn(entries)
	for i := range entries[:min(len(entries), mostRecent)] {
		e := &entries[i]
		fmt.Fprintf(&w, "· %s %s：%s\n", labelOf(e.Commitment), Shorten(e.name(), 20), historyLine(e, gone[e.Filing.ID]))
	}
	return Message{Text: w.String() + "看一项的记录就发：历史 实事8"}
}

// mostRecent is how many filings are listed of the whole plan.
const mostRecent = 8

func (e *HistoryEntry) name() string {
	if e.Target != nil {
		return e.Target.Metric
	}
	return "任务：" + e.Task.Text
}

func headOf(e *HistoryEntry) string {
	if e.Target != nil {
		return e.Target.Metric + "（目标" + e.Target.Say(e.Target.Value) + wasValue(e.Target) + "）"
	}
	return "任务：" + e.Task.Text
}

// originOf says what the report promised where that was changed since.
func originOf(e *HistoryEntry) string {
	if e.Target != nil {
		return TargetOrigin(e.Target)
	}
	return TaskOrigin(e.Task)
}

func historyLine(e *HistoryEntry, gone bool) string {
	f := &e.Filing
	line := plan.DayText(f.Date) + " " + filedText(e) + verdictText(f, gone, e.Signs) + correctionText(f, gone)
	if f.Note != "" {
		line += "，" + Shorten(f.Note, 40)
	}
	if f.Source != "" {
		line += "。来源：" + f.Source
	}
	if who := strings.TrimSpace(f.Department + " " + e.By); e.By != "" {
		line += "（" + who + "）"
	}
	return line
}

// correctionText says that a figure was corrected, or that it corrects another.
func correctionText(f *plan.Filing, gone bool) string {
	switch {
	case gone && f.Verdict() == plan.Accepted:
		return "（已更正，不再算）"
	case gone, f.Supersedes == 0:
		return ""
	case f.Reason == "":
		return "（更正）"
	}
	return "（更正：" + f.Reason + "）"
}

// filedText is the value or the stage that was filed.
func filedText(e *HistoryEntry) string {
	switch f := &e.Filing; {
	case e.Target != nil && f.Value != nil:
		return e.Target.Say(*f.Value)
	case f.Percent != nil:
		return string(f.Stage) + f.Percent.String() + "%"
	default:
		return string(f.Stage)
	}
}

// verdictText says what became of a filing; "" where it was accepted.
func verdictText(f *plan.Filing, gone, signs bool) string {
	switch {
	case f.Verdict() == plan.Returned:
		return " ↩️退回：" + Shorten(lastReason(f), 30)
	case f.Verdict() != "":
		return ""
	case gone:
		return " 已由后来的填报代替"
	case f.SignedOff():
		return " 已签核，待审核"
	case signs:
		return " 待签核"
	}
	return " 待审核"
}

func lastReason(f *plan.Filing) string {
	if len(f.Reviews) == 0 {
		return ""
	}
	return f.Reviews[len(f.Reviews)-1].Reason
}
