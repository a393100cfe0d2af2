package commands

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"duban/ask"
	"duban/plan"
	"duban/render"
)

// evidenceTime is how long a photo without words waits for them.
const evidenceTime = 30 * time.Minute

// What is said before the next question where something else waited.
const (
	openBefore  = "这一条记下了，一共%d项没确认。前面还有一项等你答复："
	waitBefore  = "前面还有%d项没确认，放在一起："
	unusedPhoto = "前面的附件没有配上说明，不再等了；要用就和说明一起再发。"
)

// joinAndProceed asks the next question about what waits and what was said now together.
func (t *turn) joinAndProceed(d *filingDialog) ([]render.Message, error) {
	before := t.joinWaiting(d)
	messages, err := t.proceed(d)
	if before != "" && err == nil && len(messages) > 0 {
		messages[0].Text = before + "\n" + messages[0].Text
	}
	return messages, err
}

// joinWaiting keeps what waits for its confirmation beside a new line: its evidence, and
// its drafts of other items; before says how many those are, or that a photo waited too long. An edited message takes the place of what it had said.
func (t *turn) joinWaiting(d *filingDialog) (before string) {
	var old filingDialog
	switch {
	case !t.recall(filingKind, &old):
		return ""
	case old.lapsed(t):
		return unusedPhoto
	}
	d.Evidence = append(old.Evidence, d.Evidence...)
	if t.request.Edited && old.Message == t.request.Message {
		return ""
	}
	for i := range d.Drafts {
		d.Drafts[i].addNote(old.Caption)
	}
	var kept []draft
	open := false
	for i := range old.Drafts {
		x := &old.Drafts[i]
		if x.empty() || slices.ContainsFunc(d.Drafts, x.answeredBy) {
			continue
		}
		kept = append(kept, *x)
		open = open || t.asked(x)
	}
	d.Drafts = append(kept, d.Drafts...)
	switch {
	case open:
		return fmt.Sprintf(openBefore, len(d.Drafts))
	case len(kept) > 0:
		return fmt.Sprintf(waitBefore, len(kept))
	}
	return ""
}

// lapsed reports whether evidence waited for words in vain: for long, or until the person
// turned to something else.
func (d *filingDialog) lapsed(t *turn) bool {
	return len(d.Drafts) == 0 && (t.request.Now.Sub(d.At) > evidenceTime || t.chat.turned.After(d.At))
}

// empty reports whether nothing was said of a draft yet but its item.
func (d *draft) empty() bool {
	return d.Value == nil && d.Percent == nil && d.Stage == "" && d.Note == "" && d.Missing == ""
}

// answeredBy reports whether another draft is about the same item, or one that was offered.
func (d *draft) answeredBy(other draft) bool {
	return other.Plan == d.Plan && (other.Item == d.Item || slices.Contains(d.Others, other.Item))
}

// asked reports whether a draft has a question to be answered.
func (t *turn) asked(d *draft) bool {
	s, err := t.subject(d.Plan, d.Item)
	if err != nil {
		return false
	}
	_, lacks := d.ask(s)
	return lacks || len(d.doubts(s, t.today())) > 0
}

func (d *draft) addNote(text string) {
	switch {
	case text == "" || strings.Contains(d.Note, text):
	case d.Note == "":
		d.Note = text
	default:
		d.Note += "，" + text
	}
}

// beginEvidence keeps a photo that came before its words; a caption that names an item asks
// for what is to be filed for it.
func beginEvidence(t *turn) ([]render.Message, error) {
	d := filingDialog{Evidence: t.media(), Message: t.request.Message, Caption: t.text, At: t.request.Now}
	x, err := t.captioned()
	if err != nil || x == nil && len(d.Evidence) == 0 { // of what was not received nothing waits
		return nil, err
	}
	if x != nil {
		d.Drafts, d.Caption = []draft{*x}, ""
	}
	return t.joinAndProceed(&d)
}

// captioned is the draft of what a caption names; nil where it names nothing of the person's.
func (t *turn) captioned() (*draft, error) {
	r, ok := t.reader()
	if !ok || t.text == "" {
		return nil, nil //nolint:nilnil // nothing is named
	}
	m, others := r.names(t.text)
	if m == (ask.Match{}) {
		return nil, nil //nolint:nilnil // nothing is named
	}
	s, err := t.subject(t.current().Key(), itemOf(m))
	if err != nil {
		return nil, err
	}
	x := draft{Plan: t.current().Key(), Item: itemOf(m), Date: t.dataDate(s)}
	for _, o := range others {
		x.Others = append(x.Others, itemOf(o))
	}
	return &x, plan.May(t.actor, plan.ActFile, s.duty)
}

// names finds the filer's own item that words name and say nothing of.
func (r lineReader) names(text string) (best ask.Match, others []ask.Match) {
	s := scan{lineReader: r}
	c, words := s.reference(r.polish(text))
	if c != nil && content(words) == "" {
		parts := partsOf(c)
		if len(parts) == 0 || !r.own(c) {
			return ask.Match{}, nil
		}
		return parts[0], parts[1:]
	}
	best, others = r.find(words, "", c, false)
	if best == (ask.Match{}) || !r.own(best.Commitment) || !strong(words, &best) {
		return ask.Match{}, nil
	}
	return best, others
}
