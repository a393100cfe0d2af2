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
	Chat    string          // names the conversation; follow-ups stay inside it
	From    plan.PersonID   // who wrote
	Name    string          // what they call themselves, "" unknown
	As      *plan.Actor     // a fixed role; nil looks the person up
	Update  string          // id of the update, so that it is applied once; "" has none
	Message string          // id of the message, the same when it is edited; "" unknown
	Edited  bool            // the message was changed after it had been sent
	Media   []plan.Evidence // photos and documents; Text is their caption
	Now     time.Time       // when it arrived, in the zone of the plans
	Stored  bool            // replies to a change go to the outbox with it instead of being returned
}

// Agenda tells what the clock would send; see schedule.Clock.
type Agenda interface {
	Rounds(now time.Time) []render.Round
	Upcoming(tx plan.Tx, from, until time.Time, who plan.PersonID) ([]render.Upcoming, error)
}

// Options of a router.
type Options struct {
	Rules  plan.Rules      // borders of lights
	Admins []plan.PersonID // first admins, from the configuration
	AtOnce bool            // filings count without review
	Signed bool            // heads sign before the review
	Demo   bool            // figures are a demonstration: every message says so
	Bot    string          // name of the Telegram bot, for links; "" where there is none
	Random io.Reader       // of tokens; nil is crypto/rand
	Limit  Limit           // of requests of one chat; the zero value is none
	Agenda Agenda          // of the clock; nil where none runs

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
