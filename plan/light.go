package plan

import (
	"math/big"
	"slices"
)

// Light (红黄绿灯) is the status that is computed from the gap between schedule and
// progress.
type Light string

// Lights, from worst to best; the last two are not rated.
const (
	Overdue   Light = "overdue"   // 逾期
	Red       Light = "red"       // 红灯
	Yellow    Light = "yellow"    // 黄灯
	Green     Light = "green"     // 绿灯
	Done      Light = "done"      // 已完成
	None      Light = "none"      // 未填报: no accepted filing yet
	Cancelled Light = "cancelled" // 已取消
)

// Rules are the borders of lights.
type Rules struct {
	Green         Decimal // gap in percentage points under which a light is green
	Red           Decimal // gap over which it is red
	RateTolerance Decimal // percentage points that a level may lack
	NearTolerance Decimal // percent of the target that a count with 左右 may lack
}

// DefaultRules are the practice of Yinchuan's supervision office: green under 10 points
// behind, red over 30; rates may lack half a point, counts with 左右 a twentieth.
func DefaultRules() Rules {
	return Rules{Green: NewDecimal(10, 0), Red: NewDecimal(30, 0), RateTolerance: NewDecimal(5, 1), NearTolerance: NewDecimal(5, 0)}
}

// Standing is how a target or a task stands on a day.
type Standing struct {
	Light      Light
	Late       bool     // done after the deadline
	Basis      Basis    // "" for a task
	Reported   *Decimal // latest accepted value; nil where nothing was filed
	ReportedOn Date     // its data date
	Filing     FilingID // that it rests on
	Stage      Stage    // of a task
	Progress   *big.Rat // share of the target, 0.33; nil where it has none
	Expected   *big.Rat // share that is due by the day; nil for a level without a base
	Gap        *big.Rat // percentage points behind schedule; negative ahead; nil with Expected
	Reason     string   // one sentence that explains the light
}

// LightAt computes how a target stands on a day. accepted are its marks as AcceptedAt
// returns them for the day; year is the plan's.
func LightAt(t *Target, accepted []Mark, year int, day Date, rules Rules) Standing {
	s := Standing{Basis: BasisOf(t)}
	last := Latest(accepted)
	ended := day.After(t.Deadline)
	if last == nil || last.Value == nil {
		return unfiled(t, ended, s)
	}
	s.Reported, s.ReportedOn, s.Filing = last.Value, last.Date, last.ID
	switch base, based := levelBase(t); {
	case t.Cancelled != "":
		s.Light, s.Reason = Cancelled, "已取消："+t.Cancelled
	case t.Op == AtMost:
		ceiling(t, day, rules, &s)
	case s.Basis == BasisLevel && !based:
		levelLight(t, day, rules, &s)
	default:
		scheduled(t, accepted, year, day, base, rules, &s)
	}
	return s
}

func unfiled(t *Target, ended bool, s Standing) Standing {
	s.Light, s.Reason = None, "未填报"
	switch {
	case t.Cancelled != "":
		s.Light, s.Reason = Cancelled, "已取消："+t.Cancelled
	case ended:
		s.Reason = "期限已过，未填报"
	}
	return s
}

// levelBase returns last year's level of a target whose progress is counted from it: the
// same unit, on the way to the target. Rates of growth start anew every year.
func levelBase(t *Target) (*big.Rat, bool) {
	zero := new(big.Rat)
	b := t.Baseline
	if BasisOf(t) != BasisLevel {
		return zero, true
	}
	if b == nil || t.Kind == Growth || t.Kind == Multiple || b.Unit != t.Unit || b.Value.Cmp(t.Value) >= 0 {
		return zero, false
	}
	return b.Value.Rat(), true
}

// ScheduleBase returns what the schedule of a target begins with: 0, or of a level last
// year's; ok is false where nothing is due before the deadline, as of growth rates and
// ceilings.
func ScheduleBase(t *Target) (base *big.Rat, ok bool) {
	if t.Op == AtMost {
		return new(big.Rat), false
	}
	return levelBase(t)
}

// share returns (value − base) / (target − base), nil where the target is the base.
func share(value, base, target *big.Rat) *big.Rat {
	whole := new(big.Rat).Sub(target, base)
	if whole.Sign() == 0 {
		return nil
	}
	part := new(big.Rat).Sub(value, base)
	return part.Quo(part, whole)
}

var hundred = big.NewRat(100, 1)

// scheduled rates a flow, a change or a level with a base by its gap to the schedule.
func scheduled(t *Target, accepted []Mark, year int, day Date, base *big.Rat, rules Rules, s *Standing) {
	s.Progress = share(s.Reported.Rat(), base, t.Value.Rat())
	due := SchedulePercent(year, t.Deadline, t.Nodes, day)
	s.Expected = new(big.Rat).Quo(due, hundred)
	if s.Progress == nil { // a target of nothing is met by nothing
		s.Progress = big.NewRat(1, 1)
	}
	s.Gap = new(big.Rat).Sub(due, new(big.Rat).Mul(s.Progress, hundred))
	switch {
	case meets(t, *s.Reported, rules):
		s.Light, s.Late = Done, firstMet(t, accepted, rules).After(t.Deadline)
	case day.After(t.Deadline):
		s.Light = Overdue
	default:
		s.Light = rules.byGap(s.Gap)
	}
	s.Reason = scheduledReason(t, day, s)
}

// byGap is green under the first border, yellow up to and with the second, else red.
func (r Rules) byGap(gap *big.Rat) Light {
	switch {
	case gap.Cmp(r.Green.Rat()) < 0:
		return Green
	case gap.Cmp(r.Red.Rat()) <= 0:
		return Yellow
	}
	return Red
}

// meets reports whether a value reaches its target; a count with 左右 may lack the
// tolerance.
func meets(t *Target, value Decimal, rules Rules) bool {
	floor := t.Value.Rat()
	if BasisOf(t) != BasisLevel {
		floor.Sub(floor, tolerance(t, rules, false))
	}
	return value.Rat().Cmp(floor) >= 0
}

// firstMet is the data date of the first filing that reached the target.
func firstMet(t *Target, accepted []Mark, rules Rules) Date {
	i := slices.IndexFunc(accepted, func(m Mark) bool { return m.Value != nil && meets(t, *m.Value, rules) })
	if i < 0 {
		return Date{}
	}
	return accepted[i].Date
}

// tolerance is how much a value may lack: of a count with 左右 a share of the target, of a
// rate some percentage points where rates are meant, else nothing.
func tolerance(t *Target, rules Rules, rates bool) *big.Rat {
	switch {
	case isRate(t.Unit) && t.Op != Exactly && rates:
		return rules.RateTolerance.Rat()
	case !isRate(t.Unit) && t.Op == About:
		part := new(big.Rat).Mul(t.Value.Rat(), rules.NearTolerance.Rat())
		return part.Quo(part.Abs(part), hundred)
	}
	return new(big.Rat)
}

// levelLight rates a level without a base: within the tolerance green, up to four more
// yellow, else red; done when its period has ended or its value is of the last day.
func levelLight(t *Target, day Date, rules Rules, s *Standing) {
	lack := new(big.Rat).Sub(t.Value.Rat(), s.Reported.Rat())
	s.Progress = share(s.Reported.Rat(), new(big.Rat), t.Value.Rat())
	slack := tolerance(t, rules, true)
	final := day.After(t.Deadline) || !s.ReportedOn.Before(t.Deadline)
	switch {
	case lack.Cmp(slack) <= 0 && final:
		s.Light, s.Late = Done, s.ReportedOn.After(t.Deadline)
	case lack.Cmp(slack) <= 0:
		s.Light = Green
	case day.After(t.Deadline):
		s.Light = Overdue
	case lack.Cmp(new(big.Rat).Mul(slack, big.NewRat(4, 1))) <= 0:
		s.Light = Yellow
	default:
		s.Light = Red
	}
	s.Reason = levelReason(t, day, lack, slack, s)
}

// ceiling rates what must not be exceeded: broken is red at once and overdue after the
// period. With 左右 it may be passed by the tolerance.
func ceiling(t *Target, day Date, rules Rules, s *Standing) {
	limit := t.Value.Rat()
	if t.Hedge == Roughly || t.Hedge == Around {
		near := *t
		near.Op = About
		limit.Add(limit, tolerance(&near, rules, true))
	}
	ended := day.After(t.Deadline)
	final := ended || !s.ReportedOn.Before(t.Deadline)
	kept := s.Reported.Rat().Cmp(limit) <= 0
	switch {
	case kept && final:
		s.Light = Done
	case kept:
		s.Light = Green
	case ended:
		s.Light = Overdue
	default:
		s.Light = Red
	}
	s.Reason = ceilingReason(t, kept, s)
}
