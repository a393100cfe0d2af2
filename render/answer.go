package render

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"duban/ask"
	"duban/plan"
)

// longestAnswer is how many characters the text of a single answer may have.
const longestAnswer = 480

// Answer writes what the report says to a question: the number first, then its deadline,
// last year's figure, the report's sentence and where it stands.
func Answer(a ask.Answer) Message {
	switch {
	case a.Intent == ask.IntentHelp && a.Answered:
		return Message{Text: "您好！可以直接问，比如：今年要新增多少张养老床位？也可以发：目录、十件实事、帮助。"}
	case !a.Answered:
		return unanswered(a)
	case a.Intent == ask.IntentList:
		return list(a)
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
	m.Text += "相近的有："
	for _, c := range a.Nearest {
		m.Text += "\n· " + name(&c.Segment)
		m.Buttons = append(m.Buttons, []Button{{Text: shorten(name(&c.Segment), 20), Action: ItemAction(c.Code)}})
	}
	return m
}

// single answers with one commitment.
func single(a ask.Answer) Message {
	item := a.Items[0]
	var w strings.Builder
	switch {
	case a.Intent == ask.IntentReview:
		writeFigures(&w, item)
	case item.Task != nil:
		fmt.Fprintf(&w, "%s\n%s（%s）\n", name(item.Segment), item.Task.Text, DeadlineText(item.Task.Deadline))
	case len(item.Targets) > 0:
		writeTargets(&w, a, item)
	default:
		w.WriteString(name(item.Segment) + "\n")
	}
	source := "来源：" + Source(item.Segment)
	if a.Plan != nil && a.Plan.State == plan.Draft {
		source += "（未校核）"
	}
	quote(&w, item, longestAnswer-utf8.RuneCountInString(w.String())-utf8.RuneCountInString(source)-4)
	w.WriteString(source)
	return Message{Text: w.String(), Buttons: buttonsFor(a)}
}

func writeTargets(w *strings.Builder, a ask.Answer, item ask.Item) {
	if item.Segment.Label != "" {
		w.WriteString(item.Segment.Label + " " + item.Segment.Title + "：\n")
	}
	for i, t := range item.Targets {
		if i == 8 {
			fmt.Fprintf(w, "等%d项指标\n", len(item.Targets))
			break
		}
		last := lastYearLine(t, item.Figures, i == 0 && a.Intent == ask.IntentCompare)
		if i > 0 && a.Intent != ask.IntentCompare || len(item.Targets) > 4 {
			last = ""
		}
		if a.LastYear {
			w.WriteString(last + targetLine(t) + "\n")
		} else {
			w.WriteString(targetLine(t) + "\n" + last)
		}
	}
}

// lastYearLine says last year's figure; where there is none and it was asked for, that.
func lastYearLine(t *plan.Target, figures []*plan.Figure, asked bool) string {
	switch b := t.Baseline; {
	case b == nil && asked && len(figures) > 0:
		return fmt.Sprintf("去年（%d年）：%s %s（口径可能不同）\n", figures[0].Year, figures[0].Metric, figures[0].ValueText)
	case b != nil:
		return fmt.Sprintf("去年（%d年）：%s %s\n", b.Year, b.Metric, b.ValueText)
	case asked:
		return "去年：报告没有写\n"
	}
	return ""
}

// targetLine says one target: 新增养老床位 3600张（2017年底前）.
func targetLine(t *plan.Target) string {
	line := t.Metric + " " + valueWords(t)
	if t.Stretch != nil {
		line += "，力争" + t.Stretch.String() + t.Unit
	}
	if t.Hedge == plan.Strive || t.Hedge == plan.Endeavour {
		return line + "（" + string(t.Hedge) + "，" + DeadlineText(t.Deadline) + "）"
	}
	return line + "（" + DeadlineText(t.Deadline) + "）"
}

// valueWords says the value and how it is to be compared, in the report's manner.
func valueWords(t *plan.Target) string {
	switch {
	case t.Op == plan.AtMost && t.Hedge == plan.Roughly:
		return "控制在" + t.ValueText + "左右"
	case t.Op == plan.AtMost:
		return "不超过" + t.ValueText
	case t.Op == plan.About && t.Hedge == plan.Around:
		return "约" + t.ValueText
	case t.Op == plan.About:
		return t.ValueText + "左右"
	}
	return t.ValueText
}

// DeadlineText says a deadline: 2017年底前, 2017年6月底前.
func DeadlineText(d plan.Date) string {
	if d.Month == 12 && d.Day == 31 {
		return fmt.Sprintf("%d年底前", d.Year)
	}
	return fmt.Sprintf("%d年%d月底前", d.Year, int(d.Month))
}

func writeFigures(w *strings.Builder, item ask.Item) {
	for i, f := range item.Figures {
		if i == 3 {
			break
		}
		fmt.Fprintf(w, "%d年：%s %s\n", f.Year, f.Metric, f.ValueText)
	}
}

// Lengths of quotations: a sentence longer than longestSentence is cut to the clause of
// the number; an answer with numbers quotes less than one that is words only.
const (
	longestSentence = 150
	numberQuote     = 220
)

// quote adds the report's words, at most room characters: the sentences that answer, best
// first, or the whole segment where it is short.
func quote(w *strings.Builder, item ask.Item, room int) {
	text := strings.TrimSpace(item.Segment.Text)
	if len(item.Targets) > 0 && item.Task == nil {
		room = min(room, numberQuote)
	}
	if utf8.RuneCountInString(text) <= room-2 {
		w.WriteString("“" + text + "”\n")
		return
	}
	sentences := item.Sentences
	if len(sentences) == 0 {
		sentences = []string{text}
	}
	for _, s := range sentences {
		n := utf8.RuneCountInString(s)
		if n > longestSentence && len(item.Targets) > 0 {
			s = clauses(item.Targets)
			n = utf8.RuneCountInString(s)
		}
		if n > room-3 {
			if room < 60 {
				break
			}
			s, n = shorten(s, room-3), room-3
		}
		w.WriteString("“" + s + "”\n")
		room -= n + 3
		if len(item.Targets) > 0 {
			break
		}
	}
}

// clauses joins the clauses that targets stand in, each once.
func clauses(targets []*plan.Target) string {
	var parts []string
	for _, t := range targets {
		if !slices.Contains(parts, t.Quote) && len(parts) < 4 {
			parts = append(parts, t.Quote)
		}
	}
	return "…" + strings.Join(parts, "…") + "…"
}

// list answers with several commitments, each with its numbers or the sentences that name
// what was asked for.
func list(a ask.Answer) Message {
	var w strings.Builder
	fmt.Fprintf(&w, "%s（%d项）\n", a.Title, len(a.Items))
	section := ""
	for _, item := range a.Items {
		if item.Segment.Section != section && item.Segment.Section != "" && !oneSection(a.Items) {
			section = item.Segment.Section
			if section != a.Title {
				w.WriteString("【" + section + "】\n")
			}
		}
		w.WriteString(listEntry(item))
	}
	if a.Plan != nil && a.Plan.State == plan.Draft {
		w.WriteString("（未校核）\n")
	}
	return Message{Text: strings.TrimRight(w.String(), "\n"), Buttons: listButtons(a)}
}

func oneSection(items []ask.Item) bool {
	for _, item := range items {
		if item.Segment.Section != items[0].Segment.Section {
			return false
		}
	}
	return true
}

func listEntry(item ask.Item) string {
	var w strings.Builder
	title := item.Segment.Title
	if item.Segment.Label != "" {
		title = item.Segment.Label + " " + title
	}
	w.WriteString("· " + title + "\n")
	for _, t := range item.Targets {
		w.WriteString("   " + targetLine(t) + "\n")
	}
	for _, s := range item.Sentences {
		w.WriteString("   “" + shorten(s, 90) + "”\n")
	}
	return w.String()
}

func listButtons(a ask.Answer) [][]Button {
	var rows [][]Button
	for i, item := range a.Items {
		if i == 10 || item.Commitment == nil {
			break
		}
		rows = append(rows, []Button{{Text: shorten(name(item.Segment), 20), Action: ItemAction(item.Segment.Code)}})
	}
	return rows
}

// buttonsFor leads on from a single answer: the whole item, its chapter, what else fits.
func buttonsFor(a ask.Answer) [][]Button {
	item := a.Items[0]
	if item.Commitment == nil {
		return nil
	}
	row := []Button{{Text: "看全文", Action: ItemAction(item.Segment.Code)}}
	levels := item.Segment.Code.Levels()
	if len(levels) > 1 {
		row = append(row, Button{Text: "同类", Action: ListAction(plan.NewCode(levels[:2]...), 0)})
	}
	rows := [][]Button{row}
	for _, other := range a.Items[1:] {
		rows = append(rows, []Button{{Text: shorten("也可能是："+name(other.Segment), 24), Action: ItemAction(other.Segment.Code)}})
	}
	return rows
}

// name is what a segment is called: label and title.
func name(s *plan.Segment) string {
	switch {
	case s.Label != "":
		return s.Label + " " + s.Title
	case s.Title != "":
		return s.Title
	}
	return string(s.Code)
}

// Source says where a segment stands: 第三部分（六） 要扎实办好民生实事 · 3.6.2.5.
func Source(s *plan.Segment) string {
	parts := []string{}
	if s.Part != "" {
		parts = append(parts, s.Part)
	}
	if s.Section != "" {
		parts = append(parts, shorten(s.Section, 20))
	}
	if s.Label != "" {
		parts = append(parts, s.Label)
	}
	parts = append(parts, string(s.Code))
	return strings.Join(parts, " · ")
}

// shorten cuts a text to n characters, the last of them an ellipsis.
func shorten(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n-1]) + "…"
}
