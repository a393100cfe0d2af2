package plan

import (
	"cmp"
	"fmt"
	"time"
)

// Date is a civil date without zone. The zero value means "not known".
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// NewDate returns the date, normalised as time.Date does (32 January is 1 February).
func NewDate(year int, month time.Month, day int) Date {
	return DateOf(time.Date(year, month, day, 0, 0, 0, 0, time.UTC))
}

// DateOf returns the date that t shows in its own zone.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{Year: y, Month: m, Day: d}
}

// EndOfYear returns 31 December of year.
func EndOfYear(year int) Date { return Date{Year: year, Month: time.December, Day: 31} }

// EndOfMonth returns the last day of the month.
func EndOfMonth(year int, month time.Month) Date { return NewDate(year, month+1, 0) }

// ParseDate reads YYYY-MM-DD.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Date{}, fmt.Errorf("%q is no date of the form 2017-07-31", s)
	}
	return DateOf(t), nil
}

// IsZero reports whether the date is not known.
func (d Date) IsZero() bool { return d == Date{} }

// Compare returns -1, 0 or +1 as d is before, on or after e.
func (d Date) Compare(e Date) int {
	switch {
	case d.Year != e.Year:
		return cmp.Compare(d.Year, e.Year)
	case d.Month != e.Month:
		return cmp.Compare(d.Month, e.Month)
	}
	return cmp.Compare(d.Day, e.Day)
}

// Before reports whether d is an earlier day than e.
func (d Date) Before(e Date) bool { return d.Compare(e) < 0 }

// After reports whether d is a later day than e.
func (d Date) After(e Date) bool { return d.Compare(e) > 0 }

func (d Date) time() time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC) }

// String prints YYYY-MM-DD, or nothing for an unknown date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	if d.Year < 0 || d.Year > 9999 {
		return fmt.Sprintf("%04d-%02d-%02d", d.Year, int(d.Month), d.Day)
	}
	digits := func(n int) (byte, byte) { return '0' + byte(n/10%10), '0' + byte(n%10) }
	text := []byte("0000-00-00")
	text[0], text[1] = digits(d.Year / 100)
	text[2], text[3] = digits(d.Year % 100)
	text[5], text[6] = digits(int(d.Month))
	text[8], text[9] = digits(d.Day)
	return string(text)
}

// MarshalText implements encoding.TextMarshaler with String.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler; empty text is the zero date.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	v, err := ParseDate(string(text))
	if err != nil {
		return err
	}
	*d = v
	return nil
}

// DaysTo counts the days from d to e: 1 from one day to the next, negative backwards.
func (d Date) DaysTo(e Date) int { return int((e.time().Unix() - d.time().Unix()) / (24 * 60 * 60)) }

// AddDays returns the date n days later.
func (d Date) AddDays(n int) Date { return NewDate(d.Year, d.Month, d.Day+n) }

// IsMonthEnd reports whether d is the last day of its month.
func (d Date) IsMonthEnd() bool { return d == EndOfMonth(d.Year, d.Month) }

// MonthsTo returns how many months are left from a day to the deadline, a half month and more
// counting as one. It is 0 where less than a month is left.
func (d Date) MonthsTo(deadline Date) int {
	months := (deadline.Year-d.Year)*12 + int(deadline.Month) - int(d.Month)
	if deadline.Day < d.Day && !deadline.IsMonthEnd() {
		months--
	}
	if months <= 0 {
		return 0
	}
	end := EndOfMonth(d.Year, d.Month+time.Month(months))
	if NewDate(end.Year, end.Month, min(d.Day, end.Day)).DaysTo(deadline) >= 15 {
		months++
	}
	return months
}
