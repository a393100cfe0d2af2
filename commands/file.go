package commands

import (
	"strconv"

	"duban/plan"
	"duban/render"
)

// filingKind names the dialog of a filing that waits for its confirmation.
const filingKind = "filing"

// reader reads filings against the plan of the conversation.
func (t *turn) reader() (lineReader, bool) {
	p := t.current()
	if p == nil {
		return lineReader{}, false
	}
	own := t.ownership(p)
	var lead func(*plan.Commitment) string
	if t.may(plan.ActSeeAll) {
		duties := t.router.shelf.duties(p.Key())
		lead = func(c *plan.Commitment) string {
			if d := plan.DutyOf(c, c.ID, duties); d != nil {
				return d.Lead
			}
			return ""
		}
	}
	return lineReader{engine: t.library.Engine(string(p.Key())), today: t.today(), department: t.actor.Department, own: own, lead: lead}, true
}

// ownership tells which commitments the person answers for, as far as is known.
func (t *turn) ownership(p *plan.Plan) func(*plan.Commitment) bool {
	duties := t.router.shelf.duties(p.Key())
	return func(c *plan.Commitment) bool {
		if t.may(plan.ActSeeAll) {
			return true
		}
		if plan.DutyOf(c, c.ID, duties).Includes(t.actor.Department) {
			return true
		}
		for i := range c.Targets {
			if plan.DutyOf(c, c.Targets[i].ID, duties).Includes(t.actor.Department) {
				return true
			}
		}
		return false
	}
}

// readsAsFiling reports whether a message of staff is a status report.
func (t *turn) readsAsFiling() bool {
	if !t.may(plan.ActFile) {
		return false
	}
	r, ok := t.reader()
	if !ok {
		return false
	}
	_, ok = r.read(t.text)
	return ok
}

// neverFiled refuses 无变化 of what was not filed before.
var neverFiled = render.Message{Text: "这一项还没有填报过，不能报“无变化”。请直接报数，例如：养老床位 1476"}

// beginFiling understands a status report and asks for its confirmation.
func beginFiling(t *turn) ([]render.Message, error) {
	r, ok := t.reader()
	if !ok {
		return one(noPlan), nil
	}
	l, ok := r.read(t.text)
	if !ok {
		return one(render.NotUnderstood(l.unknown)), nil
	}
	d := filingDialog{Evidence: t.media(), Message: t.request.Message}
	for i := range l.entries {
		next, err := t.draft(&l.entries[i], &l)
		if err != nil {
			return nil, err
		}
		d.Drafts = append(d.Drafts, next...)
	}
	if len(d.Drafts) == 0 {
		return one(neverFiled), nil
	}
	return t.joinAndProceed(&d)
}

// handleFile files what stands behind the command; alone it shows what there is to file.
func handleFile(t *turn) ([]render.Message, error) {
	if t.words == "" {
		messages, err := handleMine(t)
		t.chat.picking = true
		return messages, err
	}
	t.text = t.words
	return beginFiling(t)
}

// draft makes the draft of an entry; none for 无变化 of what was never filed.
func (t *turn) draft(e *entry, l *line) ([]draft, error) {
	p := t.current()
	s, err := t.subject(p.Key(), e.item())
	if err != nil {
		return nil, err
	}
	if err := plan.May(t.actor, plan.ActFile, s.duty); err != nil {
		return nil, err
	}
	d := draft{Plan: p.Key(), Item: e.item(), Value: e.value, Unit: e.unit, Stage: e.stage, Date: l.date, Note: l.note, Rest: e.rest, Nearly: e.nearly}
	if !e.date.IsZero() {
		d.Date = e.date
	}
	if d.Date.IsZero() {
		d.Date = t.dataDate(s)
	}
	for _, m := range e.others {
		d.Others = append(d.Others, itemOf(m))
	}
	if !d.take(e, s) {
		return nil, nil
	}
	t.correction(&d, s)
	if d.Reason == sameDay && e.weight == corrected {
		d.Reason = "更正上次填报"
	}
	return []draft{d}, nil
}

// noBase is why a number of the month cannot be added up.
const noBase = "上月底没有报过累计数，加不上这一笔。"

// take fits the figure of an entry to target or task; false for 无变化 of what was never
// filed.
func (d *draft) take(e *entry, s *subject) bool {
	switch {
	case e.unchanged:
		return d.unchanged(s)
	case s.task != nil:
		d.Percent, d.Value = d.Value, nil
		return true
	}
	d.Stage = ""
	switch level := plan.BasisOf(s.target) == plan.BasisLevel; {
	case e.missing != "":
		d.Value, d.Missing = nil, e.missing
	case e.weight == ofPeriod && d.Value != nil && (!level || e.unit == "百分点"):
		if d.Value = s.plus(*d.Value, d.Date, e.month); d.Value == nil {
			d.Missing = noBase
		}
	case !e.since.IsZero() && !level && d.Value != nil:
		d.ofPeriod(e, s)
	}
	return true
}

// ofPeriod reads the number of a single month or quarter: less than what had been reached
// before it can only have been added since; with nothing to add to it is asked for.
func (d *draft) ofPeriod(e *entry, s *subject) {
	switch last := s.last(e.since); {
	case last != nil && last.Value != nil && d.Value.Cmp(*last.Value) < 0:
		sum := plan.NewDecimalRat(d.Value.Rat().Add(d.Value.Rat(), last.Value.Rat()))
		d.Value = &sum
	case last == nil && e.fresh && e.since.Year == d.Date.Year && s.last(d.Date) == nil:
		d.Value, d.Missing = nil, "拿不准“"+e.said+"”是那一段时间的，还是今年以来的。"
	}
}

// unchanged makes the draft one of 无变化; false where nothing was filed before.
func (d *draft) unchanged(s *subject) bool {
	last := s.last(d.Date)
	if last == nil {
		return false
	}
	d.Value, d.Stage, d.Percent, d.Unit, d.Note = last.Value, last.Stage, last.Percent, "", "无变化"
	d.clear(plan.DoubtRepeats, plan.DoubtUnmet)
	return true
}

// sameDay is the reason of a filing that takes the place of one of the same data date. Nobody
// said that the earlier one was wrong, so the two are compared.
const sameDay = "同日重报"

// correction makes a draft supersede what it stands for anew: the filing of the message
// that was edited, or one of the same data date that nobody has decided.
func (t *turn) correction(d *draft, s *subject) {
	for i := range s.history {
		f := &s.history[i]
		switch {
		case s.replaced[f.ID]:
		case t.request.Edited && t.request.Message != "" && f.Origin == t.request.Message && f.By == t.actor.ID:
			d.Supersedes, d.Reason = f.ID, "修改了原来的消息"
			return
		case f.Verdict() == "" && f.Date == d.Date && f.Department == t.actor.Department:
			d.Supersedes, d.Reason = f.ID, sameDay
		}
	}
}

// proceed asks the next question about the drafts: the first doubt, else the confirmation.
func (t *turn) proceed(d *filingDialog) ([]render.Message, error) {
	revision, err := t.tx.Revision()
	if err != nil {
		return nil, err
	}
	d.Seq = strconv.FormatUint(revision, 36)
	d.Editing = 0
	if len(d.Drafts) == 0 {
		return one(evidenceFirst), t.await(filingKind, d)
	}
	echo := make([]render.Echo, 0, len(d.Drafts))
	for i := range d.Drafts {
		x := &d.Drafts[i]
		s, err := t.subject(x.Plan, x.Item)
		if err != nil {
			return nil, err
		}
		if doubts := x.doubts(s, t.today()); len(doubts) > 0 && (x.Value != nil || doubts[0].Kind == plan.DoubtAmbiguous || s.target == nil) {
			return one(t.doubt(x, i, s, doubts[0], d.Seq)), t.await(filingKind, d)
		}
		if m, ok := x.ask(s); ok {
			d.Editing = i + 1
			return one(m), t.await(filingKind, d)
		}
		echo = append(echo, t.echo(x, s))
	}
	return one(render.Confirm(echo, len(d.Evidence), d.Seq)), t.await(filingKind, d)
}

// ask asks for what a draft lacks: the number of a target, the stage of a task.
func (d *draft) ask(s *subject) (m render.Message, lacks bool) {
	switch {
	case s.target != nil && d.Value == nil: // 已完成 without a number
		return render.AskNumber(s.target, d.Missing), true
	case s.task != nil && d.Stage == "":
		return render.AskStage(s.commitment, s.task), true
	}
	return m, false
}

var evidenceFirst = render.Message{Text: "收到附件。请发一句话说明是哪一项，例如：养老床位 1476"}

// echo is what a draft changes.
func (t *turn) echo(d *draft, s *subject) render.Echo {
	e := render.Echo{
		Commitment: s.commitment, Target: s.target, Task: s.task, Department: t.actor.Department,
		Date: d.Date, Value: d.Value, Stage: d.Stage, Percent: d.Percent, Note: d.Note, Corrects: d.Supersedes != 0,
	}
	if e.Department == "" && s.duty != nil {
		e.Department = s.duty.Lead
	}
	day, rules := t.today(), t.router.options.Rules
	if e.Later = s.later(d); e.Later != nil { // what is filed in arrears is judged by its own day
		day = d.Date
	}
	e.Last = s.last(d.Date)
	for i := range s.known {
		if d.Supersedes != 0 && s.known[i].ID == d.Supersedes {
			e.Last = &s.known[i]
		}
	}
	marks := append(append([]plan.Mark{}, s.known...), plan.Mark{ID: ^plan.FilingID(0), Value: d.Value, Stage: d.Stage, Percent: d.Percent, Date: d.Date, Supersedes: d.Supersedes})
	if s.target != nil {
		e.Before = plan.LightAt(s.target, upTo(s.known, day), s.plan.Year, day, rules)
		e.After = plan.LightAt(s.target, upTo(marks, day), s.plan.Year, day, rules)
		return e
	}
	e.Before = plan.TaskLight(s.task, upTo(s.known, day), s.plan.Year, day, rules)
	e.After = plan.TaskLight(s.task, upTo(marks, day), s.plan.Year, day, rules)
	return e
}

// fileAll files the drafts of a dialog.
func (t *turn) fileAll(d *filingDialog) ([]render.Message, error) {
	var filed []plan.Filing
	for i := range d.Drafts {
		f := d.Drafts[i].filing()
		f.Chat, f.Evidence, f.Origin, f.Demo = t.request.Chat, d.Evidence, d.Message, t.router.options.Demo
		stored, err := t.desk().File(f)
		if err != nil {
			return nil, err
		}
		filed = append(filed, stored)
	}
	if err := t.settle(); err != nil {
		return nil, err
	}
	warned, err := t.warnOnce()
	if err != nil {
		return nil, err
	}
	if err := t.announce(filed); err != nil {
		return nil, err
	}
	return one(render.Filed(len(filed), t.router.options.AtOnce, t.router.options.Signed, warned)), nil
}

// warnOnce tells a filer once that nothing classified may be filed here.
func (t *turn) warnOnce() (bool, error) {
	if t.person == nil || t.person.Warned {
		return false, nil
	}
	p := *t.person
	p.Warned = true
	return true, t.desk().PutPerson(p)
}
