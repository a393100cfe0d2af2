package plan

import "time"

// DigestScope is what part of a plan a digest is about.
type DigestScope string

// Scopes of digests.
const (
	ScopeRole    DigestScope = ""        // by the reader's role: see the digest's rules
	ScopeAll     DigestScope = "all"     // everything
	ScopeFollows DigestScope = "follows" // what the reader follows
	ScopeNone    DigestScope = "none"    // no digest, though role or follows would bring one
)

// DigestSubscription (订阅周报) says when a chat gets the weekly digest, and about what. A
// chat has one at the most; without one, people with a role and followers get the digest
// at the usual time.
type DigestSubscription struct {
	Chat   string       `json:"chat"`
	Person PersonID     `json:"person"` // who subscribed
	Day    time.Weekday `json:"day"`
	Hour   int          `json:"hour"` // 0 to 23, in the zone of the plans
	Scope  DigestScope  `json:"scope,omitempty"`
	At     time.Time    `json:"at"`
}
