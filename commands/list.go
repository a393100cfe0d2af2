package commands

import (
	"errors"
	"slices"
	"strings"
	"time"

	"duban/ask"
	"duban/plan"
	"duban/render"
)

// current is the plan that the conversation is about: of the last page, else the latest.
func (t *turn) current() *plan.Plan {
	plans := t.library.Plans()
	for _, p := range plans {
		if t.chat.plan != nil && p.Key() == t.chat.plan.Key() {
			return p
		}
	}
	if len(plans) == 0 {
		return nil
	}
	return plans[0]
}

var noPlan = render.Message{Text: "还没有导入报告。请操作员运行 duban import 报告文件。"}

// open shows what an action points to.
func (t *turn) open(action render.Action) render.Message {
	p := t.current()
	switch {
	case p == nil:
		return noPlan
	case action.Kind == render.OpenItem:
		t.chat.place = slices.Index(t.chat.entries, action.String()) + 1
		return t.item(p, action.Code)
	case action.Kind == render.Do:
		return t.openList(action)
	case action.Kind == render.OpenStatus:
		return t.statusPage(p, action)
	case action.Code == "":
		return t.contents(p)
	}
	return t.chapter(p, action.Code, action.Page)
}

// openList shows the list that an entry of another list stands for.
func (t *turn) openList(action render.Action) render.Message {
	a := t.router.acts[action.Verb]
	if a.handle == nil || a.writes {
		return staleButton
	}
	t.args, t.request.Action = action.Args, action.String()
	messages, err := a.handle(t)
	t.failed = errors.Join(t.failed, err)
	if len(messages) == 0 {
		return staleButton
	}
	return messages[0]
}

func (t *turn) contents(p *plan.Plan) render.Message {
	t.show(p, nil)
	for _, c := range render.Chapters(p) {
		t.chat.entries = append(t.chat.entries, render.ListAction(c.Code, 0))
	}
	return render.Contents(p)
}

// chapter shows a page of the commitments under a code.
func (t *turn) chapter(p *plan.Plan, code plan.Code, page int) render.Message {
	members, title := membersOf(p, code)
	if len(members) == 0 {
		return render.Message{Text: "没有编号 " + string(code) + " 的章节。发“目录”看有哪些。"}
	}
	t.show(p, members)
	return render.List(p, title, members, code, page)
}

// show remembers a list so that a bare number opens an entry.
func (t *turn) show(p *plan.Plan, members []*plan.Commitment) {
	t.chat.plan, t.chat.entries, t.chat.parts, t.chat.told, t.chat.place = p, nil, nil, false, 0
	t.chat.source, t.chat.pages = source{text: tidy(t.request.Text), action: t.request.Action}, nil
	for _, c := range members {
		t.chat.entries = append(t.chat.entries, render.ItemAction(c.Code))
	}
}

func membersOf(p *plan.Plan, code plan.Code) (members []*plan.Commitment, title string) {
	for i := range p.Commitments {
		c := &p.Commitments[i]
		if c.Code.Within(code) {
			members = append(members, c)
			if title == "" {
				title = titleAt(c, len(code.Levels()))
			}
		}
	}
	return members, title
}

func titleAt(c *plan.Commitment, depth int) string {
	for _, t := range []string{map[int]string{1: c.Part, 2: c.Section, 3: c.Theme}[depth], c.Section, c.Part} {
		if t != "" {
			return t
		}
	}
	return c.Title
}

// item shows one commitment.
func (t *turn) item(p *plan.Plan, code plan.Code) render.Message {
	c := p.Commitment(code)
	if c == nil {
		return render.Message{Text: "没有编号 " + string(code) + "。发“目录”看有哪些，或发“查 关键词”。"}
	}
	t.chat.plan = p
	t.chat.answer = &ask.Answer{Plan: p, Intent: ask.IntentCommitment, Answered: true, Items: []ask.Item{{Commitment: c, Segment: &c.Segment}}}
	if len(c.Targets) > 0 {
		t.chat.answer.Items[0].Targets = []*plan.Target{&c.Targets[0]}
	}
	m := render.Item(p, t.standingOf(p, c), plan.DutyOf(c, c.ID, t.shelfDuties(p)))
	if t.follows(p.Key(), c) {
		m = render.AsFollowed(m, p, c)
	}
	if !t.seesWaiting() {
		return m
	}
	return t.withLatestOf(p.Key(), &ask.Item{Commitment: c}, m)
}

// standingOf is how one commitment stands today.
func (t *turn) standingOf(p *plan.Plan, c *plan.Commitment) *plan.CommitmentStanding {
	only := *p
	only.Commitments = []plan.Commitment{*c}
	standing, err := t.standing(&only)
	t.failed = errors.Join(t.failed, err)
	if standing == nil {
		standing = plan.Stand(&only, nil, t.today(), time.Time{}, t.router.options.Rules)
	}
	return &standing.Commitments[0]
}

func handleList(t *turn) ([]render.Message, error) {
	p := t.current()
	switch {
	case p == nil:
		return []render.Message{noPlan}, nil
	case t.words == "":
		return []render.Message{t.contents(p)}, nil
	case plan.Code(t.words).Levels() != nil:
		return []render.Message{t.chapter(p, plan.Code(t.words), 0)}, nil
	}
	if m, ok := t.chapterNamed(t.words); ok {
		return one(m), nil
	}
	if m, ok := t.chaptersAbout(p, t.words); ok {
		return one(m), nil
	}
	return t.ask(t.words + "有哪些"), nil
}

func handleDeeds(t *turn) ([]render.Message, error) {
	p := t.current()
	if p == nil {
		return []render.Message{noPlan}, nil
	}
	standing, err := t.standing(p)
	if err != nil {
		return nil, err
	}
	var deeds []*plan.CommitmentStanding
	var members []*plan.Commitment
	for i := range standing.Commitments {
		if cs := &standing.Commitments[i]; strings.HasPrefix(cs.Commitment.Label, "实事") {
			deeds, members = append(deeds, cs), append(members, cs.Commitment)
		}
	}
	if len(deeds) == 0 {
		return one(render.Message{Text: "这份报告没有单列民生实事。发“目录”看各章。"}), nil
	}
	t.show(p, members)
	return one(render.Deeds(standing, deeds)), nil
}

func handleItem(t *turn) ([]render.Message, error) {
	p := t.current()
	switch {
	case p == nil:
		return []render.Message{noPlan}, nil
	case t.words == "":
		return []render.Message{{Text: "请带上编号，例如：/item 3.6.2.5，或 /item 实事5"}}, nil
	case plan.Code(t.words).Levels() != nil && p.Commitment(plan.Code(t.words)) != nil:
		return []render.Message{t.item(p, plan.Code(t.words))}, nil
	}
	a := t.library.Ask(deedWords(t.words), ask.Context{})
	if !a.Answered || len(a.Items) == 0 || a.Items[0].Commitment == nil {
		return []render.Message{{Text: "没有找到“" + t.words + "”。发“目录”看有哪些，或直接提问。"}}, nil
	}
	return []render.Message{t.item(a.Plan, a.Items[0].Segment.Code)}, nil
}

// deedWords reads a bare number behind /item as the number of a 实事.
func deedWords(words string) string {
	if strings.Trim(words, "0123456789一二三四五六七八九十") == "" {
		return "实事" + words
	}
	return words
}
