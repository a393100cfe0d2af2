package plan

import (
	"cmp"
	"slices"
)

// Turnout is how a department filed in one round or more.
type Turnout struct {
	Department string `json:"department"`
	Asked      int    `json:"asked"`
	OnTime     int    `json:"on_time"`
	Late       int    `json:"late"` // filed after the window had closed
}

// Missing is how much was asked for and not filed.
func (t *Turnout) Missing() int { return t.Asked - t.OnTime - t.Late }

// Round is a month's window of filing.
type Round struct {
	From   Date // first day of the month that is reported
	Opens  Date // first day of the window
	Closes Date // its last day
	Since  Date // first day on which a filing answers the round
	Until  Date // first day on which one answers the next
}

// Window is the round of each month.
type Window func(month Period) Round

// Days of the usual round.
const (
	dispatchDay = 25
	earlyDays   = 7
)

// RoundOf is the usual round of a month without regard to holidays: from the 25th to its
// end; filings of the week before answer it too.
func RoundOf(month Period) Round {
	opens := NewDate(month.To.Year, month.To.Month, dispatchDay)
	next := NewDate(month.To.Year, month.To.Month+1, dispatchDay)
	return Round{From: month.From, Opens: opens, Closes: month.To, Since: opens.AddDays(-earlyDays), Until: next.AddDays(-earlyDays)}
}

// RoundsOf lists the rounds that a digest reports on: those of the months of the period that
// closed before a day, for a week the last one of all. Rounds that opened before the report
// was delivered do not count.
func RoundsOf(p *Plan, period Period, day Date, window Window) []Round {
	month, last := PeriodAt(Month, period.From), period.To
	if period.Span == Week {
		month = PeriodAt(Month, day)
		for !window(month).Closes.Before(day) {
			month = PeriodAt(Month, month.Eve())
		}
		last = month.To
	}
	var list []Round
	for ; !month.To.After(last); month = PeriodAt(Month, month.To.AddDays(1)) {
		if r := window(month); month.From.Year >= p.Year && !r.Opens.Before(p.DeliveredOn) && r.Closes.Before(day) {
			list = append(list, r)
		}
	}
	return list
}

// Answers finds the day on which something that was recorded on a day answered the round;
// date is its data date. Figures that were taken from a publication have no day of filing
// of their own and count for the month of their data date.
func (r Round) Answers(recorded, date Date, published bool) (day Date, ok bool) {
	at, from, to := recorded, r.Since, r.Until
	if published {
		at, from, to = date, r.From, EndOfMonth(r.From.Year, r.From.Month).AddDays(1)
	}
	return at, !at.Before(from) && at.Before(to)
}

// Filed finds the day on which an item was filed for in the round. Returned filings do not
// count.
func (r Round) Filed(filings []Filing) (day Date, ok bool) {
	for i := range filings {
		f := &filings[i]
		at, answers := r.Answers(DateOf(f.At), f.Date, f.Source != "")
		if answers && f.Verdict() != Returned && (!ok || at.Before(day)) {
			day, ok = at, true
		}
	}
	return day, ok
}

// Turnouts counts for each lead department what was asked for in a round and what was
// filed. now is the plan at the month's end; filings are those of the plan by item. What
// nobody answers for is not counted, nor what was not filed by who was made to answer for it
// after the round had closed.
func Turnouts(now *PlanStanding, duties map[ID]Duty, filings map[ID][]Filing, round Round) []Turnout {
	byName := map[string]*Turnout{}
	for _, c := range Shifts(nil, now) {
		duty := DutyOf(c.Commitment, c.Item(), duties)
		day, filed := round.Filed(filings[c.Item()])
		switch {
		case duty == nil, c.Now.Light == Cancelled:
			continue
		case !filed && (c.Now.Light == Done || c.Deadline().Before(round.From) || !duty.Asked(round)):
			continue
		}
		t := byName[duty.Lead]
		if t == nil {
			t = &Turnout{Department: duty.Lead}
			byName[duty.Lead] = t
		}
		t.Asked++
		switch {
		case filed && day.After(round.Closes):
			t.Late++
		case filed:
			t.OnTime++
		}
	}
	return sortedTurnouts(byName)
}

// SumTurnouts adds up several rounds.
func SumTurnouts(rounds ...[]Turnout) []Turnout {
	byName := map[string]*Turnout{}
	for _, list := range rounds {
		for _, t := range list {
			sum := byName[t.Department]
			if sum == nil {
				sum = &Turnout{Department: t.Department}
				byName[t.Department] = sum
			}
			sum.Asked, sum.OnTime, sum.Late = sum.Asked+t.Asked, sum.OnTime+t.OnTime, sum.Late+t.Late
		}
	}
	return sortedTurnouts(byName)
}

// sortedTurnouts lists who misses most first.
func sortedTurnouts(byName map[string]*Turnout) []Turnout {
	list := make([]Turnout, 0, len(byName))
	for _, t := range byName {
		list = append(list, *t)
	}
	slices.SortFunc(list, func(a, b Turnout) int {
		return cmp.Or(cmp.Compare(b.Missing(), a.Missing()), cmp.Compare(b.Late, a.Late), cmp.Compare(a.Department, b.Department))
	})
	return list
}
