package ask_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"duban/ask"
	"duban/plan"
	"duban/render"
)

// TestAnswersAreShort holds that a single answer fits a phone: at most 500 characters and
// ten lines, with filings or without.
func TestAnswersAreShort(t *testing.T) {
	t.Parallel()
	engine := ask.New(numbered(t))
	list := append(readQuestions(t, "testdata/questions.jsonl"), readQuestions(t, "testdata/fresh.jsonl")...)
	for _, ctx := range []ask.Context{{}, viewed()} {
		for _, q := range list {
			a := engine.Ask(q.Q, ctx)
			if a.Intent == ask.IntentList || a.Intent == ask.IntentStatus {
				continue
			}
			text := render.Answer(a).Text
			if n, lines := utf8.RuneCountInString(text), strings.Count(text, "\n")+1; n > 500 || lines > 10 {
				t.Errorf("%s: %d characters, %d lines\n%s", q.Q, n, lines, text)
			}
		}
	}
}

// TestDraftsSayThatTheyAreDrafts holds that figures of an unpublished plan are marked.
func TestDraftsSayThatTheyAreDrafts(t *testing.T) {
	t.Parallel()
	p := builtinPlan(t)
	p.State = plan.Draft
	engine := ask.New(p)
	for _, q := range []string{"养老床位", "十件实事有哪些", "谁没填报", "养老床位去年多少今年多少", "12月到期的有哪些"} {
		if text := render.Answer(engine.AskOnly(q)).Text; !strings.Contains(text, "未校核") {
			t.Errorf("%s: %s", q, text)
		}
	}
}
