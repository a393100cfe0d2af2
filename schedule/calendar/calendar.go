// Package calendar knows the working days of China: years flow in from the statutory
// holidays and make-up days (调休) that the State Council announces each autumn, single days
// from an override file; whether a day is worked flows out. A year that neither knows falls
// back to weekends, and says so.
package calendar

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/6tail/lunar-go/HolidayUtil"
)

// Day is a civil date.
type Day struct {
	Year  int
	Month time.Month
	Day   int
}

// DayOf returns the day that t shows in its own zone.
func DayOf(t time.Time) Day {
	y, m, d := t.Date()
	return Day{y, m, d}
}

// Add returns the day n days later.
func (d Day) Add(n int) Day { return DayOf(d.at(n)) }

func (d Day) at(n int) time.Time { return time.Date(d.Year, d.Month, d.Day+n, 12, 0, 0, 0, time.UTC) }

// Weekday returns the day of the week.
func (d Day) Weekday() time.Weekday { return d.at(0).Weekday() }

// Calendar tells working days. It does not change once made.
type Calendar struct {
	days  map[Day]bool // differs from the weekend rule: worked or not
	known map[int]bool
}

// Years that the library has data for.
const (
	firstYear = 2002
	lastYear  = 2100 // those without entries are not known
)

// New makes a calendar of the announced holidays.
func New() *Calendar {
	c := &Calendar{days: map[Day]bool{}, known: map[int]bool{}}
	for year := firstYear; year <= lastYear; year++ {
		list := HolidayUtil.GetHolidaysByYear(year)
		for e := list.Front(); e != nil; e = e.Next() {
			h, ok := e.Value.(*HolidayUtil.Holiday)
			if !ok {
				continue
			}
			if at, err := time.Parse(time.DateOnly, h.GetDay()); err == nil {
				c.days[DayOf(at)] = h.IsWork()
			}
		}
		// A year is known where its National Day is announced.
		_, ok := c.days[Day{year, time.October, 1}]
		c.known[year] = ok
	}
	return c
}

// Override reads days that go before the announced ones, one a line: a date and 班 or 休;
// blank lines and what stands behind # are left out. A year is known once its National Day
// is: a single day is no list of holidays.
func (c *Calendar) Override(r io.Reader) error {
	lines := bufio.NewScanner(r)
	for n := 1; lines.Scan(); n++ {
		text, _, _ := strings.Cut(lines.Text(), "#")
		fields := strings.Fields(text)
		if len(fields) == 0 {
			continue
		}
		at, err := time.Parse(time.DateOnly, fields[0])
		if err != nil || len(fields) != 2 || fields[1] != "班" && fields[1] != "休" {
			return fmt.Errorf("第%d行 %q 应写成 2027-10-08 班 或 2027-10-01 休", n, strings.TrimSpace(text))
		}
		c.days[DayOf(at)] = fields[1] == "班"
		_, listed := c.days[Day{at.Year(), time.October, 1}]
		c.known[at.Year()] = c.known[at.Year()] || listed
	}
	return lines.Err()
}

// Known reports whether a year's holidays are known; others fall back to weekends.
func (c *Calendar) Known(year int) bool { return c.known[year] }

// Works reports whether a day is worked.
func (c *Calendar) Works(d Day) bool {
	if works, ok := c.days[d]; ok {
		return works
	}
	weekday := d.Weekday()
	return weekday != time.Saturday && weekday != time.Sunday
}

// OnOrAfter returns the first working day from d on.
func (c *Calendar) OnOrAfter(d Day) Day {
	for !c.Works(d) {
		d = d.Add(1)
	}
	return d
}

// After returns the n-th working day after d; for 0 the first from d on.
func (c *Calendar) After(d Day, n int) Day {
	if n == 0 {
		return c.OnOrAfter(d)
	}
	for n > 0 {
		d = d.Add(1)
		if c.Works(d) {
			n--
		}
	}
	return d
}
