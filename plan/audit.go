package plan

import "time"

// AuditRecord is one link of the audit chain: what was done, by whom, to what. It holds no
// personal text; Digest is a salted hash of it.
type AuditRecord struct {
	Seq        uint64    `json:"seq"` // from 1
	At         time.Time `json:"at"`
	Actor      PersonID  `json:"actor"` // of citizens a salted hash
	Role       Role      `json:"role"`
	Department string    `json:"department,omitempty"`
	Act        string    `json:"act"`
	Subject    string    `json:"subject"`          // plan, item, number of the record
	Detail     string    `json:"detail,omitempty"` // values, states; never a person's words
	Digest     string    `json:"digest,omitempty"`
	Prev       string    `json:"prev"` // hash of the record before
	Hash       string    `json:"hash"`
}
