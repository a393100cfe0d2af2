package ask_test

import (
	"fmt"
	"math/big"
	"strings"
	"testing"

	"duban/ask"
	"duban/plan"
	"duban/render"
)

// fakeView knows a few filings of the built-in report: the figures that were published
// for roads and bridges, and beds that were not.
type fakeView struct {
	filings map[string][]filed
	leads   map[plan.Code][]string
}

type filed struct {
	value string
	on    plan.Date
}

var july = plan.NewDate(2017, 7, 31)

func newFakeView() fakeView {
	return fakeView{
		filings: map[string][]filed{
			"新改建农村公路": {{"310", plan.NewDate(2017, 5, 31)}, {"824", july}},
			"改造农村危桥":  {{"28", july}},
			"新增养老床位":  {{"1266", plan.NewDate(2017, 6, 30)}, {"2476", july}},
			"完成造林面积":  {{"200000", plan.NewDate(2017, 4, 30)}},
		},
		leads: map[plan.Code][]string{"3.6.2.5": {"民政局"}, "3.6.2.8": {"交通运输局", "财政局"}},
	}
}

func (v fakeView) Standing(p *plan.Plan, item plan.ID, day plan.Date) ask.Standing {
	s := ask.Standing{Light: ask.Unfiled}
	t := targetByID(p, item)
	if t == nil {
		return s
	}
	for _, f := range v.filings[t.Metric] {
		if f.on.After(day) {
			continue
		}
		value, err := plan.ParseDecimal(f.value)
		if err != nil {
			panic(err)
		}
		s.Reported, s.On = &value, f.on
	}
	if s.Reported == nil {
		return s
	}
	s.Progress = new(big.Rat).Quo(s.Reported.Rat(), t.Value.Rat())
	s.Light = lightOf(s.Progress)
	s.Reason = fmt.Sprintf("7月底应到58.1%%，实到%s→%s", ask.PercentText(s.Progress), s.Light)
	return s
}

func lightOf(share *big.Rat) ask.Light {
	switch {
	case share.Cmp(big.NewRat(1, 1)) >= 0:
		return ask.Done
	case share.Cmp(big.NewRat(5, 10)) > 0:
		return ask.Green
	case share.Cmp(big.NewRat(3, 10)) > 0:
		return ask.Yellow
	}
	return ask.Red
}

func targetByID(p *plan.Plan, item plan.ID) *plan.Target {
	for i := range p.Commitments {
		for j := range p.Commitments[i].Targets {
			if t := &p.Commitments[i].Targets[j]; t.ID == item {
				return t
			}
		}
	}
	return nil
}

func (v fakeView) Departments(p *plan.Plan, item plan.ID) []string {
	for i := range p.Commitments {
		if c := &p.Commitments[i]; c.ID == item {
			return v.leads[c.Code]
		}
	}
	return nil
}

func (v fakeView) Changes(p *plan.Plan, since, until plan.Date) []ask.Change {
	var list []ask.Change
	for i := range p.Commitments {
		for j := range p.Commitments[i].Targets {
			t := &p.Commitments[i].Targets[j]
			for k, f := range v.filings[t.Metric] {
				if f.on.Before(since) || f.on.After(until) {
					continue
				}
				c := ask.Change{Item: t.ID, On: f.on, What: "填报", After: f.value + t.Unit}
				if k > 0 {
					c.Before = v.filings[t.Metric][k-1].value + t.Unit
				}
				list = append(list, c)
			}
		}
	}
	return list
}

// numbered gives the records of the built-in report their ids, as storing does.
func numbered(t testing.TB) *plan.Plan {
	t.Helper()
	merged, _ := plan.Merge(nil, builtinPlan(t))
	merged.State = plan.Published
	return merged
}

func viewed() ask.Context { return ask.Context{View: newFakeView(), Day: july} }

func TestAnswersWithFilings(t *testing.T) {
	t.Parallel()
	engine := ask.New(numbered(t))
	for _, c := range []struct {
		q      string
		intent ask.Intent
		says   []string
		not    []string
	}{
		{"村里的路今年修多少", ask.IntentTarget, []string{"新改建农村公路：目标2500公里", "已完成824公里", "33.0% 🟡黄灯", "去年（2016年）：新改建农村公路1996公里", "数据截至2017-07-31"}, nil},
		{"农村公路完成多少了", ask.IntentProgress, []string{"已完成824公里"}, nil},
		{"6月30日时农村公路修了多少", ask.IntentProgress, []string{"已完成310公里", "数据截至2017-05-31"}, []string{"824"}},
		{"四月底农村公路修了多少公里", ask.IntentProgress, []string{"未填报"}, []string{"824", "310公里"}},
		{"农村公路归哪个部门管", ask.IntentResponsible, []string{"责任单位：交通运输局（牵头）、财政局"}, nil},
		{"谁管农村公路", ask.IntentResponsible, []string{"责任单位：交通运输局（牵头）、财政局"}, nil},
		{"为什么危桥是红灯", ask.IntentProgress, []string{"改造农村危桥", "28.0% 🔴红灯\n7月底应到58.1%"}, []string{"没有说原因"}},
		{"农村公路怎么是黄灯", ask.IntentProgress, []string{"新改建农村公路", "🟡黄灯\n"}, nil},
		{"实事8为什么滞后", ask.IntentProgress, []string{"🔴红灯\n7月底应到58.1%", "🟡黄灯\n7月底应到58.1%"}, nil},
		{"为什么这么多红灯", ask.IntentStatus, []string{"改造农村危桥"}, nil},
		{"哪些滞后", ask.IntentStatus, []string{"改造农村危桥", "🔴红灯", "新改建农村公路", "🟡黄灯"}, []string{"养老床位"}},
		{"亮红灯的有哪些", ask.IntentStatus, []string{"改造农村危桥"}, []string{"养老床位"}},
		{"完成率最低的两项", ask.IntentStatus, []string{"28.0%", "33.0%"}, []string{"养老床位"}},
		{"民生实事里哪些滞后", ask.IntentStatus, []string{"改造农村危桥"}, []string{"造林"}},
		{"已完成的有哪些", ask.IntentStatus, []string{"完成造林面积"}, []string{"危桥"}},
		{"谁没填报", ask.IntentStatus, []string{"民政局", "没有写明责任单位"}, nil},
		{"最近有什么变化", ask.IntentChanges, []string{"1266张 → 2476张", "改造农村危桥"}, nil},
		{"十件实事有哪些", ask.IntentList, []string{"🔴红灯1", "⚪未填报8", "改善农村通行条件：2500公里、100座 🔴红灯", "数据截至2017-07-31"}, nil},
		{"养老床位去年多少今年多少", ask.IntentCompare, []string{"3932张", "比去年少332张"}, nil},
		{"城镇化率今年和五年目标分别是多少", ask.IntentHorizon, []string{"50%", "56%"}, nil},
	} {
		a := engine.Ask(c.q, viewed())
		text := render.Answer(a).Text
		if a.Intent != c.intent || !a.Answered {
			t.Errorf("%s: %s, answered %v", c.q, a.Intent, a.Answered)
		}
		for _, s := range c.says {
			if !strings.Contains(text, s) {
				t.Errorf("%s: %q is missing in\n%s", c.q, s, text)
			}
		}
		for _, s := range c.not {
			if strings.Contains(text, s) {
				t.Errorf("%s: %q stands in\n%s", c.q, s, text)
			}
		}
	}
}

// TestAnswersWithoutFilings holds that silence is said and never shown as nought.
func TestAnswersWithoutFilings(t *testing.T) {
	t.Parallel()
	engine := ask.New(numbered(t))
	for q, says := range map[string]string{
		"农村公路完成多少了": "未填报", "哪些滞后": "还没有填报", "谁没填报": "报告没有写明责任单位", "完成率最低的五项": "还没有填报",
		"危桥归谁管": "责任单位", "最近有什么变化": "没有变化", "12月到期的有哪些": "到期",
	} {
		text := render.Answer(engine.Ask(q, ask.Context{Day: july})).Text
		if !strings.Contains(text, says) || strings.Contains(text, "0.0%") {
			t.Errorf("%s: %s", q, text)
		}
	}
}

func TestConversationGoesOn(t *testing.T) {
	t.Parallel()
	engine := ask.New(numbered(t))
	for _, turns := range [][][2]string{
		{{"农村公路今年修多少", "2500公里"}, {"去年呢", "1996公里"}, {"那危桥呢", "100座"}, {"完成多少了", "28座"}, {"谁负责", "交通运输局"}, {"为什么是红灯", "应到58.1%"}},
		{{"养老床位去年完成多少", "3932张"}, {"那公交车呢", "220辆"}},
		{{"养老床位现在进展如何", "2476张"}, {"6月30日呢", "1266张"}},
		{{"生态方面有哪些硬指标", "4.5%"}, {"第二个", "127万吨"}},
		{{"十件实事有哪些", "扶老救困"}, {"第八个呢", "2500公里"}},
		{{"哪些滞后", "危桥"}, {"第一个", "100座"}},
	} {
		var previous *ask.Answer
		for _, turn := range turns {
			ctx := viewed()
			ctx.Previous = previous
			a := engine.Ask(turn[0], ctx)
			if text := render.Answer(a).Text; !strings.Contains(text, turn[1]) {
				t.Errorf("%v: %s: %q is missing in\n%s", turns, turn[0], turn[1], text)
			}
			if a.Answered {
				previous = &a
			}
		}
	}
}

func TestFilterCodec(t *testing.T) {
	t.Parallel()
	for _, f := range []ask.Filter{
		{Kind: ask.FilterBehind},
		{Kind: ask.FilterLow, N: 5},
		{Kind: ask.FilterDue, From: plan.NewDate(2017, 7, 1), By: july},
		{Kind: ask.FilterUnfiled, Within: "3.6.2"},
		{Kind: ask.FilterHigh, N: 3, Within: "3"},
	} {
		if back, ok := ask.ParseFilter(f.String()); !ok || back != f {
			t.Errorf("%s: %+v %v", f, back, ok)
		}
		if action := render.StatusAction(f.String(), 12); len(action) > render.MaxAction {
			t.Errorf("%s is too long", action)
		} else if a, ok := render.ParseAction(action); !ok || a.Filter != f.String() || a.Page != 12 {
			t.Errorf("%s: %+v %v", action, a, ok)
		}
	}
	for _, s := range []string{"", "nonsense", "low.x", "due", "due.2017-01-01", "low.5.x.y", "red.3"} {
		if f, ok := ask.ParseFilter(s); ok {
			t.Errorf("%q: %+v", s, f)
		}
	}
}
