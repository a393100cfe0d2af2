package storage

import (
	"fmt"

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
	for i := range decisions {
		c := decisions[i]
		if err := d.complete(p, &c); err != nil {
			return err
		}
		n, err := nextNumber(b)
		if err != nil {
			return err
		}
		if err := put(b, number(n), c); err != nil {
			return err
		}
		if err := d.log("correct:"+string(c.Check), itemName(key, c.Item), correctionDetail(&c), c.Reason); err != nil {
			return err
		}
	}
	if err := (plans{d.tx}).indexItems(d.tx.Bucket(plansBucket).Bucket([]byte(key)), p); err != nil {
		return err
	}
	return bump(d.tx, revisionKey)
}

// complete checks a decision and fills in what it leaves out: who and when, the id of an
// addition, the number that was read.
func (d *desk) complete(p *plan.Plan, c *plan.Correction) error {
	c.By, c.At, c.Seen = d.actor.ID, d.now, p.NextID
	holder := p.ByID(c.Commitment)
	if holder == nil {
		return fmt.Errorf("commitment %d of %s: %w", c.Commitment, p.Key(), plan.ErrNotFound)
	}
	wanting := c.Target == nil && (c.Check == plan.CheckedAdded || c.Check == plan.CheckedFixed)
	switch c.Check {
	case plan.CheckedRight, plan.CheckedFixed, plan.CheckedAdded, plan.Rejected, plan.Unchecked:
	default:
		wanting = true
	}
	if wanting {
		return fmt.Errorf("decision %q on item %d: %w", c.Check, c.Item, plan.ErrInvalid)
	}
	if c.Check == plan.CheckedAdded && c.Item == 0 {
		c.Item, p.NextID = max(p.NextID, 1), max(p.NextID, 1)+1
		return d.putHeader(p)
	}
	if t := holder.Target(c.Item); t != nil {
		if c.Was == "" {
			c.Was = t.ValueText
		}
		return nil
	}
	return d.wasAdded(p.Key(), c)
}

// wasAdded checks that a decision on what the report does not hold is on an earlier
// addition.
func (d *desk) wasAdded(key plan.Key, c *plan.Correction) error {
	earlier, err := correctionsOf(d.tx, key)
	if err != nil {
		return err
	}
	for i := range earlier {
		if e := &earlier[i]; e.Check == plan.CheckedAdded && e.Item == c.Item && e.Commitment == c.Commitment {
			return nil
		}
	}
	return fmt.Errorf("item %d of %s: %w", c.Item, key, plan.ErrNotFound)
}

func correctionDetail(c *plan.Correction) string {
	if c.Target == nil {
		return ""
	}
	return fmt.Sprintf("%s %s%s %s %s ×%s", c.Target.Metric, c.Target.Op, c.Target.ValueText, c.Target.Deadline, plan.BasisOf(c.Target), c.Target.Weight)
}

// putHeader rewrites what a plan says of itself.
func (d *desk) putHeader(p *plan.Plan) error {
	b := d.tx.Bucket(plansBucket).Bucket([]byte(p.Key()))
	return put(b, headerKey, headerOf(p))
}

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
	b, err := d.tx.Bucket(dutiesBucket).CreateBucketIfNotExists([]byte(key))
	if err != nil {
		return err
	}
	for _, duty := range duties {
		if err := d.assign(b, key, duty); err != nil {
			return err
		}
	}
	return bump(d.tx, revisionKey)
}

func (d *desk) assign(b *bbolt.Bucket, key plan.Key, duty plan.Duty) error {
	at, err := plans{d.tx}.place(key, duty.Item)
	if err != nil {
		return err
	}
	before, err := d.duty(key, duty.Item, at)
	if err != nil {
		return err
	}
	duty.By, duty.Since = d.actor.ID, d.now
	if before != nil && before.Lead == duty.Lead {
		duty.Since = before.Since // it goes on
	}
	if duty.Lead == "" {
		err = b.Delete(itemKey(duty.Item))
	} else {
		err = put(b, itemKey(duty.Item), duty)
	}
	if err != nil {
		return err
	}
	return d.log("assign", itemName(key, duty.Item), dutyDetail(&duty))
}
