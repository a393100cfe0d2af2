package ask_test

import (
	"strings"
	"testing"

	"duban/ask"
	"duban/render"
)

// TestOtherIndicatorsAreNoAnswer holds that a number beside what was asked for is not given
// as the answer.
func TestOtherIndicatorsAreNoAnswer(t *testing.T) {
	t.Parallel()
	checkSaid(t, "", []said{
		{"每个县要建几个高标准示范园区", "建设一处高标准示范园区", "10万个"},
		{"哪几个县要创省级食品安全先进县", "莘县、东阿、茌平", "96%"},
		{"今年进出口增长多少", "进出口总额保持稳定增长", "社会消费品"},
		{"基金总规模要达到多少", "80亿元", ""},
		{"今年GDP目标多少", "7.5%左右", "能源"},
		{"GDP今年要增长多少", "7.5%左右", "能源"},
		{"万元GDP能耗降多少", "能耗", "生产总值增长："},
	})
}

// TestLastYearsNumberIsMarked holds that who asks for this year's goal and gets last year's
// figure is told so.
func TestLastYearsNumberIsMarked(t *testing.T) {
	t.Parallel()
	for question, figure := range map[string]string{
		"城镇新增就业今年目标几万人": "5.3万人",
		"今年新增就业多少人":     "5.3万人",
		"今年PM2.5要降百分之几": "14.9%",
		"今年粮食产量多少":      "124亿斤",
	} {
		text := render.Answer(ask.New(builtinPlan(t)).AskOnly(question)).Text
		if !strings.HasPrefix(text, "今年的目标报告没有写") || !strings.Contains(text, figure) {
			t.Errorf("%s: %s", question, text)
		}
	}
}

// TestGapIsExplained holds that 差在哪 after a thing is about its light and not its address.
func TestGapIsExplained(t *testing.T) {
	t.Parallel()
	engine, ctx := ask.New(numbered(t)), viewed()
	first := engine.Ask("养老床位", ctx)
	ctx.Previous = &first
	for _, question := range []string{"差在哪", "问题出在哪", "养老床位差在哪"} {
		text := render.Answer(engine.Ask(question, ctx)).Text
		if !strings.Contains(text, "养老床位：目标3600张") || strings.Contains(text, "地址") {
			t.Errorf("%s: %s", question, text)
		}
	}
}

// TestListSaysWhatItCompares holds that a list against last year names a figure that is
// called otherwise.
func TestListSaysWhatItCompares(t *testing.T) {
	t.Parallel()
	text := render.Answer(ask.New(builtinPlan(t)).AskOnly("跟去年比增加的有哪些")).Text
	for _, want := range []string{"去年信发高新材料产业园入园项目10个（口径可能不同）", "7.5%左右（2017年底前），去年7.3%"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in\n%s", want, text)
		}
	}
}
