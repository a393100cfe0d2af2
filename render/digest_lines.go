package render

import (
	"fmt"
	"math/big"
	"strings"
	"time"

	"duban/plan"
)

// PeriodText says a period up to a day: 7月31日—8月6日（第31周）, 2017年7月, 2017年三季度.
func PeriodText(p plan.Period, asOf plan.Date) string {
	switch p.Span {
	case plan.Month:
		return fmt.Sprintf("%d年%d月", p.From.Year, int(p.From.Month))
	case plan.Quarter:
		return fmt.Sprintf("%d年%s季度", p.From.Year, []string{"一", "二", "三", "四"}[p.Quarter()-1])
	}
	days := plan.DayText(p.From)
	last := p.To
	if asOf.Before(last) {
		last = asOf
	}
	if last.After(p.From) {
		days += "—" + plan.DayText(last)
	}
	_, week := p.Week()
	if _, end := plan.PeriodAt(plan.Week, p.To).Week(); end != week {
		return fmt.Sprintf("%s（第%d—%d周）", days, week, end)
	}
	return fmt.Sprintf("%s（第%d周）", days, week)
}

// worseLines lists what fell behind, with the light before and now.
func worseLines(list []digestItem) []string {
	if len(list) == 0 {
		return nil
	}
	lines := []string{fmt.Sprintf("新转%s（%d项）", worseWords(list), len(list))}
	for i := range list[:min(len(list), mostWorse)] {
		lines = append(lines, "· "+list[i].worseText())
	}
	return lines
}

// worseWords names the lights of a list once each: 红灯、黄灯.
func worseWords(list []digestItem) string {
	var words []string
	for _, l := range lightOrder {
		for i := range list {
			if list[i].Now.Light == l {
				words = append(words, l.Word())
				break
			}
		}
	}
	return strings.Join(words, "、")
}

// worseText says one: 改造农村危桥 🟢→🔴红灯 28/100座，差30.1个百分点（交通运输局）.
func (x *digestItem) worseText() string {
	line := Shorten(x.What(), 22) + " " + x.Before.Light.Mark() + "→" + LightText(x.Now.Light)
	if x.Target != nil && x.Now.Reported != nil {
		line += " " + x.Target.Operands(*x.Now.Reported)
	}
	if gap := x.Now.Gap; gap != nil && gap.Sign() > 0 && x.Now.Light != plan.Overdue {
		line += "，差" + gap.FloatString(1) + "个百分点"
	}
	if x.lead != "" {
		line += "（" + x.lead + "）"
	}
	return line
}

// movedLines lists what moved most, with the values before and now.
func movedLines(list []digestItem, head string) []string {
	if len(list) == 0 {
		return nil
	}
	lines := []string{head}
	for i := range list[:min(len(list), mostMoved)] {
		lines = append(lines, "· "+list[i].movedText())
	}
	if more := len(list) - mostMoved; more > 0 {
		lines[0] = fmt.Sprintf("%s（另有%d项）", head, more)
	}
	return lines
}

// movedText says one: 新增养老床位 1266 → 1476张（+5.8个百分点）.
func (x *digestItem) movedText() string {
	name := Shorten(x.What(), 22) + " "
	moved := x.Moved()
	switch {
	case x.Target == nil:
		return name + stageOr(x.Before) + " → " + stageOr(x.Now) + doneMark(x.Now)
	case moved == nil:
		return name + "首次填报" + x.Target.Operands(*x.Now.Reported) + " " + LightText(x.Now.Light)
	}
	before := x.Target.Say(*x.Before.Reported)
	if x.Target.Unit != "百分点" {
		before = strings.TrimSuffix(before, x.Target.Unit)
	}
	points := new(big.Rat).Mul(moved, big.NewRat(100, 1)).FloatString(1)
	return name + before + " → " + x.Target.Say(*x.Now.Reported) + "（+" + points + "个百分点）" + doneMark(x.Now)
}

func stageOr(s *plan.Standing) string {
	if s == nil || s.Stage == "" {
		return "未填报"
	}
	return string(s.Stage)
}

func doneMark(s *plan.Standing) string {
	if s.Light == plan.Done {
		return " " + plan.Done.Mark()
	}
	return ""
}

// dueLine counts what is due soon and names the first.
func dueLine(list []digestItem) string {
	if len(list) == 0 {
		return fmt.Sprintf("%d天内到期：无", dueDays)
	}
	last := list[len(list)-1].Deadline()
	if len(list) > mostDue && list[0].Deadline() == last {
		return fmt.Sprintf("%d天内到期%d项，都在%s", dueDays, len(list), plan.DayText(last))
	}
	var names []string
	for i := range list[:min(len(list), mostDue)] {
		names = append(names, Shorten(list[i].What(), 16)+"（"+plan.DayText(list[i].Deadline())+"）")
	}
	line := fmt.Sprintf("%d天内到期%d项：%s", dueDays, len(list), strings.Join(names, "、"))
	if len(list) > mostDue {
		line += "等"
	}
	return line
}

// absentLine names the departments that did not file, the reader's own first; "" where no
// round has closed.
func absentLine(turnouts []plan.Turnout, month time.Month, own string) string {
	var names []string
	absent := 0
	for _, t := range turnouts {
		if t.Missing() == 0 {
			continue
		}
		absent++
		name := fmt.Sprintf("%s%d项", t.Department, t.Missing())
		if t.Department == own {
			names = append([]string{name}, names...)
		} else {
			names = append(names, name)
		}
	}
	switch {
	case len(turnouts) == 0:
		return ""
	case absent == 0:
		return fmt.Sprintf("%d月未按时填报：无", month)
	case absent > mostAbsent:
		return fmt.Sprintf("%d月未按时填报：%s等%d个单位", month, strings.Join(names[:mostAbsent], "、"), absent)
	}
	return fmt.Sprintf("%d月未按时填报：%s", month, strings.Join(names, "、"))
}
