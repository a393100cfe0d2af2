package render

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"duban/plan"
)

// pageSize is how many entries a list shows before a button leads on.
const pageSize = 8

// Contents shows the chapters of a plan.
func Contents(p *plan.Plan) Message {
	var w strings.Builder
	fmt.Fprintf(&w, "%s\n%s\n", Heading(p), counts(p))
	m := Message{}
	for i, c := range Chapters(p) {
		fmt.Fprintf(&w, "%d. %s（%d项）\n", i+1, c.Title, c.Commitments)
		m.Buttons = append(m.Buttons, []Button{{Text: Shorten(fmt.Sprintf("%d. %s", i+1, c.Title), 24), Action: ListAction(c.Code, 0)}})
	}
	w.WriteString("回复序号或点按钮看各章；也可以直接提问。")
	m.Text = w.String()
	return m
}

// SomeChapters lists the chapters whose headings hold a word.
func SomeChapters(word string, chapters []Chapter) Message {
	var w strings.Builder
	fmt.Fprintf(&w, "标题里有“%s”的有%d章\n", Shorten(word, 12), len(chapters))
	m := Message{}
	for i, c := range chapters {
		fmt.Fprintf(&w, "%d. %s（%d项）\n", i+1, c.Title, c.Commitments)
		m.Buttons = append(m.Buttons, []Button{{Text: Shorten(fmt.Sprintf("%d. %s", i+1, c.Title), 24), Action: ListAction(c.Code, 0)}})
	}
	m.Text = w.String() + "回复序号或点按钮看各章。"
	return m
}

// Heading names a plan: 聊城市2017年政府工作报告.
func Heading(p *plan.Plan) string {
	title := p.Title
	if title == "" || strings.Contains(title, p.Place) && p.Place != "" {
		title = "政府工作报告"
	}
	if strings.Contains(title, "年") {
		return p.Place + title + draftMark(p)
	}
	return fmt.Sprintf("%s%d年%s", p.Place, p.Year, title) + draftMark(p)
}

func draftMark(p *plan.Plan) string {
	if p != nil && p.State == plan.Draft {
		return unchecked
	}
	return ""
}

func counts(p *plan.Plan) string {
	tasks := 0
	for i := range p.Commitments {
		tasks += len(p.Commitments[i].Tasks)
	}
	return fmt.Sprintf("共%d条承诺、%d个数字指标、%d项任务", len(p.Commitments), p.Targets(), tasks)
}

// Chapter is a section of the plan, or a part's text in front of its first section.
type Chapter struct {
	Code        plan.Code
	Title       string
	Commitments int
	Targets     int
}

// Chapters lists the sections of a plan in order.
func Chapters(p *plan.Plan) []Chapter {
	var list []Chapter
	for i := range p.Commitments {
		c := &p.Commitments[i]
		levels := c.Code.Levels()
		if len(levels) < 2 {
			continue
		}
		code := plan.NewCode(levels[:2]...)
		if len(list) == 0 || list[len(list)-1].Code != code {
			title := c.Section
			if title == "" {
				title = c.Part + "：总体目标"
			}
			list = append(list, Chapter{Code: code, Title: title})
		}
		list[len(list)-1].Commitments++
		list[len(list)-1].Targets += len(c.Targets)
	}
	return list
}

// List shows one page of the commitments under a code.
func List(p *plan.Plan, title string, members []*plan.Commitment, code plan.Code, page int) Message {
	pages := max((len(members)+pageSize-1)/pageSize, 1)
	page = min(max(page, 0), pages-1)
	first := page * pageSize
	shown := members[min(first, len(members)):min(first+pageSize, len(members))]
	var w strings.Builder
	fmt.Fprintf(&w, "%s（%d项", title, len(members))
	if pages > 1 {
		fmt.Fprintf(&w, "，第%d/%d页", page+1, pages)
	}
	w.WriteString("）" + draftMark(p) + "\n")
	m := Message{}
	for i, c := range shown {
		fmt.Fprintf(&w, "%d. %s\n", first+i+1, entry(p, c))
		m.Buttons = append(m.Buttons, []Button{{Text: Shorten(fmt.Sprintf("%d. %s", first+i+1, name(&c.Segment)), 24), Action: ItemAction(c.Code)}})
	}
	m.Text = strings.TrimRight(w.String(), "\n")
	m.Buttons = append(m.Buttons, turn(code, page, pages))
	return m
}

// turn is the row of buttons that leads to the other pages and back.
func turn(code plan.Code, page, pages int) []Button {
	var row []Button
	if page > 0 {
		row = append(row, Button{Text: "上一页", Action: ListAction(code, page-1)})
	}
	if page+1 < pages {
		row = append(row, Button{Text: "下一页", Action: ListAction(code, page+1)})
	}
	return append(row, Button{Text: "目录", Action: ListAction("", 0)})
}

// entry is a commitment's line in a list: its name and its first number.
func entry(p *plan.Plan, c *plan.Commitment) string {
	line := name(&c.Segment)
	switch len(c.Targets) {
	case 0:
		return line
	case 1:
		return line + " · " + c.Targets[0].Written() + wasValue(&c.Targets[0]) + UncheckedMark(p, &c.Targets[0])
	}
	return fmt.Sprintf("%s · %s%s%s等%d个指标", line, c.Targets[0].Written(), wasValue(&c.Targets[0]), UncheckedMark(p, &c.Targets[0]), len(c.Targets))
}

// Item shows one commitment whole: its targets and tasks with how they stand, who answers
// for it (nil where nobody does), and the report's words.
func Item(p *plan.Plan, cs *plan.CommitmentStanding, duty *plan.Duty) Message {
	c := cs.Commitment
	var w strings.Builder
	w.WriteString(name(&c.Segment) + draftMark(p) + "\n")
	for i := range c.Targets {
		w.WriteString(itemTarget(p, &c.Targets[i], &cs.Targets[i]))
	}
	for i := range c.Tasks {
		t := &c.Tasks[i]
		fmt.Fprintf(&w, "· 任务：%s（%s）%s\n%s", t.Text, plan.DeadlineText(t.Deadline)+"前"+wasDeadline(t.Original, t.Deadline), stageMark(&cs.Tasks[i]), indented(TaskOrigin(t)))
	}
	if duty != nil {
		w.WriteString("责任单位：" + strings.Join(append([]string{duty.Lead}, duty.Support...), "、") + "\n")
	}
	source := "来源：" + Source(&c.Segment)
	room := 3600 - utf8.RuneCountInString(w.String())
	w.WriteString("原文：“" + Shorten(strings.TrimSpace(c.Text), max(room, 40)) + "”\n" + source + newest(cs))
	m := Message{Text: w.String(), Buttons: [][]Button{CitizenRow(p, c, false)}}
	if levels := c.Code.Levels(); len(levels) > 1 {
		m.Buttons = append(m.Buttons, []Button{{Text: "同章", Action: ListAction(plan.NewCode(levels[:2]...), 0)}, {Text: "目录", Action: ListAction("", 0)}})
		if len(c.Targets) > 0 {
			last := &m.Buttons[len(m.Buttons)-1]
			*last = append(*last, Button{Text: "走势图", Action: DoAction("chart", string(c.Code))})
		}
	}
	return m
}

// itemTarget says one target with its light, its reason and last year's figure.
func itemTarget(p *plan.Plan, t *plan.Target, s *plan.Standing) string {
	line := "· " + targetLine(p, t) + "\n  " + LightText(s.Light)
	if s.Light != plan.None {
		line += " " + s.Reason
	}
	if b := t.Baseline; b != nil {
		line += "；去年" + b.ValueText
	}
	return line + "\n" + indented(TargetOrigin(t))
}

// stageMark is how a task stands; "" where nothing was filed.
func stageMark(s *plan.Standing) string {
	if s.Light == plan.None {
		return ""
	}
	return " " + LightText(s.Light)
}

// newest says the data date of the newest figure of a commitment; "" where there is none.
func newest(cs *plan.CommitmentStanding) string {
	var on plan.Date
	for _, list := range [][]plan.Standing{cs.Targets, cs.Tasks} {
		for i := range list {
			if list[i].ReportedOn.After(on) {
				on = list[i].ReportedOn
			}
		}
	}
	if on.IsZero() {
		return ""
	}
	return " · 数据截至" + on.String()
}

// indented is a line under an entry; "" stays "".
func indented(line string) string {
	if line == "" {
		return ""
	}
	return "  " + line + "\n"
}

// Plans lists the stored plans.
func Plans(list []*plan.Plan) Message {
	if len(list) == 0 {
		return Message{Text: "还没有导入报告。"}
	}
	lines := []string{fmt.Sprintf("共%d份报告：", len(list))}
	for _, p := range list {
		lines = append(lines, fmt.Sprintf("· %s：%s", Heading(p), counts(p)))
	}
	lines = append(lines, "提问时带上地名或年份，就按那份报告答；不带就按最近一年的。")
	return Message{Text: strings.Join(lines, "\n")}
}

// Start greets a person.
func Start(p *plan.Plan) Message {
	return Message{
		Text:    "这里是督办。" + Heading(p) + "已读好：" + strings.TrimPrefix(counts(p), "共") + "。\n想知道什么，直接问，比如：\n  今年要新增多少张养老床位？\n  十件实事有哪些\n发“帮助”看全部用法。",
		Buttons: [][]Button{{{Text: "目录", Action: ListAction("", 0)}}},
	}
}

// Deeds shows the year's list of 实事: each with its light and how far its targets are, or
// with its numbers while nothing is filed.
func Deeds(ps *plan.PlanStanding, deeds []*plan.CommitmentStanding) Message {
	p := ps.Plan
	var w strings.Builder
	fmt.Fprintf(&w, "%s%d年民生实事（%d件）%s\n", p.Place, p.Year, len(deeds), asOf(ps))
	if tally, kinds := deedTally(deeds); kinds > 1 {
		w.WriteString(tally + "\n")
	}
	m := Message{}
	var row []Button
	for i, cs := range deeds {
		fmt.Fprintf(&w, "%d. %s%s\n", i+1, cs.Commitment.Title, deedText(p, cs))
		row = append(row, Button{Text: fmt.Sprint(i + 1), Action: ItemAction(cs.Commitment.Code)})
		if len(row) == 5 {
			m.Buttons, row = append(m.Buttons, row), nil
		}
	}
	if len(row) > 0 {
		m.Buttons = append(m.Buttons, row)
	}
	m.Buttons = append(m.Buttons, []Button{{Text: "进展图", Action: DoAction("card")}})
	w.WriteString("回复序号看详情。" + draftMark(p))
	m.Text = w.String()
	return m
}

// deedTally counts the 实事 by how they stand.
func deedTally(deeds []*plan.CommitmentStanding) (text string, kinds int) {
	list := make([]overall, len(deeds))
	for i, cs := range deeds {
		list[i] = overallOf(cs)
	}
	return overallTally(list)
}

// deedText is a 实事's light with the progress of its targets; its numbers without.
func deedText(p *plan.Plan, cs *plan.CommitmentStanding) string {
	if !cs.Light.Rated() {
		return numbersOf(p, cs.Commitment)
	}
	text := " " + overallOf(cs).text()
	for i := range cs.Targets {
		if s := &cs.Targets[i]; s.Progress != nil && !s.Unchecked && i < 3 {
			text += " " + Shorten(cs.Commitment.Targets[i].Metric, 10) + Percent(s.Progress) + wasValue(&cs.Commitment.Targets[i])
		}
	}
	if cs.Unfiled > 0 && !overallOf(cs).partly() {
		text += fmt.Sprintf("（另%d项未填报）", cs.Unfiled)
	}
	return text
}

func numbersOf(p *plan.Plan, c *plan.Commitment) string {
	if len(c.Targets) == 0 {
		return ""
	}
	var list []string
	for i := range c.Targets[:min(len(c.Targets), 3)] {
		list = append(list, c.Targets[i].Written()+wasValue(&c.Targets[i])+UncheckedMark(p, &c.Targets[i]))
	}
	more := ""
	if len(c.Targets) > 3 {
		more = fmt.Sprintf("等%d个指标", len(c.Targets))
	}
	return "：" + strings.Join(list, "、") + more
}
