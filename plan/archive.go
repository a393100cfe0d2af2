package plan

import "time"

// Archive is everything that is stored, in one value: what an export writes and a fresh
// database takes in. Lists are in the order of storing.
type Archive struct {
	Format    string    `json:"format"` // ArchiveFormat
	Anonymous bool      `json:"anonymous,omitempty"`
	Plans     []Records `json:"plans"`

	Requests      []Request      `json:"requests"`
	Filings       []Filing       `json:"filings"` // by number
	People        []Person       `json:"people"`
	Invites       []Invite       `json:"invites"`
	Feedback      []Feedback     `json:"feedback"`
	Subscriptions []Subscription `json:"subscriptions"`
	Gaps          []Gap          `json:"gaps"`
	Audit         []AuditRecord  `json:"audit"`

	Salts        map[uint64][]byte    `json:"salts,omitempty"`         // of the digests in Audit, by record
	PersonalSalt []byte               `json:"personal_salt,omitempty"` // of citizens in Audit
	Ledger       map[string]time.Time `json:"ledger,omitempty"`        // messages that were stored once
}

// ArchiveFormat names the shape of an Archive; another shape gets another name.
const ArchiveFormat = "duban-archive-1"

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
// subscriptions, unanswered questions, the text of feedback, evidence, and the audit chain
// with them. Figures, dates, departments and notes on the work stay.
func (a *Archive) Anonymize() {
	a.Anonymous = true
	a.People, a.Invites, a.Subscriptions, a.Gaps, a.Audit = []Person{}, []Invite{}, []Subscription{}, []Gap{}, []AuditRecord{}
	a.Salts, a.PersonalSalt, a.Ledger = nil, nil, nil
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
