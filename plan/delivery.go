package plan

import "time"

// Delivery is an outgoing message. Storage does not know what it looks like.
type Delivery struct {
	Key       string    `json:"key"`             // a second message under the same key is not stored
	Recipient string    `json:"recipient"`       // chat
	Topic     int       `json:"topic,omitempty"` // of the chat's forum; 0 is none
	Payload   []byte    `json:"payload"`
	At        time.Time `json:"at"` // stored
	Urgent    bool      `json:"urgent,omitempty"`
	Number    uint64    `json:"-"` // in the outbox
}
