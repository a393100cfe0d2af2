package commands

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"duban/plan"
)

// datePattern finds the date of a figure in a message: 截至7月底, 6月30日, 2017-06-30,
// 1-6月, 上半年, 7.28. What is short counts only behind 截至 or at the beginning; see loose.
var datePattern = regexp.MustCompile(`(截至目前为止|截至目前|截至|截止到|截止|到|至)?\s*(?:` +
	`(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?` + // 2, 3, 4
	`|(?:(\d{4})年)?(\d{1,2})月(\d{1,2})[日号]` + // 5, 6, 7
	`|(?:(\d{4})年)?(?:1月?\s*[-—－~至到]\s*)?(\d{1,2})月(底|末|份)?` + // 8, 9, 10
	`|(上月底|上月末|上个月底|上个月末|上个月|本月底|昨天|昨日|今天|今日|上半年|前三季度|一季度末?|二季度末?|三季度末?|年底)` + // 11
	`|(\d{1,2})[./](\d{1,2})[日号]?` + // 12, 13
	`|(20\d{2})([01]\d)([0-3]\d)` + // 14, 15, 16
	`|(\d{1,2})[日号]` + // 17
	`|(?:(\d{4})年|(去年))[底末])` + // 18, 19
	`(?:为止)?[，,、：:]?`)

// hypothetical finds words that make what follows them in a clause a plan, not a report.
var hypothetical = regexp.MustCompile(`(预计|预期|计划|力争|争取|打算|拟|目标|确保|将|有望|可望)[^，,;；。]*$`)

var (
	hanMonth  = regexp.MustCompile(`(十[一二]?|[一二三四五六七八九])(月(?:[底末份]|[一二三四五六七八九十\d]|$|[，,、：: ])|月[\p{Han}])`)
	hanMonths = map[string]string{
		"一": "1", "二": "2", "三": "3", "四": "4", "五": "5", "六": "6", "七": "7", "八": "8", "九": "9", "十": "10", "十一": "11", "十二": "12",
	}
)

// dateOf finds the date that a message speaks of and returns the message without it; the
// zero date where it names none. A month that is not over stands for today.
func dateOf(text string, today plan.Date) (day plan.Date, rest string) {
	return dateWhere(text, today, func(plan.Date, string, string, string) bool { return true })
}

// dateWhere is dateOf for the first date that suits what stands around it: its lead (截至) and
// what is before and behind.
func dateWhere(text string, today plan.Date, suits func(day plan.Date, lead, before, behind string) bool) (day plan.Date, rest string) {
	text = hanMonth.ReplaceAllStringFunc(text, func(s string) string {
		m := hanMonth.FindStringSubmatch(s)
		return hanMonths[m[1]] + m[2]
	})
	for _, m := range datePattern.FindAllStringSubmatchIndex(text, -1) {
		group := func(n int) string {
			if m[2*n] < 0 {
				return ""
			}
			return text[m[2*n]:m[2*n+1]]
		}
		if !stands(group, text[:m[0]], text[m[1]:]) {
			continue
		}
		if day = dateFrom(group, today); !day.IsZero() && suits(day, group(1), text[:m[0]], text[m[1]:]) {
			return day, strings.TrimSpace(text[:m[0]] + " " + text[m[1]:])
		}
	}
	return plan.Date{}, text
}

// stands reports whether what looks like a date is one where it stands: 上个月 behind 比 is
// not, a bare month or 7.28 only at the beginning or behind 截至.
func stands(group func(int) string, before, behind string) bool {
	before = strings.TrimRight(before, " (")
	since := group(1) != "" && group(1) != "到" && group(1) != "至"
	next, _ := utf8.DecodeRuneInString(behind)
	switch {
	case hasSuffixAny(before, "比", "较", "跟", "与", "同", "自", "从") || hypothetical.MatchString(before):
		return false
	case group(11) != "" && hasSuffixAny(before, "和"):
		return false
	case group(9) != "" && group(10) == "" && group(8) == "":
		return group(1) != "" || before == ""
	case group(12) != "":
		return since || before == "" && (behind == "" || strings.ContainsRune(" ,，;:：", next))
	case group(17) != "":
		return since || before == "" && next == ' '
	case group(14) != "":
		return since || before == ""
	}
	return true
}

func hasSuffixAny(s string, ends ...string) bool {
	for _, end := range ends {
		if strings.HasSuffix(s, end) {
			return true
		}
	}
	return false
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
	case group(12) != "":
		return exact(today.Year, number(group(12)), number(group(13)))
	case group(14) != "":
		return exact(number(group(14)), number(group(15)), number(group(16)))
	case group(17) != "":
		return exact(today.Year, int(today.Month), number(group(17)))
	case group(18) != "":
		return plan.EndOfYear(number(group(18)))
	case group(19) != "":
		return plan.EndOfYear(today.Year - 1)
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
	case "上月底", "上月末", "上个月底", "上个月末", "上个月":
		return plan.NewDate(today.Year, today.Month, 0)
	case "本月底":
		return notAfter(plan.EndOfMonth(today.Year, today.Month), today)
	case "昨天", "昨日":
		return today.AddDays(-1)
	case "今天", "今日":
		return today
	case "上半年", "二季度", "二季度末":
		return plan.EndOfMonth(today.Year, time.June)
	case "前三季度", "三季度", "三季度末":
		return plan.EndOfMonth(today.Year, time.September)
	case "一季度", "一季度末":
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
