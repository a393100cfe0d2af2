package commands

import (
	"context"
	"time"

	"duban/plan"
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

// Options of a router.
type Options struct {
	Rules  plan.Rules      // borders of lights
	Admins []plan.PersonID // first admins, from the configuration
	AtOnce bool            // filings count without review
	Signed bool            // heads sign before the review
	Demo   bool            // figures are a demonstration: every message says so
}
