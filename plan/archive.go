package plan

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

	Salts  Entries `json:"salts,omitzero"`  // of the digests and persons in Audit
	Ledger Entries `json:"ledger,omitzero"` // messages that were stored once
}

// Entries are records that only the storage reads: they are carried as they are.
type Entries struct {
	Last    uint64            `json:"last"`    // number that was given out last
	Records map[string][]byte `json:"records"` // by hex of the key
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
	a.Salts, a.Ledger = Entries{}, Entries{}
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
