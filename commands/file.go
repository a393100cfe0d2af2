package commands

import (
	"strings"

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
	return lineReader{engine: t.library.Engine(string(p.Key())), today: t.today(), department: t.actor.Department, own: own}, true
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
	d := filingDialog{Evidence: t.request.Media, Message: t.request.Message}
	for i := range l.entries {
		next, err := t.draft(&l.entries[i], &l)
		if err != nil {
			return nil, err
		}
		d.Drafts = append(d.Drafts, next...)
	}
	if len(d.Drafts) == 0 {
		return one(render.Message{Text: "这一项还没有填报过，不能报“无变化”。请直接报数，例如：养老床位 1476"}), nil
	}
	return t.proceed(&d)
}

// handleFile files what stands behind the command; alone it shows what there is to file.
func handleFile(t *turn) ([]render.Message, error) {
	if t.words == "" {
		return handleMine(t)
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
	d := draft{Plan: p.Key(), Item: e.item(), Value: e.value, Unit: e.unit, Stage: e.stage, Date: l.date, Note: l.note}
	if d.Date.IsZero() {
		d.Date = t.today()
	}
	for _, m := range e.others {
		d.Others = append(d.Others, itemOf(m))
	}
	last := s.last(d.Date)
	switch {
	case e.unchanged && last == nil:
		return nil, nil
	case e.unchanged:
		d.Value, d.Stage, d.Percent, d.Note = last.Value, last.Stage, last.Percent, "无变化"
		d.clear(plan.DoubtRepeats)
	case s.task != nil:
		d.Percent, d.Value = d.Value, nil
	case e.disputed:
		d.Value = nil
	case e.weight == ofPeriod && d.Value != nil:
		d.Value = s.plus(*d.Value, d.Date, e.month)
	}
	t.edited(&d, s)
	return []draft{d}, nil
}

// edited makes a draft out of an edited message the correction of what was filed from it.
func (t *turn) edited(d *draft, s *subject) {
	if !t.request.Edited || t.request.Message == "" {
		return
	}
	for i := range s.history {
		f := &s.history[i]
		if f.Origin == t.request.Message && f.By == t.actor.ID && f.Supersedes != f.ID {
			d.Supersedes, d.Reason = f.ID, "修改了原来的消息"
		}
	}
}

// proceed asks the next question about the drafts: the first doubt, else the confirmation.
func (t *turn) proceed(d *filingDialog) ([]render.Message, error) {
	echo := make([]render.Echo, 0, len(d.Drafts))
	for i := range d.Drafts {
		s, err := t.subject(d.Drafts[i].Plan, d.Drafts[i].Item)
		if err != nil {
			return nil, err
		}
		if s.target != nil && d.Drafts[i].Value == nil { // 已完成 without a number
			d.Editing = i + 1
			return one(render.AskNumber(s.target, nil)), t.await(filingKind, d)
		}
		if doubts := d.Drafts[i].doubts(s, t.today()); len(doubts) > 0 {
			if err := t.await(filingKind, d); err != nil {
				return nil, err
			}
			return one(t.doubt(&d.Drafts[i], i, s, doubts[0])), nil
		}
		echo = append(echo, t.echo(&d.Drafts[i], s))
	}
	if err := t.await(filingKind, d); err != nil {
		return nil, err
	}
	return one(render.Confirm(echo, len(d.Evidence))), nil
}

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
	e.Last = s.last(d.Date)
	marks := append(append([]plan.Mark{}, s.known...), plan.Mark{ID: ^plan.FilingID(0), Value: d.Value, Stage: d.Stage, Percent: d.Percent, Date: d.Date})
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

// answerFiling handles what is typed while a filing waits.
func answerFiling(t *turn) ([]render.Message, error) {
	var d filingDialog
	if !t.recall(filingKind, &d) {
		return converse(t)
	}
	switch text := strings.Trim(t.text, "。！!，, "); {
	case len(t.request.Media) > 0 && (text == "" || d.Photo):
		return t.addEvidence(&d)
	case d.Editing > 0 && d.Editing <= len(d.Drafts):
		if done, messages, err := t.newNumber(&d, text); done {
			return messages, err
		}
	case text == "确认" || text == "是" || text == "对" || text == "好" || text == "ok" || text == "OK" || text == "确定":
		return t.confirm(&d)
	case text == "取消" || text == "不报了" || text == "算了":
		return cancelFiling(t)
	}
	if t.readsAsFiling() {
		return beginFiling(t)
	}
	return converse(t)
}

// confirm files the drafts, unless something is still in doubt.
func (t *turn) confirm(d *filingDialog) ([]render.Message, error) {
	for i := range d.Drafts {
		s, err := t.subject(d.Drafts[i].Plan, d.Drafts[i].Item)
		if err != nil {
			return nil, err
		}
		if s.target != nil && d.Drafts[i].Value == nil || len(d.Drafts[i].doubts(s, t.today())) > 0 {
			return t.proceed(d)
		}
	}
	return t.fileAll(d)
}

func (t *turn) addEvidence(d *filingDialog) ([]render.Message, error) {
	d.Evidence = append(d.Evidence, t.request.Media...)
	d.Photo = false
	return t.proceed(d)
}

// newNumber takes a number that was asked for; done is false where the text holds none.
func (t *turn) newNumber(d *filingDialog, text string) (done bool, messages []render.Message, err error) {
	x := &d.Drafts[d.Editing-1]
	value, unit, ok := soleNumber(text)
	if !ok {
		return false, nil, nil
	}
	x.Value, x.Unit, x.Cleared, x.Supersedes = &value, unit, nil, 0
	d.Editing = 0
	messages, err = t.proceed(d)
	return true, messages, err
}

func cancelFiling(t *turn) ([]render.Message, error) {
	return one(render.Message{Text: "已取消，没有填报。"}), t.settle()
}
