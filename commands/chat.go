package commands

import (
	"strconv"
	"strings"
	"sync"
	"time"

	"duban/ask"
	"duban/plan"
	"duban/render"
)

// Limits of what is remembered of conversations: it lives in memory only.
const (
	memoryTime = 10 * time.Minute
	maxChats   = 10_000
)

// chat is what the last messages of one conversation were about.
type chat struct {
	mu       sync.Mutex
	seen     time.Time
	answer   *ask.Answer
	plan     *plan.Plan      // that the last page came from
	entries  []string        // actions of the last list: "3" opens the third
	told     bool            // the last list answered a question: the next question knows its entries
	pages    []render.Button // that turn the page of the last list
	place    int             // of the entry that was opened last, from 1; 0 for none
	source   source          // what was said to get the last list
	review   plan.FilingID   // that was shown last to its reviewer
	requests []string        // ids of the requests that were shown last
	remark   uint64          // feedback that was shown last
	card     string          // of those whose buttons may be typed, the last
	proof    []string        // arguments of the buttons below the target that was shown last
	undo     []string        // of the button that takes the last decision on a target back
	parts    []plan.Asked    // targets and tasks of the last list: "3 1476" files for the third
	partsAt  time.Time       // when it was shown
	buttons  []render.Button // below what was said last
	turned   time.Time       // when the person turned to something else than filing
	picking  bool            // a bare number files for an entry of it
}

// source is a message that a list answered: words, or the action of a button.
type source struct{ text, action string }

// remember keeps the entries of a list answer for picking.
func (c *chat) remember(a ask.Answer) {
	c.plan, c.entries, c.parts, c.told, c.place = a.Plan, nil, nil, a.Intent == ask.IntentList, 0
	c.pages, c.source = nil, source{}
	if a.Intent != ask.IntentList && a.Intent != ask.IntentStatus {
		return
	}
	for _, item := range a.Items {
		c.entries = append(c.entries, render.ItemAction(item.Segment.Code))
	}
}

// chats holds the conversations of the last minutes.
type chats struct {
	mu   sync.Mutex
	byID map[string]*chat
}

func newChats() *chats { return &chats{byID: map[string]*chat{}} }

// get returns the conversation, a fresh one where it was silent for ten minutes.
func (c *chats) get(id string, now time.Time) *chat {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.byID) >= maxChats {
		c.sweep(now)
	}
	known, ok := c.byID[id]
	if !ok || now.Sub(known.seen) > memoryTime {
		known = &chat{}
		c.byID[id] = known
	}
	known.seen = now
	return known
}

// sweep forgets silent conversations, all of them where none is silent.
func (c *chats) sweep(now time.Time) {
	for id, known := range c.byID {
		if now.Sub(known.seen) > memoryTime {
			delete(c.byID, id)
		}
	}
	if len(c.byID) >= maxChats {
		clear(c.byID)
	}
}

// pick opens the entry of the last list that a bare number names.
func (t *turn) pick(text string) (render.Message, bool) {
	n, err := strconv.Atoi(strings.Trim(text, "第.。、个条项 "))
	if err != nil || n < 1 || n > len(t.chat.entries) {
		return render.Message{}, false
	}
	action, ok := render.ParseAction(t.chat.entries[n-1])
	if !ok {
		return render.Message{}, false
	}
	m := t.open(action)
	if len(t.chat.entries) >= n && t.chat.entries[n-1] == action.String() {
		t.chat.place = n
	}
	return m, true
}
