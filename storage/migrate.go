package storage

import (
	"encoding/binary"
	"fmt"

	"go.etcd.io/bbolt"
)

// Buckets and keys of the file. Numbers in keys are big-endian, so that cursors see them in
// order.
var (
	metaBucket        = []byte("meta")          // version, revisions
	plansBucket       = []byte("plans")         // plan key → bucket of header, commitments …
	correctionsBucket = []byte("corrections")   // plan key → bucket of number → plan.Correction
	dutiesBucket      = []byte("duties")        // plan key → bucket of item → plan.Duty
	requestsBucket    = []byte("requests")      // number → plan.Request
	filingsBucket     = []byte("filings")       // plan key → bucket of item, number → mark and plan.Filing
	filingIndexBucket = []byte("filing-index")  // number → item, plan key
	pendingBucket     = []byte("pending")       // number of a filing that waits → nothing
	peopleBucket      = []byte("people")        // person → plan.Person
	invitesBucket     = []byte("invites")       // hash → plan.Invite
	feedbackBucket    = []byte("feedback")      // number → plan.Feedback
	followsBucket     = []byte("subscriptions") // person → bucket of plan, item, chapter → plan.Subscription
	gapsBucket        = []byte("gaps")          // question → plan.Gap
	dialogsBucket     = []byte("dialogs")       // chat → plan.Dialog
	outboxBucket      = []byte("outbox")        // number → plan.Delivery
	ledgerBucket      = []byte("ledger")        // key of a message → its number, when it was stored
	updatesBucket     = []byte("updates")       // id of an update → number
	inboxBucket       = []byte("inbox")         // id of an update → number and what came
	deadBucket        = []byte("dead-letters")  // number → plan.DeadLetter
	sendsBucket       = []byte("sends")         // moment, number → chat
	toldBucket        = []byte("told")          // key of the clock's ledger → moment
	chatsBucket       = []byte("chats")         // chat → plan.Chat
	closingsBucket    = []byte("closings")      // plan key → plan.Closing
	auditBucket       = []byte("audit")         // number → plan.AuditRecord
	saltsBucket       = []byte("salts")         // number of an audit record → salt of its digest; citizen → salt of their pseudonym
	bulletinsBucket   = []byte("bulletins")     // number → plan.Bulletin
	digestsBucket     = []byte("digests")       // chat → plan.DigestSubscription
	filesBucket       = []byte("files")         // digest of a file that a channel keeps → nothing
	attemptsBucket    = []byte("attempts")      // id of an update → how often its handling began and did not end

	versionKey     = []byte("version")
	revisionKey    = []byte("revision")     // of plans
	anyRevisionKey = []byte("any-revision") // of everything
)

// migrations bring a file from schema i to i+1; the number of them is the current schema.
// They are never changed once released, only added to.
var migrations = []func(*bbolt.Tx) error{
	func(tx *bbolt.Tx) error { // 0 → 1: plans
		return makeBuckets(tx, plansBucket)
	},
	func(tx *bbolt.Tx) error { // 1 → 2: filings, people, audit chain, outbox
		err := makeBuckets(
			tx, correctionsBucket, dutiesBucket, requestsBucket, filingsBucket, filingIndexBucket, pendingBucket, peopleBucket,
			invitesBucket, feedbackBucket, followsBucket, gapsBucket, dialogsBucket, outboxBucket, ledgerBucket, updatesBucket,
			auditBucket, saltsBucket,
		)
		if err != nil {
			return err
		}
		return plans{tx}.indexAll()
	},
	func(tx *bbolt.Tx) error { // 2 → 3: inbox, dead letters, what was sent
		return makeBuckets(tx, inboxBucket, deadBucket, sendsBucket)
	},
	memoryBuckets,   // 3 → 4: the clock's ledger, chats, closed years
	bulletinBuckets, // 4 → 5: bulletins, subscriptions to digests
	fileBuckets,     // 5 → 6: kept files, attempts at updates
}

// makeBuckets makes the buckets that are not there.
func makeBuckets(tx *bbolt.Tx, names ...[]byte) error {
	for _, name := range names {
		if _, err := tx.CreateBucketIfNotExists(name); err != nil {
			return err
		}
	}
	return nil
}

// migrate runs what the file has not seen yet, all in one transaction.
func (db *DB) migrate(steps []func(*bbolt.Tx) error) error {
	if v, err := db.version(); err == nil && v == uint64(len(steps)) {
		return nil
	}
	defer panicOnFault()()
	return db.commit(func(tx *bbolt.Tx) (err error) {
		defer guard(&err)
		if foreign(tx) {
			return ErrNotDatabase
		}
		meta, err := tx.CreateBucketIfNotExists(metaBucket)
		if err != nil {
			return err
		}
		version := counter(meta.Get(versionKey))
		if version > uint64(len(steps)) {
			return fmt.Errorf("%w: schema %d, known up to %d", ErrNewerSchema, version, len(steps))
		}
		for i := int(version); i < len(steps); i++ {
			if err := steps[i](tx); err != nil {
				return fmt.Errorf("migration %d: %w", i+1, err)
			}
		}
		return meta.Put(versionKey, encodeCounter(uint64(len(steps))))
	})
}

// foreign reports whether the file holds data of another program.
func foreign(tx *bbolt.Tx) bool {
	key, _ := tx.Cursor().First()
	return key != nil && tx.Bucket(metaBucket) == nil
}

func (db *DB) version() (version uint64, err error) {
	defer panicOnFault()()
	defer guard(&err)
	err = db.bolt.View(func(tx *bbolt.Tx) error {
		meta := tx.Bucket(metaBucket)
		if meta == nil {
			return ErrNotDatabase
		}
		version = counter(meta.Get(versionKey))
		return nil
	})
	return version, err
}

func counter(data []byte) uint64 {
	if len(data) != 8 {
		return 0
	}
	return binary.BigEndian.Uint64(data)
}

func encodeCounter(n uint64) []byte { return binary.BigEndian.AppendUint64(nil, n) }
