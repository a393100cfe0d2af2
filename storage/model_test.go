package storage

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"duban/plan"
)

// model is what the database should hold, as simply as it can be said.
type model struct {
	people   map[plan.PersonID]plan.Person
	invites  map[string]*plan.Invite // by token
	duties   map[plan.ID]string      // commitment → lead
	filings  []modelFiling
	requests []modelRequest
	feedback []modelFeedback
	follows  map[plan.PersonID]map[plan.ID]bool
	rejected map[plan.ID]bool
	applied  map[string]bool
}

type modelFiling struct {
	item       plan.ID
	value      int64
	department string
	by         plan.PersonID
	signed     bool
	waits      bool
	verdict    plan.Verdict
	supersedes int
}

type modelRequest struct {
	department string
	decided    bool
}

type modelFeedback struct {
	by       plan.PersonID
	answered bool
}

// run is a database beside its model.
type run struct {
	*testing.T
	db    *DB
	path  string
	model model
	rand  *rand.Rand
	now   time.Time
	plan  *plan.Plan
	step  int
}

var modelDepartments = []string{"民政局", "交通局", "教育局"}

func TestRandomOperations(t *testing.T) {
	t.Parallel()
	steps := 10_000
	if testing.Short() {
		steps = 1_000
	}
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	r := &run{T: t, path: filepath.Join(t.TempDir(), "a.db"), rand: rand.New(rand.NewPCG(seed, 1)), now: time.Date(2017, 1, 2, 9, 0, 0, 0, time.UTC)}
	r.model = model{
		people: map[plan.PersonID]plan.Person{}, invites: map[string]*plan.Invite{}, duties: map[plan.ID]string{},
		follows: map[plan.PersonID]map[plan.ID]bool{}, rejected: map[plan.ID]bool{}, applied: map[string]bool{},
	}
	r.restart()
	r.begin()
	operations := []func(){r.file, r.file, r.file, r.correct, r.review, r.review, r.sign, r.assign, r.request, r.decide, r.invite, r.join, r.follow, r.tell, r.answer, r.forget, r.reject, r.repeat}
	for r.step = range steps {
		r.now = r.now.Add(time.Minute)
		if r.rand.IntN(200) == 0 {
			r.restart()
		}
		operations[r.rand.IntN(len(operations))]()
		if r.step%100 == 0 {
			r.compare()
		}
		if r.Failed() {
			break
		}
	}
	r.compare()
	if err := errors.Join(r.db.Check(context.Background()), r.db.Close()); err != nil {
		t.Error(err)
	}
}

// restart closes the file and opens it again.
func (r *run) restart() {
	if r.db != nil {
		if err := r.db.Close(); err != nil {
			r.Fatal(err)
		}
	}
	db, err := Open(r.path, Options{Review: Policy{Signed: true}})
	if err != nil {
		r.Fatal(err)
	}
	db.bolt.NoSync, db.bolt.MaxBatchSize = true, 1 // no crash is tested here, and nobody to wait for
	r.db = db
}

func (r *run) begin() {
	p := &plan.Plan{Place: "某市", Year: 2017}
	for i := range 6 {
		value := plan.NewDecimal(1000, 0)
		p.Commitments = append(p.Commitments, plan.Commitment{
			Segment: plan.Segment{Code: plan.NewCode(2, 1, 1, i), Text: fmt.Sprint("承诺", i)},
			Targets: []plan.Target{{Metric: "新增", Op: plan.AtLeast, Value: value, Unit: "个", ValueText: "1000个", Kind: plan.Count, Deadline: plan.EndOfYear(2017)}},
		})
	}
	r.plan, _ = plan.Merge(nil, p)
	r.do(plan.System, nil, func(d plan.Desk) error { return errors.Join(d.PutPlan(r.plan), d.Publish(r.plan.Key())) })
	for _, role := range []plan.Role{plan.Admin, plan.Supervisor} {
		id := plan.PersonID(role)
		person := plan.Person{ID: id, Role: role, Name: "名" + string(role)}
		r.model.people[id] = person
		r.do(plan.System, nil, func(d plan.Desk) error { return d.PutPerson(person) })
	}
}

// do runs an act and compares its outcome with what the model expects.
func (r *run) do(a plan.Actor, want error, f func(d plan.Desk) error) {
	r.Helper()
	err := r.db.Update(context.Background(), func(tx plan.Tx) error { return f(tx.As(a, r.now)) })
	if !errors.Is(err, want) || want == nil && err != nil {
		r.Errorf("step %d, %s of %q: %v, want %v", r.step, a.ID, a.Department, err, want)
	}
}

// somebody picks a person, or a citizen who is not known.
func (r *run) somebody() plan.Actor {
	ids := slices.Sorted(maps.Keys(r.model.people))
	if n := r.rand.IntN(len(ids) + 2); n < len(ids) {
		p := r.model.people[ids[n]]
		return p.Actor()
	}
	return plan.Actor{ID: plan.PersonID(fmt.Sprint("citizen", r.rand.IntN(5))), Role: plan.Public}
}

func (r *run) commitment() *plan.Commitment {
	return &r.plan.Commitments[r.rand.IntN(len(r.plan.Commitments))]
}

func boss(a plan.Actor) bool { return a.Role == plan.Supervisor || a.Role == plan.Admin }

// tied says what an act on a commitment should end with.
func (r *run) tied(a plan.Actor, c *plan.Commitment) error {
	lead := r.model.duties[c.ID]
	if boss(a) || (a.Role == plan.Staff || a.Role == plan.Head) && lead != "" && lead == a.Department {
		return nil
	}
	return plan.ErrForbidden
}

func ifBoss(a plan.Actor, otherwise error) error {
	if boss(a) {
		return otherwise
	}
	return plan.ErrForbidden
}

func (r *run) file() { r.fileOn(r.commitment(), 0) }

func (r *run) correct() {
	if len(r.model.filings) == 0 {
		return
	}
	n := r.rand.IntN(len(r.model.filings))
	for i := range r.plan.Commitments {
		if c := &r.plan.Commitments[i]; c.Targets[0].ID == r.model.filings[n].item {
			r.fileOn(c, n+1)
		}
	}
}

// fileOn files on a commitment's target; supersedes is the number of a filing, or 0.
func (r *run) fileOn(c *plan.Commitment, supersedes int) {
	a, item := r.somebody(), c.Targets[0].ID
	want := r.tied(a, c)
	if r.model.rejected[item] {
		want = plan.ErrNotFound
	}
	value := plan.NewDecimal(r.rand.Int64N(1000), 0)
	r.do(a, want, func(d plan.Desk) error {
		_, err := d.File(plan.Filing{Plan: r.plan.Key(), Item: item, Value: &value, Date: plan.NewDate(2017, 1, 1+r.rand.IntN(300)), Supersedes: plan.FilingID(supersedes)})
		return err
	})
	if want != nil {
		return
	}
	department := a.Department
	if boss(a) {
		department = r.model.duties[c.ID]
	}
	root := supersedes
	if supersedes != 0 {
		if old := r.model.filings[supersedes-1]; old.verdict != plan.Accepted && old.supersedes != 0 {
			root = old.supersedes
		}
		for next := root; next != 0; {
			root, next = next, 0
			for i := range r.model.filings {
				if f := &r.model.filings[i]; f.supersedes == root && f.verdict == plan.Accepted {
					next = i + 1
				}
			}
		}
		for i := range r.model.filings {
			if f := &r.model.filings[i]; f.item == item && (i+1 == supersedes || i+1 == root || f.supersedes == root) {
				f.waits = false
			}
		}
	}
	units, _ := value.Parts()
	r.model.filings = append(r.model.filings, modelFiling{item: item, value: units, department: department, by: a.ID, waits: true, supersedes: root})
}

func (r *run) review() {
	if len(r.model.filings) == 0 {
		return
	}
	n := r.rand.IntN(len(r.model.filings))
	f, a := &r.model.filings[n], r.somebody()
	verdict := []plan.Verdict{plan.Accepted, plan.Returned}[r.rand.IntN(2)]
	open := !f.signed && f.verdict == ""
	ownHead := a.Role == plan.Head && f.department != "" && a.Department == f.department && verdict == plan.Returned && open
	var want error
	switch {
	case !boss(a) && !ownHead:
		want = plan.ErrForbidden
	case !f.waits:
		want = plan.ErrDecided
	case verdict == plan.Accepted && !f.signed:
		want = plan.ErrUnsigned
	}
	r.do(a, want, func(d plan.Desk) error { _, err := d.Review(plan.FilingID(n+1), verdict, "核对"); return err })
	if want == nil {
		f.waits, f.verdict = false, verdict
	}
}

func (r *run) sign() {
	if len(r.model.filings) == 0 {
		return
	}
	n := r.rand.IntN(len(r.model.filings))
	f, a := &r.model.filings[n], r.somebody()
	var want error
	switch {
	case a.Role != plan.Head || f.department == "" || a.Department != f.department:
		want = plan.ErrForbidden
	case !f.waits || f.signed:
		want = plan.ErrDecided
	}
	r.do(a, want, func(d plan.Desk) error { _, err := d.Review(plan.FilingID(n+1), plan.Signed, ""); return err })
	if want == nil {
		f.signed = true
	}
}

func (r *run) assign() {
	a, c, lead := r.somebody(), r.commitment(), append(modelDepartments, "")[r.rand.IntN(4)]
	r.do(a, ifBoss(a, nil), func(d plan.Desk) error { return d.Assign(r.plan.Key(), plan.Duty{Item: c.ID, Lead: lead}) })
	if boss(a) {
		r.model.duties[c.ID] = lead
	}
}

func (r *run) request() {
	a, c := r.somebody(), r.commitment()
	want := r.tied(a, c)
	r.do(a, want, func(d plan.Desk) error {
		_, err := d.Ask(plan.Request{Plan: r.plan.Key(), Item: c.ID, Kind: plan.Extend, Deadline: plan.EndOfYear(2018), Reason: "征地"})
		return err
	})
	if want == nil {
		r.model.requests = append(r.model.requests, modelRequest{department: cmp.Or(a.Department, r.model.duties[c.ID])})
	}
}

func (r *run) decide() {
	if len(r.model.requests) == 0 {
		return
	}
	a, n := r.somebody(), r.rand.IntN(len(r.model.requests))
	var want error
	if r.model.requests[n].decided {
		want = plan.ErrDecided
	}
	want = ifBoss(a, want)
	r.do(a, want, func(d plan.Desk) error { _, err := d.Decide(uint64(n+1), plan.Accepted, ""); return err })
	if want == nil {
		r.model.requests[n].decided = true
	}
}
