package commands

import (
	"errors"
	"slices"
	"strings"

	"duban/plan"
	"duban/render"
)

const assignExample = "分派 实事5 民政局 配合 财政局、卫计委；只分派一项：分派 实事8 危桥 交通运输局"

// handleAssign takes 分派 实事5 民政局 配合 财政局、卫计委, or with the name of one target or
// task behind the number; alone it goes through what nobody answers for.
func handleAssign(t *turn) ([]render.Message, error) {
	p := t.current()
	if p == nil {
		return one(noPlan), nil
	}
	if err := plan.May(t.actor, plan.ActAssign, nil); err != nil {
		return nil, err
	}
	if t.words == "" {
		return t.unassigned(p)
	}
	c, rest, _ := t.partReference(p, t.words)
	if c == nil || rest == "" {
		return one(render.Message{Text: "请写清编号和单位，例如：" + assignExample}), nil
	}
	known := t.departments(p)
	part, lead, support, problem := t.assignment(p, c, rest)
	if problem != "" {
		return one(render.Message{Text: problem}), nil
	}
	messages, err := t.assign(p, c, plan.Duty{Item: part, Lead: lead, Support: support})
	for _, name := range append([]string{lead}, support...) {
		messages = warned(messages, name, known)
	}
	return messages, err
}

// assignment reads [危桥] 交通运输局 [牵头] [配合 财政局、住建局].
func (t *turn) assignment(p *plan.Plan, c *plan.Commitment, words string) (item plan.ID, lead string, support []string, problem string) {
	before, after, _ := strings.Cut(strings.TrimPrefix(words, "给"), "配合")
	fields := strings.FieldsFunc(strings.ReplaceAll(before, "牵头", " "), func(r rune) bool { return strings.ContainsRune(" ，,、；;", r) })
	if len(fields) == 0 {
		return 0, "", nil, "请写清牵头单位，例如：" + assignExample
	}
	item, lead = c.ID, fields[len(fields)-1]
	if named := strings.Join(fields[:len(fields)-1], ""); named != "" {
		if item, _, problem = t.part(p, c, named); problem != "" {
			return 0, "", nil, problem
		}
	}
	known := t.departments(p)
	lead = t.router.offices.unify(lead, p.Place, known)
	if problem := t.unfitName(lead, known); problem != "" {
		return 0, "", nil, problem
	}
	for _, s := range strings.FieldsFunc(after, func(r rune) bool { return strings.ContainsRune(" 、：:；;，,。", r) }) {
		name := t.router.offices.unify(s, p.Place, known)
		if name != lead && !slices.Contains(support, name) {
			support = append(support, name)
		}
	}
	return item, lead, support, ""
}

// officeEnds are how the names of those who answer for something end.
var officeEnds = []string{
	"局", "委", "办", "厅", "部", "处", "室", "院", "中心", "公司", "集团", "银行", "支行", "联", "社", "会", "区", "县", "市", "镇", "乡", "街道", "政府", "大学", "学院", "总队", "支队", "站", "所",
}

// unfitName says what is wrong with the name of a department; "" for nothing.
func (t *turn) unfitName(name string, known []string) string {
	n := len([]rune(name))
	if slices.Contains(known, name) {
		return ""
	}
	for _, end := range officeEnds {
		if strings.HasSuffix(name, end) && n >= 2 && n <= 30 {
			return ""
		}
	}
	return "“" + name + "”不像单位名称。请写全，例如：" + assignExample
}

// warned adds to an answer that a name is near another one in use.
func warned(messages []render.Message, name string, known []string) []render.Message {
	if near := nearOffice(name, known); near != "" && len(messages) > 0 {
		messages[0].Text += "\n注意：已有“" + near + "”。若和“" + name + "”是同一家，请改用“" + near + "”再发一次。"
	}
	return messages
}

// nearOffice is the name in use of which another one seems to be a shorter or longer form
// (规划局, 规划管理局): one holds the characters of the other in their order, and both begin
// and end alike; or to be another kind of office. "" where the name is in use itself, or none is near.
func nearOffice(name string, known []string) string {
	if slices.Contains(known, name) {
		return ""
	}
	for _, k := range known {
		short, long := []rune(name), []rune(k)
		if len(short) > len(long) {
			short, long = long, short
		}
		if len(short) == len(long) && len(short) > 2 && string(short[:len(short)-1]) == string(long[:len(long)-1]) {
			return k // 住建委, 住建局
		}
		alike := len(short) > 2 && short[0] == long[0] && short[1] == long[1] && short[len(short)-1] == long[len(long)-1]
		if alike && shortens(short, string(long)) {
			return k
		}
	}
	return ""
}

// departments are the spellings in use: of people, of assignments, of the report itself.
func (t *turn) departments(p *plan.Plan) []string {
	var names []string
	add := func(name string) {
		if name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	people, err := t.desk().People()
	if !errors.Is(err, plan.ErrForbidden) {
		t.failed = errors.Join(t.failed, err)
	}
	for i := range people {
		add(people[i].Department)
	}
	duties, err := t.tx.Plans().Duties(p.Key())
	t.failed = errors.Join(t.failed, err)
	for _, item := range sortedItems(duties) {
		add(duties[item].Lead)
		for _, s := range duties[item].Support {
			add(s)
		}
	}
	for i := range p.Commitments {
		for _, d := range p.Commitments[i].Departments {
			add(d)
		}
	}
	return names
}

func sortedItems(duties map[plan.ID]plan.Duty) []plan.ID {
	items := make([]plan.ID, 0, len(duties))
	for item := range duties {
		items = append(items, item)
	}
	slices.Sort(items)
	return items
}

// assign stores a duty and says what was there before.
func (t *turn) assign(p *plan.Plan, c *plan.Commitment, duty plan.Duty) ([]render.Message, error) {
	duties, err := t.tx.Plans().Duties(p.Key())
	if err != nil {
		return nil, err
	}
	before := plan.DutyOf(c, duty.Item, duties)
	if err := t.desk().Assign(p.Key(), duty); err != nil {
		return nil, err
	}
	return one(render.Assigned(c, duty, before)), nil
}

// handleUnassign takes 取消分派 实事8, or 取消分派 实事8 危桥.
func handleUnassign(t *turn) ([]render.Message, error) {
	p := t.current()
	if p == nil {
		return one(noPlan), nil
	}
	if err := plan.May(t.actor, plan.ActAssign, nil); err != nil {
		return nil, err
	}
	c, rest, _ := t.partReference(p, t.words)
	if c == nil || t.words == "" {
		return one(render.Message{Text: "请写清编号，例如：取消分派 实事8，或 取消分派 实事8 危桥"}), nil
	}
	item := c.ID
	if rest != "" {
		part, _, problem := t.part(p, c, strings.ReplaceAll(rest, " ", ""))
		if problem != "" {
			return one(render.Message{Text: problem}), nil
		}
		item = part
	}
	duties, err := t.tx.Plans().Duties(p.Key())
	if err != nil {
		return nil, err
	}
	if _, ok := duties[item]; !ok {
		return one(render.NotAssigned(c, item, plan.DutyOf(c, item, duties))), nil
	}
	was := duties[item]
	if err := t.desk().Assign(p.Key(), plan.Duty{Item: item}); err != nil {
		return nil, err
	}
	delete(duties, item)
	return one(render.Unassign(c, was, plan.DutyOf(c, item, duties))), nil
}

// handleDuties lists who answers for what, or what one department answers for.
func handleDuties(t *turn) ([]render.Message, error) {
	p := t.current()
	if p == nil {
		return one(noPlan), nil
	}
	duties, err := t.tx.Plans().Duties(p.Key())
	if err != nil {
		return nil, err
	}
	t.show(p, nil)
	if t.words == "" {
		return one(render.Duties(p, duties)), nil
	}
	name := t.router.offices.unify(t.words, p.Place, t.departments(p))
	return one(render.DutiesOf(p, duties, name)), nil
}
