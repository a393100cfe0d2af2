package ask_test

import (
	"os"
	"strings"
	"testing"

	"duban/ask"
	"duban/plan"
	"duban/render"
	"duban/report"
)

// said is a question with what its answer must say: the first line, or for a refusal a part
// of it, and what nothing of it may say.
type said struct {
	ask   string
	first string // stands in the first line
	never string // stands nowhere; "" for nothing
}

// engineOf reads a report beside the sources; "" is the built-in one.
func engineOf(t *testing.T, name string) *ask.Engine {
	t.Helper()
	if name == "" {
		return ask.New(builtinPlan(t))
	}
	data, err := os.ReadFile("../../shared/reports/" + name + ".txt")
	if err != nil {
		t.Skipf("the report is not here: %v", err)
	}
	p, err := report.Parse(string(data), report.Options{})
	if err != nil {
		t.Fatal(err)
	}
	p.State = plan.Published
	return ask.New(p)
}

func checkSaid(t *testing.T, report string, list []said) {
	t.Helper()
	engine := engineOf(t, report)
	for _, s := range list {
		text := render.Answer(engine.AskOnly(s.ask)).Text
		first, _, _ := strings.Cut(text, "\n")
		if !strings.Contains(first, s.first) || s.never != "" && strings.Contains(text, s.never) {
			t.Errorf("%s: want %q and never %q in\n%s", s.ask, s.first, s.never, text)
		}
	}
}

// TestLevelsAreNoGrowth holds that who asks how much there is reads no rate of growth first.
func TestLevelsAreNoGrowth(t *testing.T) {
	t.Parallel()
	for report, list := range map[string][]said{
		"": {
			{"聊城GDP去年总量多少", "2859.2亿元", ""},
			{"2016年生产总值多少", "2859.2亿元", ""},
			{"GDP有多少亿", "2859.2亿元", ""},
			{"去年农民人均收入多少", "11387元", ""},
			{"城镇居民收入多少元", "23277元", ""},
			{"去年社零", "1173.1亿元", ""},
			{"去年外资多少", "4.4亿元", ""},
			{"去年财政收入多少钱", "187.5亿元", ""},
			{"去年GDP增速", "7.3%", ""},
			{"今年GDP目标多少", "7.5%", ""},
		},
		"guangxi-2010": {
			{"去年GDP总量", "7700.36亿元", ""},
			{"财政收入去年多少", "966.89亿元", ""},
			{"去年GDP增速", "13.9%", ""},
		},
		"jingdezhen-2023": {
			{"去年GDP总量", "没有写GDP的数额", ""},
			{"城镇居民收入多少元", "的数额，只写了增长", ""},
			{"去年GDP增速", "5.6％", ""},
		},
	} {
		t.Run(report, func(t *testing.T) { t.Parallel(); checkSaid(t, report, list) })
	}
}
