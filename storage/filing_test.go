package storage_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"duban/plan"
	"duban/storage"
)

func TestFilingsThatMakeNoSense(t *testing.T) {
	t.Parallel()
	db := newTown(t, storage.Policy{})
	day := plan.NewDate(2017, 2, 28)
	for name, c := range map[string]struct {
		f    plan.Filing
		want error
	}{
		"no value":              {plan.Filing{Plan: town, Item: beds, Date: day}, plan.ErrInvalid},
		"no date":               {plan.Filing{Plan: town, Item: beds, Value: amount(1)}, plan.ErrInvalid},
		"a stage of a target":   {plan.Filing{Plan: town, Item: beds, Value: amount(1), Stage: plan.Ongoing, Date: day}, plan.ErrInvalid},
		"a value of a task":     {plan.Filing{Plan: town, Item: merge, Value: amount(1), Stage: plan.Ongoing, Date: day}, plan.ErrInvalid},
		"an unknown stage":      {plan.Filing{Plan: town, Item: merge, Stage: "快了", Date: day}, plan.ErrInvalid},
		"over 100 percent":      {plan.Filing{Plan: town, Item: merge, Stage: plan.Ongoing, Percent: amount(101), Date: day}, plan.ErrInvalid},
		"on a commitment":       {plan.Filing{Plan: town, Item: bedsCommitment, Value: amount(1), Date: day}, plan.ErrInvalid},
		"on nothing":            {plan.Filing{Plan: town, Item: 99, Value: amount(1), Date: day}, plan.ErrNotFound},
		"on no plan":            {plan.Filing{Plan: "甲市2017", Item: 1, Value: amount(1), Date: day}, plan.ErrNotFound},
		"supersedes nothing":    {plan.Filing{Plan: town, Item: beds, Value: amount(1), Date: day, Supersedes: 99}, plan.ErrNotFound},
		"comes signed":          {plan.Filing{Plan: town, Item: beds, Value: amount(1), Date: day, Reviews: []plan.Review{{Verdict: plan.Signed}}}, plan.ErrInvalid},
		"comes decided twice":   {plan.Filing{Plan: town, Item: beds, Value: amount(1), Date: day, Reviews: []plan.Review{{Verdict: plan.Accepted}, {Verdict: plan.Returned}}}, plan.ErrInvalid},
		"nothing wrong with it": {plan.Filing{Plan: town, Item: merge, Stage: plan.Ongoing, Percent: amount(40), Date: day}, nil},
	} {
		err := act(t, db, supervisor, func(d plan.Desk) error { _, err := d.File(c.f); return err })
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

// TestSupersedingAnother: nobody takes another department's filing out of the queue.
func TestSupersedingAnother(t *testing.T) {
	t.Parallel()
	db := newTown(t, storage.Policy{})
	id := waiting(t, db)
	f := filing(roads, 1)
	f.Supersedes = id
	if err := act(t, db, foreign, func(d plan.Desk) error { _, err := d.File(f); return err }); !errors.Is(err, plan.ErrNotFound) {
		t.Errorf("error %v, want ErrNotFound", err)
	}
	must(t, act(t, db, supervisor, func(d plan.Desk) error {
		list, err := d.Pending()
		if len(list) != 1 {
			t.Errorf("%d filings wait, want 1", len(list))
		}
		return err
	}))
}

// TestCorrectionOfACorrection: the accepted figure goes when the last of a chain of
// corrections is accepted, also where those between were returned or never decided.
func TestCorrectionOfACorrection(t *testing.T) {
	t.Parallel()
	for _, between := range []plan.Verdict{"", plan.Returned, plan.Accepted} {
		db := newTown(t, storage.Policy{})
		ids := []plan.FilingID{waiting(t, db)}
		correct := func(value int64) {
			must(t, act(t, db, staff, func(d plan.Desk) error {
				f := filing(beds, value)
				f.Supersedes, f.Reason = ids[len(ids)-1], "更正"
				f.Date = plan.NewDate(2017, 1, 31)
				stored, err := d.File(f)
				ids = append(ids, stored.ID)
				return err
			}))
		}
		review := func(id plan.FilingID, verdict plan.Verdict) {
			must(t, act(t, db, supervisor, func(d plan.Desk) error { _, err := d.Review(id, verdict, "核对"); return err }))
		}
		review(ids[0], plan.Accepted)
		correct(1300)
		if between != "" {
			review(ids[1], between)
		}
		correct(1200)
		if between == "" {
			err := act(t, db, supervisor, func(d plan.Desk) error { _, err := d.Review(ids[1], plan.Accepted, ""); return err })
			if !errors.Is(err, plan.ErrDecided) {
				t.Errorf("the one between can be accepted: %v", err)
			}
		}
		review(ids[2], plan.Accepted)
		must(t, act(t, db, citizen, func(d plan.Desk) error {
			marks, err := d.Marks(town)
			accepted := plan.AcceptedAt(marks[beds], plan.EndOfYear(2017), start)
			if len(accepted) != 1 || accepted[0].Value.String() != "1200" {
				t.Errorf("between %q: %+v counts", between, accepted)
			}
			return err
		}))
	}
}

func TestTwoReviewers(t *testing.T) {
	t.Parallel()
	db := newTown(t, storage.Policy{Signed: true})
	id := waiting(t, db)
	step := func(a plan.Actor, verdict plan.Verdict, reason string, want error) {
		t.Helper()
		err := act(t, db, a, func(d plan.Desk) error { _, err := d.Review(id, verdict, reason); return err })
		if !errors.Is(err, want) {
			t.Errorf("%s as %s: %v, want %v", verdict, a.Role, err, want)
		}
	}
	step(supervisor, plan.Accepted, "", plan.ErrUnsigned)
	step(head, plan.Returned, "", plan.ErrInvalid)
	step(head, "maybe", "", plan.ErrForbidden)
	step(supervisor, "maybe", "", plan.ErrInvalid)
	step(head, plan.Signed, "", nil)
	step(head, plan.Signed, "", plan.ErrDecided)
	step(head, plan.Returned, "口径", plan.ErrForbidden)
	step(supervisor, plan.Accepted, "", nil)
	step(admin, plan.Returned, "口径", plan.ErrDecided)
	step(head, plan.Signed, "", plan.ErrDecided)
}

func TestDecisions(t *testing.T) {
	t.Parallel()
	db := newTown(t, storage.Policy{})
	try := func(a plan.Actor, f func(d plan.Desk) error) error { return act(t, db, a, f) }
	right := plan.Correction{Check: plan.CheckedRight, Commitment: bedsCommitment, Item: beds}
	added := count("新增护理床位", 500, "张")
	for name, c := range map[string]struct {
		decision plan.Correction
		want     error
	}{
		"right":                    {right, nil},
		"of no commitment":         {plan.Correction{Check: plan.CheckedRight, Commitment: 99, Item: beds}, plan.ErrNotFound},
		"of another's target":      {plan.Correction{Check: plan.CheckedRight, Commitment: roadsCommitment, Item: beds}, plan.ErrNotFound},
		"of no target":             {plan.Correction{Check: plan.Rejected, Commitment: bedsCommitment, Item: 99}, plan.ErrNotFound},
		"a fix to nothing":         {plan.Correction{Check: plan.CheckedFixed, Commitment: bedsCommitment, Item: beds}, plan.ErrInvalid},
		"unknown":                  {plan.Correction{Check: "maybe", Commitment: bedsCommitment, Item: beds}, plan.ErrInvalid},
		"an addition under an id":  {plan.Correction{Check: plan.CheckedAdded, Commitment: bedsCommitment, Item: 77, Target: &added}, plan.ErrNotFound},
		"an addition":              {plan.Correction{Check: plan.CheckedAdded, Commitment: bedsCommitment, Target: &added}, nil},
		"an addition of no target": {plan.Correction{Check: plan.CheckedAdded, Commitment: bedsCommitment}, plan.ErrInvalid},
	} {
		if err := try(supervisor, func(d plan.Desk) error { return d.Correct(town, c.decision) }); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	p, err := get(t, db, town)
	must(t, err)
	extra := p.Commitments[0].Targets[1]
	must(t, try(staff, func(d plan.Desk) error { _, err := d.File(filing(extra.ID, 5)); return err }))
	must(t, try(supervisor, func(d plan.Desk) error {
		return d.Correct(town, plan.Correction{Check: plan.Rejected, Commitment: bedsCommitment, Item: extra.ID})
	}))
	if err := try(staff, func(d plan.Desk) error { _, err := d.File(filing(extra.ID, 6)); return err }); !errors.Is(err, plan.ErrNotFound) {
		t.Errorf("a filing on a rejected target: %v", err)
	}
	for name, r := range map[string]plan.Request{
		"no reason":   {Kind: plan.Extend, Deadline: plan.EndOfYear(2018)},
		"no date":     {Kind: plan.Extend, Reason: "征地"},
		"no approval": {Kind: plan.Drop, Reason: "征地"},
		"no value":    {Kind: plan.Adjust, Reason: "征地", Approval: "市政府〔2017〕8号"},
		"no nodes":    {Kind: plan.Schedule, Reason: "征地"},
		"unknown":     {Kind: "skip", Reason: "征地"},
	} {
		r.Plan, r.Item = town, beds
		if err := try(staff, func(d plan.Desk) error { _, err := d.Ask(r); return err }); !errors.Is(err, plan.ErrInvalid) {
			t.Errorf("a request with %s: %v", name, err)
		}
	}
	if err := try(admin, func(d plan.Desk) error { return d.Assign(town, plan.Duty{Item: 99, Lead: "民政局"}) }); !errors.Is(err, plan.ErrNotFound) {
		t.Errorf("a duty for nothing: %v", err)
	}
}

// TestCorrectionsSurviveAReimport: a corrected report keeps decisions and ids.
func TestCorrectionsSurviveAReimport(t *testing.T) {
	t.Parallel()
	db := newTown(t, storage.Policy{})
	added := count("新增护理床位", 500, "张")
	fixed := count("新增城乡养老床位", 3600, "张")
	must(t, act(t, db, supervisor, func(d plan.Desk) error {
		return d.Correct(town,
			plan.Correction{Check: plan.CheckedFixed, Commitment: bedsCommitment, Item: beds, Target: &fixed},
			plan.Correction{Check: plan.CheckedAdded, Commitment: bedsCommitment, Target: &added},
			plan.Correction{Check: plan.Rejected, Commitment: parksCommitment, Item: parks})
	}))
	before, err := get(t, db, town)
	must(t, err)
	must(t, db.Update(t.Context(), func(tx plan.Tx) error {
		old, err := tx.Plans().Imported(town)
		if err != nil {
			return err
		}
		fresh := townPlan(2017)
		fresh.Commitments = append(fresh.Commitments[:1:1], append([]plan.Commitment{
			{Segment: plan.Segment{Code: "2.1.1.2", Text: "改造老旧小区119个"}, Targets: []plan.Target{count("改造老旧小区", 119, "个")}},
		}, fresh.Commitments[1:]...)...)
		merged, _ := plan.Merge(old, fresh)
		return tx.As(plan.System, start).PutPlan(merged)
	}))
	after, err := get(t, db, town)
	must(t, err)
	names := func(c plan.Commitment) (list []string) {
		for _, x := range c.Targets {
			list = append(list, x.Metric+string(x.Check))
		}
		return list
	}
	if diff := cmp.Diff(names(before.Commitments[0]), names(after.Commitments[0])); diff != "" {
		t.Error(diff)
	}
	park := after.ByID(parksCommitment)
	if park == nil || len(park.Targets) != 0 {
		t.Errorf("the rejected target came back: %+v", park)
	}
	seen := []plan.ID{}
	for _, c := range after.Commitments {
		for _, x := range c.Targets {
			if slices.Contains(seen, x.ID) {
				t.Errorf("id %d is given twice", x.ID)
			}
			seen = append(seen, x.ID)
		}
	}
	stale := townPlan(2017)
	if err := act(t, db, plan.System, func(d plan.Desk) error { return d.PutPlan(stale) }); !errors.Is(err, plan.ErrInvalid) {
		t.Errorf("a plan that would give ids twice: %v", err)
	}
}
