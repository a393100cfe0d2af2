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
