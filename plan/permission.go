package plan

import (
	"errors"
	"fmt"
	"slices"
)

// ErrForbidden occurs where an actor may not do what was asked; errors.As finds the
// *Forbidden with its details.
var ErrForbidden = errors.New("not allowed")

// Forbidden says which act was refused, and whom the item belongs to.
type Forbidden struct {
	Actor Actor
	Act   Act
	Duty  *Duty // of the item; nil where none is assigned or none is concerned
}

func (f *Forbidden) Error() string {
	return fmt.Sprintf("%s (%s of %q) may not %s", f.Actor.ID, f.Actor.Role, f.Actor.Department, f.Act)
}

// Unwrap makes errors.Is find ErrForbidden.
func (f *Forbidden) Unwrap() error { return ErrForbidden }

// Act is something that permissions are asked for.
type Act string

// Acts. Reading published and accepted data needs none.
const (
	ActFollow         Act = "follow"
	ActFeedback       Act = "feedback"
	ActFile           Act = "file"            // for a commitment of one's department
	ActSign           Act = "sign"            // a filing of one's department
	ActRequest        Act = "request"         // an extension or another change of the plan
	ActReview         Act = "review"          // accept or return a filing
	ActDecide         Act = "decide"          // grant or refuse a request
	ActCorrect        Act = "correct"         // what was read out of a report
	ActPublish        Act = "publish"         // a plan
	ActAssign         Act = "assign"          // departments
	ActAnswer         Act = "answer-feedback" // and see who gave it
	ActSeeGaps        Act = "see-gaps"
	ActExport         Act = "export"
	ActInvite         Act = "invite"
	ActManage         Act = "manage-people"
	ActBackup         Act = "backup"
	ActImport         Act = "import"
	ActSeeOutbox      Act = "see-outbox"
	ActSeeAll         Act = "see-all" // unaccepted filings of every department
	ActSeePeople      Act = "see-people"
	ActSeeDepartment  Act = "see-department"  // the people of one's department
	ActFileUnassigned Act = "file-unassigned" // where no department answers
)

// matrix says which roles may do what; staff and heads are bound to their department where
// bound says so.
var matrix = map[Act][]Role{
	ActFollow:         {Public, Staff, Head, Supervisor, Admin},
	ActFeedback:       {Public, Staff, Head, Supervisor, Admin},
	ActFile:           {Staff, Head, Supervisor, Admin},
	ActSign:           {Head},
	ActRequest:        {Staff, Head, Supervisor, Admin},
	ActReview:         {Supervisor, Admin},
	ActDecide:         {Supervisor, Admin},
	ActCorrect:        {Supervisor, Admin},
	ActPublish:        {Supervisor, Admin},
	ActAssign:         {Supervisor, Admin},
	ActAnswer:         {Supervisor, Admin},
	ActSeeGaps:        {Supervisor, Admin},
	ActExport:         {Supervisor, Admin},
	ActInvite:         {Admin},
	ActManage:         {Admin},
	ActBackup:         {Admin},
	ActImport:         {Admin},
	ActSeeOutbox:      {Admin},
	ActSeeAll:         {Supervisor, Admin},
	ActSeePeople:      {Supervisor, Admin},
	ActSeeDepartment:  {Head, Supervisor, Admin},
	ActFileUnassigned: {Supervisor, Admin},
}

// bound acts concern an item: staff and heads may do them for their own department only.
var bound = map[Act]bool{ActFile: true, ActSign: true, ActRequest: true}

// May decides whether an actor may do something; duty is that of the item concerned, nil
// where none is assigned. It returns nil or a *Forbidden.
func May(a Actor, act Act, duty *Duty) error {
	if !Allowed(a, act, duty) {
		return &Forbidden{Actor: a, Act: act, Duty: duty}
	}
	return nil
}

// Allowed is May for those who do not need to know why.
func Allowed(a Actor, act Act, duty *Duty) bool {
	if !slices.Contains(matrix[act], a.Role) {
		return false
	}
	departmental := a.Role == Staff || a.Role == Head
	return !departmental || !bound[act] || duty.Includes(a.Department)
}

// Acts lists every act.
func Acts() []Act {
	acts := make([]Act, 0, len(matrix))
	for a := range matrix {
		acts = append(acts, a)
	}
	slices.Sort(acts)
	return acts
}
