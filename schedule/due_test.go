package schedule_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"duban/plan"
	"duban/render"
	"duban/schedule"
)

// to finds the notice to a chat.
func to(list []*schedule.Notice, chat string) *schedule.Notice {
	for _, n := range list {
		if n.Chat == chat {
			return n
		}
	}
	return nil
}

func TestLadder(t *testing.T) {
	t.Parallel()
	heard := firsts(small(2017), settings(), at("2017-07-20 00:00"), at("2017-08-20 00:00"))
	for what, want := range map[string]string{
		"staff 7月调度开始":           "07-25 09:00",
		"staff 7月未填报（提醒填报人）":     "08-01 09:00",
		"head 7月未填报（告知负责人）":      "08-03 09:00",
		"supervisor 7月调度小结":      "08-02 09:00",
		"supervisor 7月未填报（报督查室）": "08-07 09:00",
	} {
		if got := heard[what]; len(got) != 1 || got[0] != want {
			t.Errorf("%s: %v, want %s once", what, got, want)
		}
	}
}

// TestFilingStopsTheLadder files on any rung, accepted or waiting: nothing more comes.
func TestFilingStopsTheLadder(t *testing.T) {
	t.Parallel()
	for _, when := range []string{"2017-07-19 10:00", "2017-07-26 10:00", "2017-08-01 12:00", "2017-08-04 08:30"} {
		for _, accepted := range []bool{true, false} {
			s, set := small(2017), settings()
			firsts(s, set, at("2017-07-10 00:00"), at(when))
			recorded := at(when)
			if value := plan.NewDecimal(2500, 0); accepted {
				s.Plans[0].Marks = map[plan.ID][]plan.Mark{2: {{ID: 1, Value: &value, Date: plan.DateOf(recorded), At: recorded, Accepted: recorded}}}
			} else {
				s.Plans[0].Waiting = map[plan.ID][]time.Time{2: {recorded}}
			}
			for what, times := range firsts(s, set, at(when), at("2017-08-20 00:00")) {
				if strings.Contains(what, "未填报") || strings.Contains(what, "调度开始") {
					t.Errorf("filed %s: %s at %v", when, what, times)
				}
			}
		}
	}
}

// TestCatchUp starts after two weeks of silence: one message a person, without what is
// overtaken.
func TestCatchUp(t *testing.T) {
	t.Parallel()
	s, set := small(2017), settings()
	list := tell(s, set, at("2017-08-08 14:00"))
	if len(list) != 3 {
		t.Errorf("%d messages", len(list))
	}
	for chat, want := range map[string][]string{
		"staff": {"7月未填报（提醒填报人）", "周报"}, "head": {"7月未填报（告知负责人）", "周报"},
		"supervisor": {"7月未填报（报督查室）", "7月调度小结", "季通报待发布", "周报"},
	} {
		if got := to(list, chat); got == nil || !slices.Equal(got.Why, want) {
			t.Errorf("%s: %v, want %v", chat, got, want)
		}
	}
	later := tell(s, set, at("2017-08-25 09:00"))
	for _, n := range later {
		if strings.Contains(strings.Join(n.Why, ""), "7月") {
			t.Errorf("July came back: %v", n.Why)
		}
	}
}

// TestHeadWhoFilesHearsOnce lets the head of a department without staff be on two rungs
// that come together.
func TestHeadWhoFilesHearsOnce(t *testing.T) {
	t.Parallel()
	s := small(2017)
	s.People = s.People[1:]
	n := to(tell(s, settings(), at("2017-08-08 14:00")), "head")
	if n == nil || len(n.Keys) != 3 || strings.Count(n.Messages()[0].Text, "7月有") != 1 || strings.Contains(n.Messages()[0].Text, "提醒：") {
		t.Errorf("the head hears %+v", n)
	}
}

func TestLeaveAndDelegates(t *testing.T) {
	t.Parallel()
	s := small(2017)
	s.People = append(s.People, plan.Person{ID: "other", Chat: "other", Role: plan.Staff, Department: "财政局"})
	s.People[0].Leave = &plan.Leave{Until: plan.Date{Year: 2017, Month: time.July, Day: 28}, Delegate: "other"}
	list := tell(s, settings(), at("2017-07-25 09:00"))
	if to(list, "staff") != nil {
		t.Error("somebody on leave was written to")
	}
	if n := to(list, "other"); n == nil || !strings.Contains(n.Messages()[0].Text, "你在代理民政局的同事") {
		t.Errorf("who stands in hears %v", n)
	}
	s.People[0].Leave.Delegate = ""
	if n := to(tell(s, settings(), at("2017-07-26 09:00")), "staff"); n != nil {
		t.Errorf("somebody on leave was written to: %v", n.Why)
	}
	if n := to(tell(s, settings(), at("2017-07-31 09:00")), "staff"); n == nil {
		t.Error("nobody hears after the leave")
	}
}

// TestSnooze leaves a chat alone for a while; the ladder goes on above it.
func TestSnooze(t *testing.T) {
	t.Parallel()
	s, set := small(2017), settings()
	s.Chats["staff"] = plan.Chat{ID: "staff", Snoozed: at("2017-08-04 09:00")}
	heard := firsts(s, set, at("2017-08-01 00:00"), at("2017-08-05 00:00"))
	if got := heard["staff 7月未填报（提醒填报人）"]; len(got) != 1 || got[0] != "08-04 09:00" {
		t.Errorf("the snoozing filer hears %v", got)
	}
	if got := heard["head 7月未填报（告知负责人）"]; len(got) != 1 || got[0] != "08-03 09:00" {
		t.Errorf("the head hears %v", got)
	}
}

// TestOwnZoneAndHour writes to nobody at night in their own zone, and sends the digest at
// the day and hour that a chat chose.
func TestOwnZoneAndHour(t *testing.T) {
	t.Parallel()
	s, set := small(2017), settings()
	s.Chats["head"] = plan.Chat{ID: "head", Zone: "Europe/Berlin"}
	s.Digests = map[string]plan.DigestSubscription{
		"staff":      {Chat: "staff", Day: time.Friday, Hour: 8},
		"supervisor": {Chat: "supervisor", Scope: plan.ScopeNone},
		"reader":     {Chat: "reader", Day: time.Tuesday, Hour: 18},
		"nothing":    {Chat: "nothing", Day: time.Tuesday, Hour: 18, Scope: plan.ScopeFollows},
	}
	heard := firsts(s, set, at("2017-07-10 00:00"), at("2017-07-17 00:00"))
	for what, want := range map[string][]string{"head 周报": {"07-10 14:00"}, "staff 周报": {"07-14 08:00"}, "supervisor 周报": nil, "reader 周报": {"07-11 18:00"}, "nothing 周报": nil} {
		if got := heard[what]; !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", what, got, want)
		}
	}
}

// TestNothingIsAskedOf drafts, plans before their delivery, closed years and cancelled or
// finished work.
func TestNothingIsAskedOf(t *testing.T) {
	t.Parallel()
	value := plan.NewDecimal(3600, 0)
	for name, change := range map[string]func(*schedule.PlanState){
		"a draft":          func(p *schedule.PlanState) { p.Plan.State = plan.Draft },
		"a report to come": func(p *schedule.PlanState) { p.Plan.DeliveredOn = plan.Date{Year: 2017, Month: time.August, Day: 1} },
		"a closed year": func(p *schedule.PlanState) {
			p.Closing = &plan.Closing{Ratings: map[plan.ID]plan.Rating{2: plan.RatedNone}}
		},
		"cancelled work": func(p *schedule.PlanState) { p.Plan.Commitments[0].Targets[0].Cancelled = "并入其他项目" },
		"finished work": func(p *schedule.PlanState) {
			when := at("2017-05-01 10:00")
			p.Marks = map[plan.ID][]plan.Mark{2: {{ID: 1, Value: &value, Date: plan.DateOf(when), At: when, Accepted: when}}}
		},
		"unchecked targets": func(p *schedule.PlanState) { p.Plan.CheckedTo = 2 },
	} {
		s := small(2017)
		change(&s.Plans[0])
		if n := to(tell(s, settings(), at("2017-07-25 09:00")), "staff"); n != nil && !slices.Equal(n.Why, []string{"周报"}) {
			t.Errorf("%s: %v", name, n.Why)
		}
	}
}

// TestSeenIsShownToSupervisors records 已知悉 and shows it on the last rung.
func TestSeenIsShownToSupervisors(t *testing.T) {
	t.Parallel()
	s := small(2017)
	key := plan.SeenKey(s.Plans[0].Plan.Key(), "2017-07", "staff")
	s.Told = func(k string) (time.Time, bool) { return at("2017-07-26 09:00"), k == key }
	n := to(tell(s, settings(), at("2017-08-07 09:00")), "supervisor")
	if n == nil || !strings.Contains(n.Messages()[0].Text, "1人点过已知悉") {
		t.Errorf("the supervisor hears %v", n)
	}
}

// TestTwoPlansMergeIntoOneMessage asks about long-horizon work of a closed year beside the
// new year's, in one message with numbers that go on.
func TestTwoPlansMergeIntoOneMessage(t *testing.T) {
	t.Parallel()
	s, next := small(2017), small(2018)
	old := &s.Plans[0]
	old.Plan.Commitments[0].Targets[0].Deadline = plan.EndOfYear(2020)
	old.Closing = &plan.Closing{Ratings: map[plan.ID]plan.Rating{2: plan.RatedOpen}}
	s.Plans = append(s.Plans, next.Plans[0])
	n := to(tell(s, settings(), at("2018-03-26 09:00")), "staff")
	if n == nil || len(n.Asked) != 2 || n.Asked[0].Plan == n.Asked[1].Plan {
		t.Fatalf("asked %+v", n)
	}
	if text := n.Messages()[0].Text; !strings.Contains(text, "\n1 新增养老床位") || !strings.Contains(text, "\n2 新增养老床位") {
		t.Errorf("numbers do not go on:\n%s", text)
	}
}

// TestClosedPlanHasNoNews ends digests and summaries when the last round of a closed year is
// through; until then that round is counted as before.
func TestClosedPlanHasNoNews(t *testing.T) {
	t.Parallel()
	s, set := small(2017), settings()
	s.Plans[0].Closing = &plan.Closing{Ratings: map[plan.ID]plan.Rating{2: plan.RatedNone}, At: at("2018-01-03 10:00")}
	if got, want := summaryCount(s, set, at("2018-01-04 09:00")), []plan.Turnout{{Department: "民政局", Asked: 1}}; !slices.Equal(got, want) {
		t.Errorf("the summary of December counts %+v, want %+v", got, want)
	}
	heard := firsts(s, set, at("2018-01-03 10:00"), at("2018-03-01 00:00"))
	for what, want := range map[string][]string{
		"supervisor 12月调度小结": {"01-04 09:00"}, "supervisor 1月调度小结": nil, "staff 周报": {"01-03 10:00", "01-08 09:00"},
	} {
		if got := heard[what]; !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", what, got, want)
		}
	}
}

// summaryCount is what the summary to supervisors counts at a moment; nothing is used up.
func summaryCount(s *schedule.State, set schedule.Settings, now time.Time) (list []plan.Turnout) {
	s.Pages = counting{blank{}, &list}
	for _, n := range schedule.Due(s, &set, announced, now) {
		n.Messages()
	}
	return list
}

// counting keeps the turnouts of the last summary.
type counting struct {
	blank
	turnouts *[]plan.Turnout
}

func (c counting) Summary(v schedule.SummaryView) render.Message {
	*c.turnouts = v.Turnouts
	return c.blank.Summary(v)
}

// TestAssignedAfterTheWindow asks a department from the round on that it can still answer.
func TestAssignedAfterTheWindow(t *testing.T) {
	t.Parallel()
	for since, asked := range map[string]bool{"2017-07-31 16:00": true, "2017-08-01 10:00": false} {
		s, set := small(2017), settings()
		s.Plans[0].Duties = map[plan.ID]plan.Duty{1: {Item: 1, Lead: "民政局", Since: at(since)}}
		counted := summaryCount(s, set, at("2017-08-02 10:00"))
		heard := firsts(s, set, at("2017-08-01 10:30"), at("2017-08-26 00:00"))
		if got := heard["staff 7月未填报（提醒填报人）"] != nil; got != asked {
			t.Errorf("assigned %s: reminded %t", since, got)
		}
		if (len(counted) == 1) != asked {
			t.Errorf("assigned %s: counted %+v", since, counted)
		}
		if heard["staff 8月调度开始"] == nil {
			t.Errorf("assigned %s: not asked in August", since)
		}
	}
}

// TestSummaryCountsLateFilings tells late filings from those in time, as all counts do.
func TestSummaryCountsLateFilings(t *testing.T) {
	t.Parallel()
	s := small(2017)
	filed, value := at("2017-08-01 10:00"), plan.NewDecimal(100, 0)
	s.Plans[0].Marks = map[plan.ID][]plan.Mark{2: {{ID: 1, Value: &value, Date: plan.NewDate(2017, time.July, 31), At: filed, Accepted: filed}}}
	s.Plans[0].Filings = func() (map[plan.ID][]plan.Filing, error) {
		return map[plan.ID][]plan.Filing{2: {{ID: 1, Item: 2, Value: &value, Date: plan.NewDate(2017, time.July, 31), At: filed}}}, nil
	}
	if got, want := summaryCount(s, settings(), at("2017-08-02 09:00")), []plan.Turnout{{Department: "民政局", Asked: 1, Late: 1}}; !slices.Equal(got, want) {
		t.Errorf("the summary counts %+v, want %+v", got, want)
	}
}

// TestTwoDigestsInOneMessage have one row of buttons.
func TestTwoDigestsInOneMessage(t *testing.T) {
	t.Parallel()
	s := small(2017)
	s.Pages = schedule.Plain()
	s.Plans = append(s.Plans, small(2018).Plans...)
	n := to(tell(s, settings(), at("2018-02-05 09:00")), "staff")
	if n == nil || len(n.Messages()) != 1 {
		t.Fatalf("staff hear %+v", n)
	}
	ends := 0
	for _, row := range n.Messages()[0].Buttons {
		for _, b := range row {
			if b.Text == "退订" {
				ends++
			}
		}
	}
	if ends != 1 {
		t.Errorf("%d buttons 退订", ends)
	}
}

// TestWarningsAreThoseOfTheLedger: after downtime nobody was warned before; a head who files
// alone is not asked to urge; leave is no lack of registration.
func TestWarningsAreThoseOfTheLedger(t *testing.T) {
	t.Parallel()
	text := func(list []*schedule.Notice, chat string) string {
		if n := to(list, chat); n != nil {
			return n.Messages()[0].Text
		}
		return ""
	}
	down := tell(small(2017), settings(), at("2017-08-08 14:00"))
	for chat, untrue := range map[string]string{"head": "已提醒过", "supervisor": "都提醒过了", "staff": "已报督查室"} {
		if got := text(down, chat); got == "" || strings.Contains(got, untrue) {
			t.Errorf("after downtime %s hears:\n%s", chat, got)
		}
	}
	alone := small(2017)
	alone.People = alone.People[1:]
	if got := text(tell(alone, settings(), at("2017-08-03 09:00")), "head"); strings.Contains(got, "督促") || !strings.Contains(got, "请直接填报") {
		t.Errorf("a head who files alone hears:\n%s", got)
	}
	away := small(2017)
	away.People[1].Leave = &plan.Leave{Until: plan.NewDate(2017, time.August, 31)}
	tell(away, settings(), at("2017-08-01 09:00"))
	if got := text(tell(away, settings(), at("2017-08-07 09:00")), "supervisor"); !strings.Contains(got, "负责人在请假") || strings.Contains(got, "没有登记") {
		t.Errorf("with the head on leave supervisors hear:\n%s", got)
	}
}

// TestPublishedFigures answer the round of the month that they are about, whenever they were
// imported.
func TestPublishedFigures(t *testing.T) {
	t.Parallel()
	imported, value := at("2017-08-28 10:00"), plan.NewDecimal(100, 0)
	for date, asked := range map[plan.Date]bool{plan.NewDate(2017, time.August, 10): false, plan.NewDate(2017, time.March, 31): true} {
		s := small(2017)
		s.Plans[0].Marks = map[plan.ID][]plan.Mark{2: {{ID: 1, Value: &value, Date: date, At: imported, Accepted: imported, Published: true}}}
		n := to(tell(s, settings(), at("2017-09-01 09:00")), "staff")
		if got := n != nil && slices.Contains(n.Why, "8月未填报（提醒填报人）"); got != asked {
			t.Errorf("a published figure of %s: reminded %t, want %t", date, got, asked)
		}
	}
}
