package render

import (
	"fmt"
	"strings"

	"duban/plan"
)

// HistoryEntry is one filing of a commitment.
type HistoryEntry struct {
	Target *plan.Target
	Task   *plan.Task
	Filing plan.Filing
}

// mostHistory is how many filings a history shows, the newest ones.
const mostHistory = 12

// supersededIn tells the filings that newer ones of the list took the place of.
func supersededIn(entries []HistoryEntry) map[plan.FilingID]bool {
	gone := map[plan.FilingID]bool{}
	for i := range entries {
		gone[entries[i].Filing.Supersedes] = true
	}
	return gone
}

// History lists what was filed for a commitment, corrections too. Persons are named to
// those who may see them.
func History(c *plan.Commitment, entries []HistoryEntry, persons bool) Message {
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
	gone := supersededIn(entries)
	for i := from; i < len(entries); i++ {
		e := &entries[i]
		if head := headOf(e); head != last {
			w.WriteString(head + "\n")
			last = head
		}
		w.WriteString("· " + historyLine(e, persons, gone[e.Filing.ID]) + "\n")
	}
	return Message{Text: strings.TrimRight(w.String(), "\n"), Buttons: [][]Button{{{Text: "看全文", Action: ItemAction(c.Code)}}}}
}

func headOf(e *HistoryEntry) string {
	if e.Target != nil {
		return e.Target.Metric + "（目标" + e.Target.Say(e.Target.Value) + "）"
	}
	return "任务：" + e.Task.Text
}

func historyLine(e *HistoryEntry, persons, gone bool) string {
	f := &e.Filing
	line := plan.DayText(f.Date) + " " + filedText(e) + verdictText(f, gone)
	switch {
	case gone:
		line += "（已更正，不再算）"
	case f.Supersedes != 0:
		line += "（更正：" + f.Reason + "）"
	}
	if f.Note != "" {
		line += "，" + shorten(f.Note, 40)
	}
	if f.Source != "" {
		line += "。来源：" + f.Source
	}
	if persons && f.By != "" {
		line += "（" + f.Department + " " + string(f.By) + "）"
	}
	return line
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

// verdictText says what became of a filing; "" where it counts or a newer one took its place.
func verdictText(f *plan.Filing, gone bool) string {
	switch {
	case f.Verdict() == plan.Returned:
		return " ↩️退回：" + shorten(lastReason(f), 30)
	case f.Verdict() != "" || gone:
		return ""
	case f.SignedOff():
		return " 已签核，待审核"
	}
	return " 待审核"
}

func lastReason(f *plan.Filing) string {
	if len(f.Reviews) == 0 {
		return ""
	}
	return f.Reviews[len(f.Reviews)-1].Reason
}
