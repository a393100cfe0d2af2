package schedule

import (
	"slices"

	"duban/plan"
)

// roster finds people by role and department for one day.
type roster struct {
	byPost     map[post][]*plan.Person
	byChat     map[string]*plan.Person
	registered map[post]int // on leave too
}

type post struct {
	role       plan.Role
	department string
}

// newRoster puts people in their posts; those on leave are replaced by their delegates.
func newRoster(people []plan.Person, day plan.Date) *roster {
	r := &roster{byPost: map[post][]*plan.Person{}, byChat: map[string]*plan.Person{}, registered: map[post]int{}}
	byID := make(map[plan.PersonID]*plan.Person, len(people))
	for i := range people {
		byID[people[i].ID] = &people[i]
	}
	for i := range people {
		p := &people[i]
		if p.Removed || p.Role == plan.Public {
			continue
		}
		if p.Chat != "" {
			r.byChat[p.Chat] = p
		}
		r.registered[postOf(p)]++
		if q := plan.Present(p, byID, day); q != nil {
			r.put(postOf(p), q)
		}
	}
	return r
}

// served reports whether a chat gets its digest for a role; admins have none.
func (r *roster) served(chat string) bool {
	p := r.byChat[chat]
	return p != nil && p.Role != plan.Admin
}

// postOf is where somebody serves; supervisors and admins serve everywhere.
func postOf(p *plan.Person) post {
	if p.Role == plan.Supervisor || p.Role == plan.Admin {
		return post{role: p.Role}
	}
	return post{p.Role, p.Department}
}

func (r *roster) put(at post, p *plan.Person) {
	if p.Chat != "" && !slices.Contains(r.byPost[at], p) {
		r.byPost[at] = append(r.byPost[at], p)
	}
}

// filers are those who file for a department: its staff, else its heads.
func (r *roster) filers(department string) []*plan.Person {
	if people := r.byPost[post{plan.Staff, department}]; len(people) > 0 {
		return people
	}
	return r.heads(department)
}

func (r *roster) heads(department string) []*plan.Person {
	return r.byPost[post{plan.Head, department}]
}

// supervisors hear of what nobody answers for, and of what was not filed at all; admins
// where there are none.
func (r *roster) supervisors() []*plan.Person {
	if people := r.byPost[post{role: plan.Supervisor}]; len(people) > 0 {
		return people
	}
	return r.byPost[post{role: plan.Admin}]
}

func (r *roster) admins() []*plan.Person { return r.byPost[post{role: plan.Admin}] }

// TitleOf says who somebody is: 民政局填报人员, 督查室.
func TitleOf(p *plan.Person) string {
	switch {
	case p == nil, p.Role == plan.Public:
		return "订阅者"
	case p.Role == plan.Staff:
		return p.Department + "填报人员"
	case p.Role == plan.Head:
		return p.Department + "负责人"
	case p.Role == plan.Supervisor:
		return "督查室"
	}
	return "管理员"
}
