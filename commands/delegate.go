package commands

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"duban/plan"
	"duban/render"
)

// delegateKind names the dialog that waits for whom an item is handed to.
const delegateKind = "delegate"

// delegating is the item that is handed on.
type delegating struct {
	Plan plan.Key `json:"plan"`
	Item plan.ID  `json:"item"` // commitment, target or task
}

// handed is what is handed on.
type handed struct {
	plan       *plan.Plan
	commitment *plan.Commitment
	item       plan.ID
	duty       *plan.Duty
}

// view is what is handed on as a request shows it.
func (h *handed) view() render.RequestView {
	return render.RequestView{Commitment: h.commitment, Target: h.commitment.Target(h.item), Task: h.commitment.Task(h.item)}
}

// name is what is handed on in few words: 实事8, 实事8 改造农村危桥.
func (h *handed) name() string {
	if h.item == h.commitment.ID {
		return shortTitle(h.commitment)
	}
	view := h.view()
	return view.What()
}

// handleDelegate takes 转交 实事5 王某某, 转交 实事5 财政局 理由, or the name of one part
// (转交 危桥 王某某). A colleague is told at
// once; another department needs the supervisors' consent.
func handleDelegate(t *turn) ([]render.Message, error) {
	p := t.current()
	if p == nil {
		return one(noPlan), nil
	}
	c, part, rest := t.spokenOf(p, t.words, t.takesOver)
	if c == nil {
		return one(render.Message{Text: "请写明哪一项、转给谁，例如：转交 实事5 王某某；转交 实事5 财政局 资金由财政局管"}), nil
	}
	item := c.ID
	if part != nil {
		item = itemOf(*part)
	}
	return t.delegate(delegating{Plan: p.Key(), Item: item}, rest)
}

// takesOver reports whether a word names who may take an item over.
func (t *turn) takesOver(word string) bool {
	colleagues, err := t.colleagues()
	known, e := t.isDepartment(word)
	return err == nil && e == nil && (known || len(calledBy(colleagues, word)) > 0)
}

// delegateItem is the button of one item.
func delegateItem(t *turn) ([]render.Message, error) {
	p := t.current()
	if p == nil {
		return one(noPlan), nil
	}
	return t.delegate(delegating{Plan: p.Key(), Item: plan.ID(number(t.arg(0)))}, "")
}

// handedItem reads what is handed on; the person has to answer for it.
func (t *turn) handedItem(d delegating) (*handed, error) {
	e := t.library.Engine(string(d.Plan))
	if e == nil || e.Plan().Holder(d.Item) == nil {
		return nil, plan.ErrNotFound
	}
	duties, err := t.tx.Plans().Duties(d.Plan)
	if err != nil {
		return nil, err
	}
	h := &handed{plan: e.Plan(), commitment: e.Plan().Holder(d.Item), item: d.Item}
	h.duty = plan.DutyOf(h.commitment, d.Item, duties)
	return h, plan.May(t.actor, plan.ActRequest, h.duty)
}

// takerLead stands before who takes an item over: 转给同事 张三, 交给 财政局.
var takerLead = regexp.MustCompile(`^\s*(?:(?:请|想|要)?(?:转交给|转给|交给|转交|移交给?|给|到|由)\s*)?(?:(?:本单位|我们单位|单位)的?)?(?:(?:我的)?同事的?[：: ]*)?`)

// delegate hands an item on if the words say to whom, else it asks.
func (t *turn) delegate(d delegating, words string) ([]render.Message, error) {
	h, err := t.handedItem(d)
	if err != nil {
		return nil, err
	}
	words = takerLead.ReplaceAllString(words, "")
	to, reason, _ := strings.Cut(words, " ")
	colleagues, err := t.colleagues()
	if err != nil {
		return nil, err
	}
	if found := calledBy(colleagues, to); len(found) == 1 {
		return t.handTo(h, &found[0])
	}
	known, err := t.isDepartment(to)
	switch {
	case err != nil:
		return nil, err
	case to == t.actor.Department && to != "":
		return one(render.Message{Text: "这一项本来就归" + to + "。请写同事的名字或别的单位。"}), nil
	case known:
		return t.askTransfer(h, to, reason)
	}
	problem := ""
	if to != "" {
		problem = "没有认出“" + to + "”是哪位同事或哪个单位。"
	}
	return one(render.AskDelegate(problem, h.name(), h.item, colleagues)), t.await(delegateKind, d)
}

// departmentEnds are how names of departments end.
var departmentEnds = []string{"局", "委", "办", "部", "厅", "院", "中心", "公司", "政府", "会", "队", "署", "处", "站", "社", "区", "县"}

// isDepartment reports whether a word names a department: a registered one, or one that
// looks like it.
func (t *turn) isDepartment(word string) (bool, error) {
	if len([]rune(word)) < 2 || len([]rune(word)) > 20 {
		return false, nil
	}
	if slices.ContainsFunc(departmentEnds, func(end string) bool { return strings.HasSuffix(word, end) }) {
		return true, nil
	}
	people, err := t.everybody()
	return slices.ContainsFunc(people, func(p plan.Person) bool { return p.Department == word }), err
}

// handTo tells a colleague; the department goes on answering for the item.
func (t *turn) handTo(h *handed, colleague *plan.Person) ([]render.Message, error) {
	if err := t.settle(); err != nil {
		return nil, err
	}
	if colleague.Away(t.today()) {
		return one(render.Message{Text: render.PersonName(colleague) + "请假到" + plan.DayText(colleague.Leave.Until) + "。请换一位同事。"}), nil
	}
	from := roleText(t.actor)
	if t.person != nil {
		from = render.PersonName(t.person)
	}
	key := "handed:" + strconv.Itoa(int(h.item)) + ":" + string(colleague.ID) + ":" + stamp(t.request.Now)
	if err := t.notify(key, colleague.Chat, render.HandedTo(from, h.view())); err != nil {
		return nil, err
	}
	return one(render.Message{Text: "已转给" + render.PersonName(colleague) + "：" + h.name() + "。这一项仍归本单位。"}), nil
}

// delegateTo is the button of a colleague.
func delegateTo(t *turn) ([]render.Message, error) {
	p := t.current()
	if p == nil {
		return one(noPlan), nil
	}
	return t.delegate(delegating{Plan: p.Key(), Item: plan.ID(number(t.arg(0)))}, string(t.personArg(1)))
}

// answerDelegate takes to whom an item goes.
func answerDelegate(t *turn) ([]render.Message, error) {
	var d delegating
	if !t.recall(delegateKind, &d) {
		return converse(t)
	}
	return t.delegate(d, t.text)
}

// askTransfer asks the supervisors to let another department answer for an item.
func (t *turn) askTransfer(h *handed, to, reason string) ([]render.Message, error) {
	if reason == "" {
		m := render.Message{Text: "转给别的单位要写理由。请发单位和理由，例如：" + to + " 资金由" + to + "管。不转了就发“取消”。"}
		return one(m), t.await(delegateKind, delegating{Plan: h.plan.Key(), Item: h.item})
	}
	r, err := t.desk().Ask(plan.Request{Plan: h.plan.Key(), Item: h.item, Kind: plan.Transfer, To: to, Reason: reason, Chat: t.request.Chat})
	if err != nil {
		return nil, err
	}
	if err := t.settle(); err != nil {
		return nil, err
	}
	view := h.view()
	view.Request = r
	if err := t.tellRequest(view); err != nil {
		return nil, err
	}
	return one(render.Message{Text: "已申请把" + h.name() + "转给" + to + "，等督查室批。批准以前仍由" + ownerText(h.duty) + "填报。"}), nil
}

func ownerText(d *plan.Duty) string {
	if d == nil {
		return "督查室"
	}
	return d.Lead
}

// transfer lets the department of a granted request answer for its item.
func (t *turn) transfer(r *plan.Request, c *plan.Commitment) error {
	duties, err := t.tx.Plans().Duties(r.Plan)
	if err != nil {
		return err
	}
	duty := plan.Duty{Item: r.Item, Lead: r.To}
	if old := plan.DutyOf(c, r.Item, duties); old != nil {
		duty.Support = slices.DeleteFunc(slices.Clone(old.Support), func(s string) bool { return s == r.To })
	}
	if err := t.desk().Assign(r.Plan, duty); err != nil {
		return err
	}
	people, err := t.desk().Reaches("", r.To, t.today())
	if err != nil {
		return err
	}
	for _, p := range people {
		m := render.Transferred(render.RequestView{Request: *r, Commitment: c, Target: c.Target(r.Item), Task: c.Task(r.Item)})
		if err := t.notify("transferred:"+strconv.FormatUint(r.ID, 10)+":"+string(p.ID), p.Chat, m); err != nil {
			return err
		}
	}
	return nil
}
