package render

import (
	"fmt"
	"slices"
	"strings"

	"duban/ask"
	"duban/plan"
)

// statusPage is how many entries of a status list a message shows.
const statusPage = 5

// status answers with a list by light, by progress or by deadline.
func status(a ask.Answer) Message { return StatusPage(a, 0) }

// StatusPage shows one page of a status list.
func StatusPage(a ask.Answer, page int) Message {
	if len(a.Items) == 0 {
		return Message{Text: nothing(a), Buttons: [][]Button{{{Text: "目录", Action: ListAction("", 0)}}}}
	}
	if a.Filter.Who {
		return byDepartment(a)
	}
	pages := (len(a.Items) + statusPage - 1) / statusPage
	page = min(max(page, 0), pages-1)
	first := page * statusPage
	var w strings.Builder
	fmt.Fprintf(&w, "%s（%d项%s", statusTitle(a), len(a.Items), partsText(a.Items))
	if pages > 1 {
		fmt.Fprintf(&w, "，第%d/%d页", page+1, pages)
	}
	w.WriteString("）" + draftMark(a.Plan) + dataTo(a) + "\n")
	var row []Button
	m := Message{}
	for i, item := range a.Items[first:min(first+statusPage, len(a.Items))] {
		w.WriteString(statusEntry(first+i+1, a.Plan, item))
		row = append(row, Button{Text: fmt.Sprint(first + i + 1), Action: ItemAction(item.Segment.Code)})
		if len(row) == 5 {
			m.Buttons, row = append(m.Buttons, row), nil
		}
	}
	if len(row) > 0 {
		m.Buttons = append(m.Buttons, row)
	}
	if turn := turnStatus(a.Filter, page, pages); len(turn) > 0 {
		m.Buttons = append(m.Buttons, turn)
	}
	m.Text = strings.TrimRight(w.String(), "\n")
	return m
}

// partsText counts the targets and tasks of a list that has fewer entries.
func partsText(items []ask.Item) string {
	targets, tasks := 0, 0
	for _, item := range items {
		targets += len(item.Targets)
		if item.Task != nil {
			tasks++
		}
	}
	switch {
	case targets+tasks == len(items):
		return ""
	case tasks == 0:
		return fmt.Sprintf("，共%d个指标", targets)
	}
	return fmt.Sprintf("，共%d个指标、%d项任务", targets, tasks)
}

func turnStatus(f ask.Filter, page, pages int) []Button {
	var row []Button
	if page > 0 {
		row = append(row, Button{Text: "上一页", Action: StatusAction(f.String(), page-1)})
	}
	if page+1 < pages {
		row = append(row, Button{Text: "下一页", Action: StatusAction(f.String(), page+1)})
	}
	return row
}

func statusTitle(a ask.Answer) string {
	if a.Filter.Kind == ask.FilterDue && wholeYears(a.Filter) {
		return yearsText(a.Filter) + "到期的事项"
	}
	if a.Filter.Kind == ask.FilterDue {
		return fmt.Sprintf("%d年%d月%d日前到期的事项", a.Filter.By.Year, int(a.Filter.By.Month), a.Filter.By.Day)
	}
	return a.Title
}

// wholeYears reports whether what falls due was asked for by years.
func wholeYears(f ask.Filter) bool {
	return f.From == plan.NewDate(f.From.Year, 1, 1) && f.By == plan.EndOfYear(f.By.Year)
}

// yearsText says the years: 2020年, 2018年至2020年, 2018年以后.
func yearsText(f ask.Filter) string {
	switch {
	case f.From.Year == f.By.Year:
		return fmt.Sprintf("%d年", f.By.Year)
	case f.By.Year > f.From.Year+50:
		return fmt.Sprintf("%d年以后", f.From.Year)
	}
	return fmt.Sprintf("%d年至%d年", f.From.Year, f.By.Year)
}

// nothing says that a status list is empty, and that silence is no good news.
func nothing(a ask.Answer) string {
	text := "没有" + statusTitle(a) + "。"
	if a.Filter.Kind == ask.FilterUnfiled || a.Filter.Kind == ask.FilterDue {
		return text
	}
	if a.DataTo.IsZero() {
		return nothingFiled + "暂时没有" + statusTitle(a) + "可列。"
	}
	return text + "只看已填报的；数据截至" + a.DataTo.String() + "。"
}

func statusEntry(n int, p *plan.Plan, item ask.Item) string {
	var w strings.Builder
	lead := ""
	if len(item.Departments) > 0 {
		lead = "（" + item.Departments[0] + "）"
	}
	if item.Task != nil {
		return fmt.Sprintf("%d. %s%s %s\n", n, Shorten(item.Task.Text, 40), lead, LightText(item.TaskStands.Light))
	}
	fmt.Fprintf(&w, "%d. %s%s\n", n, name(item.Segment), lead)
	for i, t := range item.Targets {
		s := standingOf(item, i)
		line := t.Metric + " 目标" + valueWords(t) + UncheckedMark(p, t)
		if s.Reported != nil {
			line += "，" + soFar(t, s)
		}
		if s.Progress != nil {
			line += " " + ask.PercentText(s.Progress)
		}
		w.WriteString("   " + line + " " + LightText(s.Light) + wasDeadline(t.Original, t.Deadline) + "\n")
	}
	return w.String()
}

// byDepartment answers 谁没填报: departments with what they have in the list, those with the
// most first; what nobody answers for last.
func byDepartment(a ask.Answer) Message {
	n, order, nobody := map[string]int{}, []string{}, 0
	for _, item := range a.Items {
		parts := max(len(item.Targets), 1)
		if len(item.Departments) == 0 {
			nobody += parts
			continue
		}
		lead := item.Departments[0]
		if n[lead] == 0 {
			order = append(order, lead)
		}
		n[lead] += parts
	}
	if len(order) == 0 {
		return Message{Text: fmt.Sprintf("%d项%s%s，报告没有写明责任单位，也没有指定。", nobody, strings.TrimSuffix(statusTitle(a), "的事项"), draftMark(a.Plan)), Buttons: seeAll(a.Filter)}
	}
	slices.SortStableFunc(order, func(x, y string) int { return n[y] - n[x] })
	var w strings.Builder
	fmt.Fprintf(&w, "%s，按责任单位%s%s\n", statusTitle(a), draftMark(a.Plan), dataTo(a))
	for i, d := range order {
		if i == 15 {
			fmt.Fprintf(&w, "等%d个单位\n", len(order))
			break
		}
		fmt.Fprintf(&w, "· %s %d项\n", d, n[d])
	}
	if nobody > 0 {
		fmt.Fprintf(&w, "· %d项没有写明责任单位\n", nobody)
	}
	return Message{Text: strings.TrimRight(w.String(), "\n"), Buttons: seeAll(a.Filter)}
}

// seeAll leads to the entries one by one.
func seeAll(f ask.Filter) [][]Button {
	return [][]Button{{{Text: "逐项看", Action: StatusAction(f.String(), 0)}}}
}

// changes answers what changed lately.
func changes(a ask.Answer) Message {
	if len(a.Changes) == 0 {
		return Message{Text: "最近没有变化：没有新的填报，报告的目标也没有改动。", Buttons: [][]Button{{{Text: "目录", Action: ListAction("", 0)}}}}
	}
	var w strings.Builder
	fmt.Fprintf(&w, "最近的变化（%d项）%s\n", len(a.Changes), draftMark(a.Plan))
	m := Message{}
	for i, c := range a.Changes {
		if i == statusPage {
			fmt.Fprintf(&w, "还有%d项\n", len(a.Changes)-i)
			break
		}
		title, code := itemName(a, c)
		line := "· " + title + " " + c.What + "："
		if c.Before != "" {
			line += c.Before + " → "
		}
		fmt.Fprintf(&w, "%s%s（%d月%d日）\n", line, c.After, int(c.On.Month), c.On.Day)
		if code != "" && len(m.Buttons) < 5 {
			m.Buttons = append(m.Buttons, []Button{{Text: Shorten(title, 20), Action: ItemAction(code)}})
		}
	}
	m.Text = strings.TrimRight(w.String(), "\n")
	return m
}

// itemName names what changed: a target by its metric, a task or a commitment by its title.
func itemName(a ask.Answer, c ask.Change) (title string, code plan.Code) {
	for i := range a.Plan.Commitments {
		commitment := &a.Plan.Commitments[i]
		for j := range commitment.Targets {
			if commitment.Targets[j].ID == c.Item && c.Item != 0 {
				return commitment.Targets[j].Metric, commitment.Code
			}
		}
		for j := range commitment.Tasks {
			if commitment.Tasks[j].ID == c.Item && c.Item != 0 {
				return Shorten(commitment.Tasks[j].Text, 24), commitment.Code
			}
		}
		if commitment.ID == c.Item && c.Item != 0 {
			return name(&commitment.Segment), commitment.Code
		}
	}
	return Heading(a.Plan), ""
}
