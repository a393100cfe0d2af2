package plan

import (
	"fmt"
	"time"
)

// Span is how long a digest looks back.
type Span string

// Spans of digests.
const (
	Week    Span = "week"    // 周报
	Month   Span = "month"   // 月调度
	Quarter Span = "quarter" // 季通报
)

// Period is a calendar week (from Monday), month or quarter.
type Period struct {
	Span     Span
	From, To Date // both belong to it
}

// PeriodAt returns the period that holds a day.
func PeriodAt(span Span, day Date) Period {
	p := Period{Span: span}
	switch span {
	case Month:
		p.From, p.To = Date{Year: day.Year, Month: day.Month, Day: 1}, EndOfMonth(day.Year, day.Month)
	case Quarter:
		first := day.Month - (day.Month-1)%3
		p.From, p.To = Date{Year: day.Year, Month: first, Day: 1}, EndOfMonth(day.Year, first+2)
	default:
		back := (int(day.time().Weekday()) + 6) % 7
		p.From = day.AddDays(-back)
		p.To = p.From.AddDays(6)
	}
	return p
}

// Eve is the day before the period: how things stood then is what changes are told from.
func (p Period) Eve() Date { return p.From.AddDays(-1) }

// Quarter is the number of the quarter that holds the period's first day.
func (p Period) Quarter() int { return (int(p.From.Month)-1)/3 + 1 }

// Week returns year and number of the ISO week that holds the period's first day.
func (p Period) Week() (year, week int) {
	return time.Date(p.From.Year, p.From.Month, p.From.Day, 0, 0, 0, 0, time.UTC).ISOWeek()
}

// Name is the period's in keys: 2017-W31, 2017-07, 2017-Q3.
func (p Period) Name() string {
	switch p.Span {
	case Month:
		return fmt.Sprintf("%04d-%02d", p.From.Year, int(p.From.Month))
	case Quarter:
		return fmt.Sprintf("%04d-Q%d", p.From.Year, p.Quarter())
	}
	year, week := p.Week()
	return fmt.Sprintf("%04d-W%02d", year, week)
}
