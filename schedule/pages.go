package schedule

import (
	"time"

	"duban/plan"
	"duban/render"
)

// Pages composes what comes regularly. What it is given stays the same; it may be called
// by several goroutines.
type Pages interface {
	Digest(v DigestView) render.Message
	Summary(v SummaryView) render.Message
	// Preview is a bulletin as supervisors see it before they release it; it may store a
	// draft. Bulletin is the released one, Erratum its correction of a number. They run in
	// the transaction that stores the message.
	Preview(tx plan.Tx, now time.Time, v BulletinView) (render.Message, error)
	Bulletin(tx plan.Tx, now time.Time, v BulletinView) (render.Message, error)
	Erratum(tx plan.Tx, now time.Time, v BulletinView, number int) (render.Message, error)
}

// DigestView is what a weekly digest shows: the week that ended on Now.AsOf.
type DigestView struct {
	Plan        *plan.Plan
	Now, Before *plan.PlanStanding // as known at the end of the week, and of the week before
	Duties      map[plan.ID]plan.Duty
	Turnouts    []plan.Turnout // of the round that went through all rungs; nil where none has
	Round       plan.Date      // first day of its month
	Several     bool           // there are digests of other plans too
	Reader      render.Reader
	Picture     bool // false where the picture is behind a button
}

// SummaryView is what a monthly summary shows.
type SummaryView struct {
	Plan     *plan.Plan
	Period   string             // 2017-07
	Now      *plan.PlanStanding // at the month's end
	Duties   map[plan.ID]plan.Duty
	Turnouts []plan.Turnout
}

// BulletinView is what a quarterly bulletin rests on; the same values give the same
// bulletin.
type BulletinView struct {
	Plan    *plan.Plan
	Year    int
	Quarter int
	Now     *plan.PlanStanding // at the quarter's end, as known at Frozen
	Duties  map[plan.ID]plan.Duty
	Frozen  time.Time
}
