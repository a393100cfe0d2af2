package storage

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"duban/plan"
)

func (r *run) invite() {
	a, token := r.somebody(), fmt.Sprint("token", r.step)
	i := plan.Invite{
		Hash: plan.HashToken(token), Role: []plan.Role{plan.Staff, plan.Head}[r.rand.IntN(2)],
		Department: modelDepartments[r.rand.IntN(3)], Expires: r.now.Add(time.Duration(r.rand.IntN(300)) * time.Minute),
	}
	var want error
	if a.Role != plan.Admin {
		want = plan.ErrForbidden
	}
	r.do(a, want, func(d plan.Desk) error { return d.Invite(i) })
	if want == nil {
		r.model.invites[token] = &i
	}
}

func (r *run) join() {
	for token, i := range r.model.invites {
		id := plan.PersonID(fmt.Sprint("official", r.rand.IntN(12)))
		var want error
		switch {
		case i.UsedBy != "":
			want = plan.ErrUsed
		case r.now.After(i.Expires):
			want = plan.ErrExpired
		case r.outranked(id, i):
			want = plan.ErrOutranks
		}
		r.do(plan.Actor{ID: id, Role: plan.Public}, want, func(d plan.Desk) error {
			_, err := d.Join(token, plan.Person{ID: id, Name: "名" + string(id)})
			return err
		})
		if want == nil {
			i.UsedBy = id
			r.model.people[id] = plan.Person{ID: id, Role: i.Role, Department: i.Department}
		} else {
			delete(r.model.invites, token)
		}
		return
	}
}

// outranked reports whether an invite is for less than a person is.
func (r *run) outranked(id plan.PersonID, i *plan.Invite) bool {
	switch p := r.model.people[id]; p.Role {
	case plan.Admin:
		return i.Role != plan.Admin
	case plan.Supervisor:
		return i.Role == plan.Staff || i.Role == plan.Head
	case plan.Head:
		return i.Role == plan.Staff && i.Department == p.Department
	}
	return false
}

func (r *run) follow() {
	a, c := r.somebody(), r.commitment()
	s := plan.Subscription{Plan: r.plan.Key(), Item: c.ID}
	if r.model.follows[a.ID][c.ID] {
		r.do(a, nil, func(d plan.Desk) error { return d.Unfollow(s) })
		delete(r.model.follows[a.ID], c.ID)
		return
	}
	r.do(a, nil, func(d plan.Desk) error { return d.Follow(s) })
	if r.model.follows[a.ID] == nil {
		r.model.follows[a.ID] = map[plan.ID]bool{}
	}
	r.model.follows[a.ID][c.ID] = true
}

func (r *run) tell() {
	a, c := r.somebody(), r.commitment()
	r.do(a, nil, func(d plan.Desk) error {
		_, err := d.Tell(plan.Feedback{Plan: r.plan.Key(), Commitment: c.ID, Text: "没有看到"})
		return err
	})
	r.model.feedback = append(r.model.feedback, modelFeedback{by: a.ID})
}

func (r *run) answer() {
	if len(r.model.feedback) == 0 {
		return
	}
	a, n := r.somebody(), r.rand.IntN(len(r.model.feedback))
	var want error
	if r.model.feedback[n].answered {
		want = plan.ErrDecided
	}
	want = ifBoss(a, want)
	r.do(a, want, func(d plan.Desk) error { _, err := d.Answer(uint64(n+1), "已转办"); return err })
	if want == nil {
		r.model.feedback[n].answered = true
	}
}

// forget forgets the actor, or, which only administrators may, somebody else; the first two
// stay.
func (r *run) forget() {
	if r.rand.IntN(10) > 0 {
		return
	}
	a, whom := r.somebody(), r.somebody()
	if boss(whom) {
		return
	}
	var want error
	if a.ID != whom.ID && a.Role != plan.Admin {
		want = plan.ErrForbidden
	}
	r.do(a, want, func(d plan.Desk) error { return d.Forget(whom.ID) })
	if want != nil {
		return
	}
	delete(r.model.people, whom.ID)
	delete(r.model.follows, whom.ID)
	for i := range r.model.feedback {
		if r.model.feedback[i].by == whom.ID {
			r.model.feedback[i].by = ""
		}
	}
	for i := range r.model.filings {
		if r.model.filings[i].by == whom.ID {
			r.model.filings[i].by = ""
		}
	}
}

// reject takes a target out of the plan, or puts it back.
func (r *run) reject() {
	a, c := r.somebody(), r.commitment()
	item, check := c.Targets[0].ID, plan.Rejected
	if r.model.rejected[item] {
		check = plan.CheckedRight
	}
	r.do(a, ifBoss(a, nil), func(d plan.Desk) error {
		return d.Correct(r.plan.Key(), plan.Correction{Check: check, Commitment: c.ID, Item: item})
	})
	if boss(a) {
		r.model.rejected[item] = check == plan.Rejected
	}
}

// repeat applies an update that may have come before.
func (r *run) repeat() {
	id := fmt.Sprint("update", r.rand.IntN(200))
	var want error
	if r.model.applied[id] {
		want = plan.ErrUpdated
	}
	err := r.db.Update(context.Background(), func(tx plan.Tx) error { return tx.Once(id) })
	if !errors.Is(err, want) {
		r.Errorf("update %s: %v, want %v", id, err, want)
	}
	r.model.applied[id] = true
}

// compare reads everything as an administrator, and some of it as everybody else.
func (r *run) compare() {
	r.Helper()
	err := r.db.View(context.Background(), func(tx plan.Tx) error {
		d := tx.As(plan.Actor{ID: "admin", Role: plan.Admin}, r.now)
		return errors.Join(r.compareFilings(d), r.comparePeople(d), r.compareCitizens(tx, d))
	})
	if err != nil {
		r.Error(err)
	}
}

func (r *run) compareFilings(d plan.Desk) error {
	marks, err := d.Marks(r.plan.Key())
	pending, e := d.Pending()
	byItem, e2 := d.Filings(r.plan.Key())
	accepted, signed, stored := 0, 0, 0
	for i, f := range r.model.filings {
		if f.verdict == plan.Accepted {
			accepted++
			if !slices.ContainsFunc(marks[f.item], func(m plan.Mark) bool {
				units, _ := m.Value.Parts()
				return m.ID == plan.FilingID(i+1) && units == f.value && m.Supersedes == plan.FilingID(f.supersedes)
			}) {
				r.Errorf("step %d: the mark of filing %d is missing or wrong", r.step, i+1)
			}
		}
		if f.waits && f.signed && !r.model.rejected[f.item] { // what waits on a rejected target is not listed
			signed++
		}
	}
	for _, list := range byItem {
		for i := range list {
			stored++
			want := &r.model.filings[list[i].ID-1]
			if got := &list[i]; got.Verdict() != want.verdict || got.SignedOff() != want.signed || got.Department != want.department || got.By != want.by {
				r.Errorf("step %d: filing %+v, want %+v", r.step, got, want)
			}
		}
	}
	total := 0
	for _, list := range marks {
		total += len(list)
	}
	if total != accepted || len(pending) != signed || stored != len(r.model.filings) {
		r.Errorf("step %d: %d marks, %d pending, %d filings; want %d, %d, %d", r.step, total, len(pending), stored, accepted, signed, len(r.model.filings))
	}
	return errors.Join(err, e, e2)
}

func (r *run) comparePeople(d plan.Desk) error {
	people, err := d.People()
	requests, e := d.Requests(r.plan.Key())
	if len(people) != len(r.model.people) || len(requests) != len(r.model.requests) {
		r.Errorf("step %d: %d people, %d requests; want %d, %d", r.step, len(people), len(requests), len(r.model.people), len(r.model.requests))
	}
	for _, p := range people {
		if want := r.model.people[p.ID]; want.Role != p.Role || want.Department != p.Department {
			r.Errorf("step %d: %+v, want %+v", r.step, p, want)
		}
	}
	for i, q := range requests {
		if want := r.model.requests[i]; q.Department != want.department || (q.Review != nil) != want.decided {
			r.Errorf("step %d: request %+v, want %+v", r.step, q, want)
		}
	}
	return errors.Join(err, e)
}

func (r *run) compareCitizens(tx plan.Tx, d plan.Desk) error {
	list, err := d.FeedbackList(false)
	if len(list) != len(r.model.feedback) {
		r.Errorf("step %d: %d feedback, want %d", r.step, len(list), len(r.model.feedback))
	}
	for i, f := range list {
		if want := r.model.feedback[i]; f.By != want.by || f.AnsweredAt.IsZero() == want.answered {
			r.Errorf("step %d: feedback %+v, want %+v", r.step, f, want)
		}
	}
	errs := []error{err}
	for id, items := range r.model.follows {
		mine, err := tx.As(plan.Actor{ID: id, Role: plan.Public}, r.now).Following()
		if len(mine) != len(items) {
			r.Errorf("step %d: %s follows %d, want %d", r.step, id, len(mine), len(items))
		}
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}
