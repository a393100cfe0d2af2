package render_test

import (
	"reflect"
	"testing"

	"duban/plan"
	"duban/render"
)

func TestReaderOf(t *testing.T) {
	t.Parallel()
	follows := []plan.Subscription{{Plan: "示例市2017", Item: 1}}
	staff := &plan.Person{ID: "p", Chat: "p", Role: plan.Staff, Department: "民政局"}
	for name, c := range map[string]struct {
		sub    plan.DigestSubscription
		person *plan.Person
		want   render.Reader
	}{
		"a stranger reads what they follow":     {plan.DigestSubscription{Chat: "p", Person: "p"}, nil, render.Reader{Follows: follows}},
		"staff see their department first":      {plan.DigestSubscription{Chat: "p", Person: "p"}, staff, render.Reader{Department: "民政局"}},
		"staff may ask for what they follow":    {plan.DigestSubscription{Chat: "p", Person: "p", Scope: plan.ScopeFollows}, staff, render.Reader{Follows: follows}},
		"or for everything":                     {plan.DigestSubscription{Chat: "p", Person: "p", Scope: plan.ScopeAll}, staff, render.Reader{}},
		"supervisors read about everything":     {plan.DigestSubscription{Chat: "p", Person: "p"}, &plan.Person{ID: "p", Chat: "p", Role: plan.Supervisor}, render.Reader{}},
		"removed people read as the public":     {plan.DigestSubscription{Chat: "p", Person: "p"}, &plan.Person{ID: "p", Chat: "p", Role: plan.Staff, Department: "民政局", Removed: true}, render.Reader{Follows: follows}},
		"a group learns nobody's subscriptions": {plan.DigestSubscription{Chat: "group", Person: "p", Scope: plan.ScopeFollows}, staff, render.Reader{}},
	} {
		if got := render.ReaderOf(&c.sub, c.person, follows); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}
