package storage

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"

	"duban/plan"
)

// HashToken is how a token of an invite is kept.
func HashToken(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

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
		if d.actor.Role != plan.Head || d.actor.Department == "" {
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
		switch {
		case e != nil:
			return e
		case p.ID != d.actor.ID, !found && p.Role != plan.Public:
			return err
		case found && (old.Role != p.Role || old.Department != p.Department || old.Removed != p.Removed):
			return err
		}
	}
	if err := put(b, []byte(p.ID), p); err != nil {
		return err
	}
	detail := fmt.Sprintf("%s %s removed=%t", p.Role, p.Department, p.Removed)
	return d.log("person", d.subjectOf(&p), detail, p.Name)
}

// subjectOf names a person in the audit chain, citizens by a salted hash.
func (d *desk) subjectOf(p *plan.Person) string {
	as := *d
	as.actor = plan.Actor{ID: p.ID, Role: p.Role}
	return string(as.pseudonym())
}

// Invite implements plan.PeopleDesk.
func (d *desk) Invite(i plan.Invite) error {
	if err := plan.May(d.actor, plan.ActInvite, nil); err != nil {
		return err
	}
	i.By, i.UsedBy = d.actor.ID, ""
	if err := put(d.tx.Bucket(invitesBucket), []byte(i.Hash), i); err != nil {
		return err
	}
	return d.log("invite", i.Hash[:12], fmt.Sprintf("%s %s until %s", i.Role, i.Department, i.Expires.UTC().Format("2006-01-02 15:04")))
}

// Join implements plan.PeopleDesk.
func (d *desk) Join(token string, p plan.Person) (*plan.Person, error) {
	b := d.tx.Bucket(invitesBucket)
	var i plan.Invite
	if err := get(b, []byte(HashToken(token)), &i); err != nil {
		return nil, err
	}
	switch {
	case i.UsedBy != "":
		return nil, plan.ErrUsed
	case d.now.After(i.Expires):
		return nil, plan.ErrExpired
	case p.ID != d.actor.ID:
		return nil, &plan.Forbidden{Actor: d.actor, Act: plan.ActManage}
	}
	i.UsedBy = p.ID
	if err := put(b, []byte(i.Hash), i); err != nil {
		return nil, err
	}
	p.Role, p.Department, p.Joined, p.Removed = i.Role, i.Department, d.now, false
	if err := put(d.tx.Bucket(peopleBucket), []byte(p.ID), p); err != nil {
		return nil, err
	}
	return &p, d.log("join", d.subjectOf(&p), fmt.Sprintf("%s %s by invite %s", p.Role, p.Department, i.Hash[:12]), p.Name)
}

// Reaches implements plan.PeopleDesk.
func (d *desk) Reaches(role plan.Role, department string, day plan.Date) ([]plan.Person, error) {
	people, err := all(d.tx.Bucket(peopleBucket), func(p *plan.Person) bool { return !p.Removed })
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
		if role != "" && p.Role != role || department != "" && p.Department != department || p.Role == plan.Public {
			continue
		}
		if p.Away(day) {
			p = byID[p.Leave.Delegate]
		}
		if p == nil || p.Away(day) || slices.ContainsFunc(out, func(q plan.Person) bool { return q.ID == p.ID }) {
			continue
		}
		out = append(out, *p)
	}
	return out, nil
}

// Forget implements plan.PeopleDesk: it removes the person, their subscriptions, dialogs,
// and the words and names in feedback; what they filed stays without their name.
func (d *desk) Forget(id plan.PersonID) error {
	if id != d.actor.ID {
		if err := plan.May(d.actor, plan.ActManage, nil); err != nil {
			return err
		}
	}
	var p plan.Person
	if _, err := absent(get(d.tx.Bucket(peopleBucket), []byte(id), &p)); err != nil {
		return err
	}
	p.ID = id
	subject := d.subjectOf(&p)
	if err := d.tx.Bucket(peopleBucket).Delete([]byte(id)); err != nil {
		return err
	}
	if b := d.tx.Bucket(followsBucket); b.Bucket([]byte(id)) != nil {
		if err := b.DeleteBucket([]byte(id)); err != nil {
			return err
		}
	}
	if err := d.forgetDigests(&p); err != nil {
		return err
	}
	if err := d.forgetFeedback(id); err != nil {
		return err
	}
	if err := d.forgetFilings(id); err != nil {
		return err
	}
	return d.log("forget", subject, "")
}

// forgetFeedback takes a person and what they wrote out of the feedback.
func (d *desk) forgetFeedback(id plan.PersonID) error {
	b := d.tx.Bucket(feedbackBucket)
	mine, err := all(b, func(f *plan.Feedback) bool { return f.By == id })
	if err != nil {
		return err
	}
	for _, f := range mine {
		f.By, f.Chat, f.Text, f.Place, f.Evidence = "", "", "（已删除）", "", nil
		if err := put(b, number(f.ID), f); err != nil {
			return err
		}
	}
	return nil
}

// forgetFilings takes a person out of filings; the figures and their department stay.
func (d *desk) forgetFilings(id plan.PersonID) error {
	var mine []plan.Filing
	as := *d
	as.actor = plan.System
	err := d.tx.Bucket(filingsBucket).ForEachBucket(func(key []byte) error {
		return as.eachFiling(plan.Key(key), nil, func(f *plan.Filing) {
			if f.By == id {
				mine = append(mine, *f)
			}
		})
	})
	if err != nil {
		return err
	}
	for i := range mine {
		mine[i].By, mine[i].Chat = "", ""
		if err := d.putFiling(&mine[i]); err != nil {
			return err
		}
	}
	return nil
}
