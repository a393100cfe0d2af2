package plan_test

import (
	"fmt"
	"testing"
	"time"

	"duban/plan"
)

// ranked builds a published plan in which departments lead targets with given lights: "dgyro-"
// are done, green, yellow, red, overdue and unfiled.
func ranked(leads map[string]string) (*plan.PlanStanding, map[plan.ID]plan.Duty) {
	lights := map[rune]plan.Light{'d': plan.Done, 'g': plan.Green, 'y': plan.Yellow, 'r': plan.Red, 'o': plan.Overdue, '-': plan.None, 'x': plan.Cancelled}
	p := &plan.Plan{Place: "示例市", Year: 2017, State: plan.Published}
	duties := map[plan.ID]plan.Duty{}
	id := plan.ID(0)
	var standings [][]plan.Standing
	for lead, letters := range leads {
		id++
		c := plan.Commitment{ID: id}
		duties[id] = plan.Duty{Item: id, Lead: lead}
		var list []plan.Standing
		for _, letter := range letters {
			id++
			c.Targets = append(c.Targets, plan.Target{ID: id, Deadline: plan.EndOfYear(2017)})
			list = append(list, plan.Standing{Light: lights[letter]})
		}
		p.Commitments = append(p.Commitments, c)
		standings = append(standings, list)
	}
	ps := &plan.PlanStanding{Plan: p, AsOf: plan.NewDate(2017, 9, 30)}
	for i := range p.Commitments {
		ps.Commitments = append(ps.Commitments, plan.CommitmentStanding{Commitment: &p.Commitments[i], Targets: standings[i]})
	}
	return ps, duties
}

func TestRanking(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		leads    map[string]string
		turnouts []plan.Turnout
		want     []string // place, department
		rest     []string
	}{
		"share of done and green decides": {
			leads: map[string]string{"甲": "dgg", "乙": "dgr", "丙": "dggy"},
			want:  []string{"1甲", "2丙", "3乙"},
		},
		"then fewer red and overdue": {
			leads: map[string]string{"甲": "ddyr", "乙": "ggyy", "丙": "ggor"},
			want:  []string{"1乙", "2甲", "3丙"},
		},
		"then punctual filing": {
			leads:    map[string]string{"甲": "ddy", "乙": "ggy", "丙": "gdy"},
			turnouts: []plan.Turnout{{Department: "甲", Asked: 4, OnTime: 3, Late: 1}, {Department: "乙", Asked: 8, OnTime: 7}, {Department: "丙", Asked: 2, OnTime: 2}},
			want:     []string{"1丙", "2乙", "3甲"},
		},
		"ties share a place and the next is left out": {
			leads:    map[string]string{"甲": "dgg", "乙": "ddd", "丙": "dgy"},
			turnouts: []plan.Turnout{{Department: "甲", Asked: 2, OnTime: 1}, {Department: "乙", Asked: 4, OnTime: 2}, {Department: "丙", Asked: 2, OnTime: 2}},
			want:     []string{"1乙", "1甲", "3丙"},
		},
		"who was asked for nothing missed nothing": {
			leads:    map[string]string{"甲": "ddd", "乙": "ddd"},
			turnouts: []plan.Turnout{{Department: "乙", Asked: 3, OnTime: 2}},
			want:     []string{"1甲", "2乙"},
		},
		"unfiled and cancelled targets are not rated": {
			leads: map[string]string{"甲": "dg---", "乙": "ddd--", "丙": "ddx"},
			want:  []string{"1乙"},
			rest:  []string{"丙", "甲"},
		},
		"none filed": {
			leads: map[string]string{"甲": "----", "乙": "---"},
			rest:  []string{"乙", "甲"},
		},
		"nobody": {},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ps, duties := ranked(c.leads)
			list, rest := plan.Ranking(ps, duties, c.turnouts)
			var got, others []string
			for _, r := range list {
				got = append(got, fmt.Sprint(r.Place, r.Department))
			}
			for _, r := range rest {
				others = append(others, r.Department)
			}
			if fmt.Sprint(got) != fmt.Sprint(c.want) || fmt.Sprint(others) != fmt.Sprint(c.rest) {
				t.Errorf("ranked %v and not %v, want %v and not %v", got, others, c.want, c.rest)
			}
		})
	}
}

func TestPeriods(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		span           plan.Span
		day            plan.Date
		from, to, name string
	}{
		{plan.Week, plan.NewDate(2017, 7, 31), "2017-07-31", "2017-08-06", "2017-W31"},
		{plan.Week, plan.NewDate(2017, 8, 6), "2017-07-31", "2017-08-06", "2017-W31"},
		{plan.Week, plan.NewDate(2018, 1, 1), "2018-01-01", "2018-01-07", "2018-W01"},
		{plan.Week, plan.NewDate(2017, 1, 1), "2016-12-26", "2017-01-01", "2016-W52"},
		{plan.Month, plan.NewDate(2016, 2, 10), "2016-02-01", "2016-02-29", "2016-02"},
		{plan.Month, plan.NewDate(2017, 12, 31), "2017-12-01", "2017-12-31", "2017-12"},
		{plan.Quarter, plan.NewDate(2017, 9, 30), "2017-07-01", "2017-09-30", "2017-Q3"},
		{plan.Quarter, plan.NewDate(2017, 1, 1), "2017-01-01", "2017-03-31", "2017-Q1"},
	} {
		p := plan.PeriodAt(c.span, c.day)
		if p.From.String() != c.from || p.To.String() != c.to || p.Name() != c.name {
			t.Errorf("%s of %s is %s to %s, %s; want %s to %s, %s", c.span, c.day, p.From, p.To, p.Name(), c.from, c.to, c.name)
		}
	}
}

func at(day string) time.Time {
	d, err := time.Parse(time.DateOnly, day)
	if err != nil {
		panic(err)
	}
	return d.Add(10 * time.Hour)
}

func TestRoundFiled(t *testing.T) {
	t.Parallel()
	july := plan.RoundOf(plan.PeriodAt(plan.Month, plan.NewDate(2017, 7, 1)))
	end := plan.NewDate(2017, 7, 31)
	returned := []plan.Review{{Verdict: plan.Returned}}
	for name, c := range map[string]struct {
		filings []plan.Filing
		want    string
	}{
		"in the window":             {[]plan.Filing{{At: at("2017-07-26"), Date: end}}, "2017-07-26"},
		"in the week before":        {[]plan.Filing{{At: at("2017-07-18"), Date: end}}, "2017-07-18"},
		"before that":               {[]plan.Filing{{At: at("2017-07-17"), Date: end}}, ""},
		"late":                      {[]plan.Filing{{At: at("2017-08-03"), Date: end}}, "2017-08-03"},
		"in the next round":         {[]plan.Filing{{At: at("2017-08-25"), Date: end}}, ""},
		"returned":                  {[]plan.Filing{{At: at("2017-07-26"), Date: end, Reviews: returned}}, ""},
		"returned and filed again":  {[]plan.Filing{{At: at("2017-07-26"), Date: end, Reviews: returned}, {At: at("2017-08-02"), Date: end}}, "2017-08-02"},
		"published, imported later": {[]plan.Filing{{At: at("2018-02-01"), Date: end, Source: "报"}}, "2017-07-31"},
		"published for December":    {[]plan.Filing{{At: at("2018-02-01"), Date: plan.EndOfYear(2017), Source: "报"}}, ""},
		"nothing":                   {nil, ""},
	} {
		if day, _ := july.Filed(c.filings); day.String() != c.want {
			t.Errorf("%s: filed on %q, want %q", name, day, c.want)
		}
	}
}

func TestShiftsWorsened(t *testing.T) {
	t.Parallel()
	all := []plan.Light{plan.Overdue, plan.Red, plan.Yellow, plan.Green, plan.Done, plan.None}
	worse := map[[2]plan.Light]bool{
		{plan.Red, plan.Overdue}: true, {plan.Yellow, plan.Overdue}: true, {plan.Green, plan.Overdue}: true, {plan.Done, plan.Overdue}: true, {plan.None, plan.Overdue}: true,
		{plan.Yellow, plan.Red}: true, {plan.Green, plan.Red}: true, {plan.Done, plan.Red}: true, {plan.None, plan.Red}: true,
		{plan.Green, plan.Yellow}: true, {plan.Done, plan.Yellow}: true, {plan.None, plan.Yellow}: true,
	}
	for _, before := range all {
		for _, now := range all {
			s := plan.Shift{Before: &plan.Standing{Light: before}, Now: &plan.Standing{Light: now}}
			if got := s.Worsened(); got != worse[[2]plan.Light{before, now}] {
				t.Errorf("%s → %s: worsened is %v", before, now, got)
			}
		}
	}
	if s := (plan.Shift{Now: &plan.Standing{Light: plan.Red}}); s.Worsened() {
		t.Error("without a standing before nothing worsened")
	}
}

// A week's digest reports on the last round that closed before its day: on the last day of
// a window nobody is late.
func TestRoundsOfAWeek(t *testing.T) {
	t.Parallel()
	p := &plan.Plan{Year: 2017, DeliveredOn: plan.NewDate(2017, 2, 23)}
	for day, want := range map[plan.Date]string{
		plan.NewDate(2017, 7, 31): "2017-06-01",
		plan.NewDate(2017, 8, 1):  "2017-07-01",
		plan.NewDate(2017, 8, 24): "2017-07-01",
		plan.NewDate(2017, 3, 20): "2017-02-01", // it opened on the 25th, after the delivery
		plan.NewDate(2017, 2, 27): "",
	} {
		got := ""
		for _, r := range plan.RoundsOf(p, plan.PeriodAt(plan.Week, day), day, plan.RoundOf) {
			got += r.From.String()
		}
		if got != want {
			t.Errorf("on %s: the rounds of %q, want %q", day, got, want)
		}
	}
}
