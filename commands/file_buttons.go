package commands

import (
	"cmp"
	"slices"
	"time"

	"duban/plan"
	"duban/render"
)

// withFiling runs a button on the filing that waits. The first argument of its buttons is
// the question that they belong to: those of an earlier one show what waits now.
func withFiling(f func(*turn, *filingDialog) ([]render.Message, error)) handler {
	return func(t *turn) ([]render.Message, error) {
		var d filingDialog
		if !t.recall(filingKind, &d) {
			return one(render.Message{Text: "这次填报已经处理过或已过期。请再发一次，例如：养老床位 1476"}), nil
		}
		if t.arg(0) != d.Seq {
			messages, err := t.proceed(&d)
			return append(one(render.Message{Text: "这个按钮是前一条消息的，没有执行。现在等你答复的是："}), messages...), err
		}
		d.Photo = false
		return f(t, &d)
	}
}

// withDraft runs a button on one draft, whose place is the second argument, and goes on.
func withDraft(f func(*turn, *draft, *subject) error) handler {
	return withFiling(func(t *turn, d *filingDialog) ([]render.Message, error) {
		i := number(t.arg(1))
		if i < 0 || i >= len(d.Drafts) {
			return stale(t)
		}
		s, err := t.subject(d.Drafts[i].Plan, d.Drafts[i].Item)
		if err != nil {
			return nil, err
		}
		if err := f(t, &d.Drafts[i], s); err != nil {
			return nil, err
		}
		return t.proceed(d)
	})
}

func editFiling(t *turn, d *filingDialog) ([]render.Message, error) {
	i := number(t.arg(1))
	if i < 0 || i >= len(d.Drafts) {
		return stale(t)
	}
	return t.editDraft(d, i)
}

// editDraft asks for the number of a draft anew.
func (t *turn) editDraft(d *filingDialog, i int) ([]render.Message, error) {
	s, err := t.subject(d.Drafts[i].Plan, d.Drafts[i].Item)
	if err != nil {
		return nil, err
	}
	d.Editing = i + 1
	if s.task != nil {
		return one(render.AskStage(s.commitment, s.task)), t.await(filingKind, d)
	}
	return one(render.AskNumber(s.target, "")), t.await(filingKind, d)
}

func awaitPhoto(t *turn, d *filingDialog) ([]render.Message, error) {
	d.Photo = true
	return one(render.Message{Text: "请发照片或文件，可以一次多张。发完点确认。"}), t.await(filingKind, d)
}

// takeSuggestion takes the value that was probably meant; of a task of which something is
// left that it goes on.
func takeSuggestion(t *turn, d *draft, s *subject) error {
	for _, doubt := range d.doubts(s, t.today()) {
		if doubt.Kind == plan.DoubtPart {
			d.Stage, d.Rest, d.Nearly = plan.Ongoing, "", false
			return nil
		}
		if doubt.Suggest != nil {
			d.Value, d.Unit = doubt.Suggest, ""
			return nil
		}
	}
	return nil
}

// keepValue clears the doubts about the value as it was written.
func keepValue(t *turn, d *draft, s *subject) error {
	if slices.ContainsFunc(d.doubts(s, t.today()), func(x plan.Doubt) bool { return x.Never }) {
		return nil
	}
	d.clear(plan.DoubtScale, plan.DoubtTooLarge, plan.DoubtRepeats, plan.DoubtUnmet, plan.DoubtUnit, plan.DoubtFalls, plan.DoubtAgainst, plan.DoubtPart, plan.DoubtBackward)
	return nil
}

// addToLast reads the number as that of the month: it adds to the last month's total, else
// to the filing that it seemed to contradict.
func addToLast(t *turn, d *draft, s *subject) error {
	last := d.fallen(s, t.today())
	if last == nil || d.Value == nil {
		return nil
	}
	sum := s.plus(*d.Value, d.Date, true)
	if sum == nil && last.Date.Year == d.Date.Year && last.Date.Month == d.Date.Month {
		d.Value, d.Missing = nil, noBase // the same month is not counted twice
		return nil
	}
	if sum == nil {
		total := plan.NewDecimalRat(d.Value.Rat().Add(d.Value.Rat(), last.Value.Rat()))
		sum = &total
	}
	d.Value, d.Unit = sum, ""
	return nil
}

// fallen is the filing that a draft is smaller than; nil for none.
func (d *draft) fallen(s *subject, today plan.Date) *plan.Mark {
	for _, x := range d.doubts(s, today) {
		if x.Kind == plan.DoubtFalls {
			return x.Last
		}
	}
	return nil
}

// correctLast makes the draft the correction of the last filing.
func correctLast(t *turn, d *draft, s *subject) error {
	last := d.fallen(s, t.today())
	if last == nil {
		return nil
	}
	d.Supersedes, d.Reason = last.ID, "更正上次填报"
	d.clear(plan.DoubtFalls)
	return nil
}

// pickItem decides which of several items is meant.
func pickItem(t *turn, d *draft, _ *subject) error {
	item := plan.ID(number(t.arg(2)))
	s, err := t.subject(d.Plan, item)
	if err != nil {
		return err
	}
	if err := plan.May(t.actor, plan.ActFile, s.duty); err != nil {
		return err
	}
	d.Item, d.Others = item, nil
	if s.task != nil && (d.Value != nil || d.Stage != "") { // a share of a task, not its value
		d.Percent, d.Value, d.Stage = d.Value, nil, cmp.Or(d.Stage, plan.Ongoing)
	}
	t.correction(d, s)
	return nil
}

func dateToday(t *turn, d *draft, _ *subject) error {
	d.Date = t.today()
	return nil
}

// startFiling asks for the number of one item: the guided way.
func startFiling(t *turn) ([]render.Message, error) {
	p := t.current()
	item := plan.ID(number(t.arg(0)))
	if p == nil {
		return one(noPlan), nil
	}
	t.chat.picking = false
	s, err := t.subject(p.Key(), item)
	if err != nil {
		return nil, err
	}
	if err := plan.May(t.actor, plan.ActFile, s.duty); err != nil {
		return nil, err
	}
	d := filingDialog{Drafts: []draft{{Plan: p.Key(), Item: item, Date: t.dataDate(s)}}}
	t.joinWaiting(&d)
	return t.editDraft(&d, len(d.Drafts)-1)
}

// fileUnchanged files 无变化, or a stage, for one item.
func fileUnchanged(t *turn) ([]render.Message, error) {
	p := t.current()
	if p == nil {
		return one(noPlan), nil
	}
	item := plan.ID(number(t.arg(0)))
	s, err := t.subject(p.Key(), item)
	if err != nil {
		return nil, err
	}
	if err := plan.May(t.actor, plan.ActFile, s.duty); err != nil {
		return nil, err
	}
	d := draft{Plan: p.Key(), Item: item, Date: t.dataDate(s)}
	if d.Stage = stageByNumber(t.arg(1)); d.Stage == "" && !d.unchanged(s) {
		return one(render.Message{Text: "这一项还没有填报过，不能报“无变化”。"}), nil
	}
	t.correction(&d, s)
	dialog := filingDialog{Drafts: []draft{d}}
	return t.joinAndProceed(&dialog)
}

func stageByNumber(text string) plan.Stage {
	switch text {
	case "1":
		return plan.NotStarted
	case "2":
		return plan.Ongoing
	case "3":
		return plan.Finished
	}
	return ""
}

// doubt asks back about a draft.
func (t *turn) doubt(d *draft, i int, s *subject, doubt plan.Doubt, seq string) render.Message {
	q := render.DoubtQuestion{Index: i, Seq: seq, Doubt: doubt, Target: s.target, Commitment: s.commitment, Value: d.Value, Unit: d.Unit, Date: d.Date, Stage: d.Stage, Rest: d.Rest}
	for _, id := range append([]plan.ID{d.Item}, d.Others...) {
		if c := s.plan.Holder(id); c != nil && len(d.Others) > 0 {
			q.Choices = append(q.Choices, render.Choice{Item: id, Commitment: c, Target: c.Target(id), Task: c.Task(id)})
		}
	}
	return render.Doubt(q)
}

// upTo returns the marks of data dates up to a day, as lights want them.
func upTo(marks []plan.Mark, day plan.Date) []plan.Mark {
	return plan.AcceptedAt(marks, day, time.Time{})
}
