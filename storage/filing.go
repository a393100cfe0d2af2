package storage

import (
	"encoding/binary"
	"fmt"
	"slices"

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
	at, err := plans{d.tx}.place(f.Plan, f.Item)
	if err != nil {
		return f, err
	}
	duty, err := d.duty(f.Plan, f.Item, at)
	if err != nil {
		return f, err
	}
	if err := d.mayFile(duty, &f); err != nil {
		return f, err
	}
	if err := checkFiling(&f, at.kind); err != nil {
		return f, err
	}
	waiting, err := d.supersede(&f)
	if err != nil {
		return f, err
	}
	n, err := nextNumber(d.tx.Bucket(filingIndexBucket))
	if err != nil {
		return f, err
	}
	f.ID, f.At = plan.FilingID(n), d.now
	d.settle(&f, duty)
	if err := d.putFiling(&f); err != nil {
		return f, err
	}
	if err := d.queue(&f, waiting); err != nil {
		return f, err
	}
	return f, d.log("file", itemName(f.Plan, f.Item), filingDetail(&f, len(f.Reviews) > 0), f.Note, f.Reason)
}

// mayFile checks the act; a filing that comes accepted or in another's name needs the right
// to review.
func (d *desk) mayFile(duty *plan.Duty, f *plan.Filing) error {
	if err := plan.May(d.actor, plan.ActFile, duty); err != nil {
		return err
	}
	if duty == nil {
		if err := plan.May(d.actor, plan.ActFileUnassigned, nil); err != nil {
			return err
		}
	}
	if len(f.Reviews) > 0 || f.By != "" && f.By != d.actor.ID {
		return plan.May(d.actor, plan.ActReview, nil)
	}
	return nil
}

// checkFiling refuses what no light could be computed from.
func checkFiling(f *plan.Filing, k kind) error {
	complete := !f.Date.IsZero()
	switch {
	case len(f.Reviews) > 1, len(f.Reviews) == 1 && f.Reviews[0].Verdict != plan.Accepted:
		complete = false
	case k == targetKind:
		complete = complete && f.Value != nil && f.Stage == "" && f.Percent == nil
	case k == taskKind:
		complete = complete && f.Value == nil && slices.Contains(stages, f.Stage) && isShare(f.Percent)
	default:
		complete = false
	}
	if !complete {
		return fmt.Errorf("filing on item %d: %w", f.Item, plan.ErrInvalid)
	}
	return nil
}

func isShare(percent *plan.Decimal) bool {
	return percent == nil || percent.Cmp(plan.Decimal{}) >= 0 && percent.Cmp(plan.NewDecimal(100, 0)) <= 0
}

// supersede checks what a filing takes the place of, and returns what waits no longer: that
// one, and other corrections of the same. A filing that corrects one that was never
// accepted takes over what that one was to correct, and one that corrects what was
// corrected before stands for that correction: the accepted figure must go when the last of
// the corrections is accepted.
func (d *desk) supersede(f *plan.Filing) (waiting []plan.FilingID, err error) {
	if f.Supersedes == 0 {
		return nil, nil
	}
	first := f.Supersedes
	old, err := d.read(first)
	if err != nil || old.Plan != f.Plan || old.Item != f.Item {
		return nil, fmt.Errorf("filing %d to supersede: %w", first, plan.ErrNotFound)
	}
	as := *d
	as.actor = plan.System
	all, err := as.History(f.Plan, f.Item)
	if err != nil {
		return nil, err
	}
	f.Supersedes = plan.Current(all, first)
	for i := range all {
		if g := &all[i]; g.ID == first || g.ID == f.Supersedes || g.Supersedes == f.Supersedes {
			waiting = append(waiting, g.ID)
		}
	}
	return waiting, nil
}

// settle names the filer and the department and accepts at once where no review is asked
// for.
func (d *desk) settle(f *plan.Filing, duty *plan.Duty) {
	if f.By == "" {
		f.By = d.actor.ID
	}
	f.Department = d.department(duty)
	if len(f.Reviews) > 0 {
		f.Reviews = []plan.Review{{Verdict: plan.Accepted, Reason: f.Reviews[0].Reason, By: d.actor.ID, At: d.now}}
	}
	if d.review.AtOnce && len(f.Reviews) == 0 {
		f.Reviews = []plan.Review{{Verdict: plan.Accepted, By: plan.System.ID, At: d.now}}
	}
}

// queue puts a filing that waits in the queue and takes out what it supersedes.
func (d *desk) queue(f *plan.Filing, done []plan.FilingID) error {
	pending := d.tx.Bucket(pendingBucket)
	for _, id := range done {
		if err := pending.Delete(number(uint64(id))); err != nil {
			return err
		}
	}
	if f.Verdict() != "" {
		return nil
	}
	pending.FillPercent = 1 // numbers only grow
	return pending.Put(number(uint64(f.ID)), []byte{})
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
	index := d.tx.Bucket(filingIndexBucket)
	index.FillPercent = 1 // numbers only grow
	return index.Put(number(uint64(f.ID)), append(itemKey(f.Item), f.Plan...))
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
// those that it may see as the public does: accepted ones of published plans.
func (d *desk) sees(f *plan.Filing) bool {
	if plan.Allowed(d.actor, plan.ActSeeAll, nil) || d.departmental() && d.actor.Department == f.Department {
		return true
	}
	if f.Verdict() != plan.Accepted || !d.open(f.Plan) {
		return false
	}
	f.By, f.Chat, f.Evidence, f.Reason = "", "", nil, ""
	for i := range f.Reviews {
		f.Reviews[i].By, f.Reviews[i].Reason = "", ""
	}
	return true
}

// open reports whether the actor may see what counts of a plan: the public sees published
// ones.
func (d *desk) open(key plan.Key) bool {
	if _, official := officials[d.actor.Role]; official {
		return true
	}
	if d.published == nil {
		d.published = map[plan.Key]bool{}
	}
	known, found := d.published[key]
	if !found {
		h, err := plans{d.tx}.header(key)
		known = err == nil && h.Plan.State == plan.Published
		d.published[key] = known
	}
	return known
}

// officials are the roles of people who were invited.
var officials = map[plan.Role]struct{}{plan.Staff: {}, plan.Head: {}, plan.Supervisor: {}, plan.Admin: {}}

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

// Pending implements plan.FilingDesk.
func (d *desk) Pending() ([]plan.Filing, error) {
	list := []plan.Filing{}
	err := d.tx.Bucket(pendingBucket).ForEach(func(k, _ []byte) error {
		f, err := d.read(plan.FilingID(binary.BigEndian.Uint64(k)))
		if err != nil {
			return err
		}
		if _, err := (plans{d.tx}).place(f.Plan, f.Item); err != nil {
			return nil //nolint:nilerr // the item was dropped or rejected; the filing waits until it stands again
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
	if plan.Allowed(d.actor, plan.ActReview, nil) {
		return !d.review.Signed || f.SignedOff()
	}
	return d.review.Signed && !f.SignedOff() && d.actor.Role == plan.Head && d.departmental() && d.actor.Department == f.Department
}

// Review implements plan.FilingDesk.
func (d *desk) Review(id plan.FilingID, verdict plan.Verdict, reason string) (plan.Filing, error) {
	f, err := d.read(id)
	if err != nil {
		return plan.Filing{}, err
	}
	if err := d.mayReview(f, verdict); err != nil {
		return plan.Filing{}, err
	}
	if err := checkVerdict(verdict, reason); err != nil {
		return plan.Filing{}, err
	}
	pending := d.tx.Bucket(pendingBucket)
	if pending.Get(number(uint64(id))) == nil || verdict == plan.Signed && f.SignedOff() {
		return *f, plan.ErrDecided
	}
	if verdict == plan.Accepted && d.review.Signed && !f.SignedOff() {
		return *f, plan.ErrUnsigned
	}
	f.Reviews = append(f.Reviews, plan.Review{Verdict: verdict, Reason: reason, By: d.actor.ID, At: d.now})
	if err := d.putFiling(f); err != nil {
		return *f, err
	}
	if verdict != plan.Signed {
		if err := pending.Delete(number(uint64(id))); err != nil {
			return *f, err
		}
	}
	return *f, d.log("review:"+string(verdict), itemName(f.Plan, f.Item), fmt.Sprintf("filing %d", id), reason)
}

// mayReview checks the act. A head may sign or return what waits for the signature.
func (d *desk) mayReview(f *plan.Filing, verdict plan.Verdict) error {
	waits := d.review.Signed && !f.SignedOff() && f.Verdict() == ""
	if verdict == plan.Signed || d.actor.Role == plan.Head && waits && verdict == plan.Returned {
		return plan.May(d.actor, plan.ActSign, &plan.Duty{Lead: f.Department})
	}
	return plan.May(d.actor, plan.ActReview, nil)
}
