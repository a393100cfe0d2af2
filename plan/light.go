package plan

import "math/big"

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

// Standing is how a target or a task stands on a day.
type Standing struct {
	Light      Light
	Late       bool     // done after the deadline
	Basis      Basis    // "" for a task
	Reported   *Decimal // accepted value that the light rests on; nil where nothing was filed
	ReportedOn Date     // its data date
	Filing     FilingID // that it rests on
	Stage      Stage    // of a task
	Progress   *big.Rat // share of the target, 0.33; nil where it has none
	Expected   *big.Rat // share that is due by the day; nil for a level without a base
	Gap        *big.Rat // percentage points behind schedule; negative ahead; nil with Expected
	Reason     string   // one sentence that explains the light
	Unchecked  bool     // of a target that waits to be checked: shown, and in no roll-up; see Plan.Waits
}

// LightAt computes how a target stands on a day. accepted are its marks as AcceptedAt
// returns them for the day; year is the plan's. A target without a deadline is due at the
// end of that year.
func LightAt(t *Target, accepted []Mark, year int, day Date, rules Rules) Standing {
	r := rating{Target: t, basis: BasisOf(t), due: dueDate(t.Deadline, year), year: year, day: day, rules: rules}
	s := Standing{Basis: r.basis}
	r.base = levelBase(t, r.basis)
	r.state = t.Op == AtMost || s.Basis == BasisLevel
	last := r.pick(accepted)
	if last != nil {
		s.Reported, s.ReportedOn, s.Filing = last.Value, last.Date, last.ID
	}
	switch {
	case t.Cancelled != "":
		s.Light, s.Reason = Cancelled, "已取消："+t.Cancelled
	case last == nil:
		s.Light, s.Reason = unfiled(r.ended())
	case t.Op == AtMost && r.base == nil:
		r.ceiling(&s)
	case r.base == nil:
		r.levelLight(&s)
	default:
		r.scheduled(accepted, &s)
	}
	s.Reason += r.originMark(&s, accepted)
	return s
}

func dueDate(deadline Date, year int) Date {
	if deadline.IsZero() {
		return EndOfYear(year)
	}
	return deadline
}

func unfiled(ended bool) (Light, string) {
	if ended {
		return None, "期限已过，未填报"
	}
	return None, "未填报"
}

// rating is what the light of one target is computed from.
type rating struct {
	*Target
	basis Basis
	due   Date // its deadline
	year  int
	day   Date
	rules Rules
	base  *big.Rat // what progress is counted from; nil for a level without one
	state bool     // what counts is how it is at the deadline, not a total
}

func (r *rating) ended() bool { return r.day.After(r.due) }

// pick returns the mark that the light rests on: the latest; of states the latest of the
// period, once it was kept or a ceiling was broken in it, for what happens later concerns
// it no more.
func (r *rating) pick(accepted []Mark) *Mark {
	last := Latest(accepted)
	if last != nil && r.state && last.Date.After(r.due) {
		in := Latest(before(accepted, r.due))
		if in != nil && in.Value != nil && (r.Op == AtMost && r.base == nil || r.reaches(*in.Value)) {
			last = in
		}
	}
	if last == nil || last.Value == nil {
		return nil
	}
	return last
}

// reaches reports whether a value is as good as promised.
func (r *rating) reaches(value Decimal) bool {
	if r.base == nil {
		return r.kept(value)
	}
	return r.meets(value)
}

// scheduled rates a flow, a change or a level with a base by its gap to the schedule.
func (r *rating) scheduled(accepted []Mark, s *Standing) {
	s.Progress = share(s.Reported.Rat(), r.base, r.Value.Rat())
	if s.Progress == nil { // a target of nothing is met by nothing
		s.Progress = big.NewRat(1, 1)
	}
	percent := SchedulePercent(r.year, r.due, r.Nodes, r.day)
	s.Expected = new(big.Rat).Quo(percent, hundred)
	reached := new(big.Rat).Mul(s.Progress, hundred)
	s.Gap = new(big.Rat).Sub(percent, reached)
	switch {
	case r.meets(*s.Reported):
		s.Light, s.Late = Done, r.firstMet(accepted).After(r.due)
	case r.ended():
		s.Light = Overdue
	default:
		s.Light = r.rules.byGap(s.Gap)
	}
	s.Reason = r.scheduledReason(s, percent, reached)
}

// meets reports whether a value reaches its target; a count with 左右 may lack the
// tolerance.
func (r *rating) meets(value Decimal) bool {
	if r.Op == AtMost {
		return value.Cmp(r.Value) <= 0
	}
	if r.Op != About || r.basis == BasisLevel || isRate(r.Unit) {
		return value.Cmp(r.Value) >= 0
	}
	floor := r.Value.Rat()
	return value.Rat().Cmp(floor.Sub(floor, r.tolerance())) >= 0
}

// firstMet is the data date since which all filings reach the target.
func (r *rating) firstMet(accepted []Mark) Date {
	first := Date{}
	for i := range accepted {
		m := &accepted[i]
		switch {
		case m.Value == nil || !r.meets(*m.Value):
			first = Date{}
		case first.IsZero():
			first = m.Date
		}
	}
	return first
}

// nearlyTolerances is how many tolerances a level may lack and still be on its way.
const nearlyTolerances = 4

// levelLight rates a level without a base: within the tolerance green, up to four
// tolerances yellow, else red; done when its period has ended or its value is of the last
// day.
func (r *rating) levelLight(s *Standing) {
	lack := new(big.Rat).Sub(r.Value.Rat(), s.Reported.Rat())
	slack := r.tolerance()
	s.Progress = share(s.Reported.Rat(), new(big.Rat), r.Value.Rat())
	switch {
	case r.kept(*s.Reported) && r.final(s):
		s.Light, s.Late = Done, s.ReportedOn.After(r.due)
	case r.kept(*s.Reported):
		s.Light = Green
	case r.ended():
		s.Light = Overdue
	case r.within(*s.Reported, nearlyTolerances):
		s.Light = Yellow
	default:
		s.Light = Red
	}
	s.Reason = r.levelReason(lack, slack, s)
}

// ceiling rates what must not be exceeded: broken is red at once and overdue after the
// period. With 左右 it may be passed by the tolerance.
func (r *rating) ceiling(s *Standing) {
	switch kept := r.kept(*s.Reported); {
	case kept && r.final(s):
		s.Light = Done
	case kept:
		s.Light = Green
	case r.ended():
		s.Light = Overdue
	default:
		s.Light = Red
	}
	s.Reason = r.ceilingReason(s)
}

// final reports whether the period is over, or the value is of its last day.
func (r *rating) final(s *Standing) bool { return r.ended() || !s.ReportedOn.Before(r.due) }

// kept reports whether a state is within its tolerance.
func (r *rating) kept(value Decimal) bool { return r.within(value, 1) }

// within reports whether a state lacks, or exceeds its ceiling by, at most so many
// tolerances.
func (r *rating) within(value Decimal, tolerances int64) bool {
	lack := new(big.Rat).Sub(r.Value.Rat(), value.Rat())
	if r.Op == AtMost {
		lack.Neg(lack)
	}
	return lack.Cmp(new(big.Rat).Mul(r.tolerance(), big.NewRat(tolerances, 1))) <= 0
}

// ScheduleBase returns what the schedule of a target begins with: 0, or of a level last
// year's; ok is false where nothing is due before the deadline, as of growth rates and
// ceilings.
func ScheduleBase(t *Target) (base *big.Rat, ok bool) {
	if base = levelBase(t, BasisOf(t)); base == nil || t.Op == AtMost {
		return new(big.Rat), false
	}
	return base, true
}
