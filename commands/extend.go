package commands

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"duban/ask"
	"duban/plan"
	"duban/render"
)

// extendKind names the dialog of an extension that is not complete yet.
const extendKind = "extend"

// extending is what is known of an extension before it is asked for.
type extending struct {
	Plan   plan.Key  `json:"plan"`
	Of     plan.ID   `json:"of,omitempty"`   // commitment whose part is not known yet
	Item   plan.ID   `json:"item,omitempty"` // target or task; 0 while it is not known
	Day    plan.Date `json:"day,omitzero"`
	Reason string    `json:"reason,omitempty"`
}

// handleExtend takes 申请延期 实事8 2018-06-30 雨季停工, or 申请延期 危桥 …; what is missing
// is asked for.
func handleExtend(t *turn) ([]render.Message, error) {
	p := t.current()
	if p == nil {
		return one(noPlan), nil
	}
	c, part, rest := t.spokenOf(p, t.words, nil)
	if c == nil || t.deadlineFirst(t.words) {
		return one(render.Message{Text: "请带上编号、新的期限和理由，例如：申请延期 实事8 2018年6月30日 雨季停工。你负责的：/mine"}), nil
	}
	all := partsOf(c)
	if len(all) == 0 {
		return one(render.Message{Text: shortTitle(c) + "没有可以延期的指标或任务。"}), nil
	}
	own := slices.DeleteFunc(partsOf(c), func(m ask.Match) bool { return t.mayRequest(p, m) != nil })
	switch {
	case part == nil && len(own) == 0:
		return nil, t.mayRequest(p, all[0])
	case part == nil && len(own) == 1:
		part = &own[0]
	}
	x := extending{Plan: p.Key(), Of: c.ID}
	if part != nil {
		x.Item = itemOf(*part)
	}
	return t.extend(x, rest)
}

// deadlineFirst reports whether words begin with a date, and so name no item: 到明年3月.
func (t *turn) deadlineFirst(words string) bool {
	words = strings.TrimLeft(words, "到至：:， ")
	first, _, _ := strings.Cut(strings.ReplaceAll(words, "，", " "), " ")
	if strings.Count(first, ".") > 1 {
		return false // a code
	}
	day, _ := dateOf(first, t.today())
	return !day.IsZero() && strings.IndexAny(first, "0123456789") == 0 || relativeYear.MatchString(first)
}

// relativeYear begins a date that counts from this year.
var relativeYear = regexp.MustCompile(`^(?:明年|后年|今年|下个?月|年底)`)

func (t *turn) mayRequest(p *plan.Plan, m ask.Match) error {
	return plan.May(t.actor, plan.ActRequest, plan.DutyOf(m.Commitment, itemOf(m), t.shelfDuties(p)))
}

// extendItem is the button of one item; what was said of its extension before is kept.
func extendItem(t *turn) ([]render.Message, error) {
	p := t.current()
	if p == nil {
		return one(noPlan), nil
	}
	x := extending{Plan: p.Key()}
	item := plan.ID(number(t.arg(0)))
	var said extending
	if c := p.Holder(item); t.recall(extendKind, &said) && said.Item == 0 && c != nil && c.ID == said.Of && said.Plan == x.Plan {
		x = said
	}
	x.Item = item
	return t.extend(x, "")
}

// extend stores the request if the item, a date and a reason are known, else asks for what
// is missing.
func (t *turn) extend(x extending, words string) ([]render.Message, error) {
	e := t.library.Engine(string(x.Plan))
	if e == nil {
		return nil, plan.ErrNotFound
	}
	if c := e.Plan().ByID(x.Of); x.Item == 0 && c != nil {
		x.read(words, plan.EndOfYear(e.Plan().Year))
		return one(render.ChoosePart("哪一项要延期？", "extend", c)), t.await(extendKind, x)
	}
	s, err := t.subject(x.Plan, x.Item)
	if err != nil {
		return nil, err
	}
	if err := plan.May(t.actor, plan.ActRequest, s.duty); err != nil {
		return nil, err
	}
	problem := x.read(words, s.deadline())
	if !x.Day.IsZero() && !x.Day.After(s.deadline()) {
		problem, x.Day = "新的期限要晚于"+fullDate(s.deadline())+"。", plan.Date{}
	}
	if x.Day.IsZero() || x.Reason == "" {
		view := render.RequestView{Commitment: s.commitment, Target: s.target, Task: s.task}
		return one(render.AskExtension(view, x.Day, x.Reason, problem)), t.await(extendKind, x)
	}
	return t.askExtension(x, s)
}

// read takes a date and a reason, or one of them; problem explains a date that is none.
func (x *extending) read(words string, deadline plan.Date) (problem string) {
	day, reason := dateOf(words, plan.EndOfYear(deadline.Year+1))
	if m := furtherPattern.FindStringSubmatch(words); m != nil && day.IsZero() {
		return x.further(m[1], m[2], deadline)
	}
	switch {
	case !day.IsZero():
		x.Day = day
	case x.Day.IsZero():
		problem, reason = noDeadline(words, deadline)
	}
	if reason = strings.Trim(reason, " ，,。"); len([]rune(reason)) >= 2 {
		x.Reason = reason
	}
	return problem
}

// furtherPattern puts a deadline off by a span: 再延一个月.
var furtherPattern = regexp.MustCompile(`^(?:再|多|还要|要|想)?(?:延长|延后|延期|延迟|推迟|推后|顺延|宽限|往后推|延|推|缓)(?:到)?(?:` + spanWords + `)(?:吧|就行|可以吗)?[。？?]?$`)

// further puts the deadline that was asked for, else the one that holds, off by a span.
func (x *extending) further(count, unit string, deadline plan.Date) (problem string) {
	from := x.Day
	if from.IsZero() {
		from = deadline
	}
	if day := later(from, count, unit); !day.IsZero() {
		x.Day = day
		return ""
	}
	return "“" + count + unit + "”要写成日期。"
}

// askExtension stores the request and tells the supervisors.
func (t *turn) askExtension(x extending, s *subject) ([]render.Message, error) {
	r, err := t.desk().Ask(plan.Request{Plan: x.Plan, Item: x.Item, Kind: plan.Extend, Deadline: x.Day, Reason: x.Reason, Chat: t.request.Chat})
	if err != nil {
		return nil, err
	}
	if err := t.settle(); err != nil {
		return nil, err
	}
	view := requestView(r, s)
	if err := t.tellRequest(view); err != nil {
		return nil, err
	}
	return one(render.Message{Text: "已提交延期申请：" + view.What() + "，" + fullDate(s.deadline()) + " → " + fullDate(x.Day) + "，理由：" + x.Reason + "。等督查室批。原期限会一直显示。"}), nil
}

// tellRequest tells the supervisors that a request waits.
func (t *turn) tellRequest(view render.RequestView) error {
	people, err := t.desk().Reaches(plan.Supervisor, "", t.today())
	if err != nil {
		return err
	}
	for _, p := range people {
		key := "request:" + strconv.FormatUint(view.Request.ID, 10) + ":" + string(p.ID)
		if err := t.notify(key, p.Chat, render.RequestCard(view)); err != nil {
			return err
		}
	}
	return nil
}

func (s *subject) deadline() plan.Date {
	if s.target != nil {
		return s.target.Deadline
	}
	return s.task.Deadline
}

// answerExtend takes what was asked for: the part, the date, the reason.
func answerExtend(t *turn) ([]render.Message, error) {
	var x extending
	if !t.recall(extendKind, &x) {
		return converse(t)
	}
	words := t.text
	if e := t.library.Engine(string(x.Plan)); x.Item == 0 && e != nil {
		if c := e.Plan().ByID(x.Of); c != nil {
			if part, rest := t.partIn(c, words); part != nil {
				x.Item, words = itemOf(*part), rest
			}
		}
	}
	return t.extend(x, words)
}

func shortTitle(c *plan.Commitment) string {
	if c.Label != "" {
		return c.Label
	}
	return "“" + c.Title + "”"
}

func fullDate(d plan.Date) string { return strconv.Itoa(d.Year) + "年" + plan.DayText(d) }
