package render

import (
	"fmt"
	"strings"

	"duban/plan"
)

// Diff says what a corrected report changes, one line a change.
func Diff(d plan.Diff) string {
	if d.Empty() {
		return "和库里的完全一样，没有改动。"
	}
	var lines []string
	for _, e := range d.Entries {
		lines = append(lines, diffLine(e))
	}
	return fmt.Sprintf("与库里的不同（%d处）：\n%s%s", len(d.Entries), strings.Join(lines, "\n"), lossText(d))
}

// lossText warns of the filings that hang on what is removed; "" where there are none.
func lossText(d plan.Diff) string {
	items, filings := 0, 0
	for _, e := range d.Entries {
		if e.Change == plan.Removed && e.Filings > 0 {
			items, filings = items+1, filings+e.Filings
		}
	}
	if items == 0 {
		return ""
	}
	return fmt.Sprintf("\n⚠ 删去的内容里有%d处共%d条填报：记录都保留，但不再显示也不计入；报告里恢复原句就会接上。", items, filings)
}

// filingsText says how many filings hang on a line of the difference.
func filingsText(e plan.Entry) string {
	switch {
	case e.Filings == 0:
		return ""
	case e.Change == plan.Removed:
		return fmt.Sprintf("（有%d条填报）", e.Filings)
	}
	return fmt.Sprintf("（接上原有%d条填报）", e.Filings)
}

func diffLine(e plan.Entry) string {
	where := strings.TrimSpace(string(e.Code) + " " + e.Title)
	what := e.Metric
	if what == "" {
		what = fieldNames[e.Field]
	} else if e.Field != "" && e.Field != "value" {
		what += fieldNames[e.Field]
	}
	switch e.Change {
	case plan.Added:
		return "新增 " + where + spaced(what) + "：" + Shorten(e.After, 60) + filingsText(e)
	case plan.Removed:
		return "删去 " + where + spaced(what) + "：" + Shorten(e.Before, 60) + filingsText(e)
	}
	return "改动 " + where + spaced(what) + "：" + excerpt(e.Before, e.After) + " → " + excerpt(e.After, e.Before)
}

func spaced(s string) string {
	if s == "" {
		return ""
	}
	return " " + s
}

var fieldNames = map[string]string{
	"code": "编号", "text": "原文", "metric": "名称", "value": "数值", "deadline": "期限", "task": "任务", "title": "标题", "speaker": "报告人", "delivered_on": "日期",
}

// excerpt shows the part of a text around where it begins to differ from the other.
func excerpt(s, other string) string {
	a, b := []rune(s), []rune(other)
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	from := max(i-8, 0)
	to := min(len(a), from+30)
	out := string(a[from:to])
	if from > 0 {
		out = "…" + out
	}
	if to < len(a) {
		out += "…"
	}
	return out
}

// LapsedText says which decisions of supervisors a corrected report ends, with the values
// that they had set, and how many stay; "" where there were none.
func LapsedText(old, fresh *plan.Plan, lapsed []plan.Correction, kept int) string {
	var w strings.Builder
	if len(lapsed) > 0 {
		fmt.Fprintf(&w, "\n不再适用的校核（%d项，要重新校核）：", len(lapsed))
	}
	for i := range lapsed {
		w.WriteString("\n" + lapsedLine(old, fresh, &lapsed[i]))
	}
	if kept > 0 {
		fmt.Fprintf(&w, "\n其余校核%d项保留。", kept)
	}
	return w.String()
}

func lapsedLine(old, fresh *plan.Plan, d *plan.Correction) string {
	where, metric, value, now := "", "", d.Was, "报告里没有了"
	if c := old.ByID(d.Commitment); c != nil {
		where = shortName(c)
		if t := c.Target(d.Item); t != nil {
			metric = t.Metric
		}
	}
	if d.Target != nil {
		metric, value = d.Target.Metric, d.Target.ValueText
	}
	if c := fresh.ByID(d.Commitment); c != nil {
		if t := c.Target(d.Item); t != nil {
			if now = "报告由" + d.Was + "改为" + t.ValueText; d.Was == t.ValueText {
				now = "报告改了名称、比较方式或期限"
			}
		}
	}
	return where + spaced(metric) + "：原校核为“" + CheckWord(d.Check) + "”（" + value + "），" + now
}
