package render

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"duban/plan"
)

// Upcoming is a message that the clock would send.
type Upcoming struct {
	At  time.Time // in the zone of the plans
	To  string    // 民政局填报人员
	Why []string
}

// Round is a month's round of filing.
type Round struct {
	Month         int
	Opens, Closes plan.Date
	Rungs         [3]plan.Date
	Open          bool // the window is open, or the ladder is being climbed
}

// mostPerDay is how many lines a day of the agenda has.
const mostPerDay = 6

// Agenda shows supervisors what would be sent to whom.
func Agenda(rounds []Round, list []Upcoming) Message {
	lines := append(roundLines(rounds), "", "未来两周会发的提醒（按现在的填报情况推算，填了就不发）：")
	for len(list) > 0 {
		n := slices.IndexFunc(list, func(u Upcoming) bool { return !u.At.Equal(list[0].At) })
		if n < 0 {
			n = len(list)
		}
		lines = append(lines, momentText(list[0].At))
		lines = append(lines, whyLines(list[:n])...)
		list = list[n:]
	}
	if len(lines) == len(rounds)+2 {
		lines = append(lines, "没有。")
	}
	return Message{Text: strings.Join(lines, "\n"), Buttons: [][]Button{{{Text: "未填报", Action: DoAction("unfiled")}, {Text: "滞后清单", Action: DoAction("lagging")}}}}
}

// whyLines says of each reason who would hear: 7月未填报（提醒填报人）→ 民政局填报人员等5人.
func whyLines(list []Upcoming) []string {
	var order []string
	who := map[string][]string{}
	for _, u := range list {
		for _, why := range u.Why {
			if who[why] == nil {
				order = append(order, why)
			}
			who[why] = append(who[why], u.To)
		}
	}
	var lines []string
	for _, why := range order[:min(len(order), mostPerDay)] {
		lines = append(lines, "· "+why+" → "+whoText(who[why]))
	}
	if len(order) > mostPerDay {
		lines = append(lines, fmt.Sprintf("…还有%d种", len(order)-mostPerDay))
	}
	return lines
}

func whoText(names []string) string {
	n := len(names)
	distinct := slices.Compact(slices.Sorted(slices.Values(names)))
	text := strings.Join(distinct[:min(len(distinct), 3)], "、")
	if n > min(len(distinct), 3) {
		text += fmt.Sprintf("等%d人", n)
	}
	return text
}

// OwnAgenda shows a person their next dates.
func OwnAgenda(rounds []Round, list []Upcoming) Message {
	lines := append(roundLines(rounds), "", "接下来会发给你的（填了就不发）：")
	for i := range list[:min(len(list), 10)] {
		lines = append(lines, "· "+momentText(list[i].At)+" "+strings.Join(list[i].Why, "、"))
	}
	if len(list) == 0 {
		lines = append(lines, "两周内没有。")
	}
	return Message{Text: strings.Join(lines, "\n"), Buttons: [][]Button{{{Text: "我的事项", Action: DoAction("mine")}, {Text: "请假或转交", Action: DoAction("leave-help")}}}}
}

func roundLines(rounds []Round) []string {
	var lines []string
	for i := range rounds {
		r := &rounds[i]
		line := fmt.Sprintf("%d月调度：%s开始，%s截止", r.Month, plan.DayText(r.Opens), plan.DayText(r.Closes))
		if r.Open {
			line += "；没填的" + plan.DayText(r.Rungs[0]) + "提醒，" + plan.DayText(r.Rungs[1]) + "告知单位负责人，" + plan.DayText(r.Rungs[2]) + "报督查室"
		}
		lines = append(lines, line)
	}
	return lines
}

var weekdays = [...]string{"周日", "周一", "周二", "周三", "周四", "周五", "周六"}

// momentText says a moment as people do: 7月28日 周五 9点.
func momentText(t time.Time) string {
	text := plan.DayText(plan.DateOf(t)) + " " + weekdays[t.Weekday()] + fmt.Sprintf(" %d点", t.Hour())
	if t.Minute() != 0 {
		text += fmt.Sprintf("%02d分", t.Minute())
	}
	return text
}
