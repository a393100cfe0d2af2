package schedule_test

import (
	"fmt"
	"testing"
	"time"

	"duban/plan"
	"duban/schedule"
	"duban/schedule/calendar"
)

// small is a plan of one target with one filer, one head, one supervisor and an admin.
func small(year int) *schedule.State {
	p := &plan.Plan{Place: "甲市", Year: year, State: plan.Published, CheckedTo: 9, Commitments: []plan.Commitment{{
		ID: 1, Segment: plan.Segment{Code: "1.1.1.1", Label: "实事1", Title: "养老"}, Departments: []string{"民政局"},
		Targets: []plan.Target{{ID: 2, Metric: "新增养老床位", Op: plan.AtLeast, Value: plan.NewDecimal(3600, 0), Unit: "张", Kind: plan.Count, Deadline: plan.EndOfYear(year), ValueText: "3600张"}},
	}}}
	return &schedule.State{
		Plans: []schedule.PlanState{{Plan: p}}, Rules: plan.DefaultRules(), Pages: blank{}, Chats: map[string]plan.Chat{},
		People: []plan.Person{
			{ID: "staff", Chat: "staff", Role: plan.Staff, Department: "民政局"},
			{ID: "head", Chat: "head", Role: plan.Head, Department: "民政局"},
			{ID: "supervisor", Chat: "supervisor", Role: plan.Supervisor},
			{ID: "admin", Chat: "admin", Role: plan.Admin},
		},
		Told: func(string) (time.Time, bool) { return time.Time{}, false },
	}
}

var announced = calendar.New()

// tell runs Due and uses up what it returns, as a tick does.
func tell(s *schedule.State, set schedule.Settings, now time.Time) []*schedule.Notice {
	list := schedule.Due(s, &set, announced, now)
	told, used := s.Told, map[string]time.Time{}
	for _, n := range list {
		for _, key := range n.Keys {
			used[key] = now
		}
	}
	if len(used) > 0 {
		s.Told = func(key string) (time.Time, bool) {
			if at, ok := used[key]; ok {
				return at, true
			}
			return told(key)
		}
	}
	return list
}

// firsts runs the clock every half hour through a span and returns when each person first
// heard of something and how many messages there were of each why.
func firsts(s *schedule.State, set schedule.Settings, from, to time.Time) map[string][]string {
	heard := map[string][]string{}
	for now := from; now.Before(to); now = now.Add(30 * time.Minute) {
		for _, n := range tell(s, set, now) {
			for _, why := range n.Why {
				heard[n.Chat+" "+why] = append(heard[n.Chat+" "+why], now.In(set.Zone).Format("01-02 15:04"))
			}
		}
	}
	return heard
}

func TestMonthEndsAndLeapDay(t *testing.T) {
	t.Parallel()
	set := settings()
	c := calendar.New()
	for _, x := range []struct {
		year                  int
		month                 time.Month
		opens, closes, remind string
	}{
		{2016, time.February, "2016-02-25", "2016-02-29", "2016-03-01"},
		{2017, time.February, "2017-02-27", "2017-02-28", "2017-03-01"},
		{2017, time.September, "2017-09-25", "2017-09-30", "2017-10-09"}, // a worked Saturday, then National Day
		{2017, time.December, "2017-12-25", "2018-01-02", "2018-01-03"},
		{2017, time.January, "2017-01-25", "2017-02-03", "2017-02-04"}, // Spring Festival, a worked Saturday
		{2018, 13, "2019-01-25", "2019-01-31", "2019-02-01"},
	} {
		p := set.PeriodOf(c, x.year, x.month)
		got := [3]string{p.Opens.Format(time.DateOnly), fmt.Sprintf("%04d-%02d-%02d", p.Closes.Year, int(p.Closes.Month), p.Closes.Day), p.Rungs[0].Format(time.DateOnly)}
		if got != [3]string{x.opens, x.closes, x.remind} {
			t.Errorf("%d-%d: %v, want %v", x.year, x.month, got, [3]string{x.opens, x.closes, x.remind})
		}
		if p.End() != plan.EndOfMonth(x.year, x.month) {
			t.Errorf("%d-%d ends on %s", x.year, x.month, p.End())
		}
	}
}

// TestMidnight looks at both sides of midnights: a round is found on every day, and none
// has opened that lies ahead.
func TestMidnight(t *testing.T) {
	t.Parallel()
	set, c := settings(), calendar.New()
	for _, day := range []int{1, 25, 28} {
		set.DispatchDay = day
		for now := at("2016-12-31 23:59"); now.Before(at("2018-03-01 00:00")); now = now.Add(24 * time.Hour) {
			for _, moment := range []time.Time{now, now.Add(time.Minute), now.Add(2 * time.Minute)} {
				p := set.CurrentAt(c, moment)
				next := set.PeriodOf(c, p.Year, p.Month+1)
				if p.Opens.After(moment) || !next.Opens.After(moment) {
					t.Errorf("dispatch day %d, %s: %s (%s) of %s", day, moment, p.Name(), p.Opens, next.Opens)
				}
			}
		}
	}
}

// TestDaylightSaving runs through both changes of a zone that has them: everybody hears of
// everything once, at the hour of sending by the clock on the wall.
func TestDaylightSaving(t *testing.T) {
	t.Parallel()
	set := schedule.DefaultSettings()
	set.Zone = mustZone("Europe/Berlin")
	for _, hour := range []int{9, 2} { // 2 o'clock is left out in spring and comes twice in autumn
		set.Hour, set.QuietTo = hour, min(hour, 8)
		heard := firsts(small(2017), set, time.Date(2017, 3, 20, 0, 0, 0, 0, set.Zone), time.Date(2017, 4, 20, 0, 0, 0, 0, set.Zone))
		autumn := firsts(small(2017), set, time.Date(2017, 10, 20, 0, 0, 0, 0, set.Zone), time.Date(2017, 11, 15, 0, 0, 0, 0, set.Zone))
		for what, times := range map[string][]string{
			"staff 3月调度开始": heard["staff 3月调度开始"], "staff 3月未填报（提醒填报人）": heard["staff 3月未填报（提醒填报人）"],
			"head 10月未填报（告知负责人）": autumn["head 10月未填报（告知负责人）"],
		} {
			if len(times) != 1 {
				t.Errorf("hour %d, %s: %v", hour, what, times)
			}
		}
		if hour == 9 && heard["staff 3月调度开始"][0] != "03-27 09:00" {
			t.Errorf("the window opened at %s", heard["staff 3月调度开始"][0])
		}
	}
}

// TestClockGoesBack sets the clock back an hour, a day and a week: nobody hears twice.
func TestClockGoesBack(t *testing.T) {
	t.Parallel()
	s, set := small(2017), settings()
	now := at("2017-08-07 09:30") // the last rung of July
	if got := len(tell(s, set, now)); got != 3 {
		t.Fatalf("%d notices, want 3", got)
	}
	for _, back := range []time.Duration{time.Minute, time.Hour, 24 * time.Hour, 3 * 24 * time.Hour} {
		for _, n := range tell(s, set, now.Add(-back)) {
			for _, why := range n.Why {
				if why != "周报" && why != "7月调度小结" {
					t.Errorf("%s back: %s hears again: %v", back, n.Chat, n.Why)
				}
			}
		}
	}
	if got := tell(s, set, now.Add(time.Minute)); len(got) != 0 {
		t.Errorf("after it went back: %v", got[0].Why)
	}
}

// TestUnknownYear falls back to weekends and tells one admin once.
func TestUnknownYear(t *testing.T) {
	t.Parallel()
	set := settings()
	heard := firsts(small(2055), set, time.Date(2055, 1, 4, 0, 0, 0, 0, shanghai), time.Date(2055, 11, 30, 0, 0, 0, 0, shanghai))
	if times := heard["admin 2055年的放假安排没有录入"]; len(times) != 1 {
		t.Errorf("the admin heard %v", times)
	}
	if times := heard["staff 10月调度开始"]; len(times) != 1 || times[0] != "10-25 09:00" {
		t.Errorf("October opened %v", times)
	}
}

// TestTenThousandAtOnce stores ten thousand messages that are due at the same moment.
func TestTenThousandAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.tx(t, func(tx plan.Tx) error {
		for i := range 10_000 {
			who := plan.PersonID(fmt.Sprintf("telegram:%d", i))
			d := tx.As(plan.Actor{ID: who, Role: plan.Public}, at("2017-02-24 12:00"))
			if err := d.Follow(plan.Subscription{Chat: string(who), Plan: w.key}); err != nil {
				return err
			}
		}
		return nil
	})
	sent, err := w.clock(t).Tick(t.Context(), at("2017-03-06 09:00"))
	if err != nil || len(sent) != 10_013 {
		t.Fatalf("%d messages, %v", len(sent), err)
	}
	again, err := w.clock(t).Tick(t.Context(), at("2017-03-06 09:05"))
	if err != nil || len(again) != 0 {
		t.Errorf("%d messages again, %v", len(again), err)
	}
	w.tx(t, func(tx plan.Tx) error {
		waiting, err := tx.Outbox("")
		if len(waiting) != 10_013 {
			t.Errorf("%d in the outbox", len(waiting))
		}
		return err
	})
}
