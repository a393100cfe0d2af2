package plan_test

import (
	"fmt"
	"math/big"
	"slices"
	"testing"
	"time"

	"duban/plan"
)

// shifted is a published plan with one target and one task, as it stood and as it stands.
func shifted(before, now plan.Light) (was, is *plan.PlanStanding) {
	p := &plan.Plan{Place: "甲市", Year: 2017, State: plan.Published, Commitments: []plan.Commitment{{
		ID: 1, Targets: []plan.Target{{ID: 2, Metric: "新增养老床位", Deadline: plan.EndOfYear(2017)}},
		Tasks: []plan.Task{{ID: 3, Text: "整合救助制度", Deadline: plan.EndOfYear(2018)}},
	}}}
	stand := func(l plan.Light, progress int64, on plan.Date) *plan.PlanStanding {
		s := plan.Standing{Light: l, Progress: big.NewRat(progress, 100), ReportedOn: on}
		return &plan.PlanStanding{Plan: p, Commitments: []plan.CommitmentStanding{{Commitment: &p.Commitments[0], Targets: []plan.Standing{s}, Tasks: []plan.Standing{s}}}}
	}
	return stand(before, 20, plan.Date{}), stand(now, 50, plan.NewDate(2017, 7, 31))
}

func TestShiftsOfTargetsAndTasks(t *testing.T) {
	t.Parallel()
	before, now := shifted(plan.Green, plan.Red)
	list := plan.Shifts(before, now)
	if len(list) != 2 {
		t.Fatalf("%d shifts", len(list))
	}
	for i, want := range []string{"2 新增养老床位 2017-12-31", "3 整合救助制度 2018-12-31"} {
		s := &list[i]
		if got := fmt.Sprint(s.Item(), " ", s.What(), " ", s.Deadline()); got != want {
			t.Errorf("%s, want %s", got, want)
		}
		if !s.First() || !s.Worsened() || s.Moved().Cmp(big.NewRat(30, 100)) != 0 {
			t.Errorf("%s: first %t, worsened %t, moved %s", want, s.First(), s.Worsened(), s.Moved())
		}
	}
	back := plan.Shifts(now, before)
	if back[0].First() || back[0].Moved() != nil || back[0].Worsened() {
		t.Errorf("backwards: %+v", back[0])
	}
	if fresh := plan.Shifts(nil, now); fresh[0].First() || fresh[0].Moved() != nil || fresh[0].Worsened() {
		t.Errorf("with nothing before: %+v", fresh[0])
	}
	if now.Plan.State = plan.Draft; len(plan.Shifts(before, now)) != 0 {
		t.Error("parts of a draft count")
	}
}

func TestRedTwice(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		before, now plan.Light
		want        int
	}{{plan.Red, plan.Red, 2}, {plan.Red, plan.Overdue, 2}, {plan.Red, plan.Yellow, 0}, {plan.Green, plan.Red, 0}} {
		if got := plan.RedTwice(shifted(c.before, c.now)); len(got) != c.want {
			t.Errorf("%s, then %s: %d", c.before, c.now, len(got))
		}
	}
	_, now := shifted(plan.Red, plan.Red)
	if len(plan.RedTwice(nil, now)) != 0 {
		t.Error("what was not known before was red before")
	}
}

func TestFindingInAStanding(t *testing.T) {
	t.Parallel()
	_, now := shifted(plan.Green, plan.Red)
	for item, want := range map[plan.ID]bool{2: true, 3: true, 1: false, 9: false} {
		if c, s := now.Standing(item); (s != nil) != want || (c != nil) != want {
			t.Errorf("%d: %v", item, s)
		}
	}
	if now.Of(1) == nil || now.Of(2) != nil || now.Tally()[plan.Red] != 1 || len(now.Tally()) != 1 {
		t.Errorf("tally %v", now.Tally())
	}
}

// TestTurnouts counts what was asked for and filed in July by lead department.
func TestTurnouts(t *testing.T) {
	t.Parallel()
	now, duties := ranked(map[string]string{"甲": "ggx", "乙": "g-d", "丙": "r"})
	filings, nth := map[plan.ID][]plan.Filing{}, map[string]int{}
	at := func(month time.Month, day int) []plan.Filing {
		return []plan.Filing{{At: time.Date(2017, month, day, 9, 0, 0, 0, time.UTC)}}
	}
	for i := range now.Plan.Commitments {
		c := &now.Plan.Commitments[i]
		lead := duties[c.ID].Lead
		for j := range c.Targets {
			nth[lead]++
			switch id := c.Targets[j].ID; fmt.Sprint(lead, nth[lead]) {
			case "甲1", "乙1":
				filings[id] = at(7, 28)
			case "甲2":
				filings[id] = at(8, 3)
			}
		}
	}
	july := plan.RoundOf(plan.PeriodAt(plan.Month, plan.NewDate(2017, 7, 1)))
	list := plan.Turnouts(now, duties, filings, july)
	want := []plan.Turnout{{Department: "丙", Asked: 1}, {Department: "乙", Asked: 2, OnTime: 1}, {Department: "甲", Asked: 2, OnTime: 1, Late: 1}}
	slices.SortStableFunc(want[:2], func(a, b plan.Turnout) int { return map[bool]int{true: -1, false: 1}[a.Department < b.Department] })
	if !slices.Equal(list, want) {
		t.Errorf("%+v, want %+v", list, want)
	}
	sum := plan.SumTurnouts(list, list, []plan.Turnout{{Department: "丁", Asked: 9}})
	if len(sum) != 4 || sum[0].Department != "丁" || sum[0].Missing() != 9 || sum[3] != (plan.Turnout{Department: "甲", Asked: 4, OnTime: 2, Late: 2}) {
		t.Errorf("sum %+v", sum)
	}
}

// TestRoundsOfADigest: a month's own round, a quarter's three, a week's last one; none before
// the report was delivered, none that is open.
func TestRoundsOfADigest(t *testing.T) {
	t.Parallel()
	p := &plan.Plan{Year: 2017, DeliveredOn: plan.NewDate(2017, 2, 23)}
	for _, c := range []struct {
		span    plan.Span
		day, as string
		want    string
	}{
		{plan.Month, "2017-07-10", "2017-08-01", "[2017-07-31]"},
		{plan.Month, "2017-07-10", "2017-07-31", "[]"}, // its last day is open
		{plan.Month, "2017-01-10", "2017-03-01", "[]"},
		{plan.Quarter, "2017-09-30", "2017-10-01", "[2017-07-31 2017-08-31 2017-09-30]"},
		{plan.Quarter, "2017-02-01", "2017-04-01", "[2017-02-28 2017-03-31]"},
		{plan.Quarter, "2017-02-01", "2017-03-31", "[2017-02-28]"},
		{plan.Week, "2017-08-02", "2017-08-02", "[2017-07-31]"},
		{plan.Week, "2017-07-31", "2017-07-31", "[2017-06-30]"},
		{plan.Month, "2016-12-01", "2017-03-01", "[]"},
	} {
		var closes []plan.Date
		for _, r := range plan.RoundsOf(p, plan.PeriodAt(c.span, date(t, c.day)), date(t, c.as), plan.RoundOf) {
			closes = append(closes, r.Closes)
		}
		if got := fmt.Sprint(closes); got != c.want {
			t.Errorf("%s of %s as of %s: %s, want %s", c.span, c.day, c.as, got, c.want)
		}
	}
}

// TestScheduleBase: a flow begins at nothing, a level at last year's, growth nowhere.
func TestScheduleBase(t *testing.T) {
	t.Parallel()
	for spec, want := range map[string]string{
		"count >= 100个": "0", "share >= 50% base=47%": "47", "growth >= 7.5%": "", "ceiling <= 3%": "", "share >= 50%": "",
	} {
		base, ok := plan.ScheduleBase(targetOf(t, spec))
		if ok != (want != "") || ok && base.RatString() != want {
			t.Errorf("%s: %s, %t", spec, base, ok)
		}
	}
}
