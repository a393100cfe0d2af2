package storage

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"iter"

	"go.etcd.io/bbolt"

	"duban/plan"
)

// saltBytes is the length of the salts of personal text.
const saltBytes = 16

// ErrBrokenChain occurs where a record of the audit chain does not follow from the one
// before it.
var ErrBrokenChain = errors.New("storage: the audit chain is broken")

// log appends to the audit chain. personal is text that must not stand in it: a salted hash
// goes in its place, the salt is kept apart and can be thrown away.
func (d *desk) log(act, subject, detail string, personal ...string) error {
	b := d.tx.Bucket(auditBucket)
	seq, err := nextNumber(b)
	if err != nil {
		return err
	}
	r := plan.AuditRecord{
		Seq: seq, At: d.now.UTC(), Actor: d.pseudonym(), Role: d.actor.Role, Department: d.actor.Department,
		Act: act, Subject: subject, Detail: detail, Prev: lastHash(b),
	}
	if r.Digest, err = d.digest(seq, personal); err != nil {
		return err
	}
	r.Hash = hashOf(r)
	return put(b, number(seq), r)
}

// pseudonym is how the actor stands in the chain: citizens by a salted hash.
func (d *desk) pseudonym() plan.PersonID {
	if d.actor.Role != plan.Public {
		return d.actor.ID
	}
	return plan.PersonID("public#" + salted(d.tx.Bucket(metaBucket).Get(personalSaltKey), string(d.actor.ID))[:16])
}

// digest hashes personal text with a fresh salt; "" where there is none.
func (d *desk) digest(seq uint64, personal []string) (string, error) {
	text := ""
	for _, p := range personal {
		text += p + "\x00"
	}
	if len(text) == len(personal) {
		return "", nil
	}
	salt := make([]byte, saltBytes)
	_, _ = rand.Read(salt) // never fails
	return salted(salt, text), d.tx.Bucket(saltsBucket).Put(number(seq), salt)
}

func salted(salt []byte, text string) string {
	sum := sha256.Sum256(append(salt[:len(salt):len(salt)], text...))
	return hex.EncodeToString(sum[:])
}

func lastHash(b *bbolt.Bucket) string {
	_, data := b.Cursor().Last()
	if data == nil {
		return ""
	}
	var last plan.AuditRecord
	if json.Unmarshal(data, &last) != nil {
		return ""
	}
	return last.Hash
}

// hashOf is the hash of a record over all its fields but the hash itself.
func hashOf(r plan.AuditRecord) string {
	r.Hash = ""
	data, err := json.Marshal(r)
	if err != nil { // strings and a time always can be written
		panic(err)
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// Log implements plan.Desk.
func (d *desk) Log(from uint64) iter.Seq2[plan.AuditRecord, error] {
	return func(yield func(plan.AuditRecord, error) bool) {
		if err := plan.May(d.actor, plan.ActExport, nil); err != nil {
			yield(plan.AuditRecord{}, err)
			return
		}
		c := d.tx.Bucket(auditBucket).Cursor()
		for k, data := c.Seek(number(from)); k != nil; k, data = c.Next() {
			var r plan.AuditRecord
			if err := json.Unmarshal(data, &r); err != nil {
				yield(r, fmt.Errorf("audit record %x: %w", k, err))
				return
			}
			if !yield(r, nil) {
				return
			}
		}
	}
}

// checkChain verifies the audit chain and names the first broken link. Records are numbered
// without holes; the counter of the bucket tells where the chain ends.
func checkChain(ctx context.Context, tx *bbolt.Tx) error {
	b := tx.Bucket(auditBucket)
	prev, seq := "", uint64(0)
	c := b.Cursor()
	for k, data := c.First(); k != nil; k, data = c.Next() {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		seq++
		var r plan.AuditRecord
		if err := json.Unmarshal(data, &r); err != nil || r.Seq != seq || r.Prev != prev || r.Hash != hashOf(r) {
			return broken(seq)
		}
		prev = r.Hash
	}
	if seq != b.Sequence() {
		return broken(seq + 1)
	}
	return nil
}

func broken(seq uint64) error {
	return &problem{fmt.Sprintf("审计链在第%d条断开：记录被改动或缺失；请用备份核对", seq), ErrBrokenChain, nil}
}
