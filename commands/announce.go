package commands

import (
	"slices"

	"duban/plan"
	"duban/render"
)

// announce tells those who have to act on new filings: heads where they sign, supervisors
// when their queue was empty, followers where a filing counts at once.
func (t *turn) announce(filed []plan.Filing) error {
	var wait []plan.Filing
	for i := range filed {
		if filed[i].Verdict() != plan.Accepted {
			wait = append(wait, filed[i])
			continue
		}
		s, err := t.subject(filed[i].Plan, filed[i].Item)
		if err != nil {
			return err
		}
		if err := t.tellFollowers(&filed[i], s); err != nil {
			return err
		}
	}
	switch {
	case len(wait) == 0:
		return nil
	case t.router.options.Signed:
		return t.tellRole(plan.Head, wait, "待签核")
	}
	return t.tellQueue(wait)
}

// tellQueue tells supervisors of filings where nothing else waits for them.
func (t *turn) tellQueue(filed []plan.Filing) error {
	pending, err := t.tx.As(plan.System, t.request.Now).Pending()
	if err != nil {
		return err
	}
	for i := range pending {
		if !slices.ContainsFunc(filed, func(f plan.Filing) bool { return f.ID == pending[i].ID }) {
			return nil
		}
	}
	return t.tellRole(plan.Supervisor, filed, "待审核")
}

// tellRole tells everybody in a role, heads only of the filing department, in one message.
func (t *turn) tellRole(role plan.Role, filed []plan.Filing, what string) error {
	f, department := &filed[0], ""
	if role == plan.Head {
		department = f.Department
	}
	s, err := t.subject(f.Plan, f.Item)
	if err != nil {
		return err
	}
	people, err := t.desk().Reaches(role, department, t.today())
	if err != nil {
		return err
	}
	for _, p := range people {
		m := render.Waiting(what, t.filedEcho(f, s), len(filed)-1)
		if p.Chat == t.request.Chat {
			continue
		}
		if err := t.notify("waiting:"+what+":"+filingNumber(f.ID)+":"+string(p.ID), p.Chat, m); err != nil {
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
