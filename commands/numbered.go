package commands

import (
	"regexp"
	"strings"

	"duban/plan"
	"duban/render"
)

// numberedPattern reads "1 1476", "2、已完成", "3. 无变化".
var numberedPattern = regexp.MustCompile(`^(\d{1,3})\s*(?:[.．、:：]\s*|\s+)(\S.*)$`)

// number remembers a list of one's own items, so that "1 1476" files for the first.
func (t *turn) number(p *plan.Plan, parts []render.Part) {
	t.chat.asked, t.chat.askedAt = nil, t.request.Now
	for i := range parts {
		t.chat.asked = append(t.chat.asked, plan.Asked{Plan: p.Key(), Item: parts[i].Item()})
	}
}

// asked is the numbered list that the person saw last: of the clock's message, which is
// stored, or of /mine, which is not.
func (t *turn) asked() []plan.Asked {
	if t.chat.askedAt.After(t.kept.AskedAt) {
		return t.chat.asked
	}
	return t.kept.Asked
}

// numbered reports whether a message files for an item of the last numbered list, and how.
func (t *turn) numbered() (handler, bool) {
	m := numberedPattern.FindStringSubmatch(t.text)
	if m == nil || !t.may(plan.ActFile) || t.dialog != nil && t.dialog.Kind != filingKind {
		return nil, false
	}
	list, n := t.asked(), number(m[1])
	if n < 1 || n > len(list) {
		return nil, false
	}
	d := draft{Plan: list[n-1].Plan, Item: list[n-1].Item, Date: t.today()}
	if !d.say(m[2]) {
		return nil, false
	}
	return func(t *turn) ([]render.Message, error) { return t.fileNumbered(d) }, true
}

// say reads what is reported: one number, a stage, or 无变化.
func (d *draft) say(words string) bool {
	if value, unit, ok := soleNumber(words); ok {
		d.Value, d.Unit = &value, unit
		return true
	}
	if strings.Contains(words, unchangedWord) {
		d.Note = unchangedWord
		return true
	}
	d.Stage = stageOf(words)
	d.Note = words
	return d.Stage != ""
}

const unchangedWord = "无变化"

// fileNumbered asks for the confirmation of what was said of a numbered item.
func (t *turn) fileNumbered(d draft) ([]render.Message, error) {
	s, err := t.subject(d.Plan, d.Item)
	if err != nil {
		return nil, err
	}
	if err := plan.May(t.actor, plan.ActFile, s.duty); err != nil {
		return nil, err
	}
	switch {
	case d.Note == unchangedWord:
		if !d.repeat(s) {
			return one(render.Message{Text: "这一项还没有填报过，不能报“无变化”。请直接报数。"}), nil
		}
	case s.task != nil && d.Value != nil: // a percentage
		d.Percent, d.Value, d.Stage = d.Value, nil, plan.Ongoing
		if d.Percent.Cmp(plan.NewDecimal(100, 0)) >= 0 {
			d.Stage, d.Percent = plan.Finished, nil
		}
	}
	t.edited(&d, s)
	return t.proceed(&filingDialog{Drafts: []draft{d}, Evidence: t.request.Media, Message: t.request.Message})
}

// repeat takes over what was filed last; false where nothing was.
func (d *draft) repeat(s *subject) bool {
	last := s.last(d.Date)
	if last == nil {
		return false
	}
	d.Value, d.Stage, d.Percent, d.Note = last.Value, last.Stage, last.Percent, unchangedWord
	d.clear(plan.DoubtRepeats)
	return true
}
