package commands

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"duban/plan"
)

// datePattern finds the date of a figure in a message: 截至7月底, 6月30日, 2017-06-30,
// 1-6月, 上半年. A bare month counts only behind 截至 or 到, or at the beginning.
var datePattern = regexp.MustCompile(`(截至目前为止|截至目前|截至|截止到|截止|到|至)?\s*(?:` +
	`(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?` + // 2, 3, 4
	`|(?:(\d{4})年)?(\d{1,2})月(\d{1,2})[日号]` + // 5, 6, 7
	`|(?:(\d{4})年)?(?:1\s*[-—－~至到]\s*)?(\d{1,2})月(底|末|份)?` + // 8, 9, 10
	`|(上月底|上月末|上个月底|上个月|本月底|昨天|昨日|今天|今日|上半年|前三季度|一季度|年底))` + // 11
	`(?:为止)?[，,、：:]?`)

// dateOf finds the date that a message speaks of and returns the message without it; the
// zero date where it names none. A month that is not over stands for today.
func dateOf(text string, today plan.Date) (day plan.Date, rest string) {
	for _, m := range datePattern.FindAllStringSubmatchIndex(text, -1) {
		group := func(n int) string {
			if m[2*n] < 0 {
				return ""
			}
			return text[m[2*n]:m[2*n+1]]
		}
		bare := group(9) != "" && group(10) == "" && group(8) == ""
		if bare && group(1) == "" && strings.TrimSpace(text[:m[0]]) != "" {
			continue
		}
		if day = dateFrom(group, today); !day.IsZero() {
			return day, strings.TrimSpace(text[:m[0]] + " " + text[m[1]:])
		}
	}
	return plan.Date{}, text
}

func dateFrom(group func(int) string, today plan.Date) plan.Date {
	switch {
	case group(2) != "":
		return exact(number(group(2)), number(group(3)), number(group(4)))
	case group(6) != "":
		return exact(yearOr(group(5), today), number(group(6)), number(group(7)))
	case group(9) != "":
		year, month := yearOr(group(8), today), number(group(9))
		if month < 1 || month > 12 {
			return plan.Date{}
		}
		return notAfter(plan.EndOfMonth(year, time.Month(month)), today)
	}
	return named(group(11), today)
}

// notAfter takes today for the end of the month that is not over.
func notAfter(day, today plan.Date) plan.Date {
	if day.After(today) && day.Year == today.Year && day.Month == today.Month {
		return today
	}
	return day
}

func named(word string, today plan.Date) plan.Date {
	switch word {
	case "上月底", "上月末", "上个月底", "上个月":
		return plan.NewDate(today.Year, today.Month, 0)
	case "本月底":
		return notAfter(plan.EndOfMonth(today.Year, today.Month), today)
	case "昨天", "昨日":
		return today.AddDays(-1)
	case "今天", "今日":
		return today
	case "上半年":
		return plan.EndOfMonth(today.Year, time.June)
	case "前三季度":
		return plan.EndOfMonth(today.Year, time.September)
	case "一季度":
		return plan.EndOfMonth(today.Year, time.March)
	case "年底":
		return plan.EndOfYear(today.Year)
	}
	return plan.Date{}
}

// exact is the date if there is such a day.
func exact(year, month, day int) plan.Date {
	d := plan.NewDate(year, time.Month(month), day)
	if d.Year != year || int(d.Month) != month || d.Day != day {
		return plan.Date{}
	}
	return d
}

func yearOr(text string, today plan.Date) int {
	if text == "" {
		return today.Year
	}
	return number(text)
}

func number(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0
	}
	return n
}
