package plan

import (
	"strconv"
	"time"
)

// Chat is what is kept of a conversation for good: how it wants to be written to by the
// clock, and what the last numbered message asked for.
type Chat struct {
	ID      string    `json:"id"`
	Zone    string    `json:"zone,omitempty"`    // IANA name; "" is the plan's
	Snoozed time.Time `json:"snoozed,omitzero"`  // nothing is sent by the clock before
	Asked   []Asked   `json:"asked,omitempty"`   // "1 1476" files for the first
	AskedAt time.Time `json:"asked_at,omitzero"` // of the message
}

// Asked is an item that a numbered message asked for.
type Asked struct {
	Plan Key `json:"plan"`
	Item ID  `json:"item"`
}

// Memory is what is kept of chats and of what the clock has told whom.
type Memory interface {
	// Told returns when a key of the clock's ledger was used up; false where it was not.
	Told(key string) (time.Time, bool, error)
	// Tell uses keys up for ever; those that are keep their moment.
	Tell(at time.Time, keys ...string) error
	// Chat returns what is kept of a chat: nothing but its id where nothing is.
	Chat(id string) (Chat, error)
	// SetChat replaces it.
	SetChat(c Chat) error
	// Chats lists what is kept, by id.
	Chats() ([]Chat, error)
}

// SeenKey is the clock's key of 已知悉: a person knows of a month's round, 2017-07.
func SeenKey(key Key, period string, who PersonID) string {
	return "seen/" + string(key) + "/" + period + "/" + string(who)
}

// ReleaseKey is the clock's key of a bulletin's release: 2017-Q3.
func ReleaseKey(key Key, quarter string) string { return "released/" + string(key) + "/" + quarter }

// ErratumKey is the clock's key of a bulletin's erratum, by its number.
func ErratumKey(key Key, quarter string, number int) string {
	return "erratum/" + string(key) + "/" + quarter + "/" + strconv.Itoa(number)
}
