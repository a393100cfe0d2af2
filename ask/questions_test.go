package ask_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"duban/ask"
	"duban/plan"
	"duban/render"
	"duban/report"
	"duban/report/builtin"
)

// asked is one question with the segments that answer it and what the answer must say;
// without codes the report says nothing on it.
type asked struct {
	ID    string   `json:"id"`
	Type  string   `json:"type"`
	Q     string   `json:"q"`
	Codes []string `json:"codes"`
	Must  []string `json:"must"`
	Mode  string   `json:"mode"`
}

func readQuestions(t *testing.T, path string) []asked {
	t.Helper()
	list, err := questionsIn(path)
	if err != nil {
		t.Skipf("the questions are not here: %v", err)
	}
	return list
}

func questionsIn(path string) ([]asked, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	var list []asked
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var q asked
		if err := json.Unmarshal(lines.Bytes(), &q); err != nil {
			return nil, err
		}
		list = append(list, q)
	}
	return list, nil
}

func builtinPlan(t testing.TB) *plan.Plan {
	t.Helper()
	p, err := report.Parse(builtin.Text(), report.Options{})
	if err != nil {
		t.Fatal(err)
	}
	p.State = plan.Published
	return p
}

// wrong says why an answer is not right, "" where it is.
func wrong(q asked, a ask.Answer) string {
	text := render.Answer(a).Text
	var codes []string
	for _, item := range a.Items {
		codes = append(codes, string(item.Segment.Code))
	}
	if len(q.Codes) == 0 {
		if a.Answered {
			return "answered what the report does not say: " + strings.Join(codes, " ")
		}
		return ""
	}
	if len(codes) == 0 {
		return "not answered"
	}
	for _, must := range q.Must {
		if !says(text, must) {
			return fmt.Sprintf("%q is missing in %q", must, text)
		}
	}
	if q.Mode == "set" {
		return wrongSet(q.Codes, codes)
	}
	if !slices.Contains(q.Codes, codes[0]) {
		return "first item is " + codes[0]
	}
	if n := utf8.RuneCountInString(text); n > 500 {
		return fmt.Sprintf("%d characters", n)
	}
	return ""
}

func wrongSet(want, got []string) string {
	hit, counted := 0, 0
	for _, c := range want {
		if slices.Contains(got, c) {
			hit++
		}
	}
	right := 0
	for _, c := range got {
		if slices.Contains(want, c) {
			right, counted = right+1, counted+1
		} else if !strings.HasSuffix(c, ".0") {
			counted++
		}
	}
	if hit*10 < len(want)*9 || right*10 < counted*8 {
		return fmt.Sprintf("set %v, want %v", got, want)
	}
	return ""
}

// says reports whether text holds a string, a number not inside a longer one.
func says(text, must string) bool {
	for at := 0; ; {
		i := strings.Index(text[at:], must)
		if i < 0 {
			return false
		}
		i += at
		if must[0] < '0' || must[0] > '9' || i == 0 || !strings.ContainsRune("0123456789.", rune(text[i-1])) {
			return true
		}
		at = i + 1
	}
}

func accuracy(t *testing.T, list []asked) float64 {
	t.Helper()
	return accuracyOf(t, ask.New(builtinPlan(t)), list, nil)
}

// accuracyOf asks an engine and fails for every type that falls under its least share.
func accuracyOf(t *testing.T, engine *ask.Engine, list []asked, least map[string]float64) float64 {
	t.Helper()
	right, byType := 0, map[string][2]int{}
	for _, q := range list {
		n := byType[q.Type]
		n[1]++
		if why := wrong(q, engine.AskOnly(q.Q)); why == "" {
			right++
			n[0]++
		} else {
			t.Logf("%s %s: %s", q.Type, q.Q, why)
		}
		byType[q.Type] = n
	}
	for kind, share := range least {
		if n := byType[kind]; float64(n[0]) < share*float64(n[1]) {
			t.Errorf("%s: %d of %d, want %.2f", kind, n[0], n[1], share)
		}
	}
	share := float64(right) / float64(len(list))
	t.Logf("accuracy %.3f (%d/%d) %v", share, right, len(list), byType)
	return share
}

func TestOwnQuestions(t *testing.T) {
	t.Parallel()
	if share := accuracy(t, readQuestions(t, "testdata/questions.jsonl")); share < 0.95 {
		t.Errorf("accuracy %.3f, want 0.95", share)
	}
}

func TestDevelopmentQuestions(t *testing.T) {
	t.Parallel()
	if share := accuracy(t, readQuestions(t, "../../shared/gold/questions.dev.jsonl")); share < 0.95 {
		t.Errorf("accuracy %.3f, want 0.95", share)
	}
}

func TestHostileQuestions(t *testing.T) {
	t.Parallel()
	engine := ask.New(builtinPlan(t))
	for _, q := range []string{"", " ", "?", "😀😀", "<script>alert(1)</script>", "'; DROP TABLE plans; --", "\u202e逆", strings.Repeat("养老床位", 5000), builtin.Text(), "0", "3.6.2.99", "第零件实事", "实事-1", "%%%%%s"} {
		a := engine.AskOnly(q)
		if text := render.Answer(a).Text; text == "" {
			t.Errorf("%.20q: no text", q)
		}
	}
}

func TestFollowUp(t *testing.T) {
	t.Parallel()
	engine := ask.New(builtinPlan(t))
	first := engine.AskOnly("今年要新增多少张养老床位")
	second := engine.Ask("去年呢", ask.Context{Previous: &first})
	if text := render.Answer(second).Text; !second.Answered || !strings.Contains(text, "3932张") {
		t.Errorf("answered %v: %s", second.Answered, text)
	}
}

func TestLibraryPicksThePlan(t *testing.T) {
	t.Parallel()
	p := builtinPlan(t)
	other, err := report.Parse("政府工作报告\n——2018年1月20日在清河县第十届人民代表大会第二次会议上\n各位代表：\n一、2017年工作回顾\n过去一年。\n二、2018年工作安排\n新增养老床位500张。\n", report.Options{})
	if err != nil {
		t.Fatal(err)
	}
	library := ask.NewLibrary(p, other)
	for q, place := range map[string]string{"今年新增多少养老床位": "清河县", "聊城今年新增多少养老床位": "聊城市", "2017年新增多少养老床位": "聊城市", "清河新增多少养老床位": "清河县"} {
		if a := library.Ask(q, ask.Context{}); a.Plan.Place != place || !a.Answered {
			t.Errorf("%s: answered %v from %s, want %s", q, a.Answered, a.Plan.Place, place)
		}
	}
	if ask.NewLibrary().Ask("养老床位", ask.Context{}).Answered {
		t.Error("an empty library answered")
	}
}
