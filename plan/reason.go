package plan

import (
	"math/big"
	"strconv"
)

// scheduledReason explains a light that comes from the gap to the schedule:
// 7月底应到58.1%，实到33.0%（824/2500公里），差25.1个百分点→黄灯；余下5个月每月需336公里.
func (r *rating) scheduledReason(s *Standing, due, reached *big.Rat) string {
	if s.Light == Done {
		return r.doneReason(s)
	}
	progress := "实到" + shown(reached, hundred) + "%" + r.operands(s)
	if s.Light == Overdue {
		return r.overText() + "，" + progress + "，还差" + r.sayLack(r.rest(s)) + "→逾期"
	}
	gap := gapText(s.Gap, r.rules.Green.Rat(), r.rules.Red.Rat())
	return r.byDay() + "应到" + percentText(due) + "，" + progress + gap + "→" + s.Light.Word() + r.needText(s)
}

// doneReason names the latest figure, and that it was in time where the figure's date does
// not tell.
func (r *rating) doneReason(s *Standing) string {
	verb, early := "已达", ""
	if r.Op == AtMost {
		verb = "已降到"
	}
	if !s.Late && s.ReportedOn.After(r.due) {
		early = "，期限内已达标"
	}
	return dayIn(s.ReportedOn, r.due.Year) + verb + r.Say(*s.Reported) + "，目标" + r.goal() + early + "→已完成" + lateMark(s.Late)
}

// operands shows what a share was computed from, with the data date where it is another
// day than the one that is looked at.
func (r *rating) operands(s *Standing) string {
	text := r.Operands(*s.Reported)
	if r.base.Sign() != 0 {
		text = "上年" + r.Say(NewDecimalRat(r.base)) + "，现" + r.Say(*s.Reported) + "，目标" + r.goal()
	}
	if s.ReportedOn != r.day && (s.Light != Overdue || s.ReportedOn != r.due) {
		text += "，截至" + dayIn(s.ReportedOn, r.day.Year)
	}
	return "（" + text + "）"
}

// goal says the target with its 左右.
func (r *rating) goal() string {
	if r.Op == About || r.Op == AtMost && r.tolerance().Sign() > 0 {
		return r.Say(r.Value) + "左右"
	}
	return r.Say(r.Value)
}

// rest is what the reported value lacks.
func (r *rating) rest(s *Standing) *big.Rat {
	rest := new(big.Rat).Sub(r.Value.Rat(), s.Reported.Rat())
	if r.Op == AtMost {
		rest.Neg(rest)
	}
	return rest
}

// needText says what the rest of the time must bring, rounded up.
func (r *rating) needText(s *Standing) string {
	rest := r.rest(s)
	days, months := r.day.DaysTo(r.due), r.day.MonthsTo(r.due)
	switch {
	case rest.Sign() <= 0:
		return ""
	case days == 0:
		return "；当日到期，还差" + r.sayLack(rest)
	case months == 0:
		return "；余下" + strconv.Itoa(days) + "天还需" + r.sayLack(rest)
	case months == 1:
		return "；余下1个月还需" + r.sayLack(rest)
	}
	each := new(big.Rat).Quo(rest, big.NewRat(int64(months), 1))
	return "；余下" + strconv.Itoa(months) + "个月每月需" + r.SayDifference(r.roundUp(each, s))
}

// roundUp rounds to whole units, of rates and of small numbers with decimals to a tenth;
// where the report counts in 万 or 亿, to a hundredth of those.
func (r *rating) roundUp(n *big.Rat, s *Standing) Decimal {
	step := big.NewRat(1, 1)
	parted := r.Value.scale > 0 || s.Reported.scale > 0
	if _, factor := r.scaleWord(); factor > 1 && n.Cmp(big.NewRat(factor/100, 1)) > 0 {
		step = big.NewRat(factor/100, 1)
	} else if isRate(r.Unit) || parted && n.Cmp(big.NewRat(10, 1)) < 0 {
		step = big.NewRat(1, 10)
	}
	steps := new(big.Rat).Set(n)
	if step.Num().Int64() != 1 || !step.IsInt() {
		steps.Quo(n, step)
	}
	whole := new(big.Int).Add(steps.Num(), new(big.Int).Sub(steps.Denom(), big.NewInt(1)))
	whole.Quo(whole, steps.Denom())
	return NewDecimalRat(step.Mul(step, new(big.Rat).SetInt(whole)))
}

func (r *rating) sayLack(lack *big.Rat) string { return r.SayDifference(NewDecimalRat(lack)) }

// levelReason explains the light of a level without a base.
func (r *rating) levelReason(lack, slack *big.Rat, s *Standing) string {
	head := r.reportedDay(s) + "为" + r.Say(*s.Reported) + "，目标" + r.goal()
	tail := "→" + s.Light.Word() + lateMark(s.Late) + r.staleMark(s)
	switch {
	case s.Light == Overdue:
		return r.overText() + "，" + head + "，还差" + r.sayLack(lack) + tail
	case lack.Sign() <= 0:
		return head + "，已达到" + tail
	case s.Light == Green || s.Light == Done:
		return head + "，差" + r.sayLack(lack) + "，在容差（" + r.sayLack(slack) + "）内" + tail
	case slack.Sign() > 0:
		return head + "，差" + r.sayLack(lack) + "，超出容差（" + r.sayLack(slack) + "）" + tail
	}
	return head + "，差" + r.sayLack(lack) + tail
}

// ceilingReason explains the light of a ceiling.
func (r *rating) ceilingReason(s *Standing) string {
	head := r.reportedDay(s) + "为" + r.Say(*s.Reported) + "，上限" + r.goal()
	tail := "→" + s.Light.Word() + r.staleMark(s)
	over, slack := r.rest(s), r.tolerance()
	switch {
	case over.Sign() <= 0:
		return head + "，没有超过" + tail
	case r.kept(*s.Reported):
		return head + "，超过" + r.sayLack(over) + "，在容差（" + r.sayLack(slack) + "）内" + tail
	case s.Light == Overdue:
		return r.overText() + "，" + head + "，超过" + r.sayLack(over) + tail
	}
	return head + "，超过" + r.sayLack(over) + tail
}

// reportedDay says the data date; beside a deadline with its year it needs none.
func (r *rating) reportedDay(s *Standing) string {
	if s.Light == Overdue {
		return dayIn(s.ReportedOn, r.due.Year)
	}
	return dayIn(s.ReportedOn, r.day.Year)
}

// staleMark says that a state is called done by figures from before the period's end.
func (r *rating) staleMark(s *Standing) string {
	if s.Light == Done && s.ReportedOn.Before(r.due) {
		return "（期末数据未报）"
	}
	return ""
}

// overText says that the deadline is over, and which one the report set.
func (r *rating) overText() string {
	text := "期限" + DeadlineText(r.due) + "已过"
	if o := r.Original; o != nil && o.Deadline != r.due && !o.Deadline.IsZero() {
		text += "（原定" + DeadlineText(o.Deadline) + "）"
	}
	return text
}

// byDay says until when the schedule asks for its share: 7月底, 按节点7月底.
func (r *rating) byDay() string {
	text := byDay(r.day)
	if r.day.Year != r.year {
		text = DeadlineText(r.day)
	}
	if len(r.Nodes) > 0 {
		return "按节点" + text
	}
	return text
}
