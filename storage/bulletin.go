package storage

import (
	"cmp"
	"fmt"
	"slices"

	"go.etcd.io/bbolt"

	"duban/plan"
)

// bulletinBuckets makes room for bulletins and subscriptions to digests.
func bulletinBuckets(tx *bbolt.Tx) error {
	return makeBuckets(tx, bulletinsBucket, digestsBucket)
}

// Draft implements plan.BulletinDesk.
func (d *desk) Draft(b plan.Bulletin) (plan.Bulletin, error) {
	if err := plan.May(d.actor, plan.ActPublish, nil); err != nil {
		return b, err
	}
	bucket := d.tx.Bucket(bulletinsBucket)
	same, err := all(bucket, func(o *plan.Bulletin) bool {
		return o.Plan == b.Plan && o.Year == b.Year && o.Quarter == b.Quarter
	})
	if err != nil {
		return b, err
	}
	b.ID, b.State, b.Version, b.Errata, b.At = 0, plan.BulletinDraft, 0, nil, d.now
	if len(same) > 0 {
		if same[0].State == plan.BulletinReleased {
			return same[0], plan.ErrDecided
		}
		b.ID = same[0].ID
	} else if b.ID, err = nextNumber(bucket); err != nil {
		return b, err
	}
	return b, put(bucket, number(b.ID), b)
}

// releaseAct is the chain's word for the release of a bulletin.
const releaseAct = "bulletin-release"

// Release implements plan.BulletinDesk. The chain takes a digest of what was released.
func (d *desk) Release(id uint64) (plan.Bulletin, error) {
	return d.changeBulletin(id, func(b *plan.Bulletin) error {
		if b.State == plan.BulletinReleased {
			return plan.ErrDecided
		}
		b.State, b.Version, b.By, b.Released = plan.BulletinReleased, 1, d.actor.ID, d.now
		return d.log(releaseAct, bulletinName(b), b.Digest, b.Text, string(b.Document))
	})
}

// Erratum implements plan.BulletinDesk.
func (d *desk) Erratum(id uint64, text string) (plan.Bulletin, error) {
	return d.changeBulletin(id, func(b *plan.Bulletin) error {
		if b.State != plan.BulletinReleased {
			return plan.ErrNotFound
		}
		e := plan.Erratum{Number: len(b.Errata) + 1, Text: text, By: d.actor.ID, At: d.now}
		b.Errata = append(b.Errata, e)
		b.Version++
		return d.log("bulletin-erratum", bulletinName(b), fmt.Sprintf("erratum %d", e.Number), text)
	})
}

// changeBulletin changes one and stores it.
func (d *desk) changeBulletin(id uint64, change func(*plan.Bulletin) error) (plan.Bulletin, error) {
	var b plan.Bulletin
	if err := plan.May(d.actor, plan.ActPublish, nil); err != nil {
		return b, err
	}
	bucket := d.tx.Bucket(bulletinsBucket)
	if err := get(bucket, number(id), &b); err != nil {
		return b, err
	}
	if err := change(&b); err != nil {
		return b, err
	}
	return b, put(bucket, number(id), b)
}

func bulletinName(b *plan.Bulletin) string {
	return fmt.Sprintf("%s/%d-Q%d", b.Plan, b.Year, b.Quarter)
}

// seesBulletin reports whether the actor may read one.
func (d *desk) seesBulletin(b *plan.Bulletin) bool {
	return b.State == plan.BulletinReleased || plan.Allowed(d.actor, plan.ActPublish, nil)
}

// Bulletin implements plan.BulletinDesk.
func (d *desk) Bulletin(id uint64) (*plan.Bulletin, error) {
	var b plan.Bulletin
	if err := get(d.tx.Bucket(bulletinsBucket), number(id), &b); err != nil {
		return nil, err
	}
	if !d.seesBulletin(&b) {
		return nil, plan.ErrNotFound
	}
	return &b, nil
}

// Bulletins implements plan.BulletinDesk.
func (d *desk) Bulletins(key plan.Key) ([]plan.Bulletin, error) {
	list, err := all(d.tx.Bucket(bulletinsBucket), func(b *plan.Bulletin) bool { return b.Plan == key && d.seesBulletin(b) })
	for i := range list {
		list[i].Document = nil
	}
	slices.SortFunc(list, func(a, b plan.Bulletin) int {
		return cmp.Or(cmp.Compare(b.Year, a.Year), cmp.Compare(b.Quarter, a.Quarter))
	})
	return list, err
}
