package plan

import (
	"math/big"
	"slices"
	"time"
)

// Rating (评定) is how a target ended.
type Rating string

// Ratings of a closed plan.
const (
	RatedDone   Rating = "完成"
	RatedNearly Rating = "基本完成"
	RatedMissed Rating = "未完成"
	RatedNone   Rating = "未填报"
	RatedDrop   Rating = "已取消"
	RatedOpen   Rating = "继续实施" // its deadline lies behind the year
)

// Ratings lists them in the order in which they are shown.
func Ratings() []Rating {
	return []Rating{RatedDone, RatedNearly, RatedMissed, RatedNone, RatedOpen, RatedDrop}
}

// Closing (结账) is the end of a plan's year: a final rating of every target and task. The
// plan stays readable; what is RatedOpen goes on.
type Closing struct {
	Plan    Key           `json:"plan"`
	Ratings map[ID]Rating `json:"ratings"`
	Late    []ID          `json:"late,omitempty"` // rated by figures from after the year; see Catch
	By      PersonID      `json:"by"`
	At      time.Time     `json:"at"`
}

// Open reports whether an item goes on after the closing; everything does while c is nil.
func (c *Closing) Open(item ID) bool { return c == nil || c.Ratings[item] == RatedOpen }

// Count counts the ratings.
func (c *Closing) Count() map[Rating]int {
	n := map[Rating]int{}
	for _, r := range c.Ratings {
		n[r]++
	}
	return n
}

// nearlyPart is the share of a flow that counts as 基本完成.
var nearlyPart = big.NewRat(9, 10)

// Close rates every target and task of a plan by how it stands, which should be on the
// day after its year: done is 完成; at least nine tenths of a flow or a change, or a level
// within four tolerances, is 基本完成; less is 未完成, and so is a fixed standard that was
// missed and a ceiling that was broken; what was never filed for stays 未填报. Targets whose deadline lies behind the year and that are not done go on.
// What waits to be checked gets no rating.
func Close(ps *PlanStanding, rules Rules) Closing {
	return Closing{Plan: ps.Plan.Key(), Ratings: ratingsOf(ps, rules)}
}

// Catch takes what was filed or reached only after the year, as the lights of a later day
// do: late is not unfiled. What was better at the year's end keeps its rating.
func (c *Closing) Catch(later *PlanStanding, rules Rules) {
	from := []Rating{RatedNone, RatedMissed, RatedNearly, RatedDone}
	for item, rating := range ratingsOf(later, rules) {
		was := slices.Index(from, c.Ratings[item])
		if was >= 0 && slices.Index(from, rating) > was {
			c.Ratings[item] = rating
			c.Late = append(c.Late, item)
		}
	}
	slices.Sort(c.Late)
}

func ratingsOf(ps *PlanStanding, rules Rules) map[ID]Rating {
	ratings := map[ID]Rating{}
	for i := range ps.Commitments {
		cs := &ps.Commitments[i]
		for j := range cs.Targets {
			if t := &cs.Commitment.Targets[j]; !cs.Targets[j].Unchecked {
				ratings[t.ID] = rateTarget(t, &cs.Targets[j], ps.Plan.Year, rules)
			}
		}
		for j := range cs.Tasks {
			t := &cs.Commitment.Tasks[j]
			ratings[t.ID] = rateTask(t, &cs.Tasks[j], ps.Plan.Year)
		}
	}
	return ratings
}

func rateTarget(t *Target, s *Standing, year int, rules Rules) Rating {
	switch {
	case s.Light == Cancelled:
		return RatedDrop
	case s.Light == Done:
		return RatedDone
	case t.Deadline.Year > year:
		return RatedOpen
	case s.Light == None || s.Reported == nil:
		return RatedNone
	case s.Gap != nil && s.Progress != nil:
		if s.Progress.Cmp(nearlyPart) >= 0 {
			return RatedNearly
		}
		return RatedMissed
	case (&rating{Target: t, rules: rules}).within(*s.Reported, nearlyTolerances):
		return RatedNearly
	}
	return RatedMissed
}

func rateTask(t *Task, s *Standing, year int) Rating {
	switch {
	case s.Light == Cancelled:
		return RatedDrop
	case s.Light == Done:
		return RatedDone
	case t.Deadline.Year > year:
		return RatedOpen
	case s.Light == None:
		return RatedNone
	case s.Progress != nil && s.Progress.Cmp(nearlyPart) >= 0:
		return RatedNearly
	}
	return RatedMissed
}

// Carried is what a closed plan leaves to the next one.
type Carried struct {
	Next   Key
	Duties []Duty
	Follow []Subscription
}

// CarryOver finds what goes on under the next plan of a place: who answered for an
// indicator answers for its like, who followed everything, a chapter or a commitment
// follows its like. What has no like is left out, and what the next plan already has
// (known, duties of its own) stays. Long-horizon targets stay under their own plan.
func CarryOver(old, next *Plan, duties, known map[ID]Duty, follow []Subscription) Carried {
	carried := Carried{Next: next.Key()}
	like := likes(old, next)
	for i := range old.Commitments {
		c := &old.Commitments[i]
		carried.duties(c.ID, like, duties, known)
		for j := range c.Targets {
			carried.duties(c.Targets[j].ID, like, duties, known)
		}
	}
	for _, s := range follow {
		if to, ok := carrySubscription(s, old, next, like); ok && !slices.Contains(carried.Follow, to) {
			carried.Follow = append(carried.Follow, to)
		}
	}
	return carried
}

// duties carries the duty of one item where it is its own and has a like.
func (c *Carried) duties(item ID, like map[ID]ID, duties, known map[ID]Duty) {
	d, assigned := duties[item]
	to, found := like[item]
	if _, kept := known[to]; !assigned || !found || kept {
		return
	}
	d.Item = to
	c.Duties = append(c.Duties, d)
}

func carrySubscription(s Subscription, old, next *Plan, like map[ID]ID) (Subscription, bool) {
	if s.Plan != old.Key() {
		return s, false
	}
	s.Plan = next.Key()
	switch {
	case s.Item != 0:
		to, ok := like[s.Item]
		s.Item = to
		return s, ok && next.ByID(to) != nil
	case s.Prefix != "":
		to := likeChapter(s.Prefix, old, next)
		s.Prefix = to
		return s, to != ""
	}
	return s, true
}

// likeChapter is the code of the chapter of the next plan with the same heading; "" where
// it has none.
func likeChapter(code Code, old, next *Plan) Code {
	depth := len(code.Levels())
	title := ""
	for i := range old.Commitments {
		if c := &old.Commitments[i]; c.Code.Within(code) {
			title = headingAt(c, depth)
			break
		}
	}
	for i := range next.Commitments {
		c := &next.Commitments[i]
		if levels := c.Code.Levels(); title != "" && headingAt(c, depth) == title && len(levels) >= depth {
			return NewCode(levels[:depth]...)
		}
	}
	return ""
}

func headingAt(c *Commitment, depth int) string {
	switch depth {
	case 1:
		return c.Part
	case 2:
		return c.Section
	case 3:
		return c.Theme
	}
	return c.Title
}

// likes pairs targets, and the commitments that hold them or that share a title, of two
// plans.
func likes(old, next *Plan) map[ID]ID {
	like := map[ID]ID{}
	type place struct{ target, commitment ID }
	byMetric, byTitle := map[string]place{}, map[string]ID{}
	for i := range next.Commitments {
		c := &next.Commitments[i]
		byTitle[c.Title] = c.ID
		for j := range c.Targets {
			byMetric[c.Targets[j].Metric+"\x00"+c.Targets[j].Unit] = place{c.Targets[j].ID, c.ID}
		}
	}
	for i := range old.Commitments {
		c := &old.Commitments[i]
		for j := range c.Targets {
			if to, ok := byMetric[c.Targets[j].Metric+"\x00"+c.Targets[j].Unit]; ok {
				like[c.Targets[j].ID] = to.target
				if _, taken := like[c.ID]; !taken {
					like[c.ID] = to.commitment
				}
			}
		}
		if to, ok := byTitle[c.Title]; ok && c.Title != "" {
			like[c.ID] = to
		}
	}
	return like
}
