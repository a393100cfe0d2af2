package plan

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strconv"
	"time"
)

// BulletinState tells whether a bulletin is out.
type BulletinState string

// A bulletin is drafted, looked at by a supervisor and released; then it stays as it is.
const (
	BulletinDraft    BulletinState = "draft"
	BulletinReleased BulletinState = "released"
)

// Bulletin (季通报) is a quarter's account with the ranking, frozen with the filings that it
// rests on: a reprint is what was printed. What turns out wrong later becomes an erratum.
type Bulletin struct {
	ID       uint64        `json:"id"`
	Plan     Key           `json:"plan"`
	Year     int           `json:"year"`
	Quarter  int           `json:"quarter"` // 1 to 4, which also numbers it: one a quarter
	AsOf     Date          `json:"as_of"`
	State    BulletinState `json:"state"`
	Text     string        `json:"text"`     // for a chat
	Document []byte        `json:"document"` // printable, HTML
	Digest   string        `json:"digest"`   // of the filings; see FilingsDigest
	Version  int           `json:"version"`  // 0 for a draft, 1 when released, one more with each erratum
	Errata   []Erratum     `json:"errata,omitempty"`
	By       PersonID      `json:"by,omitempty"` // who released it
	At       time.Time     `json:"at"`           // drafted
	Released time.Time     `json:"released,omitzero"`
}

// Name is the bulletin's quarter in keys: 2017-Q3.
func (b *Bulletin) Name() string { return fmt.Sprintf("%d-Q%d", b.Year, b.Quarter) }

// Erratum (更正) corrects a released bulletin without changing it.
type Erratum struct {
	Number int       `json:"number"` // from 1
	Text   string    `json:"text"`
	By     PersonID  `json:"by"`
	At     time.Time `json:"at"`
}

// FilingsDigest is a hash over the accepted filings that count on a day: the same filings
// give the same digest.
func FilingsDigest(marks map[ID][]Mark, day Date) string {
	sum := sha256.New()
	items := make([]ID, 0, len(marks))
	for item := range marks {
		items = append(items, item)
	}
	slices.Sort(items)
	for _, item := range items {
		for _, m := range AcceptedAt(marks[item], day, time.Time{}) {
			writeMark(sum, item, &m)
		}
	}
	return hex.EncodeToString(sum.Sum(nil))
}

func writeMark(w io.Writer, item ID, m *Mark) {
	value, percent := "", ""
	if m.Value != nil {
		value = m.Value.String()
	}
	if m.Percent != nil {
		percent = m.Percent.String()
	}
	_, _ = fmt.Fprintf(w, "%d\x00%s\x00%s\x00%s\x00%s\x00%s\n", item, strconv.FormatUint(uint64(m.ID), 10), m.Date, value, m.Stage, percent)
}
