package render

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"duban/plan"
)

// Suggestion is a commitment that no department answers for, with the office that its words
// suggest; Department is "" where they suggest none.
type Suggestion struct {
	Commitment *plan.Commitment
	Department string
	Words      []string
}

func (s *Suggestion) text() string {
	if s.Department == "" {
		return "没有建议"
	}
	return "建议：" + s.Department
}

// mostOpen is how many commitments the list of what is open shows.
const mostOpen = 10

// mostDuties is how many departments, or items of one, a message lists.
const mostDuties = 40

// Unassigned lists commitments that no department answers for.
func Unassigned(p *plan.Plan, open []Suggestion, page int) Message {
	if len(open) == 0 {
		return Message{Text: Heading(p) + "：每一项都有责任单位。发“分工”看谁负责什么。"}
	}
	from, to, row := paged(len(open), mostOpen, page, func(page int) string { return DoAction("unassigned", strconv.Itoa(page)) })
	var w strings.Builder
	fmt.Fprintf(&w, "未落实责任单位（%s）\n", pageText(from, to, len(open)))
	for i := from; i < to; i++ {
		c := open[i].Commitment
		fmt.Fprintf(&w, "%d. %s %s %s\n", i+1, c.Code, Shorten(name(&c.Segment), 22), open[i].text())
	}
	w.WriteString("建议只看字面，采纳前不算数。自己分派：发“分派 实事5 民政局 配合 财政局”")
	m := Message{Text: w.String()}
	if len(row) > 0 {
		m.Buttons = [][]Button{row}
	}
	return m
}

// AssignCard shows one open commitment with the buttons of the decision.
func AssignCard(p *plan.Plan, s *Suggestion, open int) Message {
	c, mark := s.Commitment, PlanMark(p.Key())
	item := strconv.Itoa(int(c.ID))
	var w strings.Builder
	fmt.Fprintf(&w, "未落实责任单位，还有%d项\n%s（%s）\n“%s”\n", open, name(&c.Segment), c.Code, Shorten(strings.TrimSpace(c.Text), 120))
	w.WriteString(s.text())
	if len(s.Words) > 0 {
		w.WriteString("（依据：" + strings.Join(s.Words, "、") + "）")
	}
	row := []Button{{Text: "改", Action: DoAction("assign-edit", mark, item)}, {Text: "下一项", Action: DoAction("assign-next", mark, item)}}
	if s.Department != "" {
		row = append([]Button{{Text: "采纳", Action: DoAction("assign-ok", mark, item)}}, row...)
	} else {
		row[0].Text = "写单位"
	}
	return Message{Text: w.String(), Buttons: [][]Button{row, {{Text: "全部采纳", Action: DoAction("assign-all", mark)}}}}
}

// AskAssignAll asks back before all suggestions are taken.
func AskAssignAll(p *plan.Plan, open []Suggestion) Message {
	n := 0
	for i := range open {
		if open[i].Department != "" {
			n++
		}
	}
	text := fmt.Sprintf("把%d项都按建议分派？建议只看字面，可能有错。", n)
	if n < len(open) {
		text += fmt.Sprintf("另%d项没有建议，会留下。", len(open)-n)
	}
	mark := PlanMark(p.Key())
	return Message{Text: text, Buttons: [][]Button{{{Text: fmt.Sprintf("%d项都采纳", n), Action: DoAction("assign-all-ok", mark, strconv.Itoa(n))}, {Text: "逐项看", Action: DoAction("assign-next", mark, "0")}}}}
}

// dutyText says who leads and who supports.
func dutyText(d *plan.Duty) string {
	text := d.Lead + "牵头"
	if len(d.Support) > 0 {
		text += "，" + strings.Join(d.Support, "、") + "配合"
	}
	return text
}

// partName is what a duty is on: 实事8, or 实事8 改造农村危桥.
func partName(c *plan.Commitment, item plan.ID) string {
	title := shortName(c)
	if c.Label == "" {
		title = "“" + c.Title + "”"
	}
	if t := c.Target(item); t != nil {
		return title + " " + t.Metric
	}
	if t := c.Task(item); t != nil {
		return title + " " + Shorten(t.Text, 24)
	}
	return title
}

// Assigned confirms an assignment; before is who answered until then, nil for nobody.
func Assigned(c *plan.Commitment, d plan.Duty, before *plan.Duty) Message {
	text := "已分派：" + partName(c, d.Item) + "由" + dutyText(&d) + "。"
	if before != nil && (before.Lead != d.Lead || !slices.Equal(before.Support, d.Support)) {
		text += "（原来" + dutyText(before) + "）"
	}
	return Message{Text: text}
}

// Unassign confirms that a duty was taken away; now is who answers then.
func Unassign(c *plan.Commitment, was plan.Duty, now *plan.Duty) Message {
	text := "已取消分派：" + partName(c, was.Item) + "原由" + dutyText(&was)
	if now == nil {
		return Message{Text: text + "，现在未落实责任单位。"}
	}
	return Message{Text: text + "，现在由" + dutyText(now) + "。"}
}

// NotAssigned says that an item has no duty of its own; by is who answers for it anyway.
func NotAssigned(c *plan.Commitment, item plan.ID, by *plan.Duty) Message {
	what := partName(c, item)
	if by == nil {
		return Message{Text: what + "本来就没有分派。发“分派”看建议。"}
	}
	if item != c.ID {
		return Message{Text: what + "没有单独分派，随整条由" + dutyText(by) + "。取消整条就发：取消分派 " + shortName(c)}
	}
	return Message{Text: what + "的责任单位是报告里写的（" + dutyText(by) + "），不能取消；要换就发：分派 " + shortName(c) + " 单位"}
}

// load is what one department answers for.
type load struct {
	department   string
	lead, assist []string // names of items
}

// loads sorts the items of a plan by department, the busiest first.
func loads(p *plan.Plan, duties map[plan.ID]plan.Duty) (list []*load, open int) {
	byName := map[string]*load{}
	of := func(name string) *load {
		if byName[name] == nil {
			byName[name] = &load{department: name}
			list = append(list, byName[name])
		}
		return byName[name]
	}
	for i := range p.Commitments {
		c := &p.Commitments[i]
		for _, item := range dutyItems(c, duties) {
			d := plan.DutyOf(c, item, duties)
			if d == nil {
				open++
				continue
			}
			of(d.Lead).lead = append(of(d.Lead).lead, partName(c, item))
			for _, s := range d.Support {
				of(s).assist = append(of(s).assist, partName(c, item))
			}
		}
	}
	slices.SortStableFunc(list, func(a, b *load) int { return cmp.Compare(len(b.lead), len(a.lead)) })
	return list, open
}

// dutyItems are the commitment and those of its parts that have a duty of their own; none
// where nothing of it can be checked.
func dutyItems(c *plan.Commitment, duties map[plan.ID]plan.Duty) []plan.ID {
	var own []plan.ID
	total := len(c.Targets) + len(c.Tasks)
	for i := range c.Targets {
		if _, ok := duties[c.Targets[i].ID]; ok {
			own = append(own, c.Targets[i].ID)
		}
	}
	for i := range c.Tasks {
		if _, ok := duties[c.Tasks[i].ID]; ok {
			own = append(own, c.Tasks[i].ID)
		}
	}
	if len(own) == total {
		return own
	}
	return append([]plan.ID{c.ID}, own...)
}

// Duties lists the departments with how much each answers for.
func Duties(p *plan.Plan, duties map[plan.ID]plan.Duty) Message {
	list, open := loads(p, duties)
	var w strings.Builder
	fmt.Fprintf(&w, "%s 分工：%d个单位", Heading(p), len(list))
	if open > 0 {
		fmt.Fprintf(&w, "，%d项未落实责任单位", open)
	}
	w.WriteString("\n")
	for _, l := range list[:min(len(list), mostDuties)] {
		fmt.Fprintf(&w, "· %s：牵头%d项", l.department, len(l.lead))
		if len(l.assist) > 0 {
			fmt.Fprintf(&w, "，配合%d项", len(l.assist))
		}
		if len(l.lead) > 0 {
			w.WriteString(" " + Shorten(strings.Join(l.lead, "、"), 30))
		}
		w.WriteString("\n")
	}
	w.WriteString("看一个单位：发“分工 民政局”")
	return Message{Text: w.String()}
}

// DutiesOf lists what one department answers for.
func DutiesOf(p *plan.Plan, duties map[plan.ID]plan.Duty, department string) Message {
	list, _ := loads(p, duties)
	for _, l := range list {
		if l.department != department {
			continue
		}
		lines := []string{fmt.Sprintf("%s：牵头%d项，配合%d项", department, len(l.lead), len(l.assist))}
		for _, part := range []struct {
			word  string
			items []string
		}{{"牵头 ", l.lead}, {"配合 ", l.assist}} {
			for _, item := range part.items[:min(len(part.items), mostDuties)] {
				lines = append(lines, "· "+part.word+item)
			}
		}
		return Message{Text: strings.Join(lines, "\n")}
	}
	return Message{Text: department + "名下还没有事项。发“分工”看各单位负责什么。"}
}
