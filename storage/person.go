package storage

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"

	"duban/plan"
)

// Person implements plan.PeopleDesk.
func (d *desk) Person(id plan.PersonID) (*plan.Person, error) {
	if id != d.actor.ID {
		if err := plan.May(d.actor, plan.ActSeePeople, nil); err != nil {
			return nil, err
		}
	}
	var p plan.Person
	if err := get(d.tx.Bucket(peopleBucket), []byte(id), &p); err != nil {
		return nil, err
	}
	return &p, nil
}

// People implements plan.PeopleDesk.
func (d *desk) People() ([]plan.Person, error) {
	department := ""
	if err := plan.May(d.actor, plan.ActSeePeople, nil); err != nil {
		if !plan.Allowed(d.actor, plan.ActSeeDepartment, nil) || d.actor.Department == "" {
			return nil, err
		}
		department = d.actor.Department
	}
	return all(d.tx.Bucket(peopleBucket), func(p *plan.Person) bool {
		return p.Role != plan.Public && (department == "" || p.Department == department)
	})
}

// PutPerson implements plan.PeopleDesk.
func (d *desk) PutPerson(p plan.Person) error {
	b := d.tx.Bucket(peopleBucket)
	if err := plan.May(d.actor, plan.ActManage, nil); err != nil {
		var old plan.Person
		found, e := absent(get(b, []byte(p.ID), &old))
		if !found {
			old = plan.Person{Role: plan.Public}
		}
		switch {
		case e != nil:
			return e
		case p.ID != d.actor.ID, old.Role != p.Role, old.Department != p.Department, old.Removed != p.Removed:
			return err
		}
		p.Joined = old.Joined
	}
	if err := put(b, []byte(p.ID), p); err != nil {
		return err
	}
	return d.log("person", d.subjectOf(p.ID, p.Role), personDetail(&p), p.Name)
}

// Invite implements plan.PeopleDesk.
func (d *desk) Invite(i plan.Invite) error {
	if err := plan.May(d.actor, plan.ActInvite, nil); err != nil {
		return err
	}
	b := d.tx.Bucket(invitesBucket)
	if len(i.Hash) != hex.EncodedLen(sha256.Size) || b.Get([]byte(i.Hash)) != nil {
		return fmt.Errorf("hash of an invite: %w", plan.ErrInvalid) // used ones never come back
	}
	i.By, i.UsedBy = d.actor.ID, ""
	if err := put(b, []byte(i.Hash), i); err != nil {
		return err
	}
	return d.log("invite", i.Hash[:12], fmt.Sprintf("%s %s until %s", i.Role, i.Department, i.Expires.UTC().Format("2006-01-02 15:04")))
}

// Join implements plan.PeopleDesk.
func (d *desk) Join(token string, p plan.Person) (*plan.Person, error) {
	if p.ID == "" || p.ID != d.actor.ID {
		return nil, &plan.Forbidden{Actor: d.actor, Act: plan.ActManage}
	}
	b := d.tx.Bucket(invitesBucket)
	var i plan.Invite
	if err := get(b, []byte(plan.HashToken(token)), &i); err != nil {
		return nil, err
	}
	switch {
	case i.UsedBy != "":
		return nil, plan.ErrUsed
	case d.now.After(i.Expires):
		return nil, plan.ErrExpired
	}
	var known plan.Person
	if stored, err := absent(get(d.tx.Bucket(peopleBucket), []byte(p.ID), &known)); err != nil {
		return nil, err
	} else if stored && outranks(&known, &i) {
		return nil, plan.ErrOutranks
	}
	i.UsedBy = p.ID
	if err := put(b, []byte(i.Hash), i); err != nil {
		return nil, err
	}
	p.Role, p.Department, p.Joined, p.Removed = i.Role, i.Department, d.now, false
	if err := put(d.tx.Bucket(peopleBucket), []byte(p.ID), p); err != nil {
		return nil, err
	}
	return &p, d.log("join", d.subjectOf(p.ID, p.Role), joinDetail(&p)+i.Hash[:12], p.Name)
}

// outranks reports whether an invite would make less of a person than they are: of who works
// for the whole plan somebody of a department or of less, of a head their own staff.
func outranks(p *plan.Person, i *plan.Invite) bool {
	ranks := map[plan.Role]int{plan.Staff: 1, plan.Head: 2, plan.Supervisor: 3, plan.Admin: 4}
	own := p.Department == i.Department || ranks[p.Role] > ranks[plan.Head]
	return !p.Removed && own && ranks[p.Role] > ranks[i.Role]
}

// Reaches implements plan.PeopleDesk.
func (d *desk) Reaches(role plan.Role, department string, day plan.Date) ([]plan.Person, error) {
	people, err := all(d.tx.Bucket(peopleBucket), func(p *plan.Person) bool { return !p.Removed && p.Role != plan.Public })
	if err != nil {
		return nil, err
	}
	byID := map[plan.PersonID]*plan.Person{}
	for i := range people {
		byID[people[i].ID] = &people[i]
	}
	var out []plan.Person
	for i := range people {
		p := &people[i]
		if role != "" && p.Role != role || department != "" && p.Department != department {
			continue
		}
		if p = plan.Present(p, byID, day); p != nil && !slices.ContainsFunc(out, func(q plan.Person) bool { return q.ID == p.ID }) {
			out = append(out, d.addressOf(p))
		}
	}
	return out, nil
}

// addressOf leaves of a person what sending needs, unless the actor may see people.
func (d *desk) addressOf(p *plan.Person) plan.Person {
	if plan.Allowed(d.actor, plan.ActSeePeople, nil) {
		return *p
	}
	return plan.Person{ID: p.ID, Chat: p.Chat, Role: p.Role, Department: p.Department}
}
