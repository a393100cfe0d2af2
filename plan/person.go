package plan

import (
	"crypto/sha256"
	"encoding/hex"
	"time"
)

// Role says what a person may do; see May.
type Role string

// Roles.
const (
	Public     Role = "public"     // 公众: ask, follow, give feedback
	Staff      Role = "staff"      // 填报人员 of a department
	Head       Role = "head"       // 负责人 of a department
	Supervisor Role = "supervisor" // 督查: review, assign, release
	Admin      Role = "admin"      // 管理员: people, backup
)

// PersonID names a person with the channel they come by: "telegram:1234", "terminal:li".
type PersonID string

// Actor is who acts: what permissions look at.
type Actor struct {
	ID         PersonID `json:"id"`
	Role       Role     `json:"role"`
	Department string   `json:"department,omitempty"` // of staff and heads
}

// System acts for the program itself: imports, the clock.
var System = Actor{ID: "system", Role: Admin}

// Person is somebody who was invited, or who follows or gives feedback.
type Person struct {
	ID         PersonID  `json:"id"`
	Chat       string    `json:"chat"` // where messages reach them
	Name       string    `json:"name,omitempty"`
	Role       Role      `json:"role"`
	Department string    `json:"department,omitempty"`
	Joined     time.Time `json:"joined,omitzero"`
	Leave      *Leave    `json:"leave,omitempty"`
	Removed    bool      `json:"removed,omitempty"`
	Warned     bool      `json:"warned,omitempty"` // was told that nothing classified may be filed
}

// Actor returns what permissions look at; removed people act as the public.
func (p *Person) Actor() Actor {
	if p.Removed {
		return Actor{ID: p.ID, Role: Public}
	}
	return Actor{ID: p.ID, Role: p.Role, Department: p.Department}
}

// Leave (请假) is an absence with somebody who stands in.
type Leave struct {
	From     Date     `json:"from,omitzero"` // first day of absence; zero is at once
	Until    Date     `json:"until"`         // last day of absence
	Delegate PersonID `json:"delegate,omitempty"`
}

// Away reports whether the person is on leave on a day.
func (p *Person) Away(day Date) bool { return p.Leave.Planned(day) && !day.Before(p.Leave.From) }

// Present returns the person, or who stands in on a day: the delegate, or the delegate's
// where they are away too; nil where nobody is there.
func Present(p *Person, byID map[PersonID]*Person, day Date) *Person {
	for range len(byID) + 1 {
		switch {
		case p == nil || p.Removed:
			return nil
		case !p.Away(day):
			return p
		}
		p = byID[p.Leave.Delegate]
	}
	return nil
}

// Planned reports whether a leave goes on or is still to come on a day.
func (l *Leave) Planned(day Date) bool { return l != nil && !day.After(l.Until) }

// Invite lets one person join once. Only the hash of its token is kept.
type Invite struct {
	Hash       string    `json:"hash"` // hex of SHA-256 of the token
	Role       Role      `json:"role"`
	Department string    `json:"department,omitempty"`
	By         PersonID  `json:"by"`
	Expires    time.Time `json:"expires"`
	UsedBy     PersonID  `json:"used_by,omitempty"`
}

// HashToken is how the token of an invite is kept.
func HashToken(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}
