package render

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"duban/plan"
)

// Part is a target or a task with its standing.
type Part struct {
	Commitment *plan.Commitment
	Target     *plan.Target // nil for a task
	Task       *plan.Task
	Standing   *plan.Standing
}

// Item is the part's id.
func (p *Part) Item() plan.ID {
	if p.Target != nil {
		return p.Target.ID
	}
	return p.Task.ID
}

// name is what the part is called.
func (p *Part) name() string {
	if p.Target != nil {
		return p.Target.Metric
	}
	return "任务：" + p.Task.Text
}

// Deadline is the part's.
func (p *Part) Deadline() plan.Date {
	if p.Target != nil {
		return p.Target.Deadline
	}
	return p.Task.Deadline
}

// partsPage is how many parts a message lists before a button leads on.
const partsPage = 5

// paged returns the borders of a page of n entries, the first page for one that is not
// there, and the row of buttons that turn it; turnTo makes their actions.
func paged(n, size, page int, turnTo func(int) string) (from, to int, row []Button) {
	if page < 0 || page*size >= n {
		page = 0
	}
	if from = page * size; from > 0 {
		row = append(row, Button{Text: "上一页", Action: turnTo(page - 1)})
	}
	if to = min(from+size, n); to < n {
		row = append(row, Button{Text: "下一页", Action: turnTo(page + 1)})
	}
	return from, to, row
}

// pageText says which entries a page shows of more than it shows.
func pageText(from, to, n int) string {
	if to-from == n {
		return fmt.Sprintf("%d项", n)
	}
	if to == from+1 {
		return fmt.Sprintf("%d项，第%d项", n, to)
	}
	return fmt.Sprintf("%d项，第%d—%d项", n, from+1, to)
}

// Parts lists a page of targets and tasks with their lights and reasons, and who answers
// for them; nil duties leave that out.
func Parts(title string, ps *plan.PlanStanding, parts []Part, duties map[plan.ID]plan.Duty, page int, turnTo func(int) string) Message {
	from, to, row := paged(len(parts), partsPage, page, turnTo)
	var w strings.Builder
	fmt.Fprintf(&w, "%s（%s%s）\n", title, pageText(from, to, len(parts)), asOf(ps))
	for i := from; i < to; i++ {
		p := &parts[i]
		fmt.Fprintf(&w, "%d. %s %s %s%s\n", i+1, LightText(p.Standing.Light), labelOf(p.Commitment), Shorten(p.name(), 24), aimText(p))
		switch lead := LeadOf(plan.DutyOf(p.Commitment, p.Item(), duties)); {
		case p.Standing.Light != plan.None:
			fmt.Fprintf(&w, "   %s（%s）\n", p.Standing.Reason, lead)
		case duties != nil:
			fmt.Fprintf(&w, "   %s\n", lead)
		}
	}
	w.WriteString("回复序号看详情。")
	m := Message{Text: w.String()}
	if len(row) > 0 {
		m.Buttons = append(m.Buttons, row)
	}
	return m
}

// OfficeParts lists a page of what an office answers for under the count of its lights.
func OfficeParts(office string, ps *plan.PlanStanding, parts []Part, duties map[plan.ID]plan.Duty, page int, turnTo func(int) string) Message {
	tally := plan.Tally{}
	for i := range parts {
		if s := parts[i].Standing; !s.Unchecked {
			tally[s.Light]++
		}
	}
	m := Parts(office+"负责的事项", ps, parts, duties, page, turnTo)
	head, rest, _ := strings.Cut(m.Text, "\n")
	m.Text = head + "\n" + TallyText(tally) + "\n" + rest
	return m
}

// labelOf is what a list calls a commitment: 实事5, else its code.
func labelOf(c *plan.Commitment) string {
	if c.Label != "" {
		return c.Label
	}
	return string(c.Code)
}

// aimText is the target of what has no figure yet, and whether it waits to be checked.
func aimText(p *Part) string {
	mark := ""
	if p.Standing.Unchecked {
		mark = unchecked
	}
	if p.Target == nil || p.Standing.Light != plan.None {
		return mark
	}
	return "（目标" + p.Target.Say(p.Target.Value) + wasValue(p.Target) + "）" + mark
}

// LeadOf names who answers for something, or says that nobody does.
func LeadOf(d *plan.Duty) string {
	if d == nil || d.Lead == "" {
		return "未落实责任单位"
	}
	return d.Lead
}

// unfiledPage is how many departments a message lists.
const unfiledPage = 10

// Unfiled counts what has no filing by department, most first; the buttons lead on to the
// lists. What was filed and waits for a decision is the reviewer's to do: it stands apart.
func Unfiled(ps *plan.PlanStanding, parts, waiting []Part, latest map[plan.ID]Latest, duties map[plan.ID]plan.Duty, page int) Message {
	behind := waitingLine(waiting, latest, duties)
	switch {
	case len(parts) == 0 && behind == "":
		return Message{Text: "都填报过了。"}
	case len(parts) == 0:
		return Message{Text: "没有未填报的。" + behind}
	}
	groups, targets := byLead(parts, duties)
	from, to, row := paged(len(groups), unfiledPage, page, func(page int) string { return DoAction("unfiled", strconv.Itoa(page)) })
	var w strings.Builder
	fmt.Fprintf(&w, "未填报%d项（指标%d、任务%d）%s%s\n", len(parts), targets, len(parts)-targets, departmentsText(groups), asOf(ps))
	m := Message{}
	var cells []Button
	for i := from; i < to; i++ {
		g := groups[i]
		fmt.Fprintf(&w, "%d. %s %d项\n", i+1, g.lead, g.n)
		cells = append(cells, Button{Text: Shorten(g.lead, 8), Action: g.action()})
	}
	w.WriteString(behind)
	m.Text = strings.TrimRight(w.String(), "\n")
	for chunk := range slices.Chunk(cells, 3) {
		m.Buttons = append(m.Buttons, chunk)
	}
	if len(row) > 0 {
		m.Buttons = append(m.Buttons, row)
	}
	return m
}

// waitingLine counts by department what was filed and waits for its review; "" for nothing.
func waitingLine(waiting []Part, latest map[plan.ID]Latest, duties map[plan.ID]plan.Duty) string {
	if len(waiting) == 0 {
		return ""
	}
	unsigned := ""
	if n := len(slices.DeleteFunc(slices.Clone(waiting), func(p Part) bool { return latest[p.Item()].word() != unsignedWord })); n > 0 {
		unsigned = fmt.Sprintf("（其中%d项等单位负责人签核）", n)
	}
	groups, _ := byLead(waiting, duties)
	var list []string
	for _, g := range groups[:min(len(groups), unfiledPage)] {
		list = append(list, g.lead+strconv.Itoa(g.n)+"项")
	}
	return fmt.Sprintf("已报待审核%d项%s：%s", len(waiting), unsigned, strings.Join(list, "、"))
}

// group is what one department has not filed.
type group struct {
	lead  string
	first plan.ID
	n     int
}

// action opens the list of what the department has not filed.
func (g *group) action() string { return DoAction("unfiled-of", strconv.Itoa(int(g.first))) }

// UnfiledEntries are the actions of the entries of Unfiled, of all its pages.
func UnfiledEntries(parts []Part, duties map[plan.ID]plan.Duty) []string {
	groups, _ := byLead(parts, duties)
	actions := make([]string, len(groups))
	for i := range groups {
		actions[i] = groups[i].action()
	}
	return actions
}

func byLead(parts []Part, duties map[plan.ID]plan.Duty) (groups []group, targets int) {
	at := map[string]int{}
	for i := range parts {
		if parts[i].Target != nil {
			targets++
		}
		lead := LeadOf(plan.DutyOf(parts[i].Commitment, parts[i].Item(), duties))
		j, ok := at[lead]
		if !ok {
			j = len(groups)
			at[lead], groups = j, append(groups, group{lead: lead, first: parts[i].Item()})
		}
		groups[j].n++
	}
	slices.SortStableFunc(groups, func(a, b group) int { return b.n - a.n })
	return groups, targets
}

func departmentsText(groups []group) string {
	n := len(groups)
	if slices.ContainsFunc(groups, func(g group) bool { return g.lead == LeadOf(nil) }) {
		n--
	}
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("，涉及%d家单位", n)
}

// NothingSame says why there is nothing to file 无变化 for.
func NothingSame(never int) Message {
	text := "没有可以报“无变化”的事项：本月都报过了，或已经完成。"
	if never > 0 {
		text = fmt.Sprintf("没有可以报“无变化”的事项；有%d项还没有填报过，请先报数。", never)
	}
	return Message{Text: text, Buttons: [][]Button{{{Text: "我的事项", Action: DoAction("mine")}}}}
}

// asOf says up to when figures count; "" where there are none.
func asOf(ps *plan.PlanStanding) string {
	if ps.Latest.IsZero() {
		return ""
	}
	return "，数据截至" + ps.AsOf.String()
}
