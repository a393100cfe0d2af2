package plan

import "errors"

// ErrNotFound is returned where nothing is stored under a key.
var ErrNotFound = errors.New("not found")

// Tx is a transaction over everything that is stored. The function that receives one may
// run again (another engine, a conflict), so it has no side effect but on the Tx; it must
// not keep the Tx or change what it was given by it.
type Tx interface {
	Plans() Shelf
}

// Shelf holds the plans: it reads and writes them inside a transaction.
type Shelf interface {
	// List returns the stored plans, latest year first, then by place.
	List() ([]Summary, error)
	// Get returns a whole plan, or ErrNotFound.
	Get(key Key) (*Plan, error)
	// Put stores a plan under its key and replaces what was there.
	Put(p *Plan) error
	// Revision grows with every Put: plans read at the same revision are the same.
	Revision() (uint64, error)
}

// Summary is what a list of plans shows of each.
type Summary struct {
	Key         Key    `json:"key"`
	Title       string `json:"title"`
	Place       string `json:"place"`
	Year        int    `json:"year"`
	State       State  `json:"state"`
	Commitments int    `json:"commitments"`
	Targets     int    `json:"targets"`
}

// Summary returns the plan's line in a list of plans.
func (p *Plan) Summary() Summary {
	return Summary{
		Key: p.Key(), Title: p.Title, Place: p.Place, Year: p.Year, State: p.State,
		Commitments: len(p.Commitments), Targets: p.Targets(),
	}
}
