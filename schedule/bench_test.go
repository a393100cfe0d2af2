package schedule_test

import (
	"fmt"
	"runtime"
	"testing"
	"time"

	"duban/plan"
	"duban/schedule"
	"duban/schedule/calendar"
)

// large is a plan of 3,000 targets that a hundred departments answer for, with 500 people:
// four staff and a head each less ten, and supervisors.
func large() *schedule.State {
	p := &plan.Plan{Place: "大市", Year: 2017, State: plan.Published, CheckedTo: 100_000}
	s := &schedule.State{Rules: plan.DefaultRules(), Pages: blank{}, Chats: map[string]plan.Chat{}}
	marks := map[plan.ID][]plan.Mark{}
	id := plan.ID(1)
	for i := range 1000 {
		c := plan.Commitment{ID: id, Segment: plan.Segment{Code: plan.NewCode(3, i/100+1, i%100+1, 1)}, Departments: []string{fmt.Sprintf("第%d局", i%98)}}
		id++
		for j := range 3 {
			value := plan.NewDecimal(int64(100*(i%30)), 0)
			c.Targets = append(c.Targets, plan.Target{
				ID: id, Metric: fmt.Sprintf("新建第%d类设施%d", j, i), Op: plan.AtLeast, Value: plan.NewDecimal(3600, 0), Unit: "处", Kind: plan.Count,
				Deadline: plan.EndOfYear(2017), ValueText: "3600处",
			})
			for month := range 6 {
				when := time.Date(2017, time.Month(month+1), 27, 10, 0, 0, 0, shanghai)
				marks[id] = append(marks[id], plan.Mark{ID: plan.FilingID(id)*10 + plan.FilingID(month), Value: &value, Date: plan.DateOf(when), At: when, Accepted: when})
			}
			id++
		}
		p.Commitments = append(p.Commitments, c)
	}
	for i := range 490 {
		role := plan.Staff
		if i >= 392 {
			role = plan.Head
		}
		s.People = append(s.People, someone(i, role, fmt.Sprintf("第%d局", i%98)))
	}
	for i := range 10 {
		s.People = append(s.People, someone(500+i, plan.Supervisor, ""))
	}
	s.Plans = []schedule.PlanState{{Plan: p, Marks: marks}}
	s.Told = func(string) (time.Time, bool) { return time.Time{}, false }
	return s
}

func someone(i int, role plan.Role, department string) plan.Person {
	name := fmt.Sprintf("telegram:%d", 1000+i)
	return plan.Person{ID: plan.PersonID(name), Chat: name, Role: role, Department: department}
}

// BenchmarkDue is the worst moment: nothing was told, all rungs are due.
func BenchmarkDue(b *testing.B) {
	s, set, c := large(), settings(), calendar.New()
	for b.Loop() {
		if n := len(schedule.Due(s, &set, c, at("2017-08-08 14:00"))); n != 500 {
			b.Fatal(n)
		}
	}
}

// BenchmarkDueQuiet is a look at which everything was told.
func BenchmarkDueQuiet(b *testing.B) {
	s, set, c := large(), settings(), calendar.New()
	s.Told = func(string) (time.Time, bool) { return time.Time{}, true }
	for b.Loop() {
		if n := len(schedule.Due(s, &set, c, at("2017-08-08 14:00"))); n != 0 {
			b.Fatal(n)
		}
	}
}

// BenchmarkDigests composes the week's digests of the report of 2017 for 10,000
// subscribers, each of whom follows something else, and encodes them.
func BenchmarkDigests(b *testing.B) {
	w := newWorld(b)
	p := w.plan(b)
	s := &schedule.State{Rules: plan.DefaultRules(), Pages: schedule.Plain(), Chats: map[string]plan.Chat{}}
	ps := schedule.PlanState{Plan: p, Marks: map[plan.ID][]plan.Mark{}}
	for i := range 10_000 {
		chat := fmt.Sprintf("telegram:%d", i)
		for j := range 3 {
			c := &p.Commitments[(i*(j+1))%len(p.Commitments)]
			ps.Subscribers = append(ps.Subscribers, plan.Subscription{Person: plan.PersonID(chat), Chat: chat, Plan: p.Key(), Item: c.ID})
		}
	}
	s.Plans = []schedule.PlanState{ps}
	s.Told = func(string) (time.Time, bool) { return time.Time{}, false }
	set, c := settings(), calendar.New()
	b.ReportAllocs()
	for b.Loop() {
		size := 0
		for _, n := range schedule.Due(s, &set, c, at("2017-08-07 09:00")) {
			list, err := n.Deliveries(at("2017-08-07 09:00"))
			if err != nil || len(list) != 1 {
				b.Fatal(err)
			}
			size += len(list[0].Payload)
		}
		if size == 0 {
			b.Fatal("nothing was composed")
		}
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	b.ReportMetric(float64(m.HeapSys)/(1<<20), "MB-heap")
}
