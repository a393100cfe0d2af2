package commands

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"duban/plan"
	"duban/render"
)

// numberedMark begins what is filed for a number of a list: 1, 2. or 3：已完成. A point behind
// the number stands apart from what follows it, else it is a decimal.
var numberedMark = regexp.MustCompile(`^(\d{1,2})(?:[、:：)）.]|$)(.*)$`)

// ordinalPattern begins what is filed for 第一项 or 第2个.
var ordinalPattern = regexp.MustCompile(`^第([\d一二三四五六七八九十两]{1,3})(?:个|项|条)[、:：]?`)

// ordinalMark writes 第一项 at the beginning of a word as 1、.
func ordinalMark(word string) string {
	m := ordinalPattern.FindStringSubmatch(word)
	if m == nil {
		return word
	}
	return strconv.Itoa(ordinalOf(strings.ReplaceAll(m[1], "两", "二"))) + "、" + word[len(m[0]):]
}

// fillPattern is the words of a button of the person's list: 填3.
var fillPattern = regexp.MustCompile(`^填(?:第)?(\d{1,3})项?$`)

// numbered reads filings by the numbers of the last list of parts, else of the person's own
// list: 1 1476，2 推进中.
func (t *turn) numbered() (handler, bool) {
	if !t.may(plan.ActFile) || t.current() == nil {
		return nil, false
	}
	if run, ok := t.draftNumbered(); ok {
		return run, true
	}
	items := t.listed()
	if m := fillPattern.FindStringSubmatch(t.text); m != nil && number(m[1]) >= 1 && number(m[1]) <= len(items) {
		t.args = []string{strconv.Itoa(int(items[number(m[1])-1].Item))}
		return startFiling, true
	}
	if n, ok := t.bareNumber(); ok && n <= len(items) {
		t.args = []string{strconv.Itoa(int(items[n-1].Item))}
		return startFiling, true
	}
	list := t.numberedPieces(len(items))
	if len(list) == 0 {
		return t.beyondList(len(items))
	}
	return func(t *turn) ([]render.Message, error) { return t.fileNumbered(items, list) }, true
}

// bareNumber is a number alone that answers the list which 填报 showed.
func (t *turn) bareNumber() (n int, ok bool) {
	n, err := strconv.Atoi(strings.Trim(t.text, "第项.、 "))
	ok = t.chat.picking && len(t.chat.parts) > 0 && err == nil && n > 0
	t.chat.picking = false
	return n, ok
}

// beyondList answers a figure for 第9项 of a shorter list of n.
func (t *turn) beyondList(n int) (handler, bool) {
	if m := ordinalPattern.FindStringSubmatch(t.text); m == nil || n == 0 || ordinalOf(m[1]) <= n || len(t.numberedPieces(mostNumbered)) != 1 {
		return nil, false
	}
	return say("列表只有" + strconv.Itoa(n) + "项。发“我的”看序号。"), true
}

// mostNumbered is the last number that an entry of a list can have here.
const mostNumbered = 99

// numberedPiece is the number of an item with what is said of it.
type numberedPiece struct {
	number int
	said   string
}

// numberedPieces cuts a message into numbers up to most with a figure, a stage or 无变化
// behind each; none where it is anything else.
func (t *turn) numberedPieces(most int) []numberedPiece {
	var list []numberedPiece
	for _, piece := range strings.FieldsFunc(t.text, func(r rune) bool { return strings.ContainsRune("，；;", r) }) {
		some := t.cutNumbered(strings.Fields(piece), most)
		if some == nil {
			return nil
		}
		list = append(list, some...)
	}
	return list
}

// cutNumbered cuts words so that each number has the fewest words behind it; nil where that
// cannot be done.
func (t *turn) cutNumbered(words []string, most int) []numberedPiece {
	if len(words) == 0 {
		return nil
	}
	m := numberedMark.FindStringSubmatch(ordinalMark(words[0]))
	if m == nil || number(m[1]) < 1 || number(m[1]) > most || strings.Contains(words[0], ".") && m[2] != "" && m[2][0] < utf8.RuneSelf {
		return nil
	}
	for n := 1; n <= len(words); n++ {
		said := strings.TrimSpace(m[2] + " " + strings.Join(words[1:n], " "))
		if said == "" || !t.onlyFigure(said) {
			continue
		}
		first := numberedPiece{number(m[1]), said}
		if n == len(words) {
			return []numberedPiece{first}
		}
		if rest := t.cutNumbered(words[n:], most); rest != nil {
			return append([]numberedPiece{first}, rest...)
		}
	}
	return nil
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
	_, rest := figureDate(words, t.today())
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
func (t *turn) fileNumbered(items []plan.Asked, list []numberedPiece) ([]render.Message, error) {
	d := filingDialog{Evidence: t.media(), Message: t.request.Message}
	whole := t.text
	defer func() { t.text = whole }()
	for i, piece := range list {
		item := items[piece.number-1]
		s, err := t.subject(item.Plan, item.Item)
		if err != nil {
			return nil, err
		}
		if err := plan.May(t.actor, plan.ActFile, s.duty); err != nil {
			return nil, err
		}
		x := draft{Plan: item.Plan, Item: item.Item, Date: t.dataDate(s)}
		t.text = piece.said
		if slices.ContainsFunc(list[:i], func(p numberedPiece) bool { return p.number == piece.number }) || !t.fill(&x, s) {
			return one(render.NumberNotRead(piece.number, piece.said, s.target, s.task)), nil
		}
		d.Drafts = append(d.Drafts, x)
	}
	return t.joinAndProceed(&d)
}
