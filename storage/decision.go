package storage

import (
	"encoding/binary"
	"fmt"
	"slices"

	"go.etcd.io/bbolt"

	"duban/plan"
)

// correctionsOf reads the decisions on what was read, oldest first.
func correctionsOf(tx *bbolt.Tx, key plan.Key) ([]plan.Correction, error) {
	return all[plan.Correction](tx.Bucket(correctionsBucket).Bucket([]byte(key)), nil)
}

// Corrections implements plan.PlanDesk.
func (d *desk) Corrections(key plan.Key) ([]plan.Correction, error) {
	if err := plan.May(d.actor, plan.ActCorrect, nil); err != nil {
		return nil, err
	}
	return correctionsOf(d.tx, key)
}

// Correct implements plan.PlanDesk.
func (d *desk) Correct(key plan.Key, decisions ...plan.Correction) error {
	if err := plan.May(d.actor, plan.ActCorrect, nil); err != nil {
		return err
	}
	p, err := plans{d.tx}.Imported(key)
	if err != nil {
		return err
	}
	b, err := d.tx.Bucket(correctionsBucket).CreateBucketIfNotExists([]byte(key))
	if err != nil {
		return err
	}
	for _, c := range decisions {
		c.By, c.At = d.actor.ID, d.now
		if c.Check == plan.CheckedAdded && c.Item == 0 {
			if c.Item, err = d.newID(p, c.Commitment); err != nil {
				return err
			}
		}
		n, err := nextNumber(b)
		if err != nil {
			return err
		}
		if err := put(b, number(n), c); err != nil {
			return err
		}
		detail := ""
		if c.Target != nil {
			detail = fmt.Sprintf("%s %s%s %s %s ×%s", c.Target.Metric, c.Target.Op, c.Target.ValueText, c.Target.Deadline, plan.BasisOf(c.Target), c.Target.Weight)
		}
		if err := d.log("correct:"+string(c.Check), itemName(key, c.Item), detail, c.Reason); err != nil {
			return err
		}
	}
	return bump(d.tx, revisionKey)
}

// newID takes the next id of a plan for a target that was added to a commitment.
func (d *desk) newID(p *plan.Plan, commitment plan.ID) (plan.ID, error) {
	items := d.tx.Bucket(plansBucket).Bucket([]byte(p.Key())).Bucket(itemsKey)
	position := items.Get(itemKey(commitment))
	if position == nil {
		return 0, fmt.Errorf("commitment %d of %s: %w", commitment, p.Key(), plan.ErrNotFound)
	}
	id := p.NextID
	p.NextID++
	if err := items.Put(itemKey(id), position); err != nil {
		return 0, err
	}
	return id, d.putHeader(p)
}

// putHeader rewrites what a plan says of itself.
func (d *desk) putHeader(p *plan.Plan) error {
	b := d.tx.Bucket(plansBucket).Bucket([]byte(p.Key()))
	h := header{Summary: p.Summary(), Plan: *p}
	h.Plan.Commitments, h.Plan.Review, h.Plan.Figures = nil, nil, nil
	return put(b, headerKey, h)
}

func itemName(key plan.Key, item plan.ID) string { return fmt.Sprintf("%s/%d", key, item) }

// Publish implements plan.PlanDesk.
func (d *desk) Publish(key plan.Key) error {
	if err := plan.May(d.actor, plan.ActPublish, nil); err != nil {
		return err
	}
	p, err := plans{d.tx}.Imported(key)
	if err != nil {
		return err
	}
	p.State, p.CheckedTo = plan.Published, p.NextID
	if err := d.putHeader(p); err != nil {
		return err
	}
	if err := d.log("publish", string(key), ""); err != nil {
		return err
	}
	return bump(d.tx, revisionKey)
}

func itemKey(item plan.ID) []byte { return binary.BigEndian.AppendUint32(nil, uint32(item)) }

// Duties implements plan.Shelf. What the report itself names counts where nothing was
// assigned.
func (p plans) Duties(key plan.Key) (map[plan.ID]plan.Duty, error) {
	duties := map[plan.ID]plan.Duty{}
	err := each(p.tx.Bucket(dutiesBucket).Bucket([]byte(key)), func(_ []byte, d *plan.Duty) error {
		duties[d.Item] = *d
		return nil
	})
	return duties, err
}

// Assign implements plan.PlanDesk.
func (d *desk) Assign(key plan.Key, duties ...plan.Duty) error {
	if err := plan.May(d.actor, plan.ActAssign, nil); err != nil {
		return err
	}
	if d.tx.Bucket(plansBucket).Bucket([]byte(key)) == nil {
		return plan.ErrNotFound
	}
	b, err := d.tx.Bucket(dutiesBucket).CreateBucketIfNotExists([]byte(key))
	if err != nil {
		return err
	}
	for _, duty := range duties {
		duty.By = d.actor.ID
		if duty.Lead == "" {
			err = b.Delete(itemKey(duty.Item))
		} else {
			err = put(b, itemKey(duty.Item), duty)
		}
		if err != nil {
			return err
		}
		if err := d.log("assign", itemName(key, duty.Item), fmt.Sprintf("%s %v", duty.Lead, duty.Support)); err != nil {
			return err
		}
	}
	return bump(d.tx, revisionKey)
}

// requestsOf reads the requests of a plan in the order of their numbers.
func requestsOf(tx *bbolt.Tx, key plan.Key) ([]plan.Request, error) {
	return all(tx.Bucket(requestsBucket), func(r *plan.Request) bool { return r.Plan == key })
}

// Ask implements plan.PlanDesk.
func (d *desk) Ask(r plan.Request) (plan.Request, error) {
	duty, err := d.duty(r.Plan, r.Item)
	if err != nil {
		return r, err
	}
	if err := plan.May(d.actor, plan.ActRequest, duty); err != nil {
		return r, err
	}
	b := d.tx.Bucket(requestsBucket)
	if r.ID, err = nextNumber(b); err != nil {
		return r, err
	}
	r.By, r.Department, r.At, r.Review = d.actor.ID, d.actor.Department, d.now, nil
	if err := put(b, number(r.ID), r); err != nil {
		return r, err
	}
	return r, d.log("request", itemName(r.Plan, r.Item), requestDetail(&r), r.Reason, r.Approval)
}

// requestDetail is what a request asks for, without the words of people.
func requestDetail(r *plan.Request) string {
	detail := fmt.Sprintf("%s %s", r.Kind, r.Deadline)
	if r.Value != nil {
		detail += " " + r.Value.String()
	}
	for _, n := range r.Nodes {
		detail += fmt.Sprintf(" %s:%s%%", n.Date, n.Percent)
	}
	return detail
}

// Requests implements plan.PlanDesk.
func (d *desk) Requests(key plan.Key) ([]plan.Request, error) {
	list, err := requestsOf(d.tx, key)
	if plan.May(d.actor, plan.ActSeeAll, nil) == nil {
		return list, err
	}
	return slices.DeleteFunc(list, func(r plan.Request) bool {
		return d.actor.Department == "" || r.Department != d.actor.Department
	}), err
}

// Decide implements plan.PlanDesk.
func (d *desk) Decide(id uint64, verdict plan.Verdict, reason string) (plan.Request, error) {
	var r plan.Request
	if err := plan.May(d.actor, plan.ActDecide, nil); err != nil {
		return r, err
	}
	b := d.tx.Bucket(requestsBucket)
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

// duty finds who answers for a target, a task or a commitment: its own duty, else its
// commitment's, else the departments that the report names; nil where nobody does.
func (d *desk) duty(key plan.Key, item plan.ID) (*plan.Duty, error) {
	c, err := plans{d.tx}.holder(key, item)
	if err != nil {
		return nil, err
	}
	duties := map[plan.ID]plan.Duty{}
	b := d.tx.Bucket(dutiesBucket).Bucket([]byte(key))
	for _, id := range []plan.ID{item, c.ID} {
		var duty plan.Duty
		found, err := absent(get(b, itemKey(id), &duty))
		if err != nil {
			return nil, err
		}
		if found {
			duties[id] = duty
		}
	}
	return plan.DutyOf(c, item, duties), nil
}
