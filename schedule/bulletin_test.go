package schedule_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"duban/plan"
	"duban/schedule"
)

// stamped is a state whose ledger has keys with their moments.
func stamped(s *schedule.State, keys map[string]time.Time) *schedule.State {
	told := s.Told
	s.Told = func(key string) (time.Time, bool) {
		if at, ok := keys[key]; ok {
			return at, true
		}
		return told(key)
	}
	return s
}

// chatsOf are the chats that hear something for a reason.
func chatsOf(list []*schedule.Notice, why string) (chats []string) {
	for _, n := range list {
		if slices.Contains(n.Why, why) {
			chats = append(chats, n.Chat)
		}
	}
	slices.Sort(chats)
	return chats
}

// TestReleaseOfAnyQuarter sends what was released, were it the first quarter's in
// September, to departments, supervisors and subscribers; not to admins, nor to who ended it.
func TestReleaseOfAnyQuarter(t *testing.T) {
	t.Parallel()
	s := small(2017)
	s.Digests = map[string]plan.DigestSubscription{"reader": {Chat: "reader", Day: time.Monday, Hour: 9}, "left": {Chat: "left", Scope: plan.ScopeNone}}
	s.Plans[0].Subscribers = []plan.Subscription{{Chat: "left", Plan: "甲市2017"}, {Chat: "citizen", Plan: "甲市2017"}}
	stamped(s, map[string]time.Time{plan.ReleaseKey("甲市2017", "2017-Q1"): at("2017-09-13 10:00")})
	list := tell(s, settings(), at("2017-09-13 11:00"))
	if got := chatsOf(list, "季通报发布"); !slices.Equal(got, []string{"citizen", "head", "reader", "staff", "supervisor"}) {
		t.Errorf("the bulletin of the first quarter goes to %v", got)
	}
	if got := chatsOf(tell(s, settings(), at("2017-09-13 12:00")), "季通报发布"); got != nil {
		t.Errorf("it goes again to %v", got)
	}
}

// TestErratumFollowsTheBulletin reaches who had the bulletin; who gets it later gets both at
// once.
func TestErratumFollowsTheBulletin(t *testing.T) {
	t.Parallel()
	s := small(2017)
	keys := map[string]time.Time{plan.ReleaseKey("甲市2017", "2017-Q2"): at("2017-07-12 10:00")}
	stamped(s, keys)
	s.Chats["head"] = plan.Chat{ID: "head", Snoozed: at("2017-07-15 09:00")}
	tell(s, settings(), at("2017-07-12 11:00"))
	keys[plan.ErratumKey("甲市2017", "2017-Q2", 1)] = at("2017-07-13 10:00")
	if got := chatsOf(tell(s, settings(), at("2017-07-13 11:00")), "季通报更正"); !slices.Equal(got, []string{"staff", "supervisor"}) {
		t.Errorf("the erratum goes to %v", got)
	}
	for _, when := range []string{"2017-07-17 10:00", "2017-07-17 11:00"} {
		for _, n := range tell(s, settings(), at(when)) {
			if n.Chat == "head" && strings.Contains(strings.Join(n.Why, ""), "更正") {
				t.Errorf("who gets the bulletin with its erratum gets the erratum again: %v", n.Why)
			}
		}
	}
}
