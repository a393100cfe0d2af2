package render

import (
	"fmt"
	"strings"

	"duban/plan"
)

// Latest is the newest filing of an item where it does not count: it waits for a decision, or
// it was returned.
type Latest struct {
	Filing *plan.Filing
	Signs  bool // heads sign before the review
}

// What becomes of a filing that does not count.
const (
	returnedWord = "退回"
	unsignedWord = "待签核"
	pendingWord  = "待审核"
)

// Waits reports whether somebody has to decide on it.
func (l Latest) Waits() bool { return l.Filing.Verdict() == "" }

func (l Latest) word() string {
	switch {
	case !l.Waits():
		return returnedWord
	case l.Signs && !l.Filing.SignedOff():
		return unsignedWord
	}
	return pendingWord
}

func (l Latest) mark() string {
	if l.Waits() {
		return "⏳"
	}
	return "↩️"
}

// why is the reason of a return.
func (l Latest) why() string {
	if reason := lastReason(l.Filing); !l.Waits() && reason != "" {
		return "，理由：" + Shorten(reason, 30)
	}
	return ""
}

func (l Latest) value(t *plan.Target) string {
	return filedText(&HistoryEntry{Target: t, Filing: *l.Filing})
}

// WithLatest adds to an answer what was filed for parts of it and does not count, at most
// three lines.
func WithLatest(m Message, parts []Part, latest map[plan.ID]Latest) Message {
	n := 0
	for i := range parts {
		l, known := latest[parts[i].Item()]
		if !known {
			continue
		}
		if n++; n > 3 {
			break
		}
		m.Text += "\n" + l.mark() + l.word() + "：" + Shorten(parts[i].name(), 24) + " " + l.value(parts[i].Target) + "（" + plan.DayText(l.Filing.Date) + "）" + l.why()
	}
	return m
}

// nothingFiled begins an answer about lights while nothing counts.
const nothingFiled = "还没有填报，"

// WithWaiting says under a list by lights how much was filed and has no light before it is
// accepted.
func WithWaiting(m Message, n int) Message {
	if n == 0 {
		return m
	}
	if rest, ok := strings.CutPrefix(m.Text, nothingFiled); ok {
		m.Text = "还没有通过审核的填报，" + rest
	}
	m.Text += fmt.Sprintf("\n已报待审核%d项，通过后才评灯。", n)
	return m
}

// WithNote adds to an answer what was said beside the figure that counts.
func WithNote(m Message, p Part, f *plan.Filing) Message {
	if f == nil || f.Note == "" || strings.Contains(m.Text, f.Note) {
		return m
	}
	m.Text += "\n填报说明（" + Shorten(p.name(), 16) + "，" + plan.DayText(f.Date) + "）：" + Shorten(f.Note, 80)
	return m
}
