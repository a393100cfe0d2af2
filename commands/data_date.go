package commands

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"duban/plan"
)

// dataDate is the day that a filing made now speaks of where it names none: the end of the
// month whose round it answers, or today where that month is not over. A past month's
// round is answered while its window is open and, where nothing answered it, until the
// next one begins: so lights, turnout and the year's closing count the same filing.
func (t *turn) dataDate(s *subject) plan.Date {
	today := t.today()
	month := plan.PeriodAt(plan.Month, plan.PeriodAt(plan.Month, today).Eve())
	round := t.router.options.Window(month)
	switch {
	case month.From.Year < s.plan.Year, round.Opens.Before(s.plan.DeliveredOn), !today.Before(round.Until):
		return today
	case today.After(round.Closes) && t.answered(s, round):
		return today
	case slices.ContainsFunc(s.known, func(m plan.Mark) bool { return m.Date.After(month.To) }):
		return today
	}
	return month.To
}

// answered reports whether a filing answered a round that has closed. One that says how the
// month ended and still waits may be filed anew.
func (t *turn) answered(s *subject, round plan.Round) bool {
	end := plan.EndOfMonth(round.From.Year, round.From.Month)
	answers, again := false, false
	for i := range s.history {
		f := &s.history[i]
		if f.Verdict() == plan.Returned || plan.DateOf(f.At.In(t.request.Now.Location())).Before(round.Since) {
			continue
		}
		answers = true
		again = again || f.Verdict() == "" && f.Date == end && !s.replaced[f.ID]
	}
	return answers && !again
}

// longAhead is how many days ahead a date without a year cannot be meant by a report.
const longAhead = 183

// aheadBehind is behind a date what is only to happen until then: 年底前能完成.
var aheadBehind = regexp.MustCompile(`^\s*(之前|以前|前|能|可|才|将|会|要|计划|预计|力争|争取|全部|完)`)

// filedDate is dateOf for what was reached: 12月底 said in January is last year's, and a date
// ahead of today is none of the number's before what will be, or in a clause behind it.
func filedDate(text string, today plan.Date) (day plan.Date, rest string) {
	day, rest = dateWhere(text, today, func(day plan.Date, lead, before, behind string) bool {
		apart := hasDigit(before) && strings.ContainsAny(before, ";,，；。") && !strings.HasPrefix(lead, "截")
		return !day.After(today) || !aheadBehind.MatchString(behind) && !apart
	})
	if day.After(today.AddDays(longAhead)) && !strings.Contains(text, strconv.Itoa(day.Year)) {
		day = exact(day.Year-1, int(day.Month), day.Day)
	}
	return day, rest
}

// A single month or quarter, which is 7月 and 七月份 where they are not 7月底, 7月3日 or 1-7月.
var (
	singleMonth   = regexp.MustCompile(`(?:^|[^\d\-~至到一二三四五六七八九十])(?:\d{1,2}|十[一二]?|[一二三四五六七八九])月份?(?:[^底末前份\d]|$)`)
	singleQuarter = regexp.MustCompile(`[二三四]季度(?:[^末]|$)`)
)

// eveOf is the day before the single month or quarter that a message names, which ends on
// the data date, or goes on today; the zero date where it names none.
func eveOf(text string, end, today plan.Date) plan.Date {
	if end.IsZero() {
		end = today
	}
	switch {
	case singleQuarter.MatchString(text):
		return plan.NewDate(end.Year, (end.Month-1)/3*3+1, 0)
	case singleMonth.MatchString(text):
		return plan.NewDate(end.Year, end.Month, 0)
	}
	return plan.Date{}
}
