package plan

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"
)

// Word is the Chinese word of a light; it stands beside every mark.
func (l Light) Word() string {
	switch l {
	case Overdue:
		return "逾期"
	case Red:
		return "红灯"
	case Yellow:
		return "黄灯"
	case Green:
		return "绿灯"
	case Done:
		return "已完成"
	case Cancelled:
		return "已取消"
	}
	return "未填报"
}

// Mark is the sign of a light for messages.
func (l Light) Mark() string {
	switch l {
	case Overdue:
		return "⛔"
	case Red:
		return "🔴"
	case Yellow:
		return "🟡"
	case Green:
		return "🟢"
	case Done:
		return "✅"
	case Cancelled:
		return "🚫"
	}
	return "⚪"
}

// scheduledReason explains a light that comes from the gap to the schedule:
// 7月底应到58.1%，实到33.0%（824/2500公里），差25.1个百分点→黄灯；余下5个月每月需336公里.
func scheduledReason(t *Target, day Date, s *Standing) string {
	progress := percentText(new(big.Rat).Mul(s.Progress, hundred))
	operands := "（" + t.Operands(*s.Reported) + "）"
	switch s.Light {
	case Done:
		return DayText(s.ReportedOn) + "已达" + t.Say(*s.Reported) + "，目标" + t.Say(t.Value) + "→已完成" + lateMark(s.Late)
	case Overdue:
		lack := NewDecimalRat(new(big.Rat).Sub(t.Value.Rat(), s.Reported.Rat()))
		return "期限" + deadlineText(t.Deadline) + "已过，实到" + progress + operands + "，还差" + t.Say(lack) + "→逾期"
	}
	due := percentText(new(big.Rat).Mul(s.Expected, hundred))
	return byDay(day) + "应到" + due + "，实到" + progress + operands + gapText(s.Gap) + "→" + s.Light.Word() + needText(t, day, s)
}

// needText says what the rest of the time must bring, rounded up.
func needText(t *Target, day Date, s *Standing) string {
	rest := new(big.Rat).Sub(t.Value.Rat(), s.Reported.Rat())
	if rest.Sign() <= 0 {
		return ""
	}
	months := day.MonthsTo(t.Deadline)
	if months == 0 {
		return fmt.Sprintf("；余下%d天还需%s", day.DaysTo(t.Deadline), t.Say(roundUp(rest, t)))
	}
	each := new(big.Rat).Quo(rest, big.NewRat(int64(months), 1))
	return fmt.Sprintf("；余下%d个月每月需%s", months, t.Say(roundUp(each, t)))
}

// roundUp rounds to whole units, of rates to a tenth; where the report counts in 万 or 亿,
// to a hundredth of those.
func roundUp(r *big.Rat, t *Target) Decimal {
	step := big.NewRat(1, 1)
	if isRate(t.Unit) {
		step = big.NewRat(1, 10)
	} else if _, scale := t.scaleWord(); scale > 1 && r.Cmp(big.NewRat(scale/100, 1)) > 0 {
		step = big.NewRat(scale/100, 1)
	}
	steps := new(big.Rat).Quo(r, step)
	whole := new(big.Int).Add(steps.Num(), new(big.Int).Sub(steps.Denom(), big.NewInt(1)))
	whole.Quo(whole, steps.Denom())
	return NewDecimalRat(step.Mul(step, new(big.Rat).SetInt(whole)))
}

// levelReason explains the light of a level without a base.
func levelReason(t *Target, day Date, lack, slack *big.Rat, s *Standing) string {
	head := DayText(s.ReportedOn) + "为" + t.Say(*s.Reported) + "，目标" + t.Say(t.Value)
	tail := ""
	if slack.Sign() > 0 {
		tail = "（容差" + decimalText(slack) + pointUnit(t) + "）"
	}
	switch {
	case s.Light == Overdue:
		return head + "，期限" + deadlineText(t.Deadline) + "已过，还差" + decimalText(lack) + pointUnit(t) + "→逾期"
	case lack.Sign() <= 0:
		return head + "，已达到→" + s.Light.Word() + lateMark(s.Late)
	case s.Light == Green || s.Light == Done:
		return head + "，差" + decimalText(lack) + pointUnit(t) + "，在容差内" + tail + "→" + s.Light.Word() + lateMark(s.Late)
	}
	return head + "，差" + decimalText(lack) + pointUnit(t) + tail + "→" + s.Light.Word()
}

// ceilingReason explains the light of a ceiling.
func ceilingReason(t *Target, kept bool, s *Standing) string {
	head := DayText(s.ReportedOn) + "为" + t.Say(*s.Reported) + "，上限" + t.Say(t.Value)
	if kept {
		return head + "，没有超过→" + s.Light.Word()
	}
	over := new(big.Rat).Sub(s.Reported.Rat(), t.Value.Rat())
	return head + "，超过" + decimalText(over) + pointUnit(t) + "→" + s.Light.Word()
}

// pointUnit is the unit of a difference: of rates percentage points.
func pointUnit(t *Target) string {
	if isRate(t.Unit) {
		return "个百分点"
	}
	return t.Unit
}

func gapText(gap *big.Rat) string {
	switch gap.Sign() {
	case 0:
		return "，与序时持平"
	case -1:
		return "，超序时" + pointsText(new(big.Rat).Neg(gap)) + "个百分点"
	}
	return "，差" + pointsText(gap) + "个百分点"
}

func lateMark(late bool) string {
	if late {
		return "（晚于期限）"
	}
	return ""
}

// percentText writes a percentage with one decimal: 58.1%.
func percentText(percent *big.Rat) string { return pointsText(percent) + "%" }

// pointsText writes a number with one decimal, rounded half up.
func pointsText(r *big.Rat) string { return r.FloatString(1) }

// decimalText writes a number without trailing zeros, with four decimals at the most.
func decimalText(r *big.Rat) string {
	s := r.FloatString(4)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

// byDay says until when something is due: 7月底, 7月15日.
func byDay(d Date) string {
	if d.IsMonthEnd() {
		return strconv.Itoa(int(d.Month)) + "月底"
	}
	return DayText(d)
}

// DayText says a date without its year: 7月31日.
func DayText(d Date) string { return fmt.Sprintf("%d月%d日", int(d.Month), d.Day) }

// deadlineText says a deadline: 2017年底, 2017年6月底, 2017年6月15日.
func deadlineText(d Date) string {
	switch {
	case d.Month == 12 && d.Day == 31:
		return fmt.Sprintf("%d年底", d.Year)
	case d.IsMonthEnd():
		return fmt.Sprintf("%d年%d月底", d.Year, int(d.Month))
	}
	return fmt.Sprintf("%d年%s", d.Year, DayText(d))
}
