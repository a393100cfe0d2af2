package schedule

import (
	"slices"
	"time"
)

// Copies says when backups are made by themselves, and how many stay.
type Copies struct {
	Hour int // of the day from which its copy is due
	Keep int // copies that stay
	Zone *time.Location
}

// Due reports whether a copy is to be made, by the moments at which the others were: the
// last one is older than the last time at which one was due. One that says it comes from the
// future does not count: some clock was wrong.
func (c *Copies) Due(made []time.Time, now time.Time) bool {
	since := c.slot(now)
	return !slices.ContainsFunc(made, func(at time.Time) bool { return !at.Before(since) && !at.After(now) })
}

// slot is the last moment at which a copy was due.
func (c *Copies) slot(now time.Time) time.Time {
	local := now.In(c.Zone)
	at := time.Date(local.Year(), local.Month(), local.Day(), c.Hour, 0, 0, 0, c.Zone)
	if at.After(now) {
		at = time.Date(local.Year(), local.Month(), local.Day()-1, c.Hour, 0, 0, 0, c.Zone)
	}
	return at
}

// Surplus returns the copies that need not stay, once one was made at now: all but the
// newest, of which those that say they come from the future are the first to go.
func (c *Copies) Surplus(made []time.Time, now time.Time) []time.Time {
	sorted := slices.Clone(made)
	slices.SortFunc(sorted, func(a, b time.Time) int {
		if late := a.After(now); late != b.After(now) {
			if late {
				return 1
			}
			return -1
		}
		return b.Compare(a)
	})
	return sorted[min(max(c.Keep, 1), len(sorted)):]
}
