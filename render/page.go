package render

import (
	"fmt"
	"math/big"
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
		m.Buttons = append(m.Buttons, []Button{{Text: shorten(fmt.Sprintf("%d. %s", i+1, c.Title), 24), Action: ListAction(c.Code, 0)}})
	}
	w.WriteString("回复序号或点按钮看各章；也可以直接提问。")
	m.Text = w.String()
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
	if p.State == plan.Draft {
		return "（未校核）"
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
		fmt.Fprintf(&w, "%d. %s\n", first+i+1, entry(c))
		m.Buttons = append(m.Buttons, []Button{{Text: shorten(fmt.Sprintf("%d. %s", first+i+1, name(&c.Segment)), 24), Action: ItemAction(c.Code)}})
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
func entry(c *plan.Commitment) string {
	line := name(&c.Segment)
	switch len(c.Targets) {
	case 0:
		return line
	case 1:
		return line + " · " + c.Targets[0].ValueText
	}
	return fmt.Sprintf("%s · %s等%d个指标", line, c.Targets[0].ValueText, len(c.Targets))
}

// Item shows one commitment whole.
func Item(p *plan.Plan, c *plan.Commitment) Message {
	var w strings.Builder
	w.WriteString(name(&c.Segment) + draftMark(p) + "\n")
	for i := range c.Targets {
		t := &c.Targets[i]
		fmt.Fprintf(&w, "· %s\n  %s", targetLine(t), Progress(nil, nil))
		if b := t.Baseline; b != nil {
			fmt.Fprintf(&w, "；去年%s", b.ValueText)
		}
		w.WriteString("\n")
	}
	for _, t := range c.Tasks {
		fmt.Fprintf(&w, "· 任务：%s（%s）\n", t.Text, DeadlineText(t.Deadline))
	}
	if len(c.Departments) > 0 {
		w.WriteString("责任单位：" + strings.Join(c.Departments, "、") + "\n")
	}
	source := "来源：" + Source(&c.Segment)
	room := 3600 - utf8.RuneCountInString(w.String())
	w.WriteString("原文：“" + shorten(strings.TrimSpace(c.Text), max(room, 40)) + "”\n" + source)
	m := Message{Text: w.String()}
	levels := c.Code.Levels()
	if len(levels) > 1 {
		m.Buttons = [][]Button{{{Text: "同章", Action: ListAction(plan.NewCode(levels[:2]...), 0)}, {Text: "目录", Action: ListAction("", 0)}}}
		if len(c.Targets) > 0 {
			m.Buttons[0] = append(m.Buttons[0], Button{Text: "走势图", Action: DoAction("chart", string(c.Code))})
		}
	}
	return m
}

// Progress shows how far a target is: a bar and a percentage, or 未填报 where nothing was
// reported.
func Progress(reported, target *plan.Decimal) string {
	if reported == nil || target == nil || target.IsZero() {
		return "⚪ 未填报"
	}
	share := reported.Rat()
	share.Quo(share, target.Rat())
	share.Mul(share, plan.NewDecimal(100, 0).Rat())
	percent := new(big.Int).Quo(share.Num(), share.Denom()).Int64()
	full := int(min(max(percent/10, 0), 10))
	return strings.Repeat("▓", full) + strings.Repeat("░", 10-full) + fmt.Sprintf(" %d%%", percent)
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

// Deeds shows the year's list of 实事, each with its numbers.
func Deeds(p *plan.Plan, deeds []*plan.Commitment) Message {
	var w strings.Builder
	fmt.Fprintf(&w, "%s 民生实事（%d件）\n", p.Place+fmt.Sprint(p.Year)+"年", len(deeds))
	m := Message{}
	var row []Button
	for i, c := range deeds {
		fmt.Fprintf(&w, "%d. %s%s\n", i+1, c.Title, numbersOf(c))
		row = append(row, Button{Text: fmt.Sprint(i + 1), Action: ItemAction(c.Code)})
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

func numbersOf(c *plan.Commitment) string {
	if len(c.Targets) == 0 {
		return ""
	}
	var list []string
	for i := range c.Targets[:min(len(c.Targets), 3)] {
		list = append(list, c.Targets[i].ValueText)
	}
	more := ""
	if len(c.Targets) > 3 {
		more = fmt.Sprintf("等%d个指标", len(c.Targets))
	}
	return "：" + strings.Join(list, "、") + more
}
