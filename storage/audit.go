package storage

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"strconv"
	"strings"

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
	actor, err := d.pseudonym()
	if err != nil {
		return err
	}
	r := plan.AuditRecord{
		Seq: seq, At: d.now.UTC(), Actor: actor, Role: d.actor.Role, Department: d.actor.Department,
		Act: act, Subject: subject, Detail: detail, Prev: lastHash(b),
	}
	if r.Digest, err = d.digest(seq, personal); err != nil {
		return err
	}
	data, err := seal(&r)
	if err != nil {
		return err
	}
	b.FillPercent = 1 // records only come behind the others
	return b.Put(number(seq), data)
}

// digest hashes personal text with a fresh salt; "" where there is none.
func (d *desk) digest(seq uint64, personal []string) (string, error) {
	text := asStored(strings.Join(personal, "\x00"))
	if len(personal) == 0 || len(text) < len(personal) {
		return "", nil
	}
	salt := make([]byte, saltBytes)
	_, _ = rand.Read(salt) // never fails
	b := d.tx.Bucket(saltsBucket)
	b.FillPercent = 0.9 // numbers only grow, but citizens stand behind them
	return salted(salt, text), b.Put(number(seq), salt)
}

func salted(salt []byte, text string) string {
	sum := sha256.Sum256(append(salt[:len(salt):len(salt)], text...))
	return hex.EncodeToString(sum[:])
}

// The hash is the last field of a record and as long in all of them.
var (
	hashStart = []byte(`"hash":"`)
	hashEnd   = []byte(`"}`)
)

const hashBytes = 2 * sha256.Size

// seal gives a record its hash, over all its fields with an empty hash, and returns it as
// it is stored.
func seal(r *plan.AuditRecord) ([]byte, error) {
	data, err := appendRecord(make([]byte, 0, 512), r)
	if err != nil {
		return nil, fmt.Errorf("audit record %d: %w", r.Seq, err)
	}
	data = append(append(data, hashStart...), hashEnd...)
	sum := sha256.Sum256(data)
	r.Hash = hex.EncodeToString(sum[:])
	data = append(data[:len(data)-len(hashEnd)], r.Hash...)
	return append(data, hashEnd...), nil
}

// appendRecord writes a record as JSON up to its hash. It is written by hand because every
// change of anything pays for it.
func appendRecord(data []byte, r *plan.AuditRecord) ([]byte, error) {
	data = strconv.AppendUint(append(data, `{"seq":`...), r.Seq, 10)
	data = append(data, `,"at":"`...)
	data, err := r.At.AppendText(data)
	if err != nil {
		return nil, err
	}
	data = append(data, '"')
	for _, f := range []struct {
		name, value string
		always      bool
	}{
		{"actor", string(r.Actor), true},
		{"role", string(r.Role), true},
		{"department", r.Department, false},
		{"act", r.Act, true},
		{"subject", r.Subject, true},
		{"detail", r.Detail, false},
		{"digest", r.Digest, false},
		{"prev", r.Prev, true},
	} {
		if f.value == "" && !f.always {
			continue
		}
		data = append(append(append(data, `,"`...), f.name...), `":`...)
		if data, err = appendString(data, f.value); err != nil {
			return nil, err
		}
	}
	return append(data, ','), nil
}

// appendString writes a JSON string; most need no escapes.
func appendString(data []byte, s string) ([]byte, error) {
	s = asStored(s) // reads back as it was written
	if strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r == '"' || r == '\\' }) {
		quoted, err := json.Marshal(s)
		return append(data, quoted...), err
	}
	data = append(append(data, '"'), s...)
	return append(data, '"'), nil
}

// lastHash reads the hash that the next record follows from; "" for the first.
func lastHash(b *bbolt.Bucket) string {
	_, data := b.Cursor().Last()
	at := len(data) - len(hashEnd) - hashBytes
	if at < len(hashStart) || !bytes.HasSuffix(data[:at], hashStart) {
		return ""
	}
	return string(data[at : at+hashBytes])
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
		hash, ok := follows(k, data, seq, prev)
		if !ok {
			return broken(seq)
		}
		prev = hash
	}
	if seq != b.Sequence() {
		return broken(seq + 1)
	}
	return nil
}

// follows reports whether a record is, byte for byte, the one that was stored behind the
// one with the hash prev.
func follows(key, data []byte, seq uint64, prev string) (hash string, ok bool) {
	var r plan.AuditRecord
	if !bytes.Equal(key, number(seq)) || json.Unmarshal(data, &r) != nil || r.Seq != seq || r.Prev != prev {
		return "", false
	}
	sealed, err := seal(&r)
	return r.Hash, err == nil && bytes.Equal(sealed, data)
}

func broken(seq uint64) error {
	return &problem{fmt.Sprintf("审计链在第%d条断开：记录被改动或缺失；请用备份核对", seq), ErrBrokenChain, nil}
}
