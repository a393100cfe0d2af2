package plan

import "time"

// Dialog is a conversation that waits for an answer: what was asked, kept with the chat.
type Dialog struct {
	Chat    string    `json:"chat"`
	Kind    string    `json:"kind"`
	Data    []byte    `json:"data"` // of the command that asked
	Expires time.Time `json:"expires"`
}
