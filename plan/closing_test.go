package plan_test

import (
	"slices"
	"testing"
	"time"

	"duban/plan"
)

// ended is a plan of one target as it stands on the day after its year.
func ended(t plan.Target, value string) *plan.PlanStanding {
	t.ID = 2
	p := &plan.Plan{Place: "甲市", Year: 2017, State: plan.Published, Commitments: []plan.Commitment{{ID: 1, Targets: []plan.Target{t}}}}
	marks := map[plan.ID][]plan.Mark{}
	if value != "" {
		v, err := plan.ParseDecimal(value)
		if err != nil {
			panic(err)
		}
		when := time.Date(2017, 12, 31, 10, 0, 0, 0, time.UTC)
		marks[2] = []plan.Mark{{ID: 1, Value: &v, Date: plan.DateOf(when), At: when, Accepted: when}}
	}
	return plan.Stand(p, marks, plan.Date{Year: 2018, Month: time.January, Day: 1}, time.Time{}, plan.DefaultRules())
}

func TestFinalRatings(t *testing.T) {
	t.Parallel()
	year := plan.EndOfYear(2017)
	flow := plan.Target{Metric: "新增养老床位", Op: plan.AtLeast, Value: plan.NewDecimal(3600, 0), Unit: "张", Kind: plan.Count, Deadline: year}
	poor := plan.Target{Metric: "完成贫困人口脱贫", Op: plan.AtLeast, Value: plan.NewDecimal(80_000, 0), Unit: "人", Kind: plan.Count, Deadline: year, ValueText: "8万"}
	growth := plan.Target{Metric: "生产总值增长", Op: plan.AtLeast, Value: plan.NewDecimal(75, 1), Unit: "%", Kind: plan.Growth, Deadline: year}
	ceiling := plan.Target{Metric: "登记失业率控制在", Op: plan.AtMost, Value: plan.NewDecimal(4, 0), Unit: "%", Kind: plan.Ceiling, Deadline: year}
	fixed := plan.Target{Metric: "食品抽检合格率", Op: plan.Exactly, Value: plan.NewDecimal(100, 0), Unit: "%", Kind: plan.Share, Deadline: year}
	soft, long, dropped := ceiling, flow, flow
	soft.Hedge = plan.Around
	long.Deadline = plan.EndOfYear(2021)
	dropped.Cancelled = "并入其他项目"
	for _, x := range []struct {
		name   string
		target plan.Target
		value  string
		want   plan.Rating
	}{
		{"met", flow, "3600", plan.RatedDone},
		{"nine tenths", flow, "3240", plan.RatedNearly},
		{"under nine tenths", flow, "3239", plan.RatedMissed},
		{"the real near miss", poor, "78700", plan.RatedNearly},
		{"never filed", flow, "", plan.RatedNone},
		{"zero is no silence", flow, "0", plan.RatedMissed},
		{"a rate within its tolerance", growth, "7.0", plan.RatedDone},
		{"a rate within four", growth, "5.5", plan.RatedNearly},
		{"a rate beyond", growth, "5.4", plan.RatedMissed},
		{"a ceiling that was kept", ceiling, "3.4", plan.RatedDone},
		{"a ceiling broken a little", ceiling, "4.1", plan.RatedMissed},
		{"a ceiling with 左右 passed by its tolerance", soft, "4.5", plan.RatedDone},
		{"by four", soft, "5.9", plan.RatedNearly},
		{"by more", soft, "6.1", plan.RatedMissed},
		{"a fixed standard, met", fixed, "100", plan.RatedDone},
		{"a fixed standard, nearly met", fixed, "99", plan.RatedMissed},
		{"long-horizon", long, "900", plan.RatedOpen},
		{"long-horizon, met", long, "3600", plan.RatedDone},
		{"long-horizon, never filed", long, "", plan.RatedOpen},
		{"cancelled", dropped, "900", plan.RatedDrop},
	} {
		c := plan.Close(ended(x.target, x.value), plan.DefaultRules())
		if c.Ratings[2] != x.want {
			t.Errorf("%s: %s, want %s", x.name, c.Ratings[2], x.want)
		}
		if c.Open(2) != (x.want == plan.RatedOpen) || !(*plan.Closing)(nil).Open(2) {
			t.Errorf("%s: open %t", x.name, c.Open(2))
		}
	}
}

func TestFinalRatingsOfTasks(t *testing.T) {
	t.Parallel()
	percent := func(n int64) *plan.Decimal { d := plan.NewDecimal(n, 0); return &d }
	for _, x := range []struct {
		stage   plan.Stage
		percent *plan.Decimal
		want    plan.Rating
	}{
		{plan.Finished, nil, plan.RatedDone},
		{plan.Ongoing, nil, plan.RatedMissed},
		{plan.NotStarted, nil, plan.RatedMissed},
		{"", nil, plan.RatedNone},
		{plan.Ongoing, percent(50), plan.RatedMissed},
	} {
		p := &plan.Plan{Place: "甲市", Year: 2017, Commitments: []plan.Commitment{{ID: 1, Tasks: []plan.Task{{ID: 3, Deadline: plan.EndOfYear(2017)}}}}}
		marks := map[plan.ID][]plan.Mark{}
		if x.stage != "" {
			when := time.Date(2017, 12, 30, 10, 0, 0, 0, time.UTC)
			marks[3] = []plan.Mark{{ID: 1, Stage: x.stage, Percent: x.percent, Date: plan.DateOf(when), At: when, Accepted: when}}
		}
		ps := plan.Stand(p, marks, plan.Date{Year: 2018, Month: time.January, Day: 1}, time.Time{}, plan.DefaultRules())
		if got := plan.Close(ps, plan.DefaultRules()).Ratings[3]; got != x.want {
			t.Errorf("%s %v: %s, want %s", x.stage, x.percent, got, x.want)
		}
	}
}

func TestCarryOver(t *testing.T) {
	t.Parallel()
	beds := plan.Target{Metric: "新增养老床位", Unit: "张"}
	roads := plan.Target{Metric: "新改建农村公路", Unit: "公里"}
	old := &plan.Plan{Place: "甲市", Year: 2017, Commitments: []plan.Commitment{
		{ID: 1, Segment: plan.Segment{Code: "3.6.2.5", Title: "扶老救困", Section: "改善民生"}, Targets: []plan.Target{with(beds, 2)}},
		{ID: 3, Segment: plan.Segment{Code: "3.6.2.8", Title: "改善农村通行条件", Section: "改善民生"}, Targets: []plan.Target{with(roads, 4)}},
	}}
	next := &plan.Plan{Place: "甲市", Year: 2018, Commitments: []plan.Commitment{
		{ID: 11, Segment: plan.Segment{Code: "2.4.1.3", Title: "养老服务", Section: "改善民生"}, Targets: []plan.Target{with(beds, 12)}},
		{ID: 13, Segment: plan.Segment{Code: "2.4.1.4", Title: "乡村振兴", Section: "改善民生"}},
	}}
	duties := map[plan.ID]plan.Duty{1: {Item: 1, Lead: "民政局"}, 4: {Item: 4, Lead: "交通运输局"}}
	follow := []plan.Subscription{
		{Person: "a", Plan: "甲市2017"},
		{Person: "b", Plan: "甲市2017", Item: 1},
		{Person: "c", Plan: "甲市2017", Item: 3},
		{Person: "d", Plan: "甲市2017", Prefix: "3.6"},
		{Person: "e", Plan: "乙市2017"},
	}
	got := plan.CarryOver(old, next, duties, nil, follow)
	if len(got.Duties) != 1 || got.Duties[0].Item != 11 || got.Duties[0].Lead != "民政局" {
		t.Errorf("duties %+v", got.Duties)
	}
	want := []plan.Subscription{
		{Person: "a", Plan: "甲市2018"}, {Person: "b", Plan: "甲市2018", Item: 11}, {Person: "d", Plan: "甲市2018", Prefix: "2.4"},
	}
	if !slices.Equal(got.Follow, want) {
		t.Errorf("subscriptions %+v", got.Follow)
	}
	if kept := plan.CarryOver(old, next, duties, map[plan.ID]plan.Duty{11: {Item: 11, Lead: "卫计委"}}, nil); len(kept.Duties) != 0 {
		t.Errorf("a duty of the next plan was replaced: %+v", kept.Duties)
	}
}

func with(t plan.Target, id plan.ID) plan.Target {
	t.ID = id
	return t
}

// TestLateIsNotUnfiled: what was filed after the year is rated by that, as its light is.
func TestLateIsNotUnfiled(t *testing.T) {
	t.Parallel()
	flow := plan.Target{ID: 2, Metric: "新增养老床位", Op: plan.AtLeast, Value: plan.NewDecimal(3600, 0), Unit: "张", Kind: plan.Count, Deadline: plan.EndOfYear(2017)}
	p := &plan.Plan{Place: "甲市", Year: 2017, State: plan.Published, Commitments: []plan.Commitment{{ID: 1, Targets: []plan.Target{flow}}}}
	filed := func(id plan.FilingID, value int64, day plan.Date) plan.Mark {
		v := plan.NewDecimal(value, 0)
		return plan.Mark{ID: id, Value: &v, Date: day}
	}
	december, january := plan.NewDate(2017, 12, 20), plan.NewDate(2018, 1, 5)
	for name, c := range map[string]struct {
		marks []plan.Mark
		want  plan.Rating
		late  bool
	}{
		"reached late":              {[]plan.Mark{filed(1, 3600, january)}, plan.RatedDone, true},
		"filed late, not reached":   {[]plan.Mark{filed(1, 3000, january)}, plan.RatedMissed, true},
		"missed, then reached":      {[]plan.Mark{filed(1, 3000, december), filed(2, 3600, january)}, plan.RatedDone, true},
		"reached, counted afresh":   {[]plan.Mark{filed(1, 3600, december), filed(2, 100, january)}, plan.RatedDone, false},
		"never filed":               {nil, plan.RatedNone, false},
		"filed for the year's end":  {[]plan.Mark{filed(1, 3600, plan.EndOfYear(2017))}, plan.RatedDone, false},
		"filed after the day it is": {[]plan.Mark{filed(1, 3600, plan.NewDate(2018, 3, 1))}, plan.RatedNone, false},
	} {
		stand := func(day plan.Date) *plan.PlanStanding {
			return plan.Stand(p, map[plan.ID][]plan.Mark{2: c.marks}, day, time.Time{}, plan.DefaultRules())
		}
		closing := plan.Close(stand(plan.NewDate(2018, 1, 1)), plan.DefaultRules())
		closing.Catch(stand(plan.NewDate(2018, 1, 10)), plan.DefaultRules())
		if closing.Ratings[2] != c.want || slices.Contains(closing.Late, 2) != c.late {
			t.Errorf("%s: %s, late %v", name, closing.Ratings[2], closing.Late)
		}
	}
}
