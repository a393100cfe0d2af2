package plan

import "time"

// Feedback (群众反馈) is a citizen's remark on a commitment. Who gave it is shown to
// supervisors only.
type Feedback struct {
	ID         uint64     `json:"id"`
	Plan       Key        `json:"plan"`
	Commitment ID         `json:"commitment"` // 0 is none of them
	Text       string     `json:"text"`
	Place      string     `json:"place,omitempty"`
	Evidence   []Evidence `json:"evidence,omitempty"`
	By         PersonID   `json:"by,omitempty"`
	Chat       string     `json:"chat,omitempty"`
	At         time.Time  `json:"at"`
	Answer     string     `json:"answer,omitempty"`
	AnsweredBy PersonID   `json:"answered_by,omitempty"`
	AnsweredAt time.Time  `json:"answered_at,omitzero"`
}

// Subscription (关注) is what somebody wants to hear of.
type Subscription struct {
	Person PersonID  `json:"person"`
	Chat   string    `json:"chat"`
	Plan   Key       `json:"plan"`
	Item   ID        `json:"item,omitempty"`    // a commitment; 0 with no Chapter is everything
	Prefix Code      `json:"chapter,omitempty"` // a chapter
	At     time.Time `json:"at"`
}

// Covers reports whether a subscription is about a commitment.
func (s *Subscription) Covers(key Key, c *Commitment) bool {
	return s.Plan == key && (s.Item == c.ID || s.Item == 0 && c.Code.Within(s.Prefix))
}

// Gap is a question that the reports did not answer, with how often it was asked.
type Gap struct {
	Question string    `json:"question"`
	Count    int       `json:"count"`
	Last     time.Time `json:"last"`
}

// Dialog is a conversation that waits for an answer: what was asked, kept with the chat.
type Dialog struct {
	Chat    string    `json:"chat"`
	Kind    string    `json:"kind"`
	Data    []byte    `json:"data"` // of the command that asked
	Expires time.Time `json:"expires"`
}

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
