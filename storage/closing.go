package storage

import (
	"encoding/binary"
	"fmt"

	"duban/plan"
)

// Closing implements plan.Shelf.
func (p plans) Closing(key plan.Key) (*plan.Closing, error) {
	var c plan.Closing
	if err := get(p.tx.Bucket(closingsBucket), []byte(key), &c); err != nil {
		return nil, err
	}
	return &c, nil
}

// Close implements plan.PlanDesk.
func (d *desk) Close(c plan.Closing, carried plan.Carried) error {
	if err := plan.May(d.actor, plan.ActPublish, nil); err != nil {
		return err
	}
	if d.tx.Bucket(plansBucket).Bucket([]byte(c.Plan)) == nil {
		return plan.ErrNotFound
	}
	_, err := (plans{d.tx}).Closing(c.Plan)
	closed, err := absent(err)
	if err == nil && !closed {
		err = d.putClosing(c)
	}
	if err != nil {
		return err
	}
	if carried.Next == "" {
		return bump(d.tx, revisionKey)
	}
	if err := d.carryFollows(carried.Follow); err != nil {
		return err
	}
	return d.Assign(carried.Next, carried.Duties...)
}

func (d *desk) putClosing(c plan.Closing) error {
	c.By, c.At = d.actor.ID, d.now
	if err := put(d.tx.Bucket(closingsBucket), []byte(c.Plan), c); err != nil {
		return err
	}
	return d.log("close", string(c.Plan), closingDetail(&c))
}

// closingDetail is what the audit chain says of a closing.
func closingDetail(c *plan.Closing) (detail string) {
	for _, r := range plan.Ratings() {
		detail += fmt.Sprintf("%s %d ", r, c.Count()[r])
	}
	return detail
}

// carryFollows stores subscriptions in the names of those who had them.
func (d *desk) carryFollows(follow []plan.Subscription) error {
	for i := range follow {
		s := &follow[i]
		b, err := d.tx.Bucket(followsBucket).CreateBucketIfNotExists([]byte(s.Person))
		if err != nil {
			return err
		}
		if b.Get(followKey(s)) != nil {
			continue
		}
		if err := put(b, followKey(s), s); err != nil {
			return err
		}
	}
	return nil
}

// Undecided implements plan.FilingDesk.
func (d *desk) Undecided(key plan.Key) ([]plan.Filing, error) {
	if err := plan.May(d.actor, plan.ActSeeAll, nil); err != nil {
		return nil, err
	}
	list := []plan.Filing{}
	err := d.tx.Bucket(pendingBucket).ForEach(func(k, _ []byte) error {
		f, err := d.read(plan.FilingID(binary.BigEndian.Uint64(k)))
		if err == nil && f.Plan == key {
			list = append(list, *f)
		}
		return err
	})
	return list, err
}

// Subscribers implements plan.CitizenDesk.
func (d *desk) Subscribers(key plan.Key) ([]plan.Subscription, error) {
	var list []plan.Subscription
	root := d.tx.Bucket(followsBucket)
	err := root.ForEachBucket(func(person []byte) error {
		mine, err := all(root.Bucket(person), func(s *plan.Subscription) bool { return s.Plan == key })
		for i := range mine {
			list = append(list, d.reachable(mine[i]))
		}
		return err
	})
	return list, err
}
