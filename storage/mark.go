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
//	1  flags: accepted, has a value, has a percentage
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
)

var stages = []plan.Stage{plan.NotStarted, plan.Ongoing, plan.Finished}

// encodeFiling writes a filing's record.
func encodeFiling(f *plan.Filing) ([]byte, error) {
	rest, err := json.Marshal(f)
	if err != nil {
		return nil, err
	}
	data := make([]byte, markBytes, markBytes+len(rest))
	data[0] = markLayout
	m, accepted := f.Mark()
	if accepted {
		data[1] |= flagAccepted
		binary.BigEndian.PutUint64(data[33:], uint64(m.Accepted.UnixNano()))
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
	return append(data, rest...), nil
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

// decodeMark reads the mark of a record; ok is false where the filing is not accepted.
func decodeMark(id plan.FilingID, data []byte) (m plan.Mark, ok bool, err error) {
	if len(data) < markBytes || data[0] != markLayout {
		return m, false, fmt.Errorf("filing %d: %w", id, ErrNotDatabase)
	}
	if data[1]&flagAccepted == 0 {
		return m, false, nil
	}
	m = plan.Mark{
		ID:   id,
		Date: plan.Date{Year: int(binary.BigEndian.Uint16(data[21:])), Month: time.Month(data[23]), Day: int(data[24])},
		At:   moment(data[25:]), Accepted: moment(data[33:]),
		Supersedes: plan.FilingID(binary.BigEndian.Uint64(data[41:])),
		Value:      getDecimal(data, flagValue, 3, 5), Percent: getDecimal(data, flagPercent, 4, 13),
	}
	if n := int(data[2]); n > 0 && n <= len(stages) {
		m.Stage = stages[n-1]
	}
	return m, true, nil
}

func getDecimal(data []byte, flag byte, scaleAt, at int) *plan.Decimal {
	if data[1]&flag == 0 {
		return nil
	}
	d := plan.NewDecimal(int64(binary.BigEndian.Uint64(data[at:])), int(data[scaleAt]))
	return &d
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
