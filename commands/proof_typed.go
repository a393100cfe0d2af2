package commands

import (
	"slices"
	"strings"

	"duban/plan"
	"duban/render"
	"duban/report"
)

// Cards whose buttons may be typed: the one that was shown last.
const (
	reviewCard = "review"
	proofCard  = "proof"
)

// proofVerbs are what the words of the buttons below a card do.
var proofVerbs = map[string]string{
	"对": "proof-ok", "对的": "proof-ok", "没错": "proof-ok", "改": "proof-fix", "不是指标": "proof-not", "拆分": "proof-split", "合并": "proof-merge",
	"补一项": "proof-add", "下一项": "proof-next", "整章都对": "proof-chapter", "撤销": undoVerb, "撤回": undoVerb,
}

// undoVerb takes a decision back.
const undoVerb = "proof-undo"

// notice remembers which cards went out, so that their buttons can be typed, also after a
// question in between.
func (t *turn) notice(messages []render.Message) {
	if t.chat == nil {
		return
	}
	t.chat.buttons = nil
	var requests []string
	var turners []render.Button
	for i := range messages {
		for _, b := range slices.Concat(messages[i].Buttons...) {
			t.chat.buttons = append(t.chat.buttons, b)
			if turnsPage(b) {
				turners = append(turners, b)
			}
			a, _ := render.ParseAction(b.Action)
			switch a.Verb {
			case "proof-ok":
				t.chat.card, t.chat.proof = proofCard, a.Args
			case undoVerb:
				t.chat.undo = a.Args
			case "review-ok":
				t.chat.card = reviewCard
			case "request-ok":
				requests = append(requests, a.Args[0])
			}
		}
	}
	if turners != nil {
		t.chat.pages = turners
	}
	if requests != nil {
		t.chat.requests = requests
	}
}

// typedProof takes the words of the buttons below the target that was shown last, and a value
// or a field that is to stand in it.
func (t *turn) typedProof() (handler, bool) {
	if len(t.chat.proof) == 0 || !t.may(plan.ActCorrect) {
		return nil, false
	}
	switch verb := proofVerbs[strings.Trim(t.text, "。！! ")]; {
	case verb == undoVerb && len(t.chat.undo) > 0:
		t.args = t.chat.undo
		return t.router.acts[verb].handle, true
	case verb != "" && verb != undoVerb:
		t.args = t.chat.proof
		return t.router.acts[verb].handle, true
	case t.chat.card == proofCard && correctsField(t.text):
		t.args = t.chat.proof
		return withCard(fixTyped), true
	}
	return nil, false
}

// correctsField reports whether a text is nothing but a value with its unit, or a field
// behind its word: 2600公里, 90座以上, 期限 2018年6月底.
func correctsField(text string) bool {
	text = strings.TrimSpace(report.Narrow(text))
	if place := editFields.FindStringIndex(text); place != nil && place[0] == 0 {
		return place[1] < len(text)
	}
	s, before, ok := report.ReadStated(text)
	if !ok || before != "" || s.Unit == "" {
		return false
	}
	rest := strings.Trim(text[s.Start+len(s.Text):], "。 ")
	return rest == "" || compareWords[rest] != ""
}

// fixTyped changes the target of a card by what was typed.
func fixTyped(t *turn, x *place) ([]render.Message, error) {
	e := edit{plan: x.plan, target: *x.target}
	problem := e.line(t.text)
	if problem == "" && !strings.Contains(t.text, "单位") && !plan.UnitFits(e.target.Unit, x.target.Unit) {
		problem = "这一项“" + x.target.Metric + "”的单位是" + x.target.UnitWord() + "。要改单位就发：单位 " + e.target.UnitWord()
	}
	if problem != "" {
		return one(render.Message{Text: problem}), nil
	}
	return t.fix(x, &e)
}

// twin finds a target of a commitment that is the same as another one: the same number of the
// same thing, or of the same place in the report. nil for none.
func twin(targets []plan.Target, target *plan.Target, except plan.ID) *plan.Target {
	for i := range targets {
		old := &targets[i]
		if old.Check == plan.Rejected || old.ID == except && except != 0 || old.Value != target.Value || old.Unit != target.Unit {
			continue
		}
		if old.Metric == target.Metric || old.Start == target.Start && old.ValueText == target.ValueText {
			return old
		}
	}
	return nil
}
