package commands

import (
	"strings"
	"testing"

	"duban/plan"
)

func bed() plan.Target {
	return plan.Target{ID: 7, Metric: "新增养老床位", Op: plan.AtLeast, Value: plan.NewDecimal(3600, 0), Unit: "张", Kind: plan.Count, Deadline: plan.EndOfYear(2017), ValueText: "3600张"}
}

// TestEditLine changes a target by what a person writes; want is what must be in the result,
// or in the refusal behind "!".
func TestEditLine(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ line, want string }{
		{"3500张", ">= 3500 张 2017-12-31 3500张"},
		{"3500", ">= 3500 张 2017-12-31 3500张"},
		{"数值 3500", ">= 3500 张 2017-12-31 3500张"},
		{"数值：3.5万", ">= 35000 张 2017-12-31 3.5万张"},
		{"3600张 期限2018年6月底", ">= 3600 张 2018-06-30 3600张"},
		{"3500张，期限 2018-06-30", ">= 3500 张 2018-06-30 3500张"},
		{"期限 2018年", ">= 3600 张 2018-12-31"},
		{"期限 6月30日", ">= 3600 张 2017-06-30"},
		{"期限 2018年6月15日", ">= 3600 张 2018-06-15"},
		{"数值 40%以上", ">= 40 % 2017-12-31 40% share"},
		{"数值 不超过3%", "<= 3 % 2017-12-31 3%"},
		{"数值 控制在3%左右", "<= 3 % 2017-12-31 3%"},
		{"约3600张", "~= 3600 张"},
		{"6%-7%", ">= 6 % 2017-12-31 6%-7%"},
		{"1/3", ">= 33.33 % 2017-12-31 1/3"},
		{"单位 个", ">= 3600 个 2017-12-31 3600个"},
		{"单位 亿元", ">= 3600 亿元"},
		{"比较 不超过", "<= 3600 张"},
		{"比较 左右", "~= 3600 张"},
		{"指标 新增护理型床位", "新增护理型床位 >= 3600"},
		{"指标 新增护理型床位 数值 100 单位 张 期限 2019年底", "新增护理型床位 >= 100 张 2019-12-31"},
		{"口径 水平", "level"},
		{"口径 变化", "change"},
		{"权重 2.5", "weight 2.5"},
		{"３５００张", ">= 3500 张"},
		{"", "新增养老床位 >= 3600 张 2017-12-31 3600张"},
		{"很多", "!没看到数"},
		{"护理床位 3500张", "!“护理床位”没看懂"},
		{"期限 尽快", "!期限没看懂"},
		{"期限 昨天", "!期限没看懂"},
		{"期限 2016-12-31", "!期限要在2017年"},
		{"期限 2099年", "!期限要在2017年"},
		{"口径 随便", "!口径只有三种"},
		{"权重 0", "!权重请写大于0"},
		{"权重 很大", "!权重请写"},
		{"单位 3个", "!单位请写"},
		{"比较 大概", "!比较只有四种"},
		{"指标 床", "!指标名称请写2到60个字"},
	} {
		e := edit{plan: &plan.Plan{Year: 2017}, target: bed()}
		problem := e.line(c.line)
		x := &e.target
		got := strings.Join([]string{x.Metric, string(x.Op), x.Value.String(), x.Unit, x.Deadline.String(), x.ValueText, string(x.Kind), string(plan.BasisOf(x)), "weight", x.Weight.String()}, " ")
		if problem != "" {
			got = "!" + problem
		}
		if !strings.Contains(got, c.want) || c.want[0] != '!' && problem != "" {
			t.Errorf("%s: %s, want %s", c.line, got, c.want)
		}
	}
}

func TestTargetFrom(t *testing.T) {
	t.Parallel()
	c := &plan.Commitment{Segment: plan.Segment{Text: "八是改善农村通行条件。新改建农村公路2500公里，改造农村危桥100座。", Start: 1000}}
	x := &proofing{plan: &plan.Plan{Year: 2017}}
	for _, c2 := range []struct{ line, want string }{
		{"公交专用道 12公里", "公交专用道|>=|12|公里|2017-12-31|count|"},
		{"农村危桥 100座", "农村危桥|>=|100|座|2017-12-31|count|改造农村危桥100座"},
		{"公交专用道 12公里 期限2018年底", "公交专用道|>=|12|公里|2018-12-31|count|"},
		{"财政支出 5亿元", "财政支出|>=|500000000|元|2017-12-31|amount|"},
		{"居民消费价格涨幅 控制在3%左右", "居民消费价格涨幅|<=|3|%|2017-12-31|ceiling|"},
		{"压减燃煤 127万吨", "压减燃煤|>=|1270000|吨|2017-12-31|reduction|"},
		{"公交专用道", "!请写清名称和数"},
		{"12公里", "!请写清名称和数"},
		{"公交专用道 12公里 期限 从前", "!期限没看懂"},
	} {
		target, problem := targetFrom(x, c, nil, c2.line)
		got := strings.Join([]string{target.Metric, string(target.Op), target.Value.String(), target.Unit, target.Deadline.String(), string(target.Kind), target.Quote}, "|")
		if problem != "" {
			got = "!" + problem
		}
		if !strings.HasPrefix(got, c2.want) {
			t.Errorf("%s: %s, want %s", c2.line, got, c2.want)
		}
		if i := strings.Index(c.Text, target.ValueText); problem == "" && i >= 0 && target.Start != 1000+len([]rune(c.Text[:i])) {
			t.Errorf("%s: start %d", c2.line, target.Start)
		}
	}
}

func TestOrdinals(t *testing.T) {
	t.Parallel()
	for words, want := range map[string]int{"第三章": 3, "3": 3, "第12章": 12, "第十章": 10, "第十二部分": 12, "第二十一章": 21, "二十": 20, "民生": 0, "实事8": 0, "": 0, "第三类": 0} {
		if got := ordinalOf(words); got != want {
			t.Errorf("%s: %d, want %d", words, got, want)
		}
	}
}

func TestApproval(t *testing.T) {
	t.Parallel()
	for words, want := range map[string]string{
		"市政府常务会议 聊政字〔2017〕12号 雨季停工": "市政府常务会议 聊政字〔2017〕12号|雨季停工",
		"市政府 第8号 项目合并，不再单列":         "市政府 第8号|项目合并，不再单列",
		"市委常委会 [2017]9号 征地未完":       "市委常委会 [2017]9号|征地未完",
		"市政府 市政府第12次常务会议纪要 资金未到位":   "市政府 市政府第12次常务会议纪要|资金未到位",
		"市政府 雨季停工":                  "!要写批准机关和文号",
		"聊政字〔2017〕12号 雨季停工":         "!文号前面要写批准机关",
		"市政府常务会议 聊政字〔2017〕12号":      "!文号后面要写理由",
		"": "!要写批准机关和文号",
	} {
		var r plan.Request
		got := "!" + readApproval(&r, words)
		if got == "!" {
			got = r.Approval + "|" + r.Reason
		}
		if !strings.HasPrefix(got, want) {
			t.Errorf("%s: %s, want %s", words, got, want)
		}
	}
}

// FuzzWords reads anything that a supervisor may type: no panic, and a refusal or a target
// that can be stored.
func FuzzWords(f *testing.F) {
	for _, seed := range []string{"3600张 期限2018年6月底", "棚户区 3.5万套；6%-7%", "6月30日 40% 9月30日 75%", "市政府 第8号 理由", "期限期限指标数值", "￥３％", "\xff翻番\xfe"} {
		f.Add(seed)
	}
	c := &plan.Commitment{Segment: plan.Segment{Text: "改造农村危桥100座。"}}
	x := &proofing{plan: &plan.Plan{Year: 2017, Commitments: []plan.Commitment{*c}}}
	target := bed()
	s := &subject{plan: x.plan, commitment: c, target: &target}
	f.Fuzz(func(t *testing.T, text string) {
		e := edit{plan: x.plan, target: bed()}
		if problem := e.line(text); problem == "" && (e.target.ValueText == "" || e.target.Metric == "" || e.target.Deadline.IsZero()) {
			t.Errorf("%q: %+v", text, e.target)
		}
		if got, problem := targetFrom(x, c, nil, text); problem == "" && (got.ValueText == "" || got.Metric == "" || got.Kind == "") {
			t.Errorf("%q: %+v", text, got)
		}
		for _, kind := range []plan.RequestKind{plan.Schedule, plan.Adjust, plan.Drop} {
			r := plan.Request{Kind: kind}
			if problem := readChange(&r, s, text); problem == "" && r.Reason == "" {
				t.Errorf("%q: %+v", text, r)
			}
		}
		ordinalOf(text)
	})
}
