package render

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"duban/ask"
	"duban/plan"
)

// longestList is how many characters a list may have: a message of any channel holds it.
const longestList = 3500

// list answers with several commitments, each with its numbers or the sentences that name
// what was asked for.
func list(a ask.Answer) Message {
	var w strings.Builder
	fmt.Fprintf(&w, "%s（%s）%s%s\n", a.Title, sum(a), draftMark(a.Plan), dataTo(a))
	w.WriteString(tally(a.Items))
	section, grouped := "", !oneSection(a.Items)
	shown := 0
	for i, item := range a.Items {
		head := ""
		if grouped && item.Segment.Section != section && item.Segment.Section != "" {
			if section = item.Segment.Section; section != a.Title {
				head = "【" + section + "】\n"
			}
		}
		text := head + listEntry(i+1, a, item, anyRated(a.Items))
		if utf8.RuneCountInString(w.String())+utf8.RuneCountInString(text) > longestList {
			break
		}
		w.WriteString(text)
		shown++
	}
	if shown < len(a.Items) {
		fmt.Fprintf(&w, "还有%d项，回复序号可看。\n", len(a.Items)-shown)
	}
	return Message{Text: strings.TrimRight(w.String(), "\n"), Buttons: entryButtons(a.Items)}
}

// sum says how many entries a list has; one of single targets counts them.
func sum(a ask.Answer) string {
	if !a.Compared {
		return fmt.Sprintf("%d项", len(a.Items))
	}
	n := 0
	for _, item := range a.Items {
		n += len(item.Targets)
	}
	return fmt.Sprintf("%d个", n)
}

func dataTo(a ask.Answer) string {
	if a.DataTo.IsZero() {
		return ""
	}
	return "（数据截至" + a.DataTo.String() + "）"
}

func oneSection(items []ask.Item) bool {
	for _, item := range items {
		if item.Segment.Section != items[0].Segment.Section {
			return false
		}
	}
	return true
}

// anyRated reports whether anything in the list was filed.
func anyRated(items []ask.Item) bool {
	for _, item := range items {
		if item.Light != ask.Unfiled && item.Light != "" {
			return true
		}
	}
	return false
}

// tally counts the lights of a list; nothing where nothing was filed.
func tally(items []ask.Item) string {
	if !anyRated(items) {
		return ""
	}
	list := make([]overall, len(items))
	for i, item := range items {
		list[i] = standsAs(item)
	}
	text, _ := overallTally(list)
	return text + "\n"
}

func standsAs(item ask.Item) overall {
	return overall{light: item.Light, parts: item.Parts, unfiled: item.Unfiled}
}

func listEntry(n int, a ask.Answer, item ask.Item, lights bool) string {
	var w strings.Builder
	fmt.Fprintf(&w, "%d. %s", n, name(item.Segment))
	if len(item.Targets)+len(item.Sentences) == 0 && item.Commitment != nil {
		w.WriteString(numbersOf(a.Plan, item.Commitment))
	}
	if lights {
		w.WriteString(" " + standsAs(item).text())
	}
	w.WriteString("\n")
	for i, t := range item.Targets {
		line := t.Metric + " " + valueWords(t) + UncheckedMark(a.Plan, t)
		if t.Deadline.Year != item.Targets[0].Deadline.Year || i == 0 {
			line += "（" + plan.DeadlineText(t.Deadline) + "前）"
		}
		if b := t.Baseline; a.Compared && b != nil {
			line += "，去年" + lastOf(t, b)
		}
		if s := standingOf(item, i); s.Reported != nil {
			line += " " + soFar(t, s) + " " + LightText(s.Light)
		}
		w.WriteString("   " + line + "\n")
	}
	for _, s := range item.Sentences {
		w.WriteString("   “" + Shorten(s, 90) + "”\n")
	}
	return w.String()
}

// entryButtons open the entries of a list: with their names where they are few, with their
// numbers in rows of five where they are many.
func entryButtons(items []ask.Item) [][]Button {
	var rows [][]Button
	var row []Button
	for i, item := range items {
		if i == 20 || item.Commitment == nil {
			break
		}
		action := ItemAction(item.Segment.Code)
		if len(items) <= 5 {
			rows = append(rows, []Button{{Text: Shorten(name(item.Segment), 20), Action: action}})
			continue
		}
		row = append(row, Button{Text: fmt.Sprint(i + 1), Action: action})
		if len(row) == 5 {
			rows, row = append(rows, row), nil
		}
	}
	if len(row) > 0 {
		rows = append(rows, row)
	}
	return rows
}

// lastOf says last year's figure, with its own name where that is another than the target's.
func lastOf(t *plan.Target, b *plan.Figure) string {
	if plan.PairsOf(t.Metric).Likeness(plan.PairsOf(b.Metric)) < alikeNames {
		return b.Metric + b.ValueText + "（口径可能不同）"
	}
	return b.ValueText
}

// alikeNames is the likeness from which two names are of the same indicator.
const alikeNames = 0.7

// count says how much the report promises, what was asked for first.
func count(a ask.Answer) Message {
	head, n := a.Title, a.Counts
	if head == "" {
		head = Heading(a.Plan)
	}
	parts := map[string]string{
		"承诺": fmt.Sprintf("承诺事项%d项", n.Commitments), "指标": fmt.Sprintf("带数字的指标%d个", n.Targets), "任务": fmt.Sprintf("不带数字的任务%d项", n.Tasks),
	}
	text := head + "：" + parts[n.Asked]
	for _, noun := range []string{"承诺", "指标", "任务"} {
		if noun != n.Asked {
			text += "，" + parts[noun]
		}
	}
	return Message{Text: text + draftMark(a.Plan) + "。", Buttons: [][]Button{{{Text: "目录", Action: ListAction(a.Filter.Within, 0)}}}}
}
