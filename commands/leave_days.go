package commands

import (
	"regexp"
	"strings"

	"duban/plan"
)

var (
	// daysOff finds how long a leave is: 3天, 三天, 两周.
	daysOff = regexp.MustCompile(`^(\d{1,3}|[一二两三四五六七八九十]{1,3})\s*个?(天|日|周|星期|礼拜)$`)
	// weekdayOff finds a day of this week or the next: 周五, 下周五.
	weekdayOff = regexp.MustCompile(`^(下|本|这)?(?:个)?(?:周|星期|礼拜)([一二三四五六日天])$`)
	// weekOff finds a whole week.
	weekOff = regexp.MustCompile(`^(下|本|这)(?:个)?(?:周|星期|礼拜)$`)
	// spanOff finds the first and the last day: 9月5日至9月20日, 9月5日-20日.
	spanOff = regexp.MustCompile(`^(?:从|自)?\s*(.+?)\s*(?:开始|起)?\s*(?:至|到|—|－|-|~|～)+\s*(.+)$`)
	dayOff  = regexp.MustCompile(`^(\d{1,2})[日号]?$`)
)

// leaveDays reads the days of a leave; from is zero where it begins at once, until where
// the words name no day.
func (t *turn) leaveDays(words string) (from, until plan.Date) {
	words = strings.TrimLeft(strings.TrimSpace(words), "到至 ")
	words = strings.TrimRight(words, "，, ")
	if m := spanOff.FindStringSubmatch(words); m != nil {
		if from = t.leaveDay(m[1]); !from.IsZero() {
			if d := dayOff.FindStringSubmatch(m[2]); d != nil {
				return from, exact(from.Year, int(from.Month), number(d[1]))
			}
			if until = t.leaveDay(m[2]); !until.IsZero() {
				return from, until
			}
		}
	}
	if m := daysOff.FindStringSubmatch(words); m != nil {
		n := ordinalOf(strings.ReplaceAll(m[1], "两", "二"))
		if m[2] != "天" && m[2] != "日" {
			n *= 7
		}
		return plan.Date{}, t.today().AddDays(n - 1)
	}
	if m := weekOff.FindStringSubmatch(words); m != nil {
		from = plan.PeriodAt(plan.Week, t.today()).From
		if m[1] == "下" {
			from = from.AddDays(7)
		}
		return from, from.AddDays(6)
	}
	return plan.Date{}, t.leaveDay(words)
}

// leaveDay reads one day; one of the months long before is one of next year.
func (t *turn) leaveDay(words string) plan.Date {
	words, today := strings.TrimSpace(words), t.today()
	if m := weekdayOff.FindStringSubmatch(words); m != nil {
		week := plan.PeriodAt(plan.Week, today).From
		if m[1] == "下" {
			week = week.AddDays(7)
		}
		if m[2] == "日" || m[2] == "天" {
			return week.AddDays(6)
		}
		return week.AddDays(ordinalOf(m[2]) - 1)
	}
	for i, names := range [][]string{{"今天", "今日"}, {"明天", "明日"}, {"后天"}} {
		for _, w := range names {
			if strings.Contains(words, w) {
				return today.AddDays(i)
			}
		}
	}
	day, _ := dateOf(words, plan.EndOfYear(today.Year))
	if !day.IsZero() && day.Before(today.AddDays(-longestLeave)) && !strings.Contains(words, "20") {
		day.Year++
	}
	return day
}
