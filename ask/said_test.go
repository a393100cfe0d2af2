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

// TestWhatTheReportCounts holds that a number is found beside the words, and that nothing
// else is given where there is none.
func TestWhatTheReportCounts(t *testing.T) {
	t.Parallel()
	for report, list := range map[string][]said{
		"": {
			{"双百工程今年投多少钱", "300亿元", ""},
			{"医养结合今年有几个项目", "10个", ""},
			{"河流水质要达到几类", "V类", ""},
			{"报告里提到人大代表建议办了多少件", "163件", ""},
			{"政协提案办了几件", "204件", ""},
			{"登记失业率多少", "3.09%", ""},
			{"粮食总产多少", "124亿斤", ""},
			{"户户通今年整治多少村", "1500个", ""},
			{"危桥改造投多少钱", "没有写钱数", "100座"},
			{"今年要拆多少违建", "没有写数量", ""},
			{"世界500强引进几家", "没有写", ""},
			{"引进多少家世界500强", "没有写", ""},
			{"今年新建几座图书馆", "没有写", "1000个"},
			{"农村公路今年修多少公里", "2500公里", ""},
		},
		"jingdezhen-2023": {
			{"今年新建多少个5G基站", "620个", ""},
			{"公厕改造投多少钱", "没有", ""},
		},
	} {
		t.Run(report, func(t *testing.T) { t.Parallel(); checkSaid(t, report, list) })
	}
}

// TestWhen holds that a year asked for is one that the report states, and that a deadline
// that it does not state of the thing is none.
func TestWhen(t *testing.T) {
	t.Parallel()
	checkSaid(t, "", []said{
		{"哪年打赢脱贫攻坚战", "2018年", ""},
		{"脱贫攻坚战哪一年打赢", "2018年", ""},
		{"聊城机场哪年通航", "没有讲", "2017年底"},
		{"高铁什么时候通车", "没有", ""},
		{"养老床位啥时候建好", "3600张", ""},
		{"危桥什么时候改造完", "2017年底前", ""},
		{"蔬菜温室什么时候建成", "2018年底前", ""},
		{"村里厕所啥时候改完", "厕所改造", ""},
	})
}

// TestNeighboursAreNear holds that nothing far is offered behind a refusal, and that a
// refusal is a sentence.
func TestNeighboursAreNear(t *testing.T) {
	t.Parallel()
	checkSaid(t, "", []said{
		{"最低工资多少", "没有讲", "能源节约"},
		{"房价多少", "没有", "相近"},
		{"医养结合去年有几个项目", "", "个项项目"},
	})
}

// TestJournalistsLists holds lists over the whole plan: against last year, by years, by number.
func TestJournalistsLists(t *testing.T) {
	t.Parallel()
	for report, list := range map[string][]said{
		"": {
			{"哪些指标比去年低", "目标低于去年的指标（18个）", "生产总值增长"},
			{"今年目标比去年高的有哪些", "目标高于去年的指标（9个）", "固定资产投资"},
			{"今年目标低于去年的有几个", "目标低于去年的指标（18个）", ""},
			{"工业方面比去年低的目标有哪些", "目标低于去年的指标（1个）", ""},
			{"养老床位比去年少多少", "3600张", ""},
			{"哪些指标要到2020年", "2020年到期", "2021"},
			{"2018年以后完成的有哪些", "2018年以后到期", ""},
			{"两年内要完成的有哪些", "2018年到期", ""},
			{"报告里一共多少个指标", "指标148个", ""},
			{"有多少条带数字的承诺", "指标148个", ""},
			{"民生类有多少项", "民生实事：承诺事项11项", ""},
			{"GDP目标多少", "7.5%", ""},
			{"城镇化率目标是多少", "50%", ""},
		},
		"jingdezhen-2023": {
			{"哪些指标比去年低", "目标低于去年的指标（", "GDP"},
			{"一共多少个指标", "指标50个", ""},
		},
	} {
		t.Run(report, func(t *testing.T) { t.Parallel(); checkSaid(t, report, list) })
	}
}

// TestLastYearsList holds that a note with last year's list of 实事 is last year's result.
func TestLastYearsList(t *testing.T) {
	t.Parallel()
	checkSaid(t, "jingdezhen-2023", []said{
		{"保障性租赁住房去年", "3508套", ""},
		{"适老化去年", "500户", ""},
		{"去年新增城镇就业多少", "1.74万人", ""},
		{"保障性租赁住房", "3566套", ""},
		{"新增先进陶瓷规上企业比去年多吗", "12家", "134"},
		{"陶瓷产业营收去年", "660亿元", "可660"},
		{"粮食播种面积要保多少", "143万亩", ""},
		{"粮食种植面积要保多少", "143万亩", ""},
	})
}

// TestBareTerms holds that a term leads to what the report says of it, plan or review.
func TestBareTerms(t *testing.T) {
	t.Parallel()
	checkSaid(t, "", []said{
		{"城市人口", "292.8万", ""},
		{"住房方面有啥", "棚户区改造", ""},
		{"农村危房", "实事6", ""},
		{"招商引资到位资金", "800亿元", ""},
	})
}

// TestTwoQuestions holds that two numbers asked for in one message are both answered.
func TestTwoQuestions(t *testing.T) {
	t.Parallel()
	engine := engineOf(t, "")
	for q, want := range map[string][]string{
		"养老床位多少张，停车位多少个":     {"3600张", "2000个", "实事5", "实事7"},
		"农村公路修多少公里？危桥改造多少座？": {"2500公里", "100座"},
		"新增多少家庭农场，造林多少亩":     {"100家", "20万亩"},
		"城里人收入增长多少，农村呢":      {"8%", "8.5%"},
		"蔬菜温室要建多少个，用几年时间":    {"10万个", "两年"},
		"农村公路去年修了多少，今年修多少":   {"1996公里", "2500公里"},
	} {
		text := render.Answer(engine.AskOnly(q)).Text
		for _, w := range want {
			if !strings.Contains(text, w) {
				t.Errorf("%s: no %s in\n%s", q, w, text)
			}
		}
	}
}
