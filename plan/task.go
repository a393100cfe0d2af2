package plan

import "math/big"

// TaskLight computes how a task stands on a day: 已完成 is done; a percentage is rated by
// its gap; 推进中 without one is green until the deadline; 未启动 counts as 0%. accepted are
// its marks as AcceptedAt returns them.
func TaskLight(t *Task, accepted []Mark, year int, day Date, rules Rules) Standing {
	last := Latest(accepted)
	ended := day.After(t.Deadline)
	switch {
	case t.Cancelled != "":
		return Standing{Light: Cancelled, Reason: "已取消：" + t.Cancelled}
	case last == nil && ended:
		return Standing{Light: None, Reason: "期限已过，未填报"}
	case last == nil:
		return Standing{Light: None, Reason: "未填报"}
	}
	s := Standing{Stage: last.Stage, ReportedOn: last.Date, Filing: last.ID}
	if last.Stage == Finished {
		first := firstFinished(accepted)
		s.Light, s.Late = Done, first.After(t.Deadline)
		s.Progress = big.NewRat(1, 1)
		s.Reason = DayText(first) + "已完成" + lateMark(s.Late)
		return s
	}
	if ended {
		s.Light, s.Reason = Overdue, "期限"+deadlineText(t.Deadline)+"已过，"+string(s.Stage)+"→逾期"
		return s
	}
	s.rateStage(t, last, SchedulePercent(year, t.Deadline, nil, day), day, rules)
	return s
}

// rateStage rates a task that goes on, or has not begun.
func (s *Standing) rateStage(t *Task, last *Mark, due *big.Rat, day Date, rules Rules) {
	percent := last.Percent
	if percent == nil && last.Stage == NotStarted {
		percent = new(Decimal)
	}
	if percent == nil {
		s.Light, s.Reason = Green, "推进中，期限"+deadlineText(t.Deadline)+"→绿灯"
		return
	}
	s.Progress = new(big.Rat).Quo(percent.Rat(), hundred)
	s.Expected = new(big.Rat).Quo(due, hundred)
	s.Gap = new(big.Rat).Sub(due, percent.Rat())
	s.Light = rules.byGap(s.Gap)
	s.Reason = byDay(day) + "应到" + percentText(due) + "，" + string(s.Stage) + "（" + percentText(percent.Rat()) + "）" + gapText(s.Gap) + "→" + s.Light.Word()
}

// firstFinished is the data date of the first of the latest unbroken run of 已完成.
func firstFinished(accepted []Mark) Date {
	first := Date{}
	for i := range accepted {
		switch {
		case accepted[i].Stage != Finished:
			first = Date{}
		case first.IsZero():
			first = accepted[i].Date
		}
	}
	return first
}
