package schedule

import (
	"time"

	"duban/plan"
	"duban/schedule/calendar"
)

// PeriodOf lets tests compute rounds.
func (s *Settings) PeriodOf(c *calendar.Calendar, year int, month time.Month) Period {
	return s.period(c, year, month)
}

// CurrentAt lets tests find the round of a moment.
func (s *Settings) CurrentAt(c *calendar.Calendar, now time.Time) Period { return s.current(c, now) }

// WeeklyAt lets tests find the moment of a weekly message.
func (s *Settings) WeeklyAt(c *calendar.Calendar, day time.Weekday, now time.Time) (time.Time, bool) {
	return s.weekly(c, day, s.Hour, now)
}

// Plain is what composes pages where nothing better is given.
func Plain() Pages { return plain{} }

// Deliveries lets tests measure composing.
func (n *Notice) Deliveries(now time.Time) ([]plan.Delivery, error) { return n.deliveries(now) }
