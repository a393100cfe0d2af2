package storage

import (
	"context"
	"encoding/json"
	"time"

	"duban/plan"
)

// Retained says what Retain took out.
type Retained struct {
	People   int // removed people whose names were deleted
	Feedback int // answered feedback whose texts were deleted
	Messages int // sent messages that the ledger no longer remembers, and those that could not be delivered
}

// Retain deletes personal text that is older than a moment: names and addresses of people
// who were removed, what citizens wrote and were answered, and the ledger of messages that
// were sent, with those that could not be delivered. Unanswered feedback, waiting messages and all figures stay. People who were
// removed leave the moment of it nowhere but in the audit chain; it is read from there. The
// clock is believed a month at a time; see believed.
// ActManage.
func (db *DB) Retain(ctx context.Context, actor plan.Actor, before, now time.Time) (done Retained, err error) {
	err = db.Update(ctx, func(tx plan.Tx) error {
		done = Retained{} // it may run again
		d, ok := tx.As(actor, now).(*desk)
		if !ok {
			return plan.ErrForbidden
		}
		if err := plan.May(actor, plan.ActManage, nil); err != nil {
			return err
		}
		believed, err := d.believed(now)
		if err != nil {
			return err
		}
		before := before.Add(believed.Sub(now)) // as old as it was to be then
		return d.retain(before, &done)
	})
	return done, err
}

func (d *desk) retain(before time.Time, done *Retained) error {
	if err := d.retainPeople(before, done); err != nil {
		return err
	}
	var files []string
	err := rewrite(d.tx.Bucket(feedbackBucket), func(f *plan.Feedback) bool {
		if f.AnsweredAt.IsZero() || !f.AnsweredAt.Before(before) || f.Text == forgottenText {
			return false
		}
		files = append(files, digestsOf(f.Evidence)...)
		wipeFeedback(f)
		done.Feedback++
		return true
	})
	if err != nil {
		return err
	}
	if err := d.Keeps(files...); err != nil {
		return err
	}
	if err := d.retainLedger(before, done); err != nil {
		return err
	}
	if err := d.retainLetters(before, done); err != nil {
		return err
	}
	if *done == (Retained{}) { // a look that found nothing is no act
		return nil
	}
	return d.log("retain", "before "+before.UTC().Format(time.DateOnly), "")
}

// retainPeople forgets people who were removed before a moment.
func (d *desk) retainPeople(before time.Time, done *Retained) error {
	removed, err := all(d.tx.Bucket(peopleBucket), func(p *plan.Person) bool { return p.Removed })
	if err != nil || len(removed) == 0 {
		return err
	}
	last, err := d.lastChanges()
	if err != nil {
		return err
	}
	for i := range removed {
		at, known := last[d.subjectOf(removed[i].ID, removed[i].Role)]
		if known && !at.Before(before) {
			continue
		}
		if err := d.Forget(removed[i].ID); err != nil {
			return err
		}
		done.People++
	}
	return nil
}

// lastChanges returns when people were last stored, by their name in the audit chain.
func (d *desk) lastChanges() (map[string]time.Time, error) {
	last := map[string]time.Time{}
	err := each(d.tx.Bucket(auditBucket), func(_ []byte, r *plan.AuditRecord) error {
		if r.Act == "person" || r.Act == "join" {
			last[r.Subject] = r.At
		}
		return nil
	})
	return last, err
}

// retainLedger forgets messages that were stored before a moment and sent since.
func (d *desk) retainLedger(before time.Time, done *Retained) error {
	outbox := d.tx.Bucket(outboxBucket)
	return drop(d.tx.Bucket(ledgerBucket), func(_, entry []byte) bool {
		var at time.Time
		if len(entry) < 8 || at.UnmarshalText(entry[8:]) != nil || at.IsZero() || !at.Before(before) || outbox.Get(entry[:8]) != nil {
			return false
		}
		done.Messages++
		return true
	})
}

// retainLetters forgets messages that could not be delivered before a moment.
func (d *desk) retainLetters(before time.Time, done *Retained) error {
	return drop(d.tx.Bucket(deadBucket), func(_, data []byte) bool {
		var m plan.DeadLetter
		if json.Unmarshal(data, &m) != nil || !m.On.Before(before) {
			return false
		}
		done.Messages++
		return true
	})
}

// longestStep is how far the clock is believed from one look to the next: a jump makes nothing
// old that is not, and a database that lay still catches up within some nights.
const longestStep = 7 * 24 * time.Hour

var retainedKey = []byte("retained")

// believed is now, unless the clock is further ahead of the last look than it may be. The
// first look takes the newest record of the chain for the last one.
func (d *desk) believed(now time.Time) (at time.Time, err error) {
	meta := d.tx.Bucket(metaBucket)
	if data := meta.Get(retainedKey); data != nil {
		err = at.UnmarshalText(data)
	} else if _, data := d.tx.Bucket(auditBucket).Cursor().Last(); data != nil {
		var r plan.AuditRecord
		err, at = json.Unmarshal(data, &r), r.At
	}
	if err != nil {
		return at, err
	}
	if next := at.Add(longestStep); !at.IsZero() && next.Before(now) {
		at = next
	} else { // also where nothing tells of a last look
		at = now
	}
	text, err := at.UTC().MarshalText()
	if err != nil {
		return at, err
	}
	return at, meta.Put(retainedKey, text)
}
