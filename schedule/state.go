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
	// Told returns when a key of the ledger was used up; false where it was not. It is called
	// while Due runs.
	Told func(key string) (time.Time, bool)

	failed error // why what Due decided cannot be relied on
}

// PlanState is one published plan.
type PlanState struct {
	Plan        *plan.Plan
	Closing     *plan.Closing // nil while its year goes on
	Duties      map[plan.ID]plan.Duty
	Marks       map[plan.ID][]plan.Mark // accepted filings
	Waiting     map[plan.ID][]time.Time // when filings that wait were recorded
	Subscribers []plan.Subscription
	// Filings reads all filings, for the counts of a round; nil is none. It is called while
	// Due runs.
	Filings func() (map[plan.ID][]plan.Filing, error)
}

// part is a target or a task of the plan that is filed for.
type part struct {
	commitment *plan.Commitment
	target     *plan.Target
	task       *plan.Task
	duty       *plan.Duty // nil where nobody answers for it
	lead       string     // department that answers for it; "" nobody
	number     string     // its id, in keys
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
				list = append(list, s.part(c, part{target: t, standing: &cs.Targets[j]}))
			}
		}
		for j := range cs.Tasks {
			if t := &c.Tasks[j]; open(&cs.Tasks[j]) && s.Closing.Open(t.ID) {
				list = append(list, s.part(c, part{task: t, standing: &cs.Tasks[j]}))
			}
		}
	}
	return list
}

// part completes a part of a commitment with who answers for it.
func (s *PlanState) part(c *plan.Commitment, p part) part {
	p.commitment, p.number, p.duty = c, strconv.Itoa(int(p.id())), plan.DutyOf(c, p.id(), s.Duties)
	if p.duty != nil {
		p.lead = p.duty.Lead
	}
	return p
}

func open(s *plan.Standing) bool { return s.Light != plan.Done && s.Light != plan.Cancelled }

// filed reports whether an item was filed for since a round began to be answered, whatever
// became of it; days are those of a zone.
func (s *PlanState) filed(item plan.ID, round plan.Round, zone *time.Location) bool {
	for i := range s.Marks[item] {
		m := &s.Marks[item][i]
		if _, ok := round.Answers(dateIn(m.At, zone), m.Date, m.Published); ok {
			return true
		}
	}
	for _, recorded := range s.Waiting[item] {
		if _, ok := round.Answers(dateIn(recorded, zone), plan.Date{}, false); ok {
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
