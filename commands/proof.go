package commands

import (
	"strings"
	"unicode"

	"duban/plan"
	"duban/render"
)

// proofing is a plan as it was read, with everything that supervisors decided on it.
// Adjustments in mid-year are left out: a correction must not take them for the report's.
type proofing struct {
	read      *plan.Plan
	decisions []plan.Correction
	plan      *plan.Plan // rejected targets stay in it
}

// proofing reads what was decided on a plan. It needs the right to correct it.
func (t *turn) proofing(key plan.Key) (*proofing, error) {
	decisions, err := t.desk().Corrections(key)
	if err != nil {
		return nil, err
	}
	read, err := t.tx.Plans().Imported(key)
	if err != nil {
		return nil, err
	}
	return &proofing{read: read, decisions: decisions, plan: plan.Proofed(read, decisions)}, nil
}

// touched counts the decisions on a target: a card that shows another count is out of date.
func (x *proofing) touched(item plan.ID) int {
	n := 0
	for i := range x.decisions {
		if x.decisions[i].Item == item {
			n++
		}
	}
	return n
}

// target finds a target with its commitment.
func (x *proofing) target(item plan.ID) (*plan.Commitment, *plan.Target) {
	for i := range x.plan.Commitments {
		if t := x.plan.Commitments[i].Target(item); t != nil {
			return &x.plan.Commitments[i], t
		}
	}
	return nil, nil
}

// open tells which targets under a code nobody has looked at: those that do not count in
// public yet while there are any, else those too that were published unseen.
func (x *proofing) open(under plan.Code) func(*plan.Target) bool {
	if x.plan.ProofOf(under).Waiting > 0 {
		return func(t *plan.Target) bool { return t.Check == "" && !x.plan.Counts(t) }
	}
	return func(t *plan.Target) bool { return t.Check == "" }
}

// next finds the first target under a code behind an item that waits, from the beginning
// again where none does; again takes those that were looked at before where none waits.
func (x *proofing) next(under plan.Code, after plan.ID, again bool) (*plan.Commitment, *plan.Target) {
	passed, open := after == 0, x.open(under)
	var firstC, otherC *plan.Commitment
	var first, other *plan.Target
	for i := range x.plan.Commitments {
		c := &x.plan.Commitments[i]
		for j := range c.Targets {
			t := &c.Targets[j]
			switch in := c.Code.Within(under); {
			case in && open(t) && passed:
				return c, t
			case in && open(t) && first == nil:
				firstC, first = c, t
			case in && passed && other == nil && t.ID != after:
				otherC, other = c, t
			}
			passed = passed || t.ID == after
		}
	}
	if first == nil && again {
		return otherC, other
	}
	return firstC, first
}

// handleProof takes 校核, 校核 第三章, 校核 实事8, 校核 表格.
func handleProof(t *turn) ([]render.Message, error) {
	p := t.current()
	if p == nil {
		return one(noPlan), nil
	}
	x, err := t.proofing(p.Key())
	if err != nil {
		return nil, err
	}
	switch t.words {
	case "", "概况":
		return one(render.ProofOverview(x.plan)), nil
	case "表格", "导出":
		return t.proofSheet(x)
	case "继续", "全部":
		return t.card(x, "", 0), nil
	}
	code, ok := t.proofScope(x.plan, t.words)
	if !ok {
		return one(render.Message{Text: "没有找到“" + t.words + "”。请写章的序号、编号或实事几，例如：校核 第三章，校核 实事8；发“校核”看各章。"}), nil
	}
	return t.card(x, code, 0), nil
}

// proofScope finds what is to be gone through: a chapter by its place in the list or by
// its heading, a code, a commitment.
func (t *turn) proofScope(p *plan.Plan, words string) (plan.Code, bool) {
	chapters := render.Chapters(p)
	if n := ordinalOf(words); n >= 1 && n <= len(chapters) {
		return chapters[n-1].Code, true
	}
	if code := plan.Code(words); code.Levels() != nil && strings.Contains(words, ".") {
		members, _ := membersOf(p, code)
		return code, len(members) > 0
	}
	for _, c := range chapters {
		if strings.Contains(c.Title, words) {
			return c.Code, true
		}
	}
	if c := t.named(p, words); c != nil {
		return c.Code, true
	}
	return "", false
}

// ordinalOf reads 第三章, 3, 第12; 0 for anything else.
func ordinalOf(words string) int {
	words = strings.TrimPrefix(words, "第")
	words = strings.TrimRightFunc(words, func(r rune) bool { return strings.ContainsRune("章节部分", r) })
	if n := number(words); n > 0 {
		return n
	}
	n, runes := 0, []rune(words)
	for i, r := range runes {
		digit := strings.IndexRune("零一二三四五六七八九", r) / len("一")
		switch {
		case !unicode.Is(unicode.Han, r) || r != '十' && digit <= 0:
			return 0
		case r == '十' && i == 0:
			n = 10
		case r == '十':
			n *= 10
		default:
			n += digit
		}
	}
	return n
}

// card shows the next target under a code behind an item; those that were looked at before
// come again where the code was asked for and none is left.
func (t *turn) card(x *proofing, under plan.Code, after plan.ID) []render.Message {
	c, target := x.next(under, after, under != "")
	if target == nil {
		return one(render.ProofOverview(x.plan))
	}
	return one(x.show(c, target, under))
}

// following shows the next target that nobody looked at, after a decision.
func (t *turn) following(x *proofing, under plan.Code, after plan.ID) []render.Message {
	c, target := x.next(under, after, false)
	switch {
	case target != nil:
		return one(x.show(c, target, under))
	case under == "":
		return one(render.ProofOverview(x.plan))
	}
	return one(render.ProofFinished(x.plan, under))
}

// show is the card of one target.
func (x *proofing) show(c *plan.Commitment, target *plan.Target, under plan.Code) render.Message {
	chapter := c.Code
	if levels := c.Code.Levels(); len(levels) > 2 {
		chapter = plan.NewCode(levels[:2]...)
	}
	return render.ProofCard(render.Proofing{
		Plan: x.plan, Commitment: c, Target: target, Under: under, Touched: x.touched(target.ID),
		Whole: x.plan.ProofOf(""), Chapter: x.plan.ProofOf(chapter),
	})
}
