package render

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"duban/ask"
	"duban/plan"
)

// Limits of the text of a single answer.
const (
	longestAnswer = 480 // characters
	mostTargets   = 8   // lines of numbers
	fewTargets    = 3   // so many are shown each with its progress and last year's figure
)

// Answer writes what the report says to a question: the number first, then how far it is,
// last year's figure, the report's sentence and where it stands.
func Answer(a ask.Answer) Message {
	switch {
	case a.Intent == ask.IntentTalk, a.Intent == ask.IntentHelp && a.Answered:
		return talk(a)
	case !a.Answered:
		return unanswered(a)
	case a.Intent == ask.IntentList:
		return list(a)
	case a.Intent == ask.IntentStatus:
		return status(a)
	case a.Intent == ask.IntentCount:
		return count(a)
	case a.Intent == ask.IntentChanges:
		return changes(a)
	case a.Intent == ask.IntentPair:
		return pair(a)
	}
	return single(a)
}

func unanswered(a ask.Answer) Message {
	reason := a.Reason
	if reason == "" {
		reason = "报告没有讲到"
	}
	m := Message{Text: reason + "。"}
	if len(a.Nearest) == 0 {
		m.Text += "可以换个说法，或发“目录”看报告都讲了什么。"
		return m
	}
	m.Text += "相近的承诺："
	for _, c := range a.Nearest {
		m.Text += "\n· " + name(&c.Segment)
		m.Buttons = append(m.Buttons, []Button{{Text: Shorten(name(&c.Segment), 20), Action: ItemAction(c.Code)}})
	}
	return m
}

// single answers with one commitment.
func single(a ask.Answer) Message {
	item := a.Items[0]
	var w strings.Builder
	switch {
	case a.Intent == ask.IntentReview:
		if a.Untold {
			w.WriteString("今年的目标报告没有写，只写了去年的数：\n")
		}
		writeFigures(&w, item)
	case a.Intent == ask.IntentHorizon:
		writeHorizons(&w, a)
	case a.Intent == ask.IntentResponsible:
		writeResponsible(&w, a.Plan, item)
	case item.Says != "":
		item.Sentences = []string{item.Says}
	case item.Task != nil:
		writeTask(&w, item)
	case len(item.Targets) > 0:
		writeTargets(&w, a, item)
	default:
		w.WriteString(name(item.Segment) + "\n")
	}
	if a.Unsure && len(a.Items) > 1 && item.Says == "" {
		w.WriteString("也可能问的是：" + name(a.Items[1].Segment) + "（点下面的按钮看）\n")
	}
	source := "——" + Source(item.Segment) + draftMark(a.Plan)
	if !a.DataTo.IsZero() {
		source += " · 数据截至" + a.DataTo.String()
	}
	quote(&w, item, longestAnswer-utf8.RuneCountInString(w.String())-utf8.RuneCountInString(source)-4)
	return Message{Text: strings.TrimRight(w.String(), "\n") + source, Buttons: buttonsFor(a)}
}

// writeTargets says the numbers that the answer is about.
func writeTargets(w *strings.Builder, a ask.Answer, item ask.Item) {
	few := len(item.Targets) <= fewTargets
	if f := item.Level; f != nil {
		fmt.Fprintf(w, "去年（%d年）：%s%s\n", f.Year, f.Metric, f.ValueText)
	}
	for i, t := range item.Targets {
		if i == mostTargets {
			fmt.Fprintf(w, "等%d项指标\n", len(item.Targets))
			break
		}
		s := standingOf(item, i)
		last := lastYear(t, item, a.Intent == ask.IntentCompare)
		if i > 0 && a.Intent != ask.IntentCompare && len(item.Targets) > 1 {
			last = ""
		}
		goal := targetLine(a.Plan, t)
		if i == 0 && item.Versus != "" {
			goal += "（" + item.Versus + "）"
		}
		switch {
		case a.LastYear && last != "":
			w.WriteString(last + "\n" + goal + "\n")
			writeOrigin(w, TargetOrigin(t))
			continue
		case s.Reported != nil:
			goal += "，" + soFar(t, s)
		}
		w.WriteString(goal + "\n")
		if few {
			writeOrigin(w, TargetOrigin(t))
			writeProgress(w, s, len(item.Targets) == 1 || a.Explains)
		}
		writeUnfiled(w, a, item, i)
		if few && last != "" {
			w.WriteString(last + "\n")
		}
	}
}

// longestOrigin is how many characters say who approved a change.
const longestOrigin = 110

// writeOrigin says what the report promised, and who approved that it was changed.
func writeOrigin(w *strings.Builder, line string) {
	if line != "" {
		w.WriteString(Shorten(line, longestOrigin) + "\n")
	}
}

func standingOf(item ask.Item, i int) ask.Standing {
	if i < len(item.Standings) {
		return item.Standings[i]
	}
	return ask.Standing{Light: ask.Unfiled}
}

// soFar says the latest accepted figure: 已完成824公里, of a level 最新46.2%.
func soFar(t *plan.Target, s ask.Standing) string {
	value := t.Say(*s.Reported)
	switch t.Kind {
	case plan.Share, plan.Growth, plan.Ceiling, plan.Multiple:
		return "最新" + value
	}
	return "已完成" + value
}

// writeProgress adds the bar with the light and, where there is room, its reason.
func writeProgress(w *strings.Builder, s ask.Standing, withReason bool) {
	if s.Light == ask.Unfiled {
		return
	}
	line := LightText(s.Light)
	if s.Progress != nil {
		line = bar(s.Progress) + " " + ask.PercentText(s.Progress) + " " + line
	}
	w.WriteString(line + "\n")
	if withReason && s.Reason != "" {
		w.WriteString(s.Reason + "\n")
	}
}

// writeUnfiled says once that nothing was filed: behind a single target, else behind the
// last.
func writeUnfiled(w *strings.Builder, a ask.Answer, item ask.Item, at int) {
	if at != len(item.Targets)-1 {
		return
	}
	for i := range item.Targets {
		if s := standingOf(item, i); s.Light != ask.Unfiled {
			return
		}
	}
	if a.LastYear {
		return
	}
	text := "进展：未填报"
	if s := standingOf(item, 0); s.Reason != "" && s.Reason != "未填报" {
		text = "进展：" + s.Reason
	}
	w.WriteString(text + "\n")
}

// lastYear says last year's figure; where there is none and it was asked for, that.
func lastYear(t *plan.Target, item ask.Item, asked bool) string {
	switch b := t.Baseline; {
	case b != nil:
		return fmt.Sprintf("去年（%d年）：%s%s", b.Year, b.Metric, b.ValueText)
	case asked && len(item.Figures) > 0:
		f := item.Figures[0]
		return fmt.Sprintf("去年（%d年）：%s%s（口径可能不同）", f.Year, f.Metric, f.ValueText)
	case asked:
		return "去年：报告没有写"
	}
	return ""
}

// writeTask says a deliverable without a number and its stage.
func writeTask(w *strings.Builder, item ask.Item) {
	fmt.Fprintf(w, "%s：%s，%s%s\n", name(item.Segment), item.Task.Text, plan.DeadlineText(item.Task.Deadline)+"前", wasDeadline(item.Task.Original, item.Task.Deadline))
	writeOrigin(w, TaskOrigin(item.Task))
	switch s := item.TaskStands; {
	case s.Light == ask.Unfiled || s.Light == "":
		w.WriteString("进展：未填报\n")
	case s.Reason != "":
		w.WriteString("进展：" + LightText(s.Light) + "，" + s.Reason + "\n")
	default:
		w.WriteString("进展：" + strings.TrimSpace(LightText(s.Light)+" "+s.Stage) + "\n")
	}
}

func writeResponsible(w *strings.Builder, p *plan.Plan, item ask.Item) {
	w.WriteString("责任单位：" + departments(item.Departments) + "\n" + name(item.Segment) + "\n")
	for i, t := range item.Targets[:min(len(item.Targets), fewTargets)] {
		line := targetLine(p, t)
		if s := standingOf(item, i); s.Light != ask.Unfiled {
			line += " " + LightText(s.Light)
		}
		w.WriteString(line + "\n")
	}
}

// departments names who answers: 民政局（牵头）、财政局.
func departments(list []string) string {
	if len(list) == 0 {
		return "报告没有写明"
	}
	if len(list) == 1 {
		return list[0]
	}
	return list[0] + "（牵头）、" + strings.Join(list[1:], "、")
}

// writeHorizons puts this year's goal and that of several years one under the other.
func writeHorizons(w *strings.Builder, a ask.Answer) {
	for i, item := range a.Items[:2] {
		head := "今年："
		if i == 1 {
			head = "今后几年："
		}
		w.WriteString(head + targetLine(a.Plan, item.Targets[0]) + "\n")
	}
}

func writeFigures(w *strings.Builder, item ask.Item) {
	for i, f := range item.Figures {
		if i == 3 {
			break
		}
		fmt.Fprintf(w, "%d年：%s%s\n", f.Year, f.Metric, f.ValueText)
	}
}

// buttonsFor leads on from a single answer: the whole item, its chapter, what else fits.
func buttonsFor(a ask.Answer) [][]Button {
	item := a.Items[0]
	if item.Commitment == nil {
		return nil
	}
	whole, more := "看全文", "同类"
	if item.Segment.Label != "" {
		whole, more = item.Segment.Label+"全文", "全部实事"
	}
	row := []Button{{Text: whole, Action: ItemAction(item.Segment.Code)}}
	levels := item.Segment.Code.Levels()
	switch {
	case item.Segment.Label != "" && len(levels) > 1:
		row = append(row, Button{Text: more, Action: ListAction(plan.NewCode(levels[:len(levels)-1]...), 0)})
	case len(levels) > 1:
		row = append(row, Button{Text: more, Action: ListAction(plan.NewCode(levels[:2]...), 0)})
	}
	rows := [][]Button{row}
	for _, other := range a.Items[1:] {
		if other.Segment.Code != item.Segment.Code {
			rows = append(rows, []Button{{Text: Shorten("也可能是："+name(other.Segment), 24), Action: ItemAction(other.Segment.Code)}})
		}
	}
	return rows
}
