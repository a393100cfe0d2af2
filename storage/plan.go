package storage

import (
	"cmp"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"go.etcd.io/bbolt"

	"duban/plan"
)

// A plan is a bucket: "plan" holds the header with its summary, "review" and "figures" what
// looks back, and the bucket "commitments" one record each by position, so that a change
// of one commitment rewrites a few hundred bytes.
var (
	headerKey      = []byte("plan")
	reviewKey      = []byte("review")
	figuresKey     = []byte("figures")
	goneKey        = []byte("gone") // only where a corrected report dropped something
	commitmentsKey = []byte("commitments")
	itemsKey       = []byte("items") // bucket of item → position and id of its commitment, kind
)

// header is the record of a plan without its lists.
type header struct {
	Summary plan.Summary `json:"summary"`
	Plan    plan.Plan    `json:"plan"`
}

type plans struct{ tx *bbolt.Tx }

// Plans implements plan.Tx.
func (t *transaction) Plans() plan.Shelf { return plans{t.tx} }

// List implements plan.Shelf.
func (p plans) List() (list []plan.Summary, err error) {
	defer guard(&err)
	list = []plan.Summary{}
	root := p.tx.Bucket(plansBucket)
	err = root.ForEachBucket(func(key []byte) error {
		var h header
		if err := decode(root.Bucket(key).Get(headerKey), &h); err != nil {
			return fmt.Errorf("plan %s: %w", key, err)
		}
		list = append(list, h.Summary)
		return nil
	})
	slices.SortFunc(list, func(a, b plan.Summary) int {
		return cmp.Or(cmp.Compare(b.Year, a.Year), cmp.Compare(a.Place, b.Place))
	})
	return list, err
}

// Get implements plan.Shelf.
func (p plans) Get(key plan.Key) (*plan.Plan, error) {
	read, err := p.Imported(key)
	if err != nil {
		return nil, err
	}
	decisions, err := correctionsOf(p.tx, key)
	if err != nil {
		return nil, err
	}
	requests, err := requestsOf(p.tx, key)
	if err != nil {
		return nil, err
	}
	return plan.Adjusted(plan.Corrected(read, decisions), requests), nil
}

// header reads what a plan says of itself.
func (p plans) header(key plan.Key) (h header, err error) {
	defer guard(&err)
	b := p.tx.Bucket(plansBucket).Bucket([]byte(key))
	if b == nil {
		return h, fmt.Errorf("plan %s: %w", key, plan.ErrNotFound)
	}
	if err := decode(b.Get(headerKey), &h); err != nil {
		return h, fmt.Errorf("plan %s: %w", key, err)
	}
	return h, nil
}

// Imported implements plan.Shelf.
func (p plans) Imported(key plan.Key) (out *plan.Plan, err error) {
	defer guard(&err)
	h, err := p.header(key)
	if err != nil {
		return nil, err
	}
	b := p.tx.Bucket(plansBucket).Bucket([]byte(key))
	out = &h.Plan
	if err := decode(b.Get(reviewKey), &out.Review); err != nil {
		return nil, fmt.Errorf("review of %s: %w", key, err)
	}
	if err := decode(b.Get(figuresKey), &out.Figures); err != nil {
		return nil, fmt.Errorf("figures of %s: %w", key, err)
	}
	if data := b.Get(goneKey); data != nil {
		if err := decode(data, &out.Gone); err != nil {
			return nil, fmt.Errorf("dropped parts of %s: %w", key, err)
		}
	}
	out.Commitments = make([]plan.Commitment, 0, h.Summary.Commitments)
	err = b.Bucket(commitmentsKey).ForEach(func(k, data []byte) error {
		var c plan.Commitment
		if err := decode(data, &c); err != nil {
			return fmt.Errorf("commitment %x of %s: %w", k, key, err)
		}
		out.Commitments = append(out.Commitments, c)
		return nil
	})
	return out, err
}

// PutPlan implements plan.PlanDesk.
func (d *desk) PutPlan(value *plan.Plan) error {
	if err := plan.May(d.actor, plan.ActImport, nil); err != nil {
		return err
	}
	if err := (plans{d.tx}).put(value); err != nil {
		return err
	}
	return d.log("import", string(value.Key()), fmt.Sprintf("%d commitments, %d targets", len(value.Commitments), value.Targets()))
}

// put replaces a plan.
func (p plans) put(value *plan.Plan) (err error) {
	defer guard(&err)
	root := p.tx.Bucket(plansBucket)
	key := []byte(value.Key())
	if old, err := p.header(value.Key()); err == nil && old.Plan.NextID > value.NextID {
		return fmt.Errorf("plan %s gives ids anew: %w", key, plan.ErrInvalid)
	}
	if root.Bucket(key) != nil {
		if err := root.DeleteBucket(key); err != nil {
			return err
		}
	}
	b, err := root.CreateBucket(key)
	if err != nil {
		return fmt.Errorf("plan %s: %w", key, err)
	}
	if err := putParts(b, value); err != nil {
		return err
	}
	if err := putCommitments(b, value.Commitments); err != nil {
		return err
	}
	return errors.Join(p.indexItems(b, value), p.bump())
}

// putParts writes all of a plan but its commitments.
func putParts(b *bbolt.Bucket, value *plan.Plan) error {
	err := errors.Join(
		put(b, headerKey, headerOf(value)), put(b, reviewKey, value.Review), put(b, figuresKey, value.Figures),
	)
	if err == nil && len(value.Gone) > 0 {
		err = put(b, goneKey, value.Gone)
	}
	return err
}

// headerOf is a plan without its lists.
func headerOf(value *plan.Plan) header {
	h := header{Summary: value.Summary(), Plan: *value}
	h.Plan.Commitments, h.Plan.Review, h.Plan.Figures, h.Plan.Gone = nil, nil, nil, nil
	return h
}

func putCommitments(b *bbolt.Bucket, commitments []plan.Commitment) error {
	list, err := b.CreateBucket(commitmentsKey)
	if err != nil {
		return err
	}
	list.FillPercent = 0.9 // written in order of the key
	for i := range commitments {
		position := binary.BigEndian.AppendUint32(nil, uint32(i))
		if err := put(list, position, &commitments[i]); err != nil {
			return err
		}
	}
	return nil
}

// Revision implements plan.Shelf.
func (p plans) Revision() (revision uint64, err error) {
	defer guard(&err)
	return counter(p.tx.Bucket(metaBucket).Get(revisionKey)), nil
}

func (p plans) bump() error { return bump(p.tx, revisionKey) }

// bump steps a revision.
func bump(tx *bbolt.Tx, key []byte) error {
	meta := tx.Bucket(metaBucket)
	return meta.Put(key, encodeCounter(counter(meta.Get(key))+1))
}

func put(b *bbolt.Bucket, key []byte, value any) error {
	data, err := json.Marshal(value)
	if err != nil {
		return err
	}
	return b.Put(key, data)
}

func decode(data []byte, value any) error {
	if data == nil {
		return ErrNotDatabase
	}
	if err := json.Unmarshal(data, value); err != nil {
		return fmt.Errorf("%w: %w", ErrNotDatabase, err)
	}
	return nil
}
