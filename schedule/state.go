package schedule

import (
	"strconv"
	"time"

	"duban/plan"
)

// State is what Due looks at: the plans and everybody whom they concern.
type State struct {
	Plans  []PlanState
	People []plan.Person
	Chats  map[string]plan.Chat
	// Digests are the subscriptions to the weekly digest, by chat.
	Digests map[string]plan.DigestSubscription
	Rules   plan.Rules
	Pages   Pages
	// Told returns when a key of the ledger was used up; false where it was not.
	Told func(key string) (time.Time, bool)
}

// PlanState is one published plan.
type PlanState struct {
	Plan        *plan.Plan
	Closing     *plan.Closing // nil while its year goes on
	Duties      map[plan.ID]plan.Duty
	Marks       map[plan.ID][]plan.Mark // accepted filings
	Waiting     map[plan.ID][]time.Time // when filings that wait were recorded
	Subscribers []plan.Subscription
}

// part is a target or a task of the plan that is filed for.
type part struct {
	commitment *plan.Commitment
	target     *plan.Target
	task       *plan.Task
	lead       string // department that answers for it; "" nobody
	number     string // its id, in keys
	standing   *plan.Standing
}

func (p *part) id() plan.ID {
	if p.target != nil {
		return p.target.ID
	}
	return p.task.ID
}

func (p *part) deadline(year int) plan.Date {
	var deadline plan.Date
	if p.target != nil {
		deadline = p.target.Deadline
	} else {
		deadline = p.task.Deadline
	}
	if deadline.IsZero() {
		return plan.EndOfYear(year)
	}
	return deadline
}

func (p *part) lags() bool {
	return p.standing.Light == plan.Yellow || p.red()
}

func (p *part) red() bool {
	return p.standing.Light == plan.Red || p.standing.Light == plan.Overdue
}

// parts lists what has to be filed for: targets that may be rated and tasks, not those
// that are done or cancelled, nor those that a closed year settled.
func (s *PlanState) parts(standing *plan.PlanStanding) []part {
	list := make([]part, 0, len(standing.Commitments)*2)
	for i := range standing.Commitments {
		cs := &standing.Commitments[i]
		c := cs.Commitment
		for j := range cs.Targets {
			if t := &c.Targets[j]; s.Plan.Counts(t) && open(&cs.Targets[j]) && s.Closing.Open(t.ID) {
				list = append(list, part{commitment: c, target: t, lead: s.lead(c, t.ID), number: strconv.Itoa(int(t.ID)), standing: &cs.Targets[j]})
			}
		}
		for j := range cs.Tasks {
			if t := &c.Tasks[j]; open(&cs.Tasks[j]) && s.Closing.Open(t.ID) {
				list = append(list, part{commitment: c, task: t, lead: s.lead(c, t.ID), number: strconv.Itoa(int(t.ID)), standing: &cs.Tasks[j]})
			}
		}
	}
	return list
}

func (s *PlanState) lead(c *plan.Commitment, item plan.ID) string {
	if d := plan.DutyOf(c, item, s.Duties); d != nil {
		return d.Lead
	}
	return ""
}

func open(s *plan.Standing) bool { return s.Light != plan.Done && s.Light != plan.Cancelled }

// filedSince reports whether an item was filed for since a moment, whatever became of it.
func (s *PlanState) filedSince(item plan.ID, at time.Time) bool {
	for i := range s.Marks[item] {
		if !s.Marks[item][i].At.Before(at) {
			return true
		}
	}
	for _, recorded := range s.Waiting[item] {
		if !recorded.Before(at) {
			return true
		}
	}
	return false
}

// lightAt is the light of one part as of a day.
func (s *PlanState) lightAt(p *part, day plan.Date, rules plan.Rules) plan.Light {
	accepted := plan.AcceptedAt(s.Marks[p.id()], day, time.Time{})
	if p.target != nil {
		return plan.LightAt(p.target, accepted, s.Plan.Year, day, rules).Light
	}
	return plan.TaskLight(p.task, accepted, s.Plan.Year, day, rules).Light
}
