package plan

import "time"

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
