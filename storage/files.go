package storage

import (
	"maps"
	"regexp"
	"slices"
	"time"

	"go.etcd.io/bbolt"

	"duban/plan"
)

func fileBuckets(tx *bbolt.Tx) error {
	return makeBuckets(tx, filesBucket, attemptsBucket)
}

// Keeps implements plan.Mail.
func (t *transaction) Keeps(digests ...string) error {
	for _, d := range digests {
		if err := t.tx.Bucket(filesBucket).Put([]byte(d), []byte{}); err != nil {
			return err
		}
	}
	return nil
}

// Dropped implements plan.Mail.
func (t *transaction) Dropped(digests ...string) error {
	for _, d := range digests {
		if err := t.tx.Bucket(filesBucket).Delete([]byte(d)); err != nil {
			return err
		}
	}
	return nil
}

// Unused implements plan.Mail.
func (t *transaction) Unused(now time.Time) ([]string, error) {
	kept := map[string]bool{}
	err := t.tx.Bucket(filesBucket).ForEach(func(k, _ []byte) error {
		kept[string(k)] = true
		return nil
	})
	if err != nil || len(kept) == 0 {
		return nil, err
	}
	used := func(list []plan.Evidence) {
		for i := range list {
			delete(kept, list[i].Digest)
		}
	}
	d := &desk{transaction: t, actor: plan.System}
	err = t.tx.Bucket(filingsBucket).ForEachBucket(func(key []byte) error {
		return d.eachFiling(plan.Key(key), nil, func(f *plan.Filing) { used(f.Evidence) })
	})
	if err == nil {
		err = each(t.tx.Bucket(feedbackBucket), func(_ []byte, f *plan.Feedback) error { used(f.Evidence); return nil })
	}
	if err == nil {
		err = each(t.tx.Bucket(dialogsBucket), func(_ []byte, d *plan.Dialog) error {
			if !now.After(d.Expires) {
				used(evidenceIn(d.Data))
			}
			return nil
		})
	}
	return slices.Sorted(maps.Keys(kept)), err
}

// digestPattern finds digests in what a conversation keeps, whose form is its own.
var digestPattern = regexp.MustCompile(`\b[0-9a-f]{64}\b`)

func evidenceIn(data []byte) (list []plan.Evidence) {
	for _, digest := range digestPattern.FindAll(data, -1) {
		list = append(list, plan.Evidence{Digest: string(digest)})
	}
	return list
}

// Attempt implements plan.Mail.
func (t *transaction) Attempt(update string) (int, error) {
	b := t.tx.Bucket(attemptsBucket)
	n := counter(b.Get([]byte(update))) + 1
	return int(n), b.Put([]byte(update), encodeCounter(n))
}

// Survived implements plan.Mail.
func (t *transaction) Survived(update string) error {
	return t.tx.Bucket(attemptsBucket).Delete([]byte(update))
}
