package plan

import "math/big"

// Task (任务) is a deliverable without a number.
type Task struct {
	ID       ID     `json:"id,omitempty"`
	Text     string `json:"text"`
	Action   string `json:"action"` // the verb: 整合
	Start    int    `json:"start"`
	Hedge    Hedge  `json:"hedge"`
	Deadline Date   `json:"deadline"`

	Cancelled string  `json:"cancelled,omitempty"` // why it was cancelled, by whose approval
	Original  *Origin `json:"original,omitempty"`  // what the report says, where it was adjusted
}

// TaskLight computes how a task stands on a day: 已完成 is done; a percentage is rated by
// its gap; 推进中 without one is green until the deadline; 未启动 counts as 0%. accepted are
// its marks as AcceptedAt returns them. A task without a deadline is due at the end of the
// plan's year.
func TaskLight(t *Task, accepted []Mark, year int, day Date, rules Rules) Standing {
	last, due := Latest(accepted), dueDate(t.Deadline, year)
	var s Standing
	if last != nil {
		s.Stage, s.ReportedOn, s.Filing = last.stage(), last.Date, last.ID
	}
	switch {
	case t.Cancelled != "":
		s.Light, s.Reason = Cancelled, "已取消："+t.Cancelled
	case last == nil:
		s.Light, s.Reason = unfiled(day.After(due))
	case s.Stage == Finished:
		first := firstFinished(accepted)
		s.Light, s.Late, s.Progress = Done, first.After(due), big.NewRat(1, 1)
		s.Reason = dayIn(first, due.Year) + "已完成" + lateMark(s.Late)
	case day.After(due):
		s.Light, s.Progress = Overdue, last.percent()
		s.Reason = "期限" + DeadlineText(due) + "已过，" + string(s.Stage) + last.percentMark() + "→逾期"
	default:
		s.rateStage(last, due, SchedulePercent(year, due, nil, day), day, rules)
	}
	s.Reason += taskOriginMark(t, &s, due, day, accepted)
	return s
}

// rateStage rates a task that goes on, or has not begun.
func (s *Standing) rateStage(last *Mark, due Date, percent *big.Rat, day Date, rules Rules) {
	s.Progress = last.percent()
	if s.Progress == nil {
		s.Light, s.Reason = Green, string(s.Stage)+asOfMark(last.Date, day)+"，期限"+DeadlineText(due)+"→绿灯"
		return
	}
	s.Expected = new(big.Rat).Quo(percent, hundred)
	s.Gap = new(big.Rat).Sub(percent, new(big.Rat).Mul(s.Progress, hundred))
	s.Light = rules.byGap(s.Gap)
	s.Reason = byDay(day) + "应到" + percentText(percent) + "，" + string(s.Stage) + last.percentMark() + asOfMark(last.Date, day) + gapText(s.Gap, rules.Green.Rat(), rules.Red.Rat()) + "→" + s.Light.Word()
}

// stage is 推进中 where a filing gives a percentage only.
func (m *Mark) stage() Stage {
	if m.Stage == "" {
		return Ongoing
	}
	return m.Stage
}

// percent is the share of a task that is done; nil where that is not known.
func (m *Mark) percent() *big.Rat {
	switch {
	case m.Percent != nil:
		p := m.Percent.Rat()
		return p.Quo(p, hundred)
	case m.stage() == NotStarted:
		return new(big.Rat)
	}
	return nil
}

func (m *Mark) percentMark() string {
	if m.Percent == nil {
		return ""
	}
	return "（" + percentText(m.Percent.Rat()) + "）"
}

// asOfMark says how old a stage is, where it is not of the day.
func asOfMark(reported, day Date) string {
	if reported == day {
		return ""
	}
	return "（截至" + dayIn(reported, day.Year) + "）"
}

// firstFinished is the data date since which all filings say 已完成.
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
