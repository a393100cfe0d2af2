package storage

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"time"

	"duban/plan"
)

// A filing's record begins with its mark in a fixed layout, so that lights are computed
// without reading the rest, which is JSON.
//
//	0  layout (1)
//	1  flags: accepted, has a value, has a percentage, published
//	2  stage: 0 none, else its place in stages + 1
//	3  scale of the value, 4 of the percentage
//	5  value (8), 13 percentage (8)
//	21 data date as year (2), month, day
//	25 recorded (8), 33 accepted (8): nanoseconds since 1970
//	41 superseded filing (8)
const (
	markLayout = 1
	markBytes  = 49
)

const (
	flagAccepted = 1 << iota
	flagValue
	flagPercent
	flagPublished
)

var stages = []plan.Stage{plan.NotStarted, plan.Ongoing, plan.Finished}

// encodeFiling writes a filing's record.
func encodeFiling(f *plan.Filing) ([]byte, error) {
	data, err := encode(make([]byte, markBytes, 512), f)
	if err != nil {
		return nil, err
	}
	data[0] = markLayout
	m, accepted := f.Mark()
	if accepted {
		data[1] |= flagAccepted
		binary.BigEndian.PutUint64(data[33:], uint64(m.Accepted.UnixNano()))
	}
	if m.Published {
		data[1] |= flagPublished
	}
	putDecimal(data, m.Value, flagValue, 3, 5)
	putDecimal(data, m.Percent, flagPercent, 4, 13)
	for i, s := range stages {
		if s == m.Stage {
			data[2] = byte(i + 1)
		}
	}
	binary.BigEndian.PutUint16(data[21:], uint16(m.Date.Year))
	data[23], data[24] = byte(m.Date.Month), byte(m.Date.Day)
	binary.BigEndian.PutUint64(data[25:], uint64(m.At.UnixNano()))
	binary.BigEndian.PutUint64(data[41:], uint64(m.Supersedes))
	return data, nil
}

func putDecimal(data []byte, d *plan.Decimal, flag byte, scaleAt, at int) {
	if d == nil {
		return
	}
	units, scale := d.Parts()
	data[1] |= flag
	data[scaleAt] = byte(scale)
	binary.BigEndian.PutUint64(data[at:], uint64(units))
}

// Marks implements plan.FilingDesk.
func (d *desk) Marks(key plan.Key) (map[plan.ID][]plan.Mark, error) {
	byItem := map[plan.ID][]plan.Mark{}
	b := d.tx.Bucket(filingsBucket).Bucket([]byte(key))
	if b == nil || !d.open(key) {
		return byItem, nil
	}
	var r markReader
	current, begun := plan.ID(0), 0
	keep := func() {
		if n := len(r.marks); n > begun {
			byItem[current] = r.marks[begun:n:n]
			begun = n
		}
	}
	c := b.Cursor()
	for k, data := c.First(); k != nil; k, data = c.Next() {
		item, id := splitFilingKey(k)
		if item != current {
			keep()
			current = item
		}
		if len(r.marks) == cap(r.marks) {
			begun = r.grow(begun)
		}
		if err := r.read(id, data); err != nil {
			return nil, err
		}
	}
	keep()
	return byItem, nil
}

// markReader reads marks; it allocates them and their numbers in slabs, of which the items
// get their pieces.
type markReader struct {
	marks    []plan.Mark
	decimals []plan.Decimal
}

const slab = 1024

// grow begins a new slab with the marks from begun on, and returns where they stand now.
func (r *markReader) grow(begun int) int {
	unfinished := r.marks[begun:]
	r.marks = append(make([]plan.Mark, 0, max(slab, 2*len(unfinished))), unfinished...)
	return 0
}

// read appends the mark of a record, unless the filing is not accepted.
func (r *markReader) read(id plan.FilingID, data []byte) error {
	if len(data) < markBytes || data[0] != markLayout {
		return fmt.Errorf("filing %d: %w", id, ErrNotDatabase)
	}
	if data[1]&flagAccepted == 0 {
		return nil
	}
	m := plan.Mark{
		ID:   id,
		Date: plan.Date{Year: int(binary.BigEndian.Uint16(data[21:])), Month: time.Month(data[23]), Day: int(data[24])},
		At:   moment(data[25:]), Accepted: moment(data[33:]),
		Supersedes: plan.FilingID(binary.BigEndian.Uint64(data[41:])),
		Value:      r.decimal(data, flagValue, 3, 5), Percent: r.decimal(data, flagPercent, 4, 13),
		Published: data[1]&flagPublished != 0,
	}
	if n := int(data[2]); n > 0 && n <= len(stages) {
		m.Stage = stages[n-1]
	}
	r.marks = append(r.marks, m)
	return nil
}

func (r *markReader) decimal(data []byte, flag byte, scaleAt, at int) *plan.Decimal {
	if data[1]&flag == 0 {
		return nil
	}
	if len(r.decimals) == cap(r.decimals) {
		r.decimals = make([]plan.Decimal, 0, slab)
	}
	r.decimals = append(r.decimals, plan.NewDecimal(int64(binary.BigEndian.Uint64(data[at:])), int(data[scaleAt])))
	return &r.decimals[len(r.decimals)-1]
}

func moment(data []byte) time.Time { return time.Unix(0, int64(binary.BigEndian.Uint64(data))).UTC() }

// decodeFiling reads a whole record.
func decodeFiling(data []byte) (*plan.Filing, error) {
	if len(data) < markBytes || data[0] != markLayout {
		return nil, ErrNotDatabase
	}
	var f plan.Filing
	return &f, json.Unmarshal(data[markBytes:], &f)
}
