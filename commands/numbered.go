package commands

import (
	"regexp"
	"strconv"
	"strings"

	"duban/plan"
	"duban/render"
)

// numberedPattern is a number of a list with what is filed for it: 1 1476, 2 推进中.
var numberedPattern = regexp.MustCompile(`^(\d{1,2})(?:[\s.、:：]\s*)(\S.*)$`)

// fillPattern is the words of a button of the person's list: 填3.
var fillPattern = regexp.MustCompile(`^填(?:第)?(\d{1,3})项?$`)

// numbered reads filings by the numbers of the last list of parts, else of the person's own
// list: 1 1476，2 推进中.
func (t *turn) numbered() (handler, bool) {
	if !t.may(plan.ActFile) || t.current() == nil {
		return nil, false
	}
	items := t.listed()
	if m := fillPattern.FindStringSubmatch(t.text); m != nil && number(m[1]) >= 1 && number(m[1]) <= len(items) {
		t.args = []string{strconv.Itoa(int(items[number(m[1])-1].Item))}
		return startFiling, true
	}
	var picked []plan.Asked
	var said []string
	for _, piece := range strings.FieldsFunc(t.text, func(r rune) bool { return strings.ContainsRune("，；;", r) }) {
		m := numberedPattern.FindStringSubmatch(strings.TrimSpace(piece))
		if m == nil || number(m[1]) < 1 || number(m[1]) > len(items) || !t.onlyFigure(m[2]) {
			return nil, false
		}
		picked, said = append(picked, items[number(m[1])-1]), append(said, m[2])
	}
	if len(picked) == 0 {
		return nil, false
	}
	return func(t *turn) ([]render.Message, error) { return t.fileNumbered(picked, said) }, true
}

// listed are the items of the numbered list that was shown last, by the clock or in the
// chat, else the person's own.
func (t *turn) listed() []plan.Asked {
	p := t.current()
	switch {
	case len(t.kept.Asked) > 0 && t.kept.AskedAt.After(t.chat.partsAt):
		return t.kept.Asked
	case len(t.chat.parts) == 0 || t.chat.plan == nil || t.chat.plan.Key() != p.Key():
		return t.ownItems(p)
	}
	return t.chat.parts
}

// ownItems are those that the person's department answers for, in the order of the report.
func (t *turn) ownItems(p *plan.Plan) []plan.Asked {
	duties := t.shelfDuties(p)
	var items []plan.Asked
	for i := range p.Commitments {
		c := &p.Commitments[i]
		for _, m := range partsOf(c) {
			if plan.DutyOf(c, itemOf(m), duties).Includes(t.actor.Department) {
				items = append(items, plan.Asked{Plan: p.Key(), Item: itemOf(m)})
			}
		}
	}
	return items
}

// onlyFigure reports whether words are a number, a stage or 无变化 and nothing else.
func (t *turn) onlyFigure(words string) bool {
	if isUnchanged(words) {
		return content(unchangedPattern.ReplaceAllString(words, "")) == ""
	}
	s := scan{lineReader: lineReader{engine: t.library.Engine(string(t.current().Key()))}}
	_, rest := dateOf(words, t.today())
	list := s.figuresOf(rest)
	if len(list) > 1 || len(list) == 0 && stageOf(rest) == "" {
		return false
	}
	if len(list) == 1 {
		rest = rest[:list[0].Start] + rest[list[0].End:]
	}
	return content(withoutStage(rest)) == ""
}

// fileNumbered asks for the confirmation of what was said of some items.
func (t *turn) fileNumbered(items []plan.Asked, said []string) ([]render.Message, error) {
	d := filingDialog{Evidence: t.request.Media, Message: t.request.Message}
	whole := t.text
	defer func() { t.text = whole }()
	for i, item := range items {
		s, err := t.subject(item.Plan, item.Item)
		if err != nil {
			return nil, err
		}
		if err := plan.May(t.actor, plan.ActFile, s.duty); err != nil {
			return nil, err
		}
		x := draft{Plan: item.Plan, Item: item.Item, Date: t.today()}
		t.text = said[i]
		if !t.fill(&x, s) {
			return one(render.Message{Text: "第" + said[i] + "项没有读懂。请写成“序号 数”，例如：1 1476"}), nil
		}
		d.Drafts = append(d.Drafts, x)
	}
	t.joinWaiting(&d)
	return t.proceed(&d)
}
