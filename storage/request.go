package storage

import (
	"fmt"
	"slices"
	"strings"

	"go.etcd.io/bbolt"

	"duban/plan"
)

// requestsOf reads the requests of a plan in the order of their numbers.
func requestsOf(tx *bbolt.Tx, key plan.Key) ([]plan.Request, error) {
	return all(tx.Bucket(requestsBucket), func(r *plan.Request) bool { return r.Plan == key })
}

// Ask implements plan.PlanDesk.
func (d *desk) Ask(r plan.Request) (plan.Request, error) {
	at, err := plans{d.tx}.place(r.Plan, r.Item)
	if err != nil {
		return r, err
	}
	duty, err := d.duty(r.Plan, r.Item, at)
	if err != nil {
		return r, err
	}
	if err := plan.May(d.actor, plan.ActRequest, duty); err != nil {
		return r, err
	}
	if err := r.Check(); err != nil {
		return r, err
	}
	b := d.tx.Bucket(requestsBucket)
	if r.ID, err = nextNumber(b); err != nil {
		return r, err
	}
	r.By, r.Department, r.At, r.Review = d.actor.ID, d.department(duty), d.now, nil
	if err := put(b, number(r.ID), r); err != nil {
		return r, err
	}
	return r, d.log("request", itemName(r.Plan, r.Item), requestDetail(&r), r.Reason, r.Approval)
}

// requestDetail is what the audit chain says of a request.
func requestDetail(r *plan.Request) string {
	detail := briefRequest(r)
	if r.Value != nil {
		detail += " value " + r.Value.String()
	}
	for _, n := range r.Nodes {
		detail += fmt.Sprintf(" %s %s%%", n.Date, n.Percent)
	}
	return detail
}

// briefRequest is what the chain of earlier releases says of it.
func briefRequest(r *plan.Request) string {
	return strings.TrimSpace(fmt.Sprintf("request %d: %s %s %s", r.ID, r.Kind, r.Deadline, r.To))
}

// department is whose act it is: of staff and heads their own, else of whom it concerns.
func (d *desk) department(duty *plan.Duty) string {
	if d.departmental() {
		return d.actor.Department
	}
	if duty == nil {
		return ""
	}
	return duty.Lead
}

// departmental reports whether the actor belongs to a department.
func (d *desk) departmental() bool {
	return (d.actor.Role == plan.Staff || d.actor.Role == plan.Head) && d.actor.Department != ""
}

// Requests implements plan.PlanDesk.
func (d *desk) Requests(key plan.Key) ([]plan.Request, error) {
	list, err := requestsOf(d.tx, key)
	if plan.Allowed(d.actor, plan.ActSeeAll, nil) {
		return list, err
	}
	return slices.DeleteFunc(list, func(r plan.Request) bool {
		return !d.departmental() || r.Department != d.actor.Department
	}), err
}

// Decide implements plan.PlanDesk.
func (d *desk) Decide(id uint64, verdict plan.Verdict, reason string) (plan.Request, error) {
	if err := plan.May(d.actor, plan.ActDecide, nil); err != nil {
		return plan.Request{}, err
	}
	if err := checkVerdict(verdict, reason); err != nil || verdict == plan.Signed {
		return plan.Request{}, invalid(err, "a request cannot be signed")
	}
	b := d.tx.Bucket(requestsBucket)
	var r plan.Request
	if err := get(b, number(id), &r); err != nil {
		return r, err
	}
	if r.Review != nil {
		return r, plan.ErrDecided
	}
	r.Review = &plan.Review{Verdict: verdict, Reason: reason, By: d.actor.ID, At: d.now}
	if err := put(b, number(id), r); err != nil {
		return r, err
	}
	if err := d.log("decide:"+string(verdict), itemName(r.Plan, r.Item), fmt.Sprintf("request %d", id), reason); err != nil {
		return r, err
	}
	return r, bump(d.tx, revisionKey)
}

// checkVerdict refuses unknown decisions, and a return without a reason.
func checkVerdict(verdict plan.Verdict, reason string) error {
	switch {
	case verdict == plan.Accepted, verdict == plan.Signed, verdict == plan.Returned && reason != "":
		return nil
	}
	return fmt.Errorf("verdict %q: %w", verdict, plan.ErrInvalid)
}

func invalid(err error, what string) error {
	if err != nil {
		return err
	}
	return fmt.Errorf("%s: %w", what, plan.ErrInvalid)
}
