package commands

import (
	"regexp"
	"strings"
	"time"

	"duban/plan"
)

// spanWords are a span of time: its count and its unit.
const spanWords = `(半|\d{1,3}|[一两二三四五六七八九十]{1,3})(个半月|个月|年半|年|天|日|周|个星期)`

var (
	dayPattern  = regexp.MustCompile(`(?:\d{4}\s*年)?\d{1,2}月\d{1,2}[日号]?|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}`)
	spanPattern = regexp.MustCompile(spanWords)
)

// noDeadline explains words that hold no date that can be: 2月30日 is none, 半年 says no day.
// rest is what else they say.
func noDeadline(words string, deadline plan.Date) (problem, rest string) {
	if m := dayPattern.FindString(words); m != "" {
		return "没有“" + m + "”这一天。", strings.Replace(words, m, "", 1)
	}
	if m := spanPattern.FindStringSubmatch(words); m != nil {
		problem = "“" + m[0] + "”要写成日期"
		if day := later(deadline, m[1], m[2]); !day.IsZero() {
			problem += "；从现在的期限往后推是" + fullDate(day)
		}
		return problem + "。", strings.Replace(words, m[0], "", 1)
	}
	return "", words
}

// later is a day so much behind another one; zero where that is not plain. From the end of a
// month whole months lead to the end of one.
func later(day plan.Date, count, unit string) plan.Date {
	n, months := ordinalOf(count), 0
	switch {
	case count == "半" && unit == "年":
		months = 6
	case count == "两":
		n = 2
	}
	switch unit {
	case "个月":
		months = n
	case "年":
		months = max(months, 12*n)
	case "天", "日":
		return day.AddDays(n)
	case "周", "个星期":
		return day.AddDays(7 * n)
	}
	if months == 0 {
		return plan.Date{}
	}
	if end := plan.EndOfMonth(day.Year, day.Month); day == end {
		first := plan.NewDate(day.Year, day.Month+time.Month(months), 1)
		return plan.EndOfMonth(first.Year, first.Month)
	}
	return plan.NewDate(day.Year, day.Month+time.Month(months), day.Day)
}
