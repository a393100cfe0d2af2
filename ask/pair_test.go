package ask_test

import (
	"strings"
	"testing"

	"duban/ask"
	"duban/render"
)

// TestTwoOfLastYear holds that neither half of a question for two numbers is dropped.
func TestTwoOfLastYear(t *testing.T) {
	t.Parallel()
	engine := ask.New(builtinPlan(t))
	for question, figures := range map[string][]string{
		"去年一般公共预算收入和社零总额":   {"187.5亿元", "1173.1亿元"},
		"去年GDP和财政收入分别多少":    {"2859.2亿元", "187.5亿元"},
		"去年粮食总产和固定资产投资":     {"124亿斤", "2357.6亿元"},
		"去年查处了多少违纪问题，处分多少人": {"2337件", "2649人"},
		"老小区改造几个，去年改了多少":    {"119个", "1.6万户"},
		"农村公路修多少，去年呢":       {"2500公里", "1996公里"},
		"养老床位多少张，去年多少":      {"3600张", "3932张"},
	} {
		text := render.Answer(engine.AskOnly(question)).Text
		for _, f := range figures {
			if !strings.Contains(text, f) {
				t.Errorf("%s: %s is missing in\n%s", question, f, text)
			}
		}
	}
	if text := render.Answer(engine.AskOnly("危桥改造多少座，去年修了几座")).Text; !strings.Contains(text, "100座") || strings.Contains(text, "8225户") {
		t.Errorf("bridges are no houses: %s", text)
	}
}
