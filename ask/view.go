package ask

import (
	"math/big"

	"duban/plan"
)

// View is what was filed on plans and who answers for them, as the asker may see it: an
// implementation leaves out what is not accepted or not published for that person. A nil
// View knows nothing: every target is unfiled, and only the departments that the report
// names are known.
type View interface {
	// Standing returns how a target or a task of a plan stands on a day. Only filings
	// whose data date is not after the day count; without one the Light is Unfiled.
	Standing(p *plan.Plan, item plan.ID, day plan.Date) Standing
	// Departments returns who answers for a commitment, or for the target or task with
	// the id: the leading one first, none where nobody was named.
	Departments(p *plan.Plan, item plan.ID) []string
	// Changes returns what changed in a plan after since and up to until, newest first.
	Changes(p *plan.Plan, since, until plan.Date) []Change
}

// Light is the status of a target, a task or a commitment.
type Light = plan.Light

// Lights, from worst to best; the last two are not rated.
const (
	Overdue   = plan.Overdue
	Red       = plan.Red
	Yellow    = plan.Yellow
	Green     = plan.Green
	Done      = plan.Done
	Unfiled   = plan.None // no accepted filing, never the same as 0
	Cancelled = plan.Cancelled
)

// severity orders lights from worst to best.
var severity = map[Light]int{Overdue: 1, Red: 2, Yellow: 3, Green: 4, Done: 5, Cancelled: 6, Unfiled: 7}

// Standing is how a target or a task stands on a day.
type Standing struct {
	Light    Light
	Late     bool          // done after the deadline
	Reported *plan.Decimal // latest accepted value, cumulative or the level; nil where there is none
	Stage    string        // of a task: 未启动, 推进中, 已完成
	On       plan.Date     // data date of that filing
	Progress *big.Rat      // share of the target that is reached; nil where it has none
	Reason   string        // one sentence that explains the light, with its numbers

	Unchecked bool // of a target that waits to be checked: it is told and stands in no list by lights
}

// Change is one thing that happened to a target, a task or the plan itself.
type Change struct {
	Item   plan.ID   // target, task or commitment; 0 for the plan
	On     plan.Date // the day it happened, or the data date of a filing
	Before string    // 1266张, 黄灯; "" where there was nothing
	After  string
	What   string // what changed, in a word or two: 填报, 灯色, 期限
}

// Fact is a number of an answer that stands neither in the report nor in a filing: how it
// was derived from numbers that do.
type Fact struct {
	Value    string   `json:"value"`    // as the answer says it: 33.0%
	Formula  string   `json:"formula"`  // 824 ÷ 2500
	Operands []string `json:"operands"` // the values that the formula joins, as the report or the filing writes them
}

// standing asks a view that may be nil.
func standing(v View, p *plan.Plan, item plan.ID, day plan.Date) Standing {
	if v == nil {
		return Standing{Light: Unfiled}
	}
	s := v.Standing(p, item, day)
	if s.Light == "" {
		s.Light = Unfiled
	}
	return s
}

// departments asks a view that may be nil; the report's own naming stands where the view
// has none.
func departments(v View, p *plan.Plan, c *plan.Commitment, item plan.ID) []string {
	if v != nil {
		if d := v.Departments(p, item); len(d) > 0 {
			return d
		}
		if d := v.Departments(p, c.ID); len(d) > 0 {
			return d
		}
	}
	return c.Departments
}
