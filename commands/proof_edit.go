package commands

import (
	"slices"
	"strings"

	"duban/plan"
	"duban/render"
	"duban/report"
)

// Dialogs of checking.
const (
	fixKind   = "proof-fix"   // waits for what is to be changed
	splitKind = "proof-split" // waits for the two targets
	addKind   = "proof-add"   // waits for the missing target
)

// fixing is the target that a question of ours is about.
type fixing struct {
	Plan    plan.Key  `json:"plan"`
	Item    plan.ID   `json:"item"`
	Under   plan.Code `json:"under,omitempty"`
	Touched int       `json:"touched"`
	Field   string    `json:"field,omitempty"`
}

func (x *place) fixing(field string) fixing {
	return fixing{Plan: x.read.Key(), Item: x.target.ID, Under: x.under, Touched: x.touched(x.target.ID), Field: field}
}

// fixTarget is the button 改.
func fixTarget(t *turn, x *place) ([]render.Message, error) {
	p := render.Proofing{Plan: x.plan, Commitment: x.commitment, Target: x.target, Under: x.under, Touched: x.touched(x.target.ID)}
	return one(render.AskFix(p)), t.await(fixKind, x.fixing(""))
}

// fixField is the button of one field.
func fixField(t *turn, x *place) ([]render.Message, error) {
	i := number(t.arg(4))
	if i < 0 || i >= len(render.ProofFields) {
		return stale(t)
	}
	field := render.ProofFields[i]
	return one(render.AskField(field, x.target)), t.await(fixKind, x.fixing(field))
}

// recallPlace finds the target that a dialog is about; ok is false where the dialog is over
// or somebody else decided meanwhile.
func (t *turn) recallPlace(kind string, f *fixing) (x *place, ok bool, err error) {
	if !t.recall(kind, f) {
		return nil, false, nil
	}
	p, err := t.proofing(f.Plan)
	if gone(err) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	c, target := p.target(f.Item)
	if target == nil || p.touched(f.Item) != f.Touched {
		return nil, false, t.settle()
	}
	return &place{proofing: p, commitment: c, target: target, under: f.Under}, true, nil
}

// dialog runs the answer to a question about a target.
func proofDialog(kind string, f func(*turn, *place, *fixing) ([]render.Message, error)) handler {
	return func(t *turn) ([]render.Message, error) {
		var state fixing
		x, ok, err := t.recallPlace(kind, &state)
		switch {
		case err != nil:
			return nil, err
		case !ok:
			return one(render.Message{Text: "这一项已经由别人校核过或已过期。发“校核”重新看。"}), nil
		case leaves(t.text):
			return stopProof(t)
		case proofVerbs[t.text] != "":
			if run, typed := t.typedProof(); typed {
				return run(t)
			}
		}
		return f(t, x, &state)
	}
}

// answerFix takes the field that was asked for, or a line of fields.
func answerFix(t *turn, x *place, f *fixing) ([]render.Message, error) {
	e := edit{plan: x.plan, target: *x.target}
	read := e.line
	if named := editFields.FindStringIndex(t.text); f.Field != "" && (named == nil || named[0] > 0) {
		read = func(text string) string { return e.field(f.Field, text) }
	}
	if problem := read(t.text); problem != "" {
		return one(render.Message{Text: problem, Buttons: [][]render.Button{{{Text: "不改了", Action: render.DoAction("proof-stop")}}}}), nil
	}
	return t.fix(x, &e)
}

// askBasis asks for the basis where its word alone answers the button 改.
func askBasis(t *turn, x *place, _ *fixing) ([]render.Message, error) {
	return one(render.AskField("口径", x.target)), t.await(fixKind, x.fixing("口径"))
}

// fixBasis is the button of a basis.
func fixBasis(t *turn) ([]render.Message, error) {
	bases := []plan.Basis{plan.BasisFlow, plan.BasisChange, plan.BasisLevel}
	return proofDialog(fixKind, func(t *turn, x *place, _ *fixing) ([]render.Message, error) {
		e := edit{plan: x.plan, target: *x.target}
		e.target.Basis = bases[min(max(number(t.arg(0)), 0), 2)]
		return t.fix(x, &e)
	})(t)
}

// fix stores a changed target.
func (t *turn) fix(x *place, e *edit) ([]render.Message, error) {
	if sameTarget(x.target, &e.target) {
		return one(render.Message{Text: "和现在的一样，没有变化。没有错就点“对”，或发：取消"}), nil
	}
	return t.decideProof(x, fixed(x.commitment, x.target, &e.target))
}

// fixed is the decision that changes a target.
func fixed(c *plan.Commitment, was, to *plan.Target) plan.Correction {
	d := decisionOn(c, was, plan.CheckedFixed)
	if was.Check == plan.CheckedAdded {
		d.Check = plan.CheckedAdded
	}
	target := *to
	d.Target = &target
	return d
}

// askSplit is the button 拆分.
func askSplit(t *turn, x *place) ([]render.Message, error) {
	text := "请发两行，一行一个指标（也可以用“；”隔开），例如：\n棚户区改造新开工 3.5万套；棚户区改造基本建成 2万套\n现在是：" + x.target.Metric + " " + x.target.ValueText
	return one(render.Message{Text: text, Buttons: [][]render.Button{{{Text: "不拆了", Action: render.DoAction("proof-stop")}}}}), t.await(splitKind, x.fixing(""))
}

// answerSplit takes the two targets: the first changes the one of the card, the others are
// new.
func answerSplit(t *turn, x *place, _ *fixing) ([]render.Message, error) {
	lines := linesOf(t.request.Text)
	if len(lines) < 2 || len(lines) > 6 {
		return one(render.Message{Text: "请把两个指标用“；”隔开，例如：新开工 3.5万套；基本建成 2万套"}), nil
	}
	var decisions []plan.Correction
	known := slices.DeleteFunc(slices.Clone(x.commitment.Targets), func(old plan.Target) bool { return old.ID == x.target.ID })
	for i, line := range lines {
		target, problem := targetFrom(x.proofing, x.commitment, x.target, line)
		if same := twin(known, &target, 0); problem == "" && same != nil {
			problem = "已经有“" + same.Metric + " " + same.ValueText + "”，再拆就重复了。请另写，或发：取消"
		}
		if problem != "" {
			return one(render.Message{Text: "第" + numberText(i+1) + "个：" + problem}), nil
		}
		known = append(known, target)
		if i == 0 {
			decisions = append(decisions, fixed(x.commitment, x.target, &target))
			continue
		}
		decisions = append(decisions, plan.Correction{Check: plan.CheckedAdded, Commitment: x.commitment.ID, Target: &target})
	}
	return t.decideProof(x, decisions...)
}

func linesOf(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("\n;；", r) })
}

// targetFrom reads 公交专用道 12公里 期限2018年底 as a target of a commitment; like, where it
// is not nil, gives what the line does not say.
func targetFrom(x *proofing, c *plan.Commitment, like *plan.Target, line string) (plan.Target, string) {
	line = strings.TrimSpace(report.Narrow(line))
	head, rest := line, ""
	if m := editFields.FindStringIndex(line); m != nil && m[0] > 0 {
		head, rest = strings.TrimSpace(line[:m[0]]), line[m[0]:]
	}
	s, metric, ok := report.ReadStated(strings.TrimRight(head, "，,。 "))
	if !ok || strings.Trim(metric, " ，,") == "" {
		return plan.Target{}, "请写清名称和数，例如：公交专用道 12公里"
	}
	e := edit{plan: x.plan, target: plan.Target{Op: plan.AtLeast, Deadline: plan.EndOfYear(x.plan.Year), Start: c.Start}}
	if like != nil {
		e.target = *like
		e.target.Basis, e.target.Baseline, e.target.Read, e.target.Check = "", nil, "", ""
	}
	for _, problem := range []string{e.metric(strings.Trim(metric, " ，,")), e.value(head[strings.LastIndex(head, s.Text):]), e.rest(rest)} {
		if problem != "" {
			return plan.Target{}, problem
		}
	}
	if s.Op != "" {
		e.target.Op, e.target.Hedge = s.Op, s.Hedge
	}
	s.WithUnit(e.target.Unit)
	e.target.Kind = s.KindOf(e.target.Metric, e.target.Op)
	if like == nil || !strings.Contains(e.target.Quote, e.target.ValueText) {
		e.locate(c)
	}
	return e.target, ""
}

// rest takes the fields behind a value.
func (e *edit) rest(text string) string {
	if text == "" {
		return ""
	}
	return e.line(text)
}

// locate finds the clause of the commitment that the target's value stands in.
func (e *edit) locate(c *plan.Commitment) {
	i := strings.Index(c.Text, e.target.ValueText)
	if i < 0 {
		return
	}
	from := strings.LastIndexAny(c.Text[:i], "，。；、;！")
	if from >= 0 {
		from += len("，")
	}
	from = max(from, 0)
	end := len(c.Text)
	if j := strings.IndexAny(c.Text[i:], "，。；、;！"); j >= 0 {
		end = i + j
	}
	if from > i {
		from = i
	}
	e.target.Quote = strings.ToValidUTF8(c.Text[from:end], "")
	e.target.Start = c.Start + len([]rune(c.Text[:i]))
}
