package plan

import (
	"cmp"
	"slices"
	"time"
)

// FilingID numbers filings from 1 in the order in which they were recorded.
type FilingID uint64

// Stage is how far a task is.
type Stage string

// Stages of tasks.
const (
	NotStarted Stage = "未启动"
	Ongoing    Stage = "推进中"
	Finished   Stage = "已完成"
)

// Before reports whether a stage comes before another: 未启动, 推进中, 已完成.
func (s Stage) Before(other Stage) bool {
	order := []Stage{NotStarted, Ongoing, Finished}
	i, j := slices.Index(order, s), slices.Index(order, other)
	return i >= 0 && i < j
}

// Filing (填报) is one status report: the cumulative value (or the level) of a target, or
// the stage of a task, as of a date. It is never changed or deleted; a correction is a new
// filing that supersedes it.
type Filing struct {
	ID         FilingID   `json:"id"`
	Plan       Key        `json:"plan"`
	Item       ID         `json:"item"` // target or task
	Value      *Decimal   `json:"value,omitempty"`
	Stage      Stage      `json:"stage,omitempty"`
	Percent    *Decimal   `json:"percent,omitempty"` // of a task, 0 to 100
	Date       Date       `json:"date"`              // of the data
	Note       string     `json:"note,omitempty"`
	Source     string     `json:"source,omitempty"` // publication, for figures from the press
	Evidence   []Evidence `json:"evidence,omitempty"`
	By         PersonID   `json:"by,omitempty"`
	Chat       string     `json:"chat,omitempty"` // where the filer is told of the review
	Department string     `json:"department,omitempty"`
	At         time.Time  `json:"at"` // when it was recorded
	Supersedes FilingID   `json:"supersedes,omitempty"`
	Reason     string     `json:"reason,omitempty"` // of a correction
	Origin     string     `json:"origin,omitempty"` // id of the message that it came in
	Demo       bool       `json:"demo,omitempty"`
	Reviews    []Review   `json:"reviews,omitempty"` // oldest first
}

// Evidence is a photo or a document that came with a filing.
type Evidence struct {
	Name   string `json:"name"`
	Digest string `json:"digest"` // hex of SHA-256 of its bytes; "" until they are fetched
	Ref    string `json:"ref"`    // the channel's handle for it
}

// Verdict is what a reviewer decided.
type Verdict string

// Verdicts.
const (
	Signed   Verdict = "signed"   // by the department's head, where that is asked for
	Accepted Verdict = "accepted" // 通过
	Returned Verdict = "returned" // 退回
)

// Review (审核) is one decision on a filing.
type Review struct {
	Verdict Verdict   `json:"verdict"`
	Reason  string    `json:"reason,omitempty"` // of a return
	By      PersonID  `json:"by"`
	At      time.Time `json:"at"`
}

// Verdict returns the final decision on the filing, "" while it waits for one.
func (f *Filing) Verdict() Verdict {
	for _, r := range slices.Backward(f.Reviews) {
		if r.Verdict != Signed {
			return r.Verdict
		}
	}
	return ""
}

// SignedOff reports whether the department's head has signed.
func (f *Filing) SignedOff() bool {
	return slices.ContainsFunc(f.Reviews, func(r Review) bool { return r.Verdict == Signed })
}

// acceptedAt returns when the filing was accepted; ok is false where it was not.
func (f *Filing) acceptedAt() (time.Time, bool) {
	for _, r := range slices.Backward(f.Reviews) {
		switch r.Verdict {
		case Accepted:
			return r.At, true
		case Returned:
			return time.Time{}, false
		}
	}
	return time.Time{}, false
}

// Mark is what lights need of an accepted filing.
type Mark struct {
	ID         FilingID
	Value      *Decimal
	Stage      Stage
	Percent    *Decimal
	Date       Date
	At         time.Time // recorded
	Accepted   time.Time
	Supersedes FilingID
	Published  bool // taken from a publication: it has no day of filing of its own
}

// Mark returns what lights need of the filing; ok is false where it is not accepted.
func (f *Filing) Mark() (m Mark, ok bool) {
	at, ok := f.acceptedAt()
	return Mark{
		ID: f.ID, Value: f.Value, Stage: f.Stage, Percent: f.Percent,
		Date: f.Date, At: f.At, Accepted: at, Supersedes: f.Supersedes, Published: f.Source != "",
	}, ok
}

// AcceptedAt returns the marks that count on a day: those of a data date up to the day, less
// what an accepted correction replaces; of several corrections of one mark the last counts.
// They come by data date, those of one date in the order of recording. known, where it is not
// zero, leaves out what was recorded or accepted after it. The result may share memory with
// marks, which are not changed.
func AcceptedAt(marks []Mark, day Date, known time.Time) []Mark {
	if plainMarks(marks, known) {
		return before(marks, day)
	}
	list := make([]Mark, 0, len(marks))
	newest := map[FilingID]FilingID{} // correction of each that was corrected
	for i := range marks {
		m := &marks[i]
		if !known.IsZero() && (m.At.After(known) || m.Accepted.After(known)) {
			continue
		}
		if m.Supersedes != 0 { // a correction counts whatever its day
			newest[m.Supersedes] = max(newest[m.Supersedes], m.ID)
		}
		if !m.Date.After(day) {
			list = append(list, *m)
		}
	}
	list = slices.DeleteFunc(list, func(m Mark) bool {
		return newest[m.ID] != 0 || m.Supersedes != 0 && newest[m.Supersedes] > m.ID
	})
	slices.SortFunc(list, compareMarks)
	return list
}

// plainMarks reports whether marks are in order and all count, as they mostly do.
func plainMarks(marks []Mark, known time.Time) bool {
	if !known.IsZero() {
		return false
	}
	for i := range marks {
		if marks[i].Supersedes != 0 || i > 0 && marks[i-1].compare(&marks[i]) > 0 {
			return false
		}
	}
	return true
}

func compareMarks(a, b Mark) int { return a.compare(&b) }

func (m *Mark) compare(other *Mark) int {
	if n := m.Date.Compare(other.Date); n != 0 {
		return n
	}
	return cmp.Compare(m.ID, other.ID)
}

// Latest returns the last of the marks that AcceptedAt returned, or nil.
func Latest(accepted []Mark) *Mark {
	if len(accepted) == 0 {
		return nil
	}
	return &accepted[len(accepted)-1]
}
