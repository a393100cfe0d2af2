package commands

import (
	"strings"

	"duban/plan"
	"duban/render"
)

// handleAssign takes 分派 实事5 民政局 配合 财政局、卫计委; alone it lists what nobody answers
// for.
func handleAssign(t *turn) ([]render.Message, error) {
	p := t.current()
	if p == nil {
		return one(noPlan), nil
	}
	if t.words == "" {
		return t.unassigned(p)
	}
	reference, rest, _ := strings.Cut(t.words, " ")
	c := t.named(p, reference)
	lead, support, ok := departmentsOf(rest)
	if c == nil || !ok {
		return one(render.Message{Text: "请写清编号和单位，例如：分派 实事5 民政局 配合 财政局、卫计委"}), nil
	}
	if err := t.desk().Assign(p.Key(), plan.Duty{Item: c.ID, Lead: lead, Support: support}); err != nil {
		return nil, err
	}
	text := "已分派：" + shortTitle(c) + "由" + lead + "牵头"
	if len(support) > 0 {
		text += "，" + strings.Join(support, "、") + "配合"
	}
	return one(render.Message{Text: text + "。"}), nil
}

// departmentsOf reads 民政局 配合 财政局、卫计委.
func departmentsOf(words string) (lead string, support []string, ok bool) {
	words = strings.NewReplacer("牵头", " ", "，", " ", ",", " ").Replace(words)
	before, after, _ := strings.Cut(words, "配合")
	lead = strings.TrimSpace(before)
	support = strings.FieldsFunc(after, func(r rune) bool { return strings.ContainsRune(" 、：:；;和", r) })
	return lead, support, lead != "" && !strings.Contains(lead, " ")
}

// unassigned lists the commitments that no department answers for.
func (t *turn) unassigned(p *plan.Plan) ([]render.Message, error) {
	duties := t.shelfDuties(p)
	var open []*plan.Commitment
	for i := range p.Commitments {
		c := &p.Commitments[i]
		if len(c.Targets)+len(c.Tasks) > 0 && plan.DutyOf(c, c.ID, duties) == nil {
			open = append(open, c)
		}
	}
	t.show(p, open)
	return one(render.Unassigned(p, open)), nil
}
