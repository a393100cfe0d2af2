package plan_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"duban/plan"
)

// TestWhoStandsIn follows delegates until somebody is there, and stops where they only name
// one another.
func TestWhoStandsIn(t *testing.T) {
	t.Parallel()
	day := plan.Date{Year: 2017, Month: 7, Day: 10}
	away := func(delegate plan.PersonID) *plan.Leave {
		return &plan.Leave{From: day, Until: day, Delegate: delegate}
	}
	people := []plan.Person{
		{ID: "here"},
		{ID: "gone", Removed: true},
		{ID: "one", Leave: away("here")},
		{ID: "two", Leave: away("one")},
		{ID: "three", Leave: away("two")},
		{ID: "self", Leave: away("self")},
		{ID: "this", Leave: away("that")},
		{ID: "that", Leave: away("this")},
		{ID: "nobody", Leave: away("")},
		{ID: "left", Leave: away("gone")},
	}
	byID := map[plan.PersonID]*plan.Person{}
	for i := range people {
		byID[people[i].ID] = &people[i]
	}
	for who, want := range map[plan.PersonID]plan.PersonID{"here": "here", "one": "here", "two": "here", "three": "here", "self": "", "this": "", "nobody": "", "left": "", "gone": ""} {
		got := plan.PersonID("")
		if p := plan.Present(byID[who], byID, day); p != nil {
			got = p.ID
		}
		if got != want {
			t.Errorf("for %s stands %q, want %q", who, got, want)
		}
	}
}

// TestWhoMay asks for every act as every role, with the item of one's own department, of
// another and of nobody: only three acts look at the department, only staff and heads are
// bound to theirs, and nobody may do less than a role below, but for the signature.
func TestWhoMay(t *testing.T) {
	t.Parallel()
	own, other := &plan.Duty{Lead: "财政局", Support: []string{"民政局"}}, &plan.Duty{Lead: "交通局"}
	bound := []plan.Act{plan.ActFile, plan.ActSign, plan.ActRequest}
	may := func(role plan.Role, act plan.Act, duty *plan.Duty) bool {
		err := plan.May(plan.Actor{ID: "x", Role: role, Department: "民政局"}, act, duty)
		var refused *plan.Forbidden
		if err != nil && (!errors.Is(err, plan.ErrForbidden) || !errors.As(err, &refused) || refused.Act != act || !strings.Contains(err.Error(), string(act))) {
			t.Errorf("%s refuses %s without saying so: %v", role, act, err)
		}
		return err == nil
	}
	ranks := []plan.Role{plan.Public, plan.Staff, plan.Head, plan.Supervisor, plan.Admin}
	for _, act := range plan.Acts() {
		for i, role := range ranks {
			if departmental := role == plan.Staff || role == plan.Head; departmental && slices.Contains(bound, act) {
				if may(role, act, other) || may(role, act, nil) {
					t.Errorf("%s may %s for others", role, act)
				}
			} else if may(role, act, own) != may(role, act, other) || may(role, act, own) != may(role, act, nil) {
				t.Errorf("%s to %s depends on the department", role, act)
			}
			if i > 0 && act != plan.ActSign && may(ranks[i-1], act, own) && !may(role, act, own) {
				t.Errorf("%s may not %s, though %s may", role, act, ranks[i-1])
			}
		}
		if may("", act, own) || may("root", act, own) {
			t.Errorf("a role that is none may %s", act)
		}
	}
	if may(plan.Admin, "fly", nil) || may(plan.Supervisor, plan.ActManage, nil) || may(plan.Public, plan.ActFile, own) {
		t.Error("somebody may do too much")
	}
}

func TestPeople(t *testing.T) {
	t.Parallel()
	p := plan.Person{ID: "a", Role: plan.Head, Department: "民政局", Leave: &plan.Leave{Until: plan.NewDate(2017, 7, 31)}}
	if got := p.Actor(); got != (plan.Actor{ID: "a", Role: plan.Head, Department: "民政局"}) {
		t.Errorf("acts as %+v", got)
	}
	if !p.Away(plan.NewDate(2017, 7, 31)) || p.Away(plan.NewDate(2017, 8, 1)) || (&plan.Person{}).Away(plan.Date{}) {
		t.Error("the leave ends on the wrong day")
	}
	p.Removed = true
	if got := p.Actor(); got != (plan.Actor{ID: "a", Role: plan.Public}) {
		t.Errorf("who was removed acts as %+v", got)
	}
	if a, b := plan.HashToken("secret"), plan.HashToken("secret "); len(a) != 64 || a == b || strings.Contains(a, "secret") {
		t.Errorf("hashes %s, %s", a, b)
	}
	d := &plan.Duty{Lead: "民政局", Support: []string{"财政局"}}
	for department, want := range map[string]bool{"民政局": true, "财政局": true, "交通局": false, "": false} {
		if d.Includes(department) != want {
			t.Errorf("%q is included: %t", department, !want)
		}
	}
	if (*plan.Duty)(nil).Includes("民政局") {
		t.Error("nobody's duty includes somebody")
	}
}

func TestWhoAnswersForWhat(t *testing.T) {
	t.Parallel()
	c := plan.Commitment{ID: 1, Departments: []string{"民政局", "财政局"}, Targets: []plan.Target{{ID: 2}, {ID: 3}}, Tasks: []plan.Task{{ID: 4}}}
	p := &plan.Plan{Commitments: []plan.Commitment{{ID: 9}, c}}
	duties := map[plan.ID]plan.Duty{2: {Item: 2, Lead: "交通局"}}
	for item, want := range map[plan.ID]string{2: "交通局", 3: "民政局", 4: "民政局", 1: "民政局"} {
		if d := plan.DutyOf(&c, item, duties); d == nil || d.Lead != want {
			t.Errorf("%d: %+v, want %s", item, d, want)
		}
	}
	duties[1] = plan.Duty{Item: 1, Lead: "教育局"}
	if d := plan.DutyOf(&c, 3, duties); d.Lead != "教育局" {
		t.Errorf("the commitment's duty does not go before the report: %+v", d)
	}
	if d := plan.DutyOf(&plan.Commitment{ID: 9}, 9, duties); d != nil {
		t.Errorf("nobody's: %+v", d)
	}
	for item, want := range map[plan.ID]plan.ID{1: 1, 2: 1, 4: 1, 9: 9, 77: 0} {
		if c := p.Holder(item); (c == nil) != (want == 0) || c != nil && c.ID != want {
			t.Errorf("%d is held by %+v", item, c)
		}
	}
	if p.ByID(77) != nil || p.Commitment("9.9") != nil || p.Targets() != 2 || c.Task(2) != nil {
		t.Error("something is found that is not there")
	}
}

func TestSubscriptionsCover(t *testing.T) {
	t.Parallel()
	c := &plan.Commitment{ID: 5, Segment: plan.Segment{Code: "3.6.2.5"}}
	for _, test := range []struct {
		s    plan.Subscription
		want bool
	}{
		{plan.Subscription{Plan: "甲市2017"}, true},
		{plan.Subscription{Plan: "甲市2018"}, false},
		{plan.Subscription{Plan: "甲市2017", Item: 5}, true},
		{plan.Subscription{Plan: "甲市2017", Item: 6}, false},
		{plan.Subscription{Plan: "甲市2017", Prefix: "3.6"}, true},
		{plan.Subscription{Plan: "甲市2017", Prefix: "3.60"}, false},
	} {
		if got := test.s.Covers("甲市2017", c); got != test.want {
			t.Errorf("%+v covers: %t", test.s, got)
		}
	}
}
