package storage

import (
	"encoding/binary"
	"fmt"

	"duban/plan"
)

// filingKey orders the filings of a plan by item and number.
func filingKey(item plan.ID, id plan.FilingID) []byte {
	return binary.BigEndian.AppendUint64(itemKey(item), uint64(id))
}

func splitFilingKey(key []byte) (plan.ID, plan.FilingID) {
	return plan.ID(binary.BigEndian.Uint32(key)), plan.FilingID(binary.BigEndian.Uint64(key[4:]))
}

// File implements plan.FilingDesk.
func (d *desk) File(f plan.Filing) (plan.Filing, error) {
	duty, err := d.duty(f.Plan, f.Item)
	if err != nil {
		return f, err
	}
	if err := d.mayFile(duty, &f); err != nil {
		return f, err
	}
	n, err := nextNumber(d.tx.Bucket(filingIndexBucket))
	if err != nil {
		return f, err
	}
	f.ID, f.At = plan.FilingID(n), d.now
	if f.By == "" {
		f.By = d.actor.ID
	}
	d.settle(&f, duty)
	if err := d.putFiling(&f); err != nil {
		return f, err
	}
	if err := d.queue(&f); err != nil {
		return f, err
	}
	return f, d.log("file", itemName(f.Plan, f.Item), filingDetail(&f), f.Note, f.Reason)
}

// mayFile checks the act; a filing that comes accepted needs the right to review.
func (d *desk) mayFile(duty *plan.Duty, f *plan.Filing) error {
	if err := plan.May(d.actor, plan.ActFile, duty); err != nil {
		return err
	}
	if len(f.Reviews) > 0 {
		return plan.May(d.actor, plan.ActReview, nil)
	}
	return nil
}

// settle names the department and accepts at once where no review is asked for.
func (d *desk) settle(f *plan.Filing, duty *plan.Duty) {
	f.Department = d.actor.Department
	if f.Department == "" && duty != nil {
		f.Department = duty.Lead
	}
	for i := range f.Reviews {
		f.Reviews[i].By, f.Reviews[i].At = d.actor.ID, d.now
	}
	if d.review.AtOnce && len(f.Reviews) == 0 {
		f.Reviews = []plan.Review{{Verdict: plan.Accepted, By: plan.System.ID, At: d.now}}
	}
}

// queue puts a filing that waits in the queue and takes out what it supersedes.
func (d *desk) queue(f *plan.Filing) error {
	pending := d.tx.Bucket(pendingBucket)
	if f.Supersedes != 0 {
		if err := pending.Delete(number(uint64(f.Supersedes))); err != nil {
			return err
		}
	}
	if f.Verdict() != "" {
		return nil
	}
	return pending.Put(number(uint64(f.ID)), []byte{})
}

func filingDetail(f *plan.Filing) string {
	value := string(f.Stage)
	if f.Value != nil {
		value = f.Value.String()
	}
	detail := fmt.Sprintf("filing %d: %s on %s", f.ID, value, f.Date)
	if f.Supersedes != 0 {
		detail += fmt.Sprintf(", supersedes %d", f.Supersedes)
	}
	return detail
}

// putFiling writes a filing and where to find it.
func (d *desk) putFiling(f *plan.Filing) error {
	b, err := d.tx.Bucket(filingsBucket).CreateBucketIfNotExists([]byte(f.Plan))
	if err != nil {
		return err
	}
	data, err := encodeFiling(f)
	if err != nil {
		return err
	}
	if err := b.Put(filingKey(f.Item, f.ID), data); err != nil {
		return err
	}
	return d.tx.Bucket(filingIndexBucket).Put(number(uint64(f.ID)), append(itemKey(f.Item), f.Plan...))
}

// read finds a filing by its number, whoever asks.
func (d *desk) read(id plan.FilingID) (*plan.Filing, error) {
	place := d.tx.Bucket(filingIndexBucket).Get(number(uint64(id)))
	if len(place) < 4 {
		return nil, plan.ErrNotFound
	}
	b := d.tx.Bucket(filingsBucket).Bucket(place[4:])
	if b == nil {
		return nil, plan.ErrNotFound
	}
	return decodeFiling(b.Get(append(place[:4:4], number(uint64(id))...)))
}

// Filing implements plan.FilingDesk.
func (d *desk) Filing(id plan.FilingID) (*plan.Filing, error) {
	f, err := d.read(id)
	if err != nil {
		return nil, err
	}
	if !d.sees(f) {
		return nil, plan.ErrNotFound
	}
	return f, nil
}

// sees reports whether the actor may see a filing, and takes persons and evidence out of
// those that it may see as the public does.
func (d *desk) sees(f *plan.Filing) bool {
	if plan.May(d.actor, plan.ActSeeAll, nil) == nil {
		return true
	}
	own := d.actor.Department != "" && d.actor.Department == f.Department && d.actor.Role != plan.Public
	if own {
		return true
	}
	if f.Verdict() != plan.Accepted {
		return false
	}
	f.By, f.Chat, f.Evidence, f.Reason = "", "", nil, ""
	for i := range f.Reviews {
		f.Reviews[i].By, f.Reviews[i].Reason = "", ""
	}
	return true
}

// Filings implements plan.FilingDesk.
func (d *desk) Filings(key plan.Key) (map[plan.ID][]plan.Filing, error) {
	byItem := map[plan.ID][]plan.Filing{}
	err := d.eachFiling(key, nil, func(f *plan.Filing) { byItem[f.Item] = append(byItem[f.Item], *f) })
	return byItem, err
}

// History implements plan.FilingDesk.
func (d *desk) History(key plan.Key, item plan.ID) ([]plan.Filing, error) {
	list := []plan.Filing{}
	err := d.eachFiling(key, itemKey(item), func(f *plan.Filing) { list = append(list, *f) })
	return list, err
}

// eachFiling reads the filings of a plan whose key begins with prefix and that the actor
// may see.
func (d *desk) eachFiling(key plan.Key, prefix []byte, f func(*plan.Filing)) error {
	b := d.tx.Bucket(filingsBucket).Bucket([]byte(key))
	if b == nil {
		return nil
	}
	c := b.Cursor()
	for k, data := c.Seek(prefix); hasPrefix(k, prefix); k, data = c.Next() {
		one, err := decodeFiling(data)
		if err != nil {
			return fmt.Errorf("filing %x: %w", k, err)
		}
		if d.sees(one) {
			f(one)
		}
	}
	return nil
}

func hasPrefix(key, prefix []byte) bool {
	return key != nil && len(key) >= len(prefix) && string(key[:len(prefix)]) == string(prefix)
}

// Marks implements plan.FilingDesk.
func (d *desk) Marks(key plan.Key) (map[plan.ID][]plan.Mark, error) {
	byItem := map[plan.ID][]plan.Mark{}
	b := d.tx.Bucket(filingsBucket).Bucket([]byte(key))
	if b == nil {
		return byItem, nil
	}
	var list []plan.Mark
	current := plan.ID(0)
	c := b.Cursor()
	for k, data := c.First(); k != nil; k, data = c.Next() {
		item, id := splitFilingKey(k)
		if item != current {
			byItem[current], current, list = list, item, nil
		}
		m, ok, err := decodeMark(id, data)
		if err != nil {
			return nil, err
		}
		if ok {
			list = append(list, m)
		}
	}
	byItem[current] = list
	delete(byItem, 0)
	return byItem, nil
}

// Pending implements plan.FilingDesk.
func (d *desk) Pending() ([]plan.Filing, error) {
	list := []plan.Filing{}
	err := d.tx.Bucket(pendingBucket).ForEach(func(k, _ []byte) error {
		f, err := d.read(plan.FilingID(binary.BigEndian.Uint64(k)))
		if err != nil {
			return err
		}
		if d.decides(f) {
			list = append(list, *f)
		}
		return nil
	})
	return list, err
}

// decides reports whether a waiting filing is the actor's to decide now.
func (d *desk) decides(f *plan.Filing) bool {
	if plan.May(d.actor, plan.ActReview, nil) == nil {
		return !d.review.Signed || f.SignedOff()
	}
	return d.review.Signed && !f.SignedOff() && d.actor.Role == plan.Head && d.actor.Department == f.Department
}

// Review implements plan.FilingDesk.
func (d *desk) Review(id plan.FilingID, verdict plan.Verdict, reason string) (plan.Filing, error) {
	f, err := d.read(id)
	if err != nil {
		return plan.Filing{}, err
	}
	if err := d.mayReview(f, verdict); err != nil {
		return *f, err
	}
	if d.tx.Bucket(pendingBucket).Get(number(uint64(id))) == nil {
		return *f, plan.ErrDecided
	}
	f.Reviews = append(f.Reviews, plan.Review{Verdict: verdict, Reason: reason, By: d.actor.ID, At: d.now})
	if err := d.putFiling(f); err != nil {
		return *f, err
	}
	if verdict != plan.Signed {
		if err := d.tx.Bucket(pendingBucket).Delete(number(uint64(id))); err != nil {
			return *f, err
		}
	}
	return *f, d.log("review:"+string(verdict), itemName(f.Plan, f.Item), fmt.Sprintf("filing %d", id), reason)
}

// mayReview checks the act. A head may sign or return what waits for the signature.
func (d *desk) mayReview(f *plan.Filing, verdict plan.Verdict) error {
	own := &plan.Duty{Lead: f.Department}
	switch {
	case d.actor.Role == plan.Head && d.review.Signed && !f.SignedOff() && verdict != plan.Accepted, verdict == plan.Signed:
		return plan.May(d.actor, plan.ActSign, own)
	}
	if err := plan.May(d.actor, plan.ActReview, nil); err != nil {
		return err
	}
	if verdict == plan.Accepted && d.review.Signed && !f.SignedOff() {
		return plan.ErrUnsigned
	}
	return nil
}
