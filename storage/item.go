package storage

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"strconv"
	"sync"

	"go.etcd.io/bbolt"

	"duban/plan"
)

// kind of what an id stands for.
type kind byte

const (
	commitmentKind kind = 'c'
	targetKind     kind = 't'
	taskKind       kind = 'k'
)

// itemKey is the key of an item in a bucket of its plan.
func itemKey(item plan.ID) []byte { return binary.BigEndian.AppendUint32(nil, uint32(item)) }

func itemName(key plan.Key, item plan.ID) string { return string(key) + "/" + strconv.Itoa(int(item)) }

// place says where an item stands, so that acts on it need not read the plan.
type place struct {
	position   uint32  // of its commitment
	commitment plan.ID // that it is or belongs to
	kind       kind
}

const placeBytes = 9

func (p place) encode() []byte {
	data := binary.BigEndian.AppendUint32(make([]byte, 0, placeBytes), p.position)
	return append(binary.BigEndian.AppendUint32(data, uint32(p.commitment)), byte(p.kind))
}

// place finds an item of a plan; plan.ErrNotFound where the plan, as supervisors corrected
// it, has none.
func (p plans) place(key plan.Key, item plan.ID) (place, error) {
	b := p.tx.Bucket(plansBucket).Bucket([]byte(key))
	if b == nil {
		return place{}, fmt.Errorf("plan %s: %w", key, plan.ErrNotFound)
	}
	data := b.Bucket(itemsKey).Get(itemKey(item))
	if len(data) != placeBytes {
		return place{}, fmt.Errorf("item %d of %s: %w", item, key, plan.ErrNotFound)
	}
	return place{binary.BigEndian.Uint32(data), plan.ID(binary.BigEndian.Uint32(data[4:])), kind(data[8])}, nil
}

// indexItems notes where every item stands: those too that supervisors added, not those
// that they rejected.
func (p plans) indexItems(b *bbolt.Bucket, value *plan.Plan) error {
	if b.Bucket(itemsKey) != nil {
		if err := b.DeleteBucket(itemsKey); err != nil {
			return err
		}
	}
	items, err := b.CreateBucket(itemsKey)
	if err != nil {
		return err
	}
	decisions, err := correctionsOf(p.tx, value.Key())
	if err != nil {
		return err
	}
	whole := plan.Corrected(value, decisions)
	for i := range whole.Commitments {
		if err := indexCommitment(items, uint32(i), &whole.Commitments[i]); err != nil {
			return err
		}
	}
	return nil
}

func indexCommitment(items *bbolt.Bucket, position uint32, c *plan.Commitment) error {
	note := func(id plan.ID, k kind) error { return items.Put(itemKey(id), place{position, c.ID, k}.encode()) }
	if err := note(c.ID, commitmentKind); err != nil {
		return err
	}
	for i := range c.Targets {
		if err := note(c.Targets[i].ID, targetKind); err != nil {
			return err
		}
	}
	for i := range c.Tasks {
		if err := note(c.Tasks[i].ID, taskKind); err != nil {
			return err
		}
	}
	return nil
}

// indexAll indexes the items of plans that were stored without.
func (p plans) indexAll() error {
	list, err := p.List()
	if err != nil {
		return err
	}
	for _, s := range list {
		value, err := p.Imported(s.Key)
		if err != nil {
			return err
		}
		if err := p.indexItems(p.tx.Bucket(plansBucket).Bucket([]byte(s.Key)), value); err != nil {
			return err
		}
	}
	return nil
}

// duty finds who answers for a target, a task or a commitment: its own duty, else its
// commitment's, else the departments that the report names; nil where nobody does.
func (d *desk) duty(key plan.Key, item plan.ID, at place) (*plan.Duty, error) {
	b := d.tx.Bucket(dutiesBucket).Bucket([]byte(key))
	for _, id := range []plan.ID{item, at.commitment} {
		if b == nil {
			break
		}
		if data := b.Get(itemKey(id)); data != nil {
			return d.duties.of(data)
		}
	}
	var c plan.Commitment
	data := d.tx.Bucket(plansBucket).Bucket([]byte(key)).Bucket(commitmentsKey).Get(binary.BigEndian.AppendUint32(nil, at.position))
	if err := decode(data, &c); err != nil {
		return nil, err
	}
	return plan.DutyOf(&c, item, nil), nil
}

// dutyCache remembers duties by their record: a record that is the same says the same. Most
// filings fall on few records, and decoding one costs as much as storing it.
type dutyCache struct {
	mu    sync.RWMutex
	known map[string]*plan.Duty
}

// mostDuties bounds the cache; it begins anew beyond it.
const mostDuties = 10_000

// of decodes a record. What it returns is shared and must not be changed.
func (c *dutyCache) of(data []byte) (*plan.Duty, error) {
	c.mu.RLock()
	duty := c.known[string(data)]
	c.mu.RUnlock()
	if duty != nil {
		return duty, nil
	}
	duty = new(plan.Duty)
	if err := json.Unmarshal(data, duty); err != nil {
		return nil, fmt.Errorf("duty: %w", err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.known == nil || len(c.known) >= mostDuties {
		c.known = map[string]*plan.Duty{}
	}
	c.known[string(data)] = duty
	return duty, nil
}
