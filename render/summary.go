package render

import (
	"bytes"
	"fmt"
	"strings"

	"duban/plan"
)

// mostGroups is how many departments or chapters a summary lists.
const mostGroups = 6

// DispatchSummary (月调度通报) says who filed in a month's round, who did not, and the
// lights by department and by chapter; the workbook with everything is attached.
func DispatchSummary(in DigestInput) (Message, error) {
	p := in.Now.Plan
	if p.State != plan.Published {
		return Message{Text: unpublished(p, "调度通报")}, nil
	}
	head := p.Place + PeriodText(in.Period, in.Now.AsOf) + "调度通报"
	lines := append([]string{head}, turnoutLines(in.Turnouts)...)
	lines = append(lines, "灯色："+tallyOrNothing(countedTally(in.Now)))
	lines = append(lines, groupLines("分单位", tallyBy(&in, byDepartmentName))...)
	lines = append(lines, groupLines("分章", tallyBy(&in, byChapterTitle))...)
	if n := NewDigest(in).orphans; n > 0 {
		lines = append(lines, fmt.Sprintf("未落实责任单位：%d条承诺", n))
	}
	lines = append(lines, "数据截至"+in.Now.AsOf.String()+"，明细见表格")
	var book bytes.Buffer
	if err := SummaryWorkbook(&book, in); err != nil {
		return Message{}, fmt.Errorf("workbook of the summary: %w", err)
	}
	return Message{
		Text: strings.Join(lines, "\n"), Document: &File{Name: head + ".xlsx", Data: book.Bytes()},
		Buttons: [][]Button{{{Text: "进展图", Action: DoAction("card")}, {Text: "未填报清单", Action: DoAction("unfiled")}, {Text: "滞后清单", Action: DoAction("lagging")}}},
	}, nil
}

// turnoutLines says who filed, who did not and who was late.
func turnoutLines(turnouts []plan.Turnout) []string {
	switch {
	case turnouts == nil:
		return []string{"本月填报还没有截止"}
	case len(turnouts) == 0:
		return []string{"没有单位要填报（都未落实责任单位）"}
	}
	sum := sumTurnout(turnouts)
	lines := []string{fmt.Sprintf("应填%d项，按时%d项，迟填%d项，未填%d项", sum.Asked, sum.OnTime, sum.Late, sum.Missing())}
	for _, group := range []struct {
		words string
		count func(*plan.Turnout) int
	}{
		{"未填：", (*plan.Turnout).Missing},
		{"迟填：", func(t *plan.Turnout) int { return t.Late }},
	} {
		if s := turnoutText(turnouts, group.count); s != "" {
			lines = append(lines, group.words+s)
		}
	}
	complete := turnoutText(turnouts, func(t *plan.Turnout) int {
		if t.Missing() > 0 {
			return 0
		}
		return t.Asked
	})
	if complete != "" {
		lines = append(lines, "全部填齐："+complete)
	}
	return lines
}

func sumTurnout(list []plan.Turnout) plan.Turnout {
	var sum plan.Turnout
	for _, t := range list {
		sum.Asked, sum.OnTime, sum.Late = sum.Asked+t.Asked, sum.OnTime+t.OnTime, sum.Late+t.Late
	}
	return sum
}

// turnoutText lists those with a count: 住建局6项、教育局2项等4个单位.
func turnoutText(list []plan.Turnout, count func(*plan.Turnout) int) string {
	var names []string
	n := 0
	for i := range list {
		if c := count(&list[i]); c > 0 {
			n++
			if n <= mostGroups {
				names = append(names, fmt.Sprintf("%s%d项", list[i].Department, c))
			}
		}
	}
	text := strings.Join(names, "、")
	if n > mostGroups {
		text += fmt.Sprintf("等%d个单位", n)
	}
	return text
}

// section is a part of the plan with its lights.
type section struct {
	name  string
	tally plan.Tally
	items int
}

// filed reports whether a group has a rated target.
func (g *section) filed() bool { return g.items > g.tally[plan.None]+g.tally[plan.Cancelled] }

func byDepartmentName(in *DigestInput, s *plan.Shift) string {
	if d := plan.DutyOf(s.Commitment, s.Item(), in.Duties); d != nil {
		return d.Lead
	}
	return noDepartment
}

// noDepartment stands for who is not assigned yet.
const noDepartment = "未落实责任单位"

func byChapterTitle(_ *DigestInput, s *plan.Shift) string { return chapterTitle(s.Commitment) }

func chapterTitle(c *plan.Commitment) string {
	if c.Section != "" {
		return c.Section
	}
	return c.Part + "：总体目标"
}

// tallyBy counts the targets' lights by a name, in the order in which names come up.
func tallyBy(in *DigestInput, nameOf func(*DigestInput, *plan.Shift) string) []section {
	var list []section
	at := map[string]int{}
	for _, s := range plan.Shifts(in.Before, in.Now) {
		if s.Target == nil {
			continue
		}
		n := nameOf(in, &s)
		i, known := at[n]
		if !known {
			i, at[n] = len(list), len(list)
			list = append(list, section{name: n, tally: plan.Tally{}})
		}
		list[i].tally[s.Now.Light]++
		list[i].items++
	}
	return list
}

// countedTally counts the lights of the targets that count.
func countedTally(now *plan.PlanStanding) plan.Tally {
	t := plan.Tally{}
	for _, s := range plan.Shifts(nil, now) {
		if s.Target != nil {
			t[s.Now.Light]++
		}
	}
	return t
}

// groupLines lists the groups with a rated target and counts the others.
func groupLines(head string, groups []section) []string {
	lines := []string{head}
	shown, silent := 0, 0
	for i := range groups {
		g := &groups[i]
		switch {
		case !g.filed():
			silent++
		case shown < mostGroups:
			lines = append(lines, "· "+Shorten(g.name, 16)+" "+TallyText(g.tally))
			shown++
		default:
			shown++
		}
	}
	if more := shown - mostGroups; more > 0 {
		lines = append(lines, fmt.Sprintf("…另%d个见表格", more))
	}
	if silent > 0 && len(lines) > 1 {
		lines[0] = fmt.Sprintf("%s（另%d个没有填报）", head, silent)
	}
	if len(lines) == 1 {
		return []string{head + "：都没有填报"}
	}
	return lines
}
