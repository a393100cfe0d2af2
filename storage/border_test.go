package storage_test

import (
	"errors"
	"reflect"
	"slices"
	"testing"
	"time"

	"duban/plan"
	"duban/storage"
)

// gate is what the border of storage does for one method of plan.Desk.
type gate struct {
	who  []plan.Actor // nil: nobody is refused, what may not be seen is left out
	call func(d plan.Desk, a plan.Actor) error
}

// reading makes a call of a method with a result.
func reading[T any](f func(d plan.Desk) (T, error)) func(plan.Desk, plan.Actor) error {
	return func(d plan.Desk, _ plan.Actor) error { _, err := f(d); return err }
}

// planGates are the methods that concern plans and filings.
func planGates(id plan.FilingID) map[string]gate {
	bosses, admins := []plan.Actor{supervisor, admin}, []plan.Actor{admin}
	own := append([]plan.Actor{staff, head}, bosses...)
	extension := plan.Request{Plan: town, Item: beds, Kind: plan.Extend, Deadline: plan.EndOfYear(2018), Reason: "征地"}
	return map[string]gate{
		"PutPlan": {admins, func(d plan.Desk, _ plan.Actor) error { return d.PutPlan(townPlan(2017)) }},
		"Correct": {bosses, func(d plan.Desk, _ plan.Actor) error {
			return d.Correct(town, plan.Correction{Check: plan.CheckedRight, Commitment: bedsCommitment, Item: beds})
		}},
		"Corrections": {bosses, reading(func(d plan.Desk) ([]plan.Correction, error) { return d.Corrections(town) })},
		"Publish":     {bosses, func(d plan.Desk, _ plan.Actor) error { return d.Publish(draft) }},
		"Close":       {bosses, func(d plan.Desk, _ plan.Actor) error { return d.Close(plan.Closing{Plan: town}, plan.Carried{}) }},
		"Assign": {bosses, func(d plan.Desk, _ plan.Actor) error {
			return d.Assign(town, plan.Duty{Item: parks, Lead: "城管局"})
		}},
		"Ask":       {own, reading(func(d plan.Desk) (plan.Request, error) { return d.Ask(extension) })},
		"Requests":  {nil, reading(func(d plan.Desk) ([]plan.Request, error) { return d.Requests(town) })},
		"Decide":    {bosses, reading(func(d plan.Desk) (plan.Request, error) { return d.Decide(1, plan.Accepted, "") })},
		"File":      {own, reading(func(d plan.Desk) (plan.Filing, error) { return d.File(filing(beds, 1)) })},
		"Filing":    {nil, func(d plan.Desk, _ plan.Actor) error { _, _ = d.Filing(id); return nil }},
		"Filings":   {nil, reading(func(d plan.Desk) (map[plan.ID][]plan.Filing, error) { return d.Filings(town) })},
		"History":   {nil, reading(func(d plan.Desk) ([]plan.Filing, error) { return d.History(town, beds) })},
		"Marks":     {nil, reading(func(d plan.Desk) (map[plan.ID][]plan.Mark, error) { return d.Marks(town) })},
		"Pending":   {nil, reading(func(d plan.Desk) ([]plan.Filing, error) { return d.Pending() })},
		"Undecided": {bosses, reading(func(d plan.Desk) ([]plan.Filing, error) { return d.Undecided(town) })},
		"Review":    {bosses, reading(func(d plan.Desk) (plan.Filing, error) { return d.Review(id, plan.Accepted, "") })},
		"Draft":     {bosses, reading(func(d plan.Desk) (plan.Bulletin, error) { return d.Draft(bulletin()) })},
		"Release":   {bosses, reading(func(d plan.Desk) (plan.Bulletin, error) { return d.Release(1) })},
		"Erratum":   {bosses, reading(func(d plan.Desk) (plan.Bulletin, error) { return d.Erratum(1, "更正") })},
		"Bulletin":  {nil, func(d plan.Desk, _ plan.Actor) error { _, _ = d.Bulletin(1); return nil }},
		"Bulletins": {nil, reading(func(d plan.Desk) ([]plan.Bulletin, error) { return d.Bulletins(town) })},
		"Log": {bosses, func(d plan.Desk, _ plan.Actor) error {
			for _, err := range d.Log(0) {
				return err
			}
			return nil
		}},
	}
}

// peopleGates are the methods that concern people and what they leave.
func peopleGates() map[string]gate {
	everybody := []plan.Actor{citizen, staff, head, foreign, foreignTop, homeless, supervisor, admin}
	bosses, admins := []plan.Actor{supervisor, admin}, []plan.Actor{admin}
	const other plan.PersonID = "telegram:4711"
	return map[string]gate{
		"Person":    {bosses, reading(func(d plan.Desk) (*plan.Person, error) { return d.Person(other) })},
		"People":    {[]plan.Actor{head, foreignTop, supervisor, admin}, reading(func(d plan.Desk) ([]plan.Person, error) { return d.People() })},
		"PutPerson": {admins, func(d plan.Desk, a plan.Actor) error { return d.PutPerson(plan.Person{ID: a.ID, Role: plan.Admin}) }},
		"Invite": {admins, func(d plan.Desk, _ plan.Actor) error {
			return d.Invite(plan.Invite{Hash: plan.HashToken("x"), Role: plan.Staff, Department: "民政局", Expires: start.Add(time.Hour)})
		}},
		"Join": {[]plan.Actor{}, func(d plan.Desk, _ plan.Actor) error {
			_, err := d.Join("x", plan.Person{ID: other})
			return err
		}},
		"Reaches": {nil, reading(func(d plan.Desk) ([]plan.Person, error) { return d.Reaches("", "", plan.NewDate(2017, 3, 1)) })},
		"Forget":  {admins, func(d plan.Desk, _ plan.Actor) error { return d.Forget(other) }},
		"Tell": {everybody, func(d plan.Desk, _ plan.Actor) error {
			_, err := d.Tell(plan.Feedback{Plan: town, Commitment: bedsCommitment, Text: "好"})
			return err
		}},
		"FeedbackList": {nil, reading(func(d plan.Desk) ([]plan.Feedback, error) { return d.FeedbackList(false) })},
		"Answer":       {bosses, reading(func(d plan.Desk) (plan.Feedback, error) { return d.Answer(1, "已转办") })},
		"Follow":       {everybody, func(d plan.Desk, _ plan.Actor) error { return d.Follow(plan.Subscription{Plan: town}) }},
		"Unfollow":     {everybody, func(d plan.Desk, _ plan.Actor) error { return d.Unfollow(plan.Subscription{Plan: town}) }},
		"Following":    {everybody, reading(func(d plan.Desk) ([]plan.Subscription, error) { return d.Following() })},
		"Followers": {nil, reading(func(d plan.Desk) ([]plan.Subscription, error) {
			return d.Followers(town, &townPlan(2017).Commitments[0])
		})},
		"Subscribers":       {nil, reading(func(d plan.Desk) ([]plan.Subscription, error) { return d.Subscribers(town) })},
		"Gaps":              {bosses, reading(func(d plan.Desk) ([]plan.Gap, error) { return d.Gaps(5) })},
		"Subscribe":         {everybody, func(d plan.Desk, _ plan.Actor) error { return d.Subscribe(plan.DigestSubscription{Chat: "x", Hour: 9}) }},
		"Unsubscribe":       {everybody, func(d plan.Desk, _ plan.Actor) error { return d.Unsubscribe("x") }},
		"Subscribed":        {nil, func(d plan.Desk, _ plan.Actor) error { _, _ = d.Subscribed("x"); return nil }},
		"DigestSubscribers": {admins, reading(func(d plan.Desk) ([]plan.DigestSubscription, error) { return d.DigestSubscribers() })},
		"Buried":            {admins, reading(func(d plan.Desk) ([]plan.DeadLetter, error) { return d.Buried(5) })},
		"Waiting":           {admins, reading(func(d plan.Desk) (plan.Queue, error) { return d.Waiting() })},
	}
}

// TestBorder calls every method of the records as everybody: who may not is refused, and a
// method that is not listed here fails the test.
func TestBorder(t *testing.T) {
	t.Parallel()
	db := newTown(t, storage.Policy{})
	id := waiting(t, db)
	must(t, act(t, db, staff, func(d plan.Desk) error {
		_, err := d.Ask(plan.Request{Plan: town, Item: beds, Kind: plan.Extend, Deadline: plan.EndOfYear(2018), Reason: "征地"})
		return err
	}))
	must(t, act(t, db, citizen, func(d plan.Desk) error {
		_, err := d.Tell(plan.Feedback{Plan: town, Commitment: bedsCommitment, Text: "没有看到新床位"})
		return err
	}))
	gates := planGates(id)
	for name, g := range peopleGates() {
		gates[name] = g
	}
	desk := reflect.TypeFor[plan.Desk]()
	for i := range desk.NumMethod() {
		if name := desk.Method(i).Name; gates[name].call == nil {
			t.Errorf("%s: who may call it is not said", name)
		}
	}
	for name, g := range gates {
		if _, known := desk.MethodByName(name); !known {
			t.Errorf("%s is no method of the records", name)
		}
		for _, a := range actors {
			err := act(t, db, a, func(d plan.Desk) error { return errors.Join(g.call(d, a), errRolledBack) })
			want := g.who != nil && !slices.Contains(g.who, a)
			if forbidden := errors.Is(err, plan.ErrForbidden); forbidden != want {
				t.Errorf("%s as %s of %q: forbidden %t, want %t (%v)", name, a.Role, a.Department, forbidden, want, err)
			}
			if g.who == nil && !errors.Is(err, errRolledBack) {
				t.Errorf("%s as %s: %v", name, a.Role, err)
			}
		}
	}
}

// TestUnrefusedReadsShowNothing: the methods that refuse nobody show a stranger and a
// citizen nothing that waits, and no person.
func TestUnrefusedReadsShowNothing(t *testing.T) {
	t.Parallel()
	db := newTown(t, storage.Policy{})
	id := waiting(t, db)
	must(t, act(t, db, supervisor, func(d plan.Desk) error {
		_, err := d.Draft(bulletin())
		return err
	}))
	must(t, act(t, db, staff, func(d plan.Desk) error {
		_, err := d.Ask(plan.Request{Plan: town, Item: beds, Kind: plan.Extend, Deadline: plan.EndOfYear(2018), Reason: "征地"})
		return errors.Join(err, d.Follow(plan.Subscription{Plan: town, Chat: "1"}))
	}))
	for _, a := range []plan.Actor{citizen, homeless, foreign, stranger} {
		must(t, act(t, db, a, func(d plan.Desk) error {
			_, single := d.Filing(id)
			_, drafted := d.Bulletin(1)
			filings, e1 := d.Filings(town)
			history, e2 := d.History(town, beds)
			marks, e3 := d.Marks(town)
			pending, e4 := d.Pending()
			requests, e5 := d.Requests(town)
			bulletins, e6 := d.Bulletins(town)
			feedback, e7 := d.FeedbackList(false)
			if n := len(filings) + len(history) + len(marks) + len(pending) + len(requests) + len(bulletins) + len(feedback); n > 0 || single == nil || drafted == nil {
				t.Errorf("%s of %q sees %d records, a filing %v, a draft %v", a.Role, a.Department, n, single, drafted)
			}
			people, e8 := d.Reaches("", "", plan.NewDate(2017, 3, 1))
			followers, e9 := d.Subscribers(town)
			for _, p := range people {
				if p.Name != "" || p.Leave != nil {
					t.Errorf("%s sees %+v", a.Role, p)
				}
			}
			for _, s := range followers {
				if s.Person != "" {
					t.Errorf("%s sees who follows: %+v", a.Role, s)
				}
			}
			return errors.Join(e1, e2, e3, e4, e5, e6, e7, e8, e9)
		}))
	}
}
