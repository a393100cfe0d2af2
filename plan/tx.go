package plan

import (
	"errors"
	"iter"
	"time"
)

// Errors of transactions; see each method for when they occur.
var (
	ErrNotFound = errors.New("not found")
	ErrDecided  = errors.New("already decided") // another reviewer was first
	ErrUsed     = errors.New("invite used")
	ErrOutranks = errors.New("the person has a higher role than the invite")
	ErrExpired  = errors.New("invite expired")
	ErrUnsigned = errors.New("waits for the head's signature")
	ErrUpdated  = errors.New("update was applied before")
	ErrInvalid  = errors.New("incomplete or contradictory") // what was to be stored makes no sense
)

// Tx is a transaction over everything that is stored. The function that receives one may
// run again (another engine, a conflict), so it has no side effect but on the Tx; it must
// not keep the Tx or change what it was given by it.
type Tx interface {
	Plans() Shelf
	// As returns the records as an actor may see and change them at a moment. What the
	// actor may not do fails with ErrForbidden; what it may not see is left out.
	As(a Actor, now time.Time) Desk
	Mail
	Memory
	// Dialog returns what a chat was asked, or ErrNotFound.
	Dialog(chat string, now time.Time) (*Dialog, error)
	// SetDialog replaces it; nil data ends it.
	SetDialog(d Dialog) error
	// Gap counts n times a question without an answer, whoever asked.
	Gap(question string, n int, now time.Time) error
	// Revision grows with every change of anything but mail on its way and counts of gaps.
	Revision() (uint64, error)
}

// Shelf reads the plans.
type Shelf interface {
	// List returns the stored plans, latest year first, then by place.
	List() ([]Summary, error)
	// Get returns a plan as corrected by supervisors and adjusted by granted requests, or
	// ErrNotFound.
	Get(key Key) (*Plan, error)
	// Imported returns a plan as it was read out of its report, or ErrNotFound.
	Imported(key Key) (*Plan, error)
	// Duties returns which departments answer for what, by item.
	Duties(key Key) (map[ID]Duty, error)
	// Closing returns how a plan was closed, or ErrNotFound while it goes on.
	Closing(key Key) (*Closing, error)
	// Revision grows with every change of a plan: plans read at the same revision are the
	// same.
	Revision() (uint64, error)
}

// Desk is the records as one actor may see and change them.
type Desk interface {
	PlanDesk
	FilingDesk
	PeopleDesk
	CitizenDesk
	MailDesk
	BulletinDesk
	DigestDesk
	// Log reads the audit chain from a record on, oldest first.
	Log(from uint64) iter.Seq2[AuditRecord, error]
}

// PlanDesk changes plans.
type PlanDesk interface {
	// PutPlan stores a plan as it was read; decisions on it stay. ActImport.
	PutPlan(p *Plan) error
	// Correct stores decisions on what was read; an addition gets its id. ActCorrect.
	Correct(key Key, decisions ...Correction) error
	// Corrections lists all decisions, oldest first. ActCorrect.
	Corrections(key Key) ([]Correction, error)
	// Publish makes a draft public. ActPublish.
	Publish(key Key) error
	// Close stores how a plan ends, carried subscriptions and duties with it; a plan that was
	// closed before keeps its ratings. ActPublish.
	Close(c Closing, carried Carried) error
	// Assign says who answers for an item; an empty Lead takes the duty away. ActAssign.
	Assign(key Key, duties ...Duty) error
	// Ask stores a request and returns it with its number; see Request.Check. ActRequest.
	Ask(r Request) (Request, error)
	// Requests lists those that the actor may see: staff and heads their department's.
	Requests(key Key) ([]Request, error)
	// Decide answers a request; ErrDecided where that was done. ActDecide.
	Decide(id uint64, verdict Verdict, reason string) (Request, error)
}

// FilingDesk keeps filings.
type FilingDesk interface {
	// File stores a filing and returns it with its number; ActFile for the item's duty. One
	// that supersedes another of its item takes it out of the queue; where that was never
	// accepted, it supersedes what that one was to supersede, and where that was corrected
	// before, the correction; see Current. A filing that comes accepted,
	// as published figures do, or in another's name, needs ActReview too. ErrInvalid where a
	// target comes without a value, a task without a stage, or no date.
	File(f Filing) (Filing, error)
	// Filing returns one that the actor may see, or ErrNotFound.
	Filing(id FilingID) (*Filing, error)
	// Filings returns those of a plan by item, oldest first, that the actor may see: the
	// public accepted ones of published plans, without persons and evidence; staff and heads
	// also all of their department; supervisors all.
	Filings(key Key) (map[ID][]Filing, error)
	// History returns those of one item, as Filings.
	History(key Key, item ID) ([]Filing, error)
	// Marks returns of every accepted filing of a plan what lights need. It is the fast
	// way to a plan's standing, and everybody may see it once the plan is published.
	Marks(key Key) (map[ID][]Mark, error)
	// Pending lists what waits for the actor: heads for their signature, supervisors for
	// review, oldest first. What hangs on an item that a corrected report dropped, or that was
	// rejected, is left out until the item stands again.
	Pending() ([]Filing, error)
	// Undecided returns the filings of a plan that nobody decided yet, signed or not. ActSeeAll.
	Undecided(key Key) ([]Filing, error)
	// Review stores a decision: ErrDecided where there is one or a newer filing took its
	// place, ErrUnsigned where the head's signature is asked for and missing, ErrInvalid for
	// a return without a reason. ActReview; for a signature ActSign.
	Review(id FilingID, verdict Verdict, reason string) (Filing, error)
}

// PeopleDesk keeps people and invites.
type PeopleDesk interface {
	// Person returns somebody: oneself, or with ActSeePeople anybody; ErrNotFound.
	Person(id PersonID) (*Person, error)
	// People lists everybody who is not public. ActSeePeople; heads see their department.
	People() ([]Person, error)
	// PutPerson stores somebody. ActManage; oneself may change leave, name and chat.
	PutPerson(p Person) error
	// Invite stores an invite. ActInvite.
	Invite(i Invite) error
	// Join uses an invite up: ErrNotFound, ErrUsed, ErrExpired; ErrOutranks where it would
	// take a supervisor's role away, or a head's in their own department.
	Join(token string, p Person) (*Person, error)
	// Reaches lists those to write to where a role in a department is meant; "" means any.
	// For absent people their delegates come. Without ActSeePeople they come without names.
	Reaches(role Role, department string, day Date) ([]Person, error)
	// Forget removes what personal text is kept of somebody: oneself, or with ActManage
	// anybody.
	Forget(id PersonID) error
}

// CitizenDesk keeps what citizens leave.
type CitizenDesk interface {
	// Tell stores feedback and returns it with its number. ActFeedback.
	Tell(f Feedback) (Feedback, error)
	// FeedbackList returns the actor's own feedback; with ActAnswer everybody's.
	FeedbackList(openOnly bool) ([]Feedback, error)
	// Answer answers feedback; ErrDecided where that was done. ActAnswer.
	Answer(id uint64, text string) (Feedback, error)
	// Follow stores a subscription, Unfollow takes it away (a zero Item and no Prefix takes
	// away all of the plan). ActFollow, for oneself.
	Follow(s Subscription) error
	Unfollow(s Subscription) error
	// Following lists one's own subscriptions.
	Following() ([]Subscription, error)
	// Followers lists who follows a commitment, for messages; the list is not shown, and
	// without ActSeePeople it holds chats only.
	Followers(key Key, c *Commitment) ([]Subscription, error)
	// Subscribers lists all subscriptions of a plan, for messages; the list is not shown, and
	// without ActSeePeople it names no persons.
	Subscribers(key Key) ([]Subscription, error)
	// Gaps lists the questions without an answer, most frequent first. ActSeeGaps.
	Gaps(most int) ([]Gap, error)
}

// BulletinDesk keeps bulletins.
type BulletinDesk interface {
	// Draft stores a bulletin in the place of an earlier draft of its quarter and returns it
	// with its id; ErrDecided where that quarter's is out. ActPublish.
	Draft(b Bulletin) (Bulletin, error)
	// Release makes a draft public and final; ErrDecided where that was done. ActPublish.
	Release(id uint64) (Bulletin, error)
	// Erratum adds a correction to a released bulletin; ErrNotFound for drafts. ActPublish.
	Erratum(id uint64, text string) (Bulletin, error)
	// Bulletin returns one, or ErrNotFound: drafts with ActPublish.
	Bulletin(id uint64) (*Bulletin, error)
	// Bulletins lists those of a plan, latest quarter first, without their documents: drafts
	// with ActPublish.
	Bulletins(key Key) ([]Bulletin, error)
}

// DigestDesk keeps who gets the weekly digest.
type DigestDesk interface {
	// Subscribe stores a chat's subscription in the place of an earlier one. ActFollow; not for
	// another person's private chat, nor do the two below.
	Subscribe(s DigestSubscription) error
	// Unsubscribe ends the digests of a chat; that there was none is no error. ActFollow.
	Unsubscribe(chat string) error
	// Subscribed returns a chat's subscription, or ErrNotFound, also where it was ended.
	Subscribed(chat string) (*DigestSubscription, error)
	// DigestSubscribers lists all of them, with those that were ended (ScopeNone). ActManage.
	DigestSubscribers() ([]DigestSubscription, error)
}

// Summary is what a list of plans shows of each.
type Summary struct {
	Key         Key    `json:"key"`
	Title       string `json:"title"`
	Place       string `json:"place"`
	Year        int    `json:"year"`
	State       State  `json:"state"`
	Commitments int    `json:"commitments"`
	Targets     int    `json:"targets"`
}

// Summary returns the plan's line in a list of plans.
func (p *Plan) Summary() Summary {
	return Summary{
		Key: p.Key(), Title: p.Title, Place: p.Place, Year: p.Year, State: p.State,
		Commitments: len(p.Commitments), Targets: p.Targets(),
	}
}

// All reads every plan of a shelf, in the order of its list.
func All(shelf Shelf) ([]*Plan, error) {
	list, err := shelf.List()
	if err != nil {
		return nil, err
	}
	plans := make([]*Plan, 0, len(list))
	for _, s := range list {
		p, err := shelf.Get(s.Key)
		if err != nil {
			return nil, err
		}
		plans = append(plans, p)
	}
	return plans, nil
}
