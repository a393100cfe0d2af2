package storage_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"duban/plan"
	"duban/storage"
)

// TestWhoSeesFilings counts, for a pending and an accepted filing of each department, what
// each actor sees.
func TestWhoSeesFilings(t *testing.T) {
	t.Parallel()
	db := newTown(t, storage.Policy{})
	ids := map[string]plan.FilingID{}
	must(t, act(t, db, supervisor, func(d plan.Desk) error {
		for name, f := range map[string]plan.Filing{"beds": filing(beds, 100), "roads": filing(roads, 100)} {
			f.Evidence = []plan.Evidence{{Name: "床位.jpg", Ref: "abc"}}
			f.Reviews = []plan.Review{{Verdict: plan.Accepted}}
			stored, err := d.File(f)
			if err != nil {
				return err
			}
			ids[name] = stored.ID
			f.Reviews = nil
			if stored, err = d.File(f); err != nil {
				return err
			}
			ids[name+" pending"] = stored.ID
		}
		return nil
	}))
	for _, c := range []struct {
		who  plan.Actor
		sees []string
		open bool // with persons and evidence
	}{
		{citizen, []string{"beds", "roads"}, false},
		{stranger, []string{"beds", "roads"}, false},
		{homeless, []string{"beds", "roads"}, false},
		{staff, []string{"beds", "beds pending", "roads"}, true},
		{head, []string{"beds", "beds pending", "roads"}, true},
		{foreign, []string{"beds", "roads", "roads pending"}, false},
		{supervisor, []string{"beds", "beds pending", "roads", "roads pending"}, true},
		{admin, []string{"beds", "beds pending", "roads", "roads pending"}, true},
	} {
		must(t, act(t, db, c.who, func(d plan.Desk) error {
			byItem, err := d.Filings(town)
			if n := len(byItem[beds]) + len(byItem[roads]); n != len(c.sees) {
				t.Errorf("%s of %q sees %d filings, want %d", c.who.Role, c.who.Department, n, len(c.sees))
			}
			for name, id := range ids {
				f, e := d.Filing(id)
				if want := contains(c.sees, name); (e == nil) != want || !want && !errors.Is(e, plan.ErrNotFound) {
					t.Errorf("%s of %q and the filing of %s: %v", c.who.Role, c.who.Department, name, e)
				}
				if e == nil && name == "beds" && (f.By != "" || len(f.Evidence) > 0 || f.Chat != "" || f.Reviews[0].By != "") != c.open {
					t.Errorf("%s of %q sees %+v", c.who.Role, c.who.Department, f)
				}
			}
			marks, e := d.Marks(town)
			if len(marks[beds]) != 1 || len(marks[roads]) != 1 {
				t.Errorf("%s sees marks %v", c.who.Role, marks)
			}
			return errors.Join(err, e)
		}))
	}
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// TestDraftsStayInside: the public sees nothing filed on an unpublished plan.
func TestDraftsStayInside(t *testing.T) {
	t.Parallel()
	db := newTown(t, storage.Policy{AtOnce: true})
	f := filing(beds, 5)
	f.Plan = draft
	var id plan.FilingID
	must(t, act(t, db, staff, func(d plan.Desk) error {
		stored, err := d.File(f)
		id = stored.ID
		return err
	}))
	for a, want := range map[plan.Actor]int{citizen: 0, stranger: 0, foreign: 1, staff: 1, supervisor: 1} {
		must(t, act(t, db, a, func(d plan.Desk) error {
			marks, err := d.Marks(draft)
			history, e := d.History(draft, beds)
			_, single := d.Filing(id)
			if len(marks[beds]) != want || len(history) != want || (single == nil) != (want == 1) {
				t.Errorf("%s sees %d marks and %d filings of the draft, want %d", a.Role, len(marks[beds]), len(history), want)
			}
			return errors.Join(err, e)
		}))
	}
}

func TestRefusalsLeakNothing(t *testing.T) {
	t.Parallel()
	db := newTown(t, storage.Policy{})
	id := waiting(t, db)
	must(t, act(t, db, foreign, func(d plan.Desk) error {
		f, err := d.Review(id, plan.Accepted, "")
		if !errors.Is(err, plan.ErrForbidden) || f.ID != 0 || f.Value != nil {
			t.Errorf("the refusal came with %+v, %v", f, err)
		}
		list, err := d.Pending()
		if len(list) != 0 || err != nil {
			t.Errorf("another's staff sees %v in the queue, %v", list, err)
		}
		requests, err := d.Requests(town)
		if len(requests) != 0 {
			t.Errorf("another's staff sees requests %v", requests)
		}
		return err
	}))
	pretender := actor("telegram:66", plan.Public, "民政局")
	must(t, act(t, db, staff, func(d plan.Desk) error {
		_, err := d.Ask(plan.Request{Plan: town, Item: beds, Kind: plan.Extend, Deadline: plan.EndOfYear(2018), Reason: "征地"})
		return err
	}))
	must(t, act(t, db, pretender, func(d plan.Desk) error {
		requests, err := d.Requests(town)
		history, e := d.History(town, beds)
		if len(requests)+len(history) != 0 {
			t.Errorf("a citizen with a department's name sees %v %v", requests, history)
		}
		return errors.Join(err, e)
	}))
}

func TestWhoGaveFeedback(t *testing.T) {
	t.Parallel()
	db := newTown(t, storage.Policy{})
	must(t, act(t, db, citizen, func(d plan.Desk) error {
		_, err := d.Tell(plan.Feedback{Plan: town, Commitment: bedsCommitment, Text: "没有看到", Chat: "900", AnsweredAt: start, Answer: "好"})
		return err
	}))
	must(t, act(t, db, supervisor, func(d plan.Desk) error {
		list, err := d.FeedbackList(true)
		if len(list) != 1 || list[0].By != citizen.ID || list[0].Answer != "" {
			t.Errorf("the supervisor sees %+v", list)
		}
		_, e := d.Answer(1, "已转办")
		return errors.Join(err, e)
	}))
	for _, a := range actors {
		must(t, act(t, db, a, func(d plan.Desk) error {
			list, err := d.FeedbackList(false)
			everybody := a == supervisor || a == admin
			if (len(list) == 1) != (everybody || a == citizen) {
				t.Errorf("%s sees %+v", a.Role, list)
			}
			if a == citizen && list[0].AnsweredBy != "" {
				t.Error("the citizen sees who answered")
			}
			return err
		}))
	}
	must(t, act(t, db, citizen, func(d plan.Desk) error { return d.Forget(citizen.ID) }))
	must(t, act(t, db, stranger, func(d plan.Desk) error {
		list, err := d.FeedbackList(false)
		if len(list) != 0 {
			t.Errorf("somebody without an id sees forgotten feedback %+v", list)
		}
		return err
	}))
}

func TestAddressesForSending(t *testing.T) {
	t.Parallel()
	db := newTown(t, storage.Policy{})
	must(t, act(t, db, citizen, func(d plan.Desk) error {
		return d.Follow(plan.Subscription{Plan: town, Chat: "900"})
	}))
	for _, a := range []plan.Actor{citizen, staff} {
		must(t, act(t, db, a, func(d plan.Desk) error {
			people, err := d.Reaches(plan.Supervisor, "", plan.NewDate(2017, 3, 1))
			if len(people) != 1 || people[0].Chat != "6" || people[0].Name != "" {
				t.Errorf("%s reaches %+v", a.Role, people)
			}
			followers, e := d.Followers(town, &townPlan(2017).Commitments[0])
			if len(followers) != 1 || followers[0].Chat != "900" || followers[0].Person != "" {
				t.Errorf("%s sees followers %+v", a.Role, followers)
			}
			return errors.Join(err, e)
		}))
	}
}

func TestDelegates(t *testing.T) {
	t.Parallel()
	db := newTown(t, storage.Policy{})
	leave := func(delegate plan.PersonID) *plan.Leave {
		return &plan.Leave{Until: plan.NewDate(2017, 3, 10), Delegate: delegate}
	}
	must(t, act(t, db, plan.System, func(d plan.Desk) error {
		return errors.Join(
			d.PutPerson(plan.Person{ID: "a", Chat: "a", Role: plan.Staff, Department: "教育局", Leave: leave("b")}),
			d.PutPerson(plan.Person{ID: "b", Chat: "b", Role: plan.Staff, Department: "卫生局", Leave: leave("c")}),
			d.PutPerson(plan.Person{ID: "c", Chat: "c", Role: plan.Staff, Department: "环保局"}),
			d.PutPerson(plan.Person{ID: "d", Chat: "d", Role: plan.Staff, Department: "公安局", Leave: leave("e")}),
			d.PutPerson(plan.Person{ID: "e", Chat: "e", Role: plan.Public}),
			d.PutPerson(plan.Person{ID: "f", Chat: "f", Role: plan.Staff, Department: "水利局", Leave: leave("g")}),
			d.PutPerson(plan.Person{ID: "g", Chat: "g", Role: plan.Staff, Department: "水利局", Leave: leave("f")}))
	}))
	for department, want := range map[string][]string{"教育局": {"c"}, "公安局": nil, "水利局": nil, "环保局": {"c"}} {
		must(t, act(t, db, plan.System, func(d plan.Desk) error {
			people, err := d.Reaches(plan.Staff, department, plan.NewDate(2017, 3, 2))
			var chats []string
			for _, p := range people {
				chats = append(chats, p.Chat)
			}
			if diff := cmp.Diff(want, chats); diff != "" {
				t.Errorf("%s: %s", department, diff)
			}
			return err
		}))
	}
}

func TestInvites(t *testing.T) {
	t.Parallel()
	db := newTown(t, storage.Policy{})
	invite := plan.Invite{Hash: plan.HashToken("token"), Role: plan.Staff, Department: "民政局", Expires: start.Add(time.Hour)}
	must(t, act(t, db, admin, func(d plan.Desk) error { return d.Invite(invite) }))
	join := func(a plan.Actor, token string, now time.Time) error {
		return db.Update(t.Context(), func(tx plan.Tx) error {
			p, err := tx.As(a, now).Join(token, plan.Person{ID: a.ID, Name: "张三", Role: plan.Admin, Department: "财政局"})
			if err == nil && (p.Role != plan.Staff || p.Department != "民政局") {
				t.Errorf("joined as %+v", p)
			}
			return err
		})
	}
	for _, c := range []struct {
		token string
		now   time.Time
		want  error
	}{
		{"other", start, plan.ErrNotFound},
		{"token", start.Add(2 * time.Hour), plan.ErrExpired},
		{"token", start, nil},
		{"token", start, plan.ErrUsed},
	} {
		if err := join(citizen, c.token, c.now); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.token, err, c.want)
		}
	}
	if err := act(t, db, admin, func(d plan.Desk) error { return d.Invite(invite) }); !errors.Is(err, plan.ErrInvalid) {
		t.Errorf("a used invite came back: %v", err)
	}
	must(t, act(t, db, admin, func(d plan.Desk) error { return d.Forget(citizen.ID) }))
	if err := join(stranger, "token", start); !errors.Is(err, plan.ErrForbidden) {
		t.Errorf("somebody without an id: %v", err)
	}
	if err := join(foreign, "token", start); !errors.Is(err, plan.ErrUsed) {
		t.Errorf("after its user was forgotten: %v, want ErrUsed", err)
	}
	if err := act(t, db, admin, func(d plan.Desk) error { return d.Invite(plan.Invite{Hash: "short"}) }); !errors.Is(err, plan.ErrInvalid) {
		t.Errorf("a short hash: %v", err)
	}
}
