package schedule

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"duban/plan"
	"duban/render"
)

// Notice is a message that is due.
type Notice struct {
	Keys   []string // of the ledger: used up together
	Chat   string
	Person plan.PersonID // "" for groups and channels
	To     string        // who that is: 民政局填报人员
	Due    time.Time     // since when
	Why    []string      // what for, for logs and previews
	Asked  []plan.Asked  // items that the message numbers

	sections []render.Section
	pages    []page
	stored   []*storedPage
}

// entry is one thing that is due for somebody.
type entry struct {
	keys     []string
	due      time.Time
	why      string
	sections []render.Section
	asked    []plan.Asked
	page     page
	stored   *storedPage
}

// storedPage is composed in the transaction that stores its messages, once for all of the
// batch: it rests on what is stored, or stores something itself.
type storedPage struct {
	compose func(tx plan.Tx, now time.Time) (render.Message, error)
}

// page is a message that is composed once for all who get it, when it is sent.
type page func() render.Message

func compose(f func() render.Message) page { return sync.OnceValue(f) }

func (n *Notice) join(e entry) {
	n.Keys = append(n.Keys, e.keys...)
	n.sections = append(n.sections, e.sections...)
	n.Asked = append(n.Asked, e.asked...)
	if e.page != nil {
		n.pages = append(n.pages, e.page)
	}
	if e.stored != nil {
		n.stored = append(n.stored, e.stored)
	}
	if e.why != "" && !slices.Contains(n.Why, e.why) {
		n.Why = append(n.Why, e.why)
	}
	if e.due.Before(n.Due) {
		n.Due = e.due
	}
}

// Messages composes the notice: one message with all sections and pages; files beyond its
// picture and its document follow on their own.
func (n *Notice) Messages() []render.Message { return n.with(nil) }

// with composes the notice with its stored pages.
func (n *Notice) with(stored []render.Message) []render.Message {
	m := render.Notice(n.sections)
	var rest []render.Message
	for _, p := range n.pages {
		stored = append(stored, p())
	}
	for _, page := range stored {
		m.Text = strings.TrimSpace(m.Text + "\n\n" + page.Text)
		m.AddRows(page.Buttons)
		switch {
		case m.Photo == nil && m.Document == nil:
			m.Photo, m.Document = page.Photo, page.Document
		case page.Photo != nil || page.Document != nil:
			rest = append(rest, render.Message{Text: firstLine(page.Text), Photo: page.Photo, Document: page.Document})
		}
	}
	m.KeepRows(mostRows)
	return append([]render.Message{m}, rest...)
}

// mostRows is how many rows of buttons stand under one message.
const mostRows = 8

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}

// deliveries are the notice's messages for the outbox. Their keys rest on the first of the
// ledger's, which is used up with them.
func (n *Notice) deliveries(now time.Time, stored ...render.Message) ([]plan.Delivery, error) {
	messages := n.with(stored)
	list := make([]plan.Delivery, 0, len(messages))
	for i, m := range messages {
		if m.Text == "" && m.Photo == nil && m.Document == nil {
			continue // a page that had nothing to say
		}
		payload, err := render.Encode(m)
		if err != nil {
			return nil, err
		}
		list = append(list, plan.Delivery{Key: n.deliveryKey(i), Recipient: n.Chat, Payload: payload, At: now})
	}
	return list, nil
}

func (n *Notice) deliveryKey(i int) string { return fmt.Sprintf("clock:%s:%d", n.Keys[0], i) }

// sortNotices puts notices into the order in which they are sent: what was due first goes
// first.
func sortNotices(list []*Notice) {
	slices.SortStableFunc(list, func(a, b *Notice) int {
		return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(a.Chat, b.Chat))
	})
}
