package storage_test

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"duban/plan"
	"duban/storage"
)

// The town of the tests: one published plan with two commitments of two departments and one
// of nobody, and a draft.
const (
	town  = plan.Key("某市2017")
	draft = plan.Key("某市2018")
)

// Items of the town.
const (
	bedsCommitment plan.ID = iota + 1
	beds                   // target of 民政局
	roadsCommitment
	roads // target of 交通局
	merge // task of 交通局
	parksCommitment
	parks // target of nobody
)

var start = time.Date(2017, 3, 1, 9, 0, 0, 0, time.UTC)

func count(metric string, value int64, unit string) plan.Target {
	d := plan.NewDecimal(value, 0)
	return plan.Target{
		Metric: metric, Op: plan.AtLeast, Value: d, Unit: unit, Kind: plan.Count,
		ValueText: d.String() + unit, Quote: metric + d.String() + unit, Deadline: plan.EndOfYear(2017),
	}
}

func townPlan(year int) *plan.Plan {
	p := &plan.Plan{Place: "某市", Year: year, State: plan.Draft, Commitments: []plan.Commitment{
		{Segment: plan.Segment{Code: "2.1.1.1", Text: "新增养老床位3600张"}, Targets: []plan.Target{count("新增养老床位", 3600, "张")}},
		{
			Segment: plan.Segment{Code: "2.1.1.2", Text: "新改建农村公路2500公里，整合客运站"}, Departments: []string{"交通局"},
			Targets: []plan.Target{count("新改建农村公路", 2500, "公里")}, Tasks: []plan.Task{{Text: "整合客运站", Deadline: plan.EndOfYear(2017)}},
		},
		{Segment: plan.Segment{Code: "2.1.1.3", Text: "新建公园8处"}, Targets: []plan.Target{count("新建公园", 8, "处")}},
	}}
	merged, _ := plan.Merge(nil, p)
	return merged
}

func actor(id string, role plan.Role, department string) plan.Actor {
	return plan.Actor{ID: plan.PersonID(id), Role: role, Department: department}
}

var (
	citizen    = actor("telegram:900", plan.Public, "")
	staff      = actor("telegram:1", plan.Staff, "民政局")
	head       = actor("telegram:2", plan.Head, "民政局")
	foreign    = actor("telegram:3", plan.Staff, "交通局")
	foreignTop = actor("telegram:4", plan.Head, "交通局")
	homeless   = actor("telegram:5", plan.Staff, "")
	supervisor = actor("telegram:6", plan.Supervisor, "")
	admin      = actor("telegram:7", plan.Admin, "")
	stranger   = plan.Actor{}
	actors     = []plan.Actor{citizen, staff, head, foreign, foreignTop, homeless, supervisor, admin, stranger}
)

// act runs f as somebody.
func act(t testing.TB, db *storage.DB, a plan.Actor, f func(d plan.Desk) error) error {
	t.Helper()
	return db.Update(context.Background(), func(tx plan.Tx) error { return f(tx.As(a, start)) })
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// newTown opens a database with the town in it.
func newTown(t testing.TB, policy storage.Policy) *storage.DB {
	t.Helper()
	db, err := storage.Open(filepath.Join(t.TempDir(), "town.db"), storage.Options{Review: policy})
	must(t, err)
	t.Cleanup(func() {
		if err := errors.Join(db.Check(context.Background()), db.Close()); err != nil {
			t.Errorf("the database is not in order: %v", err)
		}
	})
	settle(t, db)
	return db
}

func settle(t testing.TB, db *storage.DB) {
	t.Helper()
	must(t, act(t, db, plan.System, func(d plan.Desk) error {
		return errors.Join(d.PutPlan(townPlan(2017)), d.PutPlan(townPlan(2018)), d.Publish(town),
			d.Assign(town, plan.Duty{Item: bedsCommitment, Lead: "民政局", Support: []string{"财政局"}}),
			d.Assign(draft, plan.Duty{Item: bedsCommitment, Lead: "民政局"}),
			d.PutPerson(plan.Person{ID: staff.ID, Chat: "1", Name: "李明", Role: plan.Staff, Department: "民政局"}),
			d.PutPerson(plan.Person{ID: supervisor.ID, Chat: "6", Name: "王芳", Role: plan.Supervisor}))
	}))
}

func amount(n int64) *plan.Decimal {
	d := plan.NewDecimal(n, 0)
	return &d
}

func filing(item plan.ID, value int64) plan.Filing {
	return plan.Filing{Plan: town, Item: item, Value: amount(value), Date: plan.NewDate(2017, 2, 28), Note: "民政口径", Chat: "1"}
}

// allowed says who may do an act; everybody else is forbidden.
type allowed struct {
	name string
	who  []plan.Actor
	act  func(d plan.Desk, a plan.Actor) error
}

// waiting files for the beds and returns the number, so that there is something to decide.
func waiting(t testing.TB, db *storage.DB) (id plan.FilingID) {
	t.Helper()
	must(t, act(t, db, staff, func(d plan.Desk) error {
		f, err := d.File(filing(beds, 1476))
		id = f.ID
		return err
	}))
	return id
}

var errRolledBack = errors.New("rolled back")

func TestMatrix(t *testing.T) {
	t.Parallel()
	for _, policy := range []storage.Policy{{}, {Signed: true}} {
		db := newTown(t, policy)
		id := waiting(t, db)
		must(t, act(t, db, citizen, func(d plan.Desk) error {
			_, err := d.Tell(plan.Feedback{Plan: town, Commitment: bedsCommitment, Text: "没有看到新床位"})
			return err
		}))
		must(t, act(t, db, staff, func(d plan.Desk) error {
			_, err := d.Ask(plan.Request{Plan: town, Item: beds, Kind: plan.Extend, Deadline: plan.EndOfYear(2018), Reason: "征地"})
			return err
		}))
		for _, row := range matrix(policy, id) {
			for _, a := range actors {
				err := act(t, db, a, func(d plan.Desk) error { return errors.Join(row.act(d, a), errRolledBack) })
				forbidden := errors.Is(err, plan.ErrForbidden)
				if want := !slices.Contains(row.who, a); forbidden != want {
					t.Errorf("signed=%t, %s as %s of %q: forbidden %t, want %t (%v)", policy.Signed, row.name, a.Role, a.Department, forbidden, want, err)
				}
				var details *plan.Forbidden
				if forbidden && (!errors.As(err, &details) || details.Actor != a) {
					t.Errorf("%s: the refusal of %s has no details", row.name, a.Role)
				}
			}
		}
	}
}

func matrix(policy storage.Policy, id plan.FilingID) []allowed {
	everybody := []plan.Actor{citizen, staff, head, foreign, foreignTop, homeless, supervisor, admin}
	bosses := []plan.Actor{supervisor, admin}
	own := append([]plan.Actor{staff, head}, bosses...)
	other := append([]plan.Actor{foreign, foreignTop}, bosses...)
	admins := []plan.Actor{admin}
	signers, returners := []plan.Actor{head}, bosses
	if policy.Signed {
		returners = append([]plan.Actor{head}, bosses...)
	}
	rows := []allowed{
		{"file own", own, func(d plan.Desk, _ plan.Actor) error { _, err := d.File(filing(beds, 1)); return err }},
		{"file of the report's department", other, func(d plan.Desk, _ plan.Actor) error { _, err := d.File(filing(roads, 1)); return err }},
		{"file for nobody's item", bosses, func(d plan.Desk, _ plan.Actor) error { _, err := d.File(filing(parks, 1)); return err }},
		{"file a task", other, func(d plan.Desk, _ plan.Actor) error {
			_, err := d.File(plan.Filing{Plan: town, Item: merge, Stage: plan.Ongoing, Date: plan.NewDate(2017, 2, 1)})
			return err
		}},
		{"file accepted", bosses, func(d plan.Desk, _ plan.Actor) error {
			f := filing(beds, 1)
			f.Reviews = []plan.Review{{Verdict: plan.Accepted}}
			_, err := d.File(f)
			return err
		}},
		{"file in another's name", bosses, func(d plan.Desk, _ plan.Actor) error {
			f := filing(beds, 1)
			f.By = "telegram:4711"
			_, err := d.File(f)
			return err
		}},
		{"ask", own, func(d plan.Desk, _ plan.Actor) error {
			_, err := d.Ask(plan.Request{Plan: town, Item: beds, Kind: plan.Extend, Deadline: plan.EndOfYear(2018), Reason: "征地"})
			return err
		}},
		{"sign", signers, func(d plan.Desk, _ plan.Actor) error { _, err := d.Review(id, plan.Signed, ""); return err }},
		{"return", returners, func(d plan.Desk, _ plan.Actor) error {
			_, err := d.Review(id, plan.Returned, "口径不对")
			return err
		}},
		{"accept", bosses, func(d plan.Desk, _ plan.Actor) error { _, err := d.Review(id, plan.Accepted, ""); return err }},
		{"decide", bosses, func(d plan.Desk, _ plan.Actor) error { _, err := d.Decide(1, plan.Accepted, ""); return err }},
		{"correct", bosses, func(d plan.Desk, _ plan.Actor) error {
			return d.Correct(town, plan.Correction{Check: plan.CheckedRight, Commitment: bedsCommitment, Item: beds})
		}},
		{"corrections", bosses, func(d plan.Desk, _ plan.Actor) error { _, err := d.Corrections(town); return err }},
		{"publish", bosses, func(d plan.Desk, _ plan.Actor) error { return d.Publish(draft) }},
		{"assign", bosses, func(d plan.Desk, _ plan.Actor) error {
			return d.Assign(town, plan.Duty{Item: parks, Lead: "城管局"})
		}},
		{"import", admins, func(d plan.Desk, _ plan.Actor) error { return d.PutPlan(townPlan(2017)) }},
		{"answer", bosses, func(d plan.Desk, _ plan.Actor) error { _, err := d.Answer(1, "已转民政局"); return err }},
		{"gaps", bosses, func(d plan.Desk, _ plan.Actor) error { _, err := d.Gaps(5); return err }},
		{"invite", admins, func(d plan.Desk, _ plan.Actor) error {
			return d.Invite(plan.Invite{Hash: plan.HashToken("x"), Role: plan.Staff, Department: "民政局", Expires: start.Add(time.Hour)})
		}},
		{"log", bosses, func(d plan.Desk, _ plan.Actor) error {
			for _, err := range d.Log(0) {
				return err
			}
			return nil
		}},
		{"people", append([]plan.Actor{head, foreignTop}, bosses...), func(d plan.Desk, _ plan.Actor) error { _, err := d.People(); return err }},
		{"see somebody", bosses, func(d plan.Desk, _ plan.Actor) error { _, err := d.Person("telegram:4711"); return err }},
		{"promote somebody", admins, func(d plan.Desk, _ plan.Actor) error {
			return d.PutPerson(plan.Person{ID: "telegram:4711", Role: plan.Admin})
		}},
		{"promote oneself", admins, func(d plan.Desk, a plan.Actor) error {
			return d.PutPerson(plan.Person{ID: a.ID, Role: plan.Admin, Department: a.Department})
		}},
		{"move oneself", admins, func(d plan.Desk, a plan.Actor) error {
			return d.PutPerson(plan.Person{ID: a.ID, Role: a.Role, Department: "财政局"})
		}},
		{"forget somebody", admins, func(d plan.Desk, _ plan.Actor) error { return d.Forget("telegram:4711") }},
		{"join as another", nil, func(d plan.Desk, _ plan.Actor) error {
			_, err := d.Join("x", plan.Person{ID: "telegram:4711"})
			return err
		}},
		{"feedback", everybody, func(d plan.Desk, _ plan.Actor) error {
			_, err := d.Tell(plan.Feedback{Plan: town, Commitment: bedsCommitment, Text: "好"})
			return err
		}},
		{"follow", everybody, func(d plan.Desk, _ plan.Actor) error { return d.Follow(plan.Subscription{Plan: town}) }},
		{"unfollow", everybody, func(d plan.Desk, _ plan.Actor) error { return d.Unfollow(plan.Subscription{Plan: town}) }},
		{"following", everybody, func(d plan.Desk, _ plan.Actor) error { _, err := d.Following(); return err }},
	}
	return rows
}

// TestActs makes sure that the matrix of acts and roles is the one of the specification.
func TestActs(t *testing.T) {
	t.Parallel()
	all := []plan.Role{plan.Public, plan.Staff, plan.Head, plan.Supervisor, plan.Admin}
	bosses, admins := all[3:], all[4:]
	want := map[plan.Act][]plan.Role{
		plan.ActFollow: all, plan.ActFeedback: all, plan.ActFile: all[1:], plan.ActRequest: all[1:], plan.ActSign: {plan.Head},
		plan.ActReview: bosses, plan.ActDecide: bosses, plan.ActCorrect: bosses, plan.ActPublish: bosses, plan.ActAssign: bosses,
		plan.ActAnswer: bosses, plan.ActSeeGaps: bosses, plan.ActExport: bosses, plan.ActSeeAll: bosses, plan.ActSeePeople: bosses, plan.ActSeeDepartment: {plan.Head, plan.Supervisor, plan.Admin},
		plan.ActFileUnassigned: bosses, plan.ActInvite: admins, plan.ActManage: admins, plan.ActBackup: admins, plan.ActImport: admins,
		plan.ActSeeOutbox: admins,
	}
	duty := &plan.Duty{Lead: "民政局", Support: []string{"财政局"}}
	for _, a := range plan.Acts() {
		roles, known := want[a]
		if !known {
			t.Errorf("act %s is not in the test", a)
		}
		for _, role := range append(all, "", "root") {
			for department, belongs := range map[string]bool{"民政局": true, "财政局": true, "交通局": false, "": false} {
				departmental := role == plan.Staff || role == plan.Head
				tied := a == plan.ActFile || a == plan.ActSign || a == plan.ActRequest
				may := slices.Contains(roles, role) && (belongs || !departmental || !tied)
				if got := plan.May(actor("x", role, department), a, duty) == nil; got != may {
					t.Errorf("%s as %s of %q: %t, want %t", a, role, department, got, may)
				}
				if departmental && tied && plan.May(actor("x", role, department), a, nil) == nil {
					t.Errorf("%s as %s on nobody's item is allowed", a, role)
				}
			}
		}
	}
}
