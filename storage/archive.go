package storage

import (
	"cmp"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"time"

	"go.etcd.io/bbolt"

	"duban/plan"
)

// ErrNotEmpty occurs where an archive is to be loaded into a database that holds records.
var ErrNotEmpty = errors.New("storage: the database is not empty")

// ErrArchive occurs where an archive contradicts itself.
var ErrArchive = errors.New("storage: the archive is broken")

// Export reads what an archive holds; the actor needs ActExport.
func (db *DB) Export(ctx context.Context, actor plan.Actor) (*plan.Archive, error) {
	if err := plan.May(actor, plan.ActExport, nil); err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	a := &plan.Archive{Format: plan.ArchiveFormat, Plans: []plan.Records{}}
	err := db.read(func(tx *bbolt.Tx) error {
		return errors.Join(exportPlans(tx, a), exportRecords(tx, a), exportPrivate(tx, a))
	})
	return a, db.explained(err)
}

func exportPlans(tx *bbolt.Tx, a *plan.Archive) error {
	return tx.Bucket(plansBucket).ForEachBucket(func(k []byte) error {
		key := plan.Key(k)
		p, err := plans{tx}.Imported(key)
		if err != nil {
			return err
		}
		corrections, err := correctionsOf(tx, key)
		if err != nil {
			return err
		}
		duties, err := all[plan.Duty](tx.Bucket(dutiesBucket).Bucket(k), nil)
		a.Plans = append(a.Plans, plan.Records{Plan: p, Corrections: corrections, Duties: duties})
		return err
	})
}

// listed fills a list with the records of a bucket.
func listed[T any](list *[]T, b *bbolt.Bucket) (err error) {
	*list, err = all[T](b, nil)
	return err
}

func exportRecords(tx *bbolt.Tx, a *plan.Archive) (err error) {
	a.Filings, err = allFilings(tx)
	a.Subscriptions = []plan.Subscription{}
	follows := tx.Bucket(followsBucket)
	return errors.Join(
		err,
		listed(&a.Requests, tx.Bucket(requestsBucket)),
		listed(&a.Closings, tx.Bucket(closingsBucket)),
		listed(&a.Bulletins, tx.Bucket(bulletinsBucket)),
		listed(&a.Digests, tx.Bucket(digestsBucket)),
		listed(&a.Chats, tx.Bucket(chatsBucket)),
		listed(&a.People, tx.Bucket(peopleBucket)),
		listed(&a.Invites, tx.Bucket(invitesBucket)),
		listed(&a.Feedback, tx.Bucket(feedbackBucket)),
		listed(&a.Gaps, tx.Bucket(gapsBucket)),
		listed(&a.Audit, tx.Bucket(auditBucket)),
		follows.ForEachBucket(func(person []byte) error {
			list, err := all[plan.Subscription](follows.Bucket(person), nil)
			a.Subscriptions = append(a.Subscriptions, list...)
			return err
		}),
	)
}

// allFilings reads every filing, in the order of their numbers.
func allFilings(tx *bbolt.Tx) ([]plan.Filing, error) {
	list := []plan.Filing{}
	root := tx.Bucket(filingsBucket)
	err := root.ForEachBucket(func(key []byte) error {
		return root.Bucket(key).ForEach(func(k, data []byte) error {
			f, err := decodeFiling(data)
			if err != nil {
				return fmt.Errorf("filing %x of %s: %w", k, key, err)
			}
			list = append(list, *f)
			return nil
		})
	})
	slices.SortFunc(list, func(a, b plan.Filing) int { return cmp.Compare(a.ID, b.ID) })
	return list, err
}

func exportPrivate(tx *bbolt.Tx, a *plan.Archive) (err error) {
	if a.Salts, err = entriesOf(tx.Bucket(saltsBucket)); err != nil {
		return err
	}
	if a.Ledger, err = entriesOf(tx.Bucket(ledgerBucket)); err != nil {
		return err
	}
	a.Told, err = entriesOf(tx.Bucket(toldBucket))
	return err
}

func entriesOf(b *bbolt.Bucket) (plan.Entries, error) {
	e := plan.Entries{Last: b.Sequence(), Records: map[string][]byte{}}
	err := b.ForEach(func(k, v []byte) error {
		e.Records[hex.EncodeToString(k)] = slices.Clone(v)
		return nil
	})
	return e, err
}

func putEntries(b *bbolt.Bucket, e plan.Entries) error {
	for k, v := range e.Records {
		key, err := hex.DecodeString(k)
		if err != nil {
			return fmt.Errorf("key %s: %w", k, ErrArchive)
		}
		if err := b.Put(key, v); err != nil {
			return err
		}
	}
	return b.SetSequence(e.Last)
}

// Load puts an archive into a database that holds nothing yet, and verifies its audit chain
// and that its records are what the chain says. What waited for a review waits again. An
// anonymous archive has no chain; a new one begins with its loading, as of the newest filing.
func (db *DB) Load(ctx context.Context, a *plan.Archive) error {
	return db.bolt.Update(func(tx *bbolt.Tx) error {
		if !empty(tx) {
			return &problem{fmt.Sprintf("数据库 %s 里已有内容，没有改动；请用 --db 另指一个新文件", db.path), ErrNotEmpty, nil}
		}
		if a.Anonymous && len(a.People)+len(a.Invites) > 0 { // nobody could say who made them officials
			return fmt.Errorf("people in an anonymous archive: %w", ErrArchive)
		}
		err := errors.Join(loadPlans(tx, a), loadRecords(tx, a), loadFilings(tx, a), loadPrivate(tx, a))
		if err != nil {
			return err
		}
		if a.Anonymous && len(a.Audit) == 0 {
			d := &desk{transaction: &transaction{tx: tx}, actor: plan.System, now: newest(a)}
			err = d.log(loadAct, "anonymous archive", fmt.Sprintf("%d plans, %d filings", len(a.Plans), len(a.Filings)))
		}
		if err = errors.Join(err, checkChain(ctx, tx)); err != nil {
			return err
		}
		if err := checkRecords(ctx, tx); err != nil {
			return err
		}
		return errors.Join(bump(tx, revisionKey), bump(tx, anyRevisionKey), ctx.Err())
	})
}

// empty reports whether nothing is stored that an archive would bring.
func empty(tx *bbolt.Tx) bool {
	for _, name := range [][]byte{
		plansBucket, requestsBucket, filingsBucket, closingsBucket, bulletinsBucket, peopleBucket, invitesBucket, feedbackBucket,
		followsBucket, digestsBucket, chatsBucket, gapsBucket, auditBucket, saltsBucket, ledgerBucket, toldBucket,
	} {
		if k, _ := tx.Bucket(name).Cursor().First(); k != nil {
			return false
		}
	}
	return true
}

// newest is when the last filing of an archive was recorded.
func newest(a *plan.Archive) (at time.Time) {
	if n := len(a.Filings); n > 0 {
		at = a.Filings[n-1].At
	}
	return at
}

func loadPlans(tx *bbolt.Tx, a *plan.Archive) error {
	for i := range a.Plans {
		r := &a.Plans[i]
		if r.Plan == nil || r.Plan.Key() == "" {
			return fmt.Errorf("plan %d: %w", i+1, ErrArchive)
		}
		key := []byte(r.Plan.Key())
		err := putList(tx.Bucket(correctionsBucket), key, r.Corrections, func(i int) []byte { return number(uint64(i + 1)) })
		if err != nil {
			return err
		}
		if err := putList(tx.Bucket(dutiesBucket), key, r.Duties, func(i int) []byte { return itemKey(r.Duties[i].Item) }); err != nil {
			return err
		}
		if err := (plans{tx}).put(r.Plan); err != nil {
			return err
		}
	}
	return nil
}

// putList fills a bucket inside root; none is made for an empty list.
func putList[T any](root *bbolt.Bucket, name []byte, list []T, key func(int) []byte) error {
	if len(list) == 0 {
		return nil
	}
	b, err := root.CreateBucketIfNotExists(name)
	if err != nil {
		return err
	}
	return writeList(b, list, key, uint64(len(list)))
}

// writeList writes the records of a list and sets the bucket's counter.
func writeList[T any](b *bbolt.Bucket, list []T, key func(int) []byte, last uint64) error {
	for i := range list {
		if err := put(b, key(i), list[i]); err != nil {
			return err
		}
	}
	return b.SetSequence(last)
}

func loadRecords(tx *bbolt.Tx, a *plan.Archive) error {
	err := errors.Join(
		writeNumbered(tx.Bucket(requestsBucket), a.Requests, func(r *plan.Request) uint64 { return r.ID }),
		writeNumbered(tx.Bucket(feedbackBucket), a.Feedback, func(f *plan.Feedback) uint64 { return f.ID }),
		writeNumbered(tx.Bucket(bulletinsBucket), a.Bulletins, func(b *plan.Bulletin) uint64 { return b.ID }),
		writeList(tx.Bucket(closingsBucket), a.Closings, func(i int) []byte { return []byte(a.Closings[i].Plan) }, 0),
		writeList(tx.Bucket(peopleBucket), a.People, func(i int) []byte { return []byte(a.People[i].ID) }, 0),
		writeList(tx.Bucket(invitesBucket), a.Invites, func(i int) []byte { return []byte(a.Invites[i].Hash) }, 0),
		writeList(tx.Bucket(digestsBucket), a.Digests, func(i int) []byte { return []byte(a.Digests[i].Chat) }, 0),
		writeList(tx.Bucket(chatsBucket), a.Chats, func(i int) []byte { return []byte(a.Chats[i].ID) }, 0),
		writeList(tx.Bucket(gapsBucket), a.Gaps, func(i int) []byte { return []byte(a.Gaps[i].Question) }, 0),
		loadAudit(tx, a.Audit),
	)
	for i := range a.Subscriptions {
		s := &a.Subscriptions[i]
		err = errors.Join(err, putList(tx.Bucket(followsBucket), []byte(s.Person), a.Subscriptions[i:i+1], func(int) []byte { return followKey(s) }))
	}
	return err
}

// writeNumbered writes records by their numbers, and sets the bucket's counter to the last.
func writeNumbered[T any](b *bbolt.Bucket, list []T, id func(*T) uint64) error {
	last := uint64(0)
	for i := range list {
		last = max(last, id(&list[i]))
	}
	return writeList(b, list, func(i int) []byte { return number(id(&list[i])) }, last)
}

func loadFilings(tx *bbolt.Tx, a *plan.Archive) error {
	d := &desk{transaction: &transaction{tx: tx}, actor: plan.System}
	last := plan.FilingID(0)
	for i := range a.Filings {
		f := &a.Filings[i]
		if f.ID <= last || f.Item == 0 || tx.Bucket(plansBucket).Bucket([]byte(f.Plan)) == nil {
			return fmt.Errorf("filing %d: %w", f.ID, ErrArchive)
		}
		last = f.ID
		if err := d.putFiling(f); err != nil {
			return err
		}
	}
	if err := loadPending(tx, a); err != nil {
		return err
	}
	return tx.Bucket(filingIndexBucket).SetSequence(uint64(last))
}

// loadAudit writes the audit chain as it was; whether it holds together is checked later.
func loadAudit(tx *bbolt.Tx, records []plan.AuditRecord) error {
	b := tx.Bucket(auditBucket)
	for i := range records {
		data, err := auditBytes(records[i])
		if err != nil {
			return err
		}
		if err := b.Put(number(records[i].Seq), data); err != nil {
			return err
		}
	}
	return b.SetSequence(uint64(len(records)))
}

// auditBytes is a record as the chain stores it; one whose hash is another's is refused.
func auditBytes(r plan.AuditRecord) ([]byte, error) {
	hash := r.Hash
	data, err := seal(&r)
	if err == nil && r.Hash != hash {
		err = broken(r.Seq)
	}
	return data, err
}

// loadPending queues what waits for a decision and has no newer filing in its place.
func loadPending(tx *bbolt.Tx, a *plan.Archive) error {
	replaced := plan.Replaced(a.Filings)
	for i := range a.Filings {
		if f := &a.Filings[i]; f.Verdict() == "" && !replaced[f.ID] {
			if err := tx.Bucket(pendingBucket).Put(number(uint64(f.ID)), []byte{}); err != nil {
				return err
			}
		}
	}
	return nil
}

func loadPrivate(tx *bbolt.Tx, a *plan.Archive) error {
	return errors.Join(putEntries(tx.Bucket(saltsBucket), a.Salts), putEntries(tx.Bucket(ledgerBucket), a.Ledger), putEntries(tx.Bucket(toldBucket), a.Told))
}
