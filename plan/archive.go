package plan

import "slices"

// Archive is the records in one value: what an export writes and a fresh database takes in.
// Lists are in the order of storing. Left out is what is under way: messages not yet sent or
// handled, what a conversation waits for, and the files that a channel keeps.
type Archive struct {
	Format    string    `json:"format"` // ArchiveFormat
	Anonymous bool      `json:"anonymous,omitempty"`
	Plans     []Records `json:"plans"`

	Requests      []Request            `json:"requests"`
	Filings       []Filing             `json:"filings"` // by number
	Closings      []Closing            `json:"closings"`
	Bulletins     []Bulletin           `json:"bulletins"`
	People        []Person             `json:"people"`
	Invites       []Invite             `json:"invites"`
	Feedback      []Feedback           `json:"feedback"`
	Subscriptions []Subscription       `json:"subscriptions"`
	Digests       []DigestSubscription `json:"digests"`
	Chats         []Chat               `json:"chats"`
	Gaps          []Gap                `json:"gaps"`
	Audit         []AuditRecord        `json:"audit"`

	Salts  Entries `json:"salts,omitzero"`  // of the digests and persons in Audit
	Ledger Entries `json:"ledger,omitzero"` // messages that were stored once
	Told   Entries `json:"told,omitzero"`   // keys that the clock has used up
}

// Entries are records that only the storage reads: they are carried as they are.
type Entries struct {
	Last    uint64            `json:"last"`    // number that was given out last
	Records map[string][]byte `json:"records"` // by hex of the key
}

// ArchiveFormat names the shape of an Archive that is written; another shape gets another
// name. ArchivePrefix is what all of them begin with.
const (
	ArchiveFormat = ArchivePrefix + "2"
	ArchivePrefix = "duban-archive-"
)

// Readable reports whether the archive is of a known shape: the first lacks closings,
// bulletins, digests, chats and the clock's ledger.
func (a *Archive) Readable() bool {
	return a.Format == ArchiveFormat || a.Format == ArchivePrefix+"1"
}

// Records is a plan as it was read, with what supervisors decided on it.
type Records struct {
	Plan        *Plan        `json:"plan"`
	Corrections []Correction `json:"corrections"`
	Duties      []Duty       `json:"duties"`
}

// Whole returns the plan as Shelf.Get does.
func (a *Archive) Whole(r *Records) *Plan {
	var requests []Request
	for i := range a.Requests {
		if a.Requests[i].Plan == r.Plan.Key() {
			requests = append(requests, a.Requests[i])
		}
	}
	return Adjusted(Corrected(r.Plan, r.Corrections), requests)
}

// Anonymize takes out what names a person or was written by a citizen: people, invites,
// subscriptions, chats, unanswered questions, the text of feedback, evidence, and the audit
// chain with them. Figures, dates, departments, notes on the work and bulletins stay.
func (a *Archive) Anonymize() {
	a.Anonymous = true
	a.People, a.Invites, a.Subscriptions, a.Gaps, a.Audit = []Person{}, []Invite{}, []Subscription{}, []Gap{}, []AuditRecord{}
	a.Digests, a.Chats = []DigestSubscription{}, []Chat{}
	a.Salts, a.Ledger, a.Told = Entries{}, Entries{}, Entries{}
	for i := range a.Plans {
		r := &a.Plans[i]
		for j := range r.Corrections {
			r.Corrections[j].By, r.Corrections[j].Reason = "", ""
		}
		for j := range r.Duties {
			r.Duties[j].By = ""
		}
	}
	for i := range a.Requests {
		a.Requests[i].anonymize()
	}
	for i := range a.Filings {
		a.Filings[i].anonymize()
	}
	for i := range a.Closings {
		a.Closings[i].By = ""
	}
	for i := range a.Bulletins {
		a.Bulletins[i].anonymize()
	}
	for i := range a.Feedback {
		f := &a.Feedback[i]
		f.Text, f.Place, f.Evidence, f.By, f.Chat, f.Answer, f.AnsweredBy = "", "", nil, "", "", "", ""
	}
}

func (r *Request) anonymize() {
	r.By, r.Chat = "", ""
	if r.Review != nil {
		review := *r.Review
		review.By, review.Reason = "", ""
		r.Review = &review
	}
}

func (f *Filing) anonymize() {
	f.By, f.Chat, f.Evidence, f.Reason = "", "", nil, ""
	for i := range f.Reviews {
		f.Reviews[i].By, f.Reviews[i].Reason = "", ""
	}
}

func (b *Bulletin) anonymize() {
	b.By = ""
	b.Errata = slices.Clone(b.Errata)
	for i := range b.Errata {
		b.Errata[i].By = ""
	}
}
