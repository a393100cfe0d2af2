package commands

import (
	"duban/plan"
	"duban/render"
)

// announce tells those who have to act on new filings: heads where they sign, supervisors
// when their queue was empty, followers where a filing counts at once.
func (t *turn) announce(filed []plan.Filing) error {
	for i := range filed {
		f := &filed[i]
		s, err := t.subject(f.Plan, f.Item)
		if err != nil {
			return err
		}
		switch {
		case f.Verdict() == plan.Accepted:
			err = t.tellFollowers(f, s)
		case t.router.options.Signed:
			err = t.tellRole(plan.Head, f, s, "待签核")
		default:
			err = t.tellQueue(f, s)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// tellQueue tells supervisors of a filing where nothing else waits.
func (t *turn) tellQueue(f *plan.Filing, s *subject) error {
	pending, err := t.tx.As(plan.System, t.request.Now).Pending()
	if err != nil || len(pending) != 1 {
		return err
	}
	return t.tellRole(plan.Supervisor, f, s, "待审核")
}

func (t *turn) tellRole(role plan.Role, f *plan.Filing, s *subject, what string) error {
	department := ""
	if role == plan.Head {
		department = f.Department
	}
	people, err := t.desk().Reaches(role, department, t.today())
	if err != nil {
		return err
	}
	for _, p := range people {
		m := render.Waiting(what, t.filedEcho(f, s))
		if err := t.notify("waiting:"+filingNumber(f.ID)+":"+string(p.ID), p.Chat, m); err != nil {
			return err
		}
	}
	return nil
}

// tellFollowers tells those who follow a commitment of a figure that counts now, where its
// plan is published.
func (t *turn) tellFollowers(f *plan.Filing, s *subject) error {
	if s.target != nil && !s.plan.Counts(s.target) || s.plan.State != plan.Published {
		return nil
	}
	followers, err := t.desk().Followers(f.Plan, s.commitment)
	if err != nil || len(followers) == 0 {
		return err
	}
	s.withoutFiling(f.ID)
	s.known = s.accepted // followers see nothing that waits
	m := render.News(s.commitment, t.echo(&draft{Plan: f.Plan, Item: f.Item, Value: f.Value, Stage: f.Stage, Percent: f.Percent, Date: f.Date}, s))
	for _, who := range followers {
		if who.Chat == f.Chat {
			continue
		}
		if err := t.notify("news:"+filingNumber(f.ID)+":"+who.Chat, who.Chat, m); err != nil {
			return err
		}
	}
	return nil
}
