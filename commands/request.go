package commands

import (
	"context"
	"io"
	"time"

	"duban/plan"
	"duban/render"
)

// Store is what the conversation needs of the database.
type Store interface {
	View(ctx context.Context, f func(plan.Tx) error) error
	Update(ctx context.Context, f func(plan.Tx) error) error
}

// Request is one message from one person.
type Request struct {
	Text    string          // what was typed; empty where a button was pressed
	Action  string          // of the button, see render.Action
	Offered []string        // actions of the buttons in view that a bare number of Text presses, by number from 1
	Chat    string          // names the conversation; follow-ups stay inside it
	From    plan.PersonID   // who wrote
	Name    string          // what they call themselves, "" unknown
	As      *plan.Actor     // a fixed role; nil looks the person up
	Update  string          // id of the update, so that it is applied once; "" has none
	Message string          // id of the message, the same when it is edited; "" unknown
	Edited  bool            // the message was changed after it had been sent
	Media   []plan.Evidence // photos and documents; Text is their caption
	Now     time.Time       // when it arrived, in the zone of the plans
	Sent    time.Time       // when it was written, where that is known: its day counts; zero is Now
	Stored  bool            // replies to a change go to the outbox with it instead of being returned
	Group   bool            // several people read the chat: one message comes back
	Topic   int             // of the chat's forum that it stands in; 0 is none

	// What the channel does for the conversation, outside of transactions; nil where it
	// cannot. Open reads a file of Media by its handle, Keep stores files as evidence and fills
	// in the digests of those that could be had, Tidy drops files that no record refers to any
	// more, Progress sends a message before the answer, once.
	Open     func(ctx context.Context, ref string) ([]byte, error)
	Keep     func(ctx context.Context, media []plan.Evidence) []plan.Evidence
	Tidy     func()
	Progress func(ctx context.Context, m render.Message)
}

// Agenda tells what the clock would send; see schedule.Clock.
type Agenda interface {
	Rounds(now time.Time) []render.Round
	Upcoming(tx plan.Tx, from, until time.Time, who plan.PersonID) ([]render.Upcoming, error)
}

// Options of a router.
type Options struct {
	Rules  plan.Rules      // borders of lights
	Window plan.Window     // when departments are asked for filings; nil is plan.RoundOf
	Admins []plan.PersonID // first admins, from the configuration
	AtOnce bool            // filings count without review
	Signed bool            // heads sign before the review
	Demo   bool            // figures are a demonstration: every message says so
	Bot    func() string   // name of the Telegram bot, for links; nil where there is none
	Random io.Reader       // of tokens; nil is crypto/rand
	Limit  Limit           // of requests of one chat; the zero value is none
	Agenda Agenda          // of the clock; nil where none runs

	// ImportReport reads a report file; an error is one sentence for a person. nil takes no
	// files. It is called outside a transaction.
	ImportReport func(ctx context.Context, name string, data []byte) (*plan.Plan, error)

	// Backup writes a copy of the database while it is in use; nil where there is none. It
	// is called outside a transaction.
	Backup func(ctx context.Context, w io.Writer) error
}

// Limit is how many requests a chat may send.
type Limit struct {
	PerMinute int // 0 is no limit
	Burst     int // at once
}

// DefaultLimit is far above what a person types.
func DefaultLimit() Limit { return Limit{PerMinute: 30, Burst: 10} }
