package ask_test

import (
	"regexp"
	"strings"
	"testing"

	"duban/ask"
	"duban/plan"
	"duban/render"
	"duban/report/builtin"
)

// asides are the digits of an answer that are no figures: codes, dates, the numbers of
// list entries and pages, counts of entries, labels.
var asides = regexp.MustCompile(strings.Join([]string{
	`\d+(\.\d+){2,}`, `\d{4}-\d\d-\d\d`, `\d{4}年(\d+月)?(\d+日)?(底前)?`, `\d+月(\d+日)?底?`, `(?m)^\d+\. `, `（\d+项[^）]*）`, `还有\d+项`, `等\d+[项个](指标)?`,
	`实事\d+`, `\d+项(没有|未填报)`, `[局委办院] \d+项`, `(逾期|红灯|黄灯|绿灯|已完成|已取消|未填报)\d+( |\n)`,
}, "|"))

var figures = regexp.MustCompile(`\d+(\.\d+)?`)

// TestEveryNumberHasASource holds that an answer says no number but those of the report,
// of a filing, or derived with a formula from such.
func TestEveryNumberHasASource(t *testing.T) {
	t.Parallel()
	p := numbered(t)
	engine := ask.New(p)
	list := append(readQuestions(t, "testdata/questions.jsonl"), readQuestions(t, "testdata/fresh.jsonl")...)
	for _, q := range []string{"哪些滞后", "谁没填报", "完成率最低的五项", "完成率最高的三项", "12月到期的有哪些", "最近有什么变化", "农村公路完成多少了", "危桥归谁管", "城镇化率今年和五年目标分别是多少"} {
		list = append(list, asked{Q: q})
	}
	if dev := developmentQuestions(t); dev != nil {
		list = append(list, dev...)
	}
	for _, ctx := range []ask.Context{{}, viewed()} {
		for _, q := range list {
			a := engine.Ask(q.Q, ctx)
			checkNumbers(t, p, a)
		}
	}
}

// checkNumbers looks every number of an answer's text up.
func checkNumbers(t *testing.T, p *plan.Plan, a ask.Answer) {
	t.Helper()
	text := asides.ReplaceAllString(render.Answer(a).Text, " ")
	for _, n := range figures.FindAllString(text, -1) {
		if !sourced(n, p, a) {
			t.Errorf("%s: %s has no source in\n%s", a.Question, n, text)
		}
	}
}

func sourced(n string, p *plan.Plan, a ask.Answer) bool {
	if says(builtin.Text(), n) {
		return true
	}
	for _, f := range a.Facts {
		if strings.Contains(f.Value, n) && len(f.Operands) > 1 && f.Formula != "" {
			return true
		}
	}
	for _, item := range a.Items {
		for i, s := range item.Standings {
			if says(s.Reason, n) || s.Reported != nil && (s.Reported.String() == n || strings.Contains(item.Targets[i].Say(*s.Reported), n)) {
				return true
			}
			if s.Progress != nil && strings.Contains(ask.PercentText(s.Progress), n) {
				return len(a.Facts) > 0
			}
		}
	}
	for _, c := range a.Changes {
		if says(c.Before, n) || says(c.After, n) {
			return true
		}
	}
	return false
}

func developmentQuestions(t *testing.T) []asked {
	t.Helper()
	list, err := questionsIn("../../shared/gold/questions.dev.jsonl")
	if err != nil {
		t.Logf("without the development questions: %v", err)
	}
	return list
}
