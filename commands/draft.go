package commands

import (
	"slices"
	"time"

	"duban/ask"
	"duban/plan"
)

// filingDialog is a filing that waits for its confirmation.
type filingDialog struct {
	Drafts   []draft         `json:"drafts"`
	Evidence []plan.Evidence `json:"evidence,omitempty"`
	Message  string          `json:"message,omitempty"` // that it came in
	Editing  int             `json:"editing,omitempty"` // draft whose number is awaited, from 1
	Photo    bool            `json:"photo,omitempty"`   // a photo is awaited
	Caption  string          `json:"caption,omitempty"` // of evidence that waits for its words
	At       time.Time       `json:"at,omitzero"`       // when that evidence came
	Seq      string          `json:"seq,omitempty"`     // of the last question; buttons of others are stale
}

// draft is one status report before it is filed.
type draft struct {
	Plan       plan.Key         `json:"plan"`
	Item       plan.ID          `json:"item"`
	Others     []plan.ID        `json:"others,omitempty"` // that the words may mean as well
	Value      *plan.Decimal    `json:"value,omitempty"`
	Unit       string           `json:"unit,omitempty"`
	Stage      plan.Stage       `json:"stage,omitempty"`
	Percent    *plan.Decimal    `json:"percent,omitempty"`
	Date       plan.Date        `json:"date"`
	Note       string           `json:"note,omitempty"`
	Cleared    []plan.DoubtKind `json:"cleared,omitempty"` // doubts that the filer answered
	Supersedes plan.FilingID    `json:"supersedes,omitempty"`
	Reason     string           `json:"reason,omitempty"`
	Rest       string           `json:"rest,omitempty"`    // of a task of several things, what was not spoken of
	Nearly     bool             `json:"nearly,omitempty"`  // 基本完成 of what is to be completed
	Missing    string           `json:"missing,omitempty"` // why the number has to be asked for
}

// subject is what a draft is about, with what was filed before.
type subject struct {
	plan       *plan.Plan
	commitment *plan.Commitment
	target     *plan.Target // nil for a task
	task       *plan.Task
	duty       *plan.Duty
	history    []plan.Filing // that the filer may see
	accepted   []plan.Mark
	known      []plan.Mark // accepted ones and those that wait, oldest first by data date
	replaced   map[plan.FilingID]bool
}

// subject reads what a draft is about.
func (t *turn) subject(key plan.Key, item plan.ID) (*subject, error) {
	e := t.library.Engine(string(key))
	if e == nil || e.Plan().Key() != key {
		return nil, plan.ErrNotFound
	}
	s := &subject{plan: e.Plan(), commitment: e.Plan().Holder(item)}
	if s.commitment == nil {
		return nil, plan.ErrNotFound
	}
	s.target, s.task = s.commitment.Target(item), s.commitment.Task(item)
	if s.target == nil && s.task == nil {
		return nil, plan.ErrNotFound
	}
	duties, err := t.tx.Plans().Duties(key)
	if err != nil {
		return nil, err
	}
	s.duty = plan.DutyOf(s.commitment, item, duties)
	s.history, err = t.desk().History(key, item)
	s.history = slices.DeleteFunc(s.history, func(f plan.Filing) bool { return f.Date.After(t.today()) }) // while the clock is set back
	s.sort()
	return s, err
}

// sort finds the filings that count, and those that count or wait.
func (s *subject) sort() {
	var accepted, known []plan.Mark
	s.replaced = plan.Replaced(s.history)
	for i := range s.history {
		f := &s.history[i]
		m, ok := f.Mark()
		if ok {
			accepted = append(accepted, m)
		}
		if ok || f.Verdict() == "" && !s.replaced[f.ID] {
			known = append(known, m)
		}
	}
	far := plan.Date{Year: 9999, Month: time.December, Day: 31}
	s.accepted = plan.AcceptedAt(accepted, far, time.Time{})
	s.known = plan.AcceptedAt(known, far, time.Time{})
}

// last is the newest filing that counts or waits, up to a day; nil for none.
func (s *subject) last(day plan.Date) *plan.Mark {
	for _, m := range slices.Backward(s.known) {
		if !m.Date.After(day) {
			return &m
		}
	}
	return nil
}

// later is the newest filing that counts or waits and is dated after a draft; nil for none.
func (s *subject) later(d *draft) *plan.Mark {
	for _, m := range slices.Backward(s.known) {
		if m.Date.After(d.Date) && m.ID != d.Supersedes {
			return &m
		}
	}
	return nil
}

// match is the subject as words find it.
func (s *subject) match() *ask.Match {
	return &ask.Match{Commitment: s.commitment, Target: s.target, Task: s.task}
}

// plus adds what was done in a period to the last cumulative value: that of the months
// before where it is the number of a month. nil where nothing was filed before.
func (s *subject) plus(value plan.Decimal, day plan.Date, month bool) *plan.Decimal {
	base := day
	if month {
		base = plan.NewDate(day.Year, day.Month, 0)
	}
	last := s.last(base)
	if last == nil || last.Value == nil {
		return nil
	}
	sum := plan.NewDecimalRat(value.Rat().Add(value.Rat(), last.Value.Rat()))
	return &sum
}

// filing is what the draft would file.
func (d *draft) filing() plan.Filing {
	return plan.Filing{
		Plan: d.Plan, Item: d.Item, Value: d.Value, Stage: d.Stage, Percent: d.Percent, Date: d.Date,
		Note: d.Note, Supersedes: d.Supersedes, Reason: d.Reason,
	}
}

// doubts returns what has to be asked back about a draft.
func (d *draft) doubts(s *subject, today plan.Date) []plan.Doubt {
	f := d.filing()
	var found []plan.Doubt
	if s.target != nil {
		known := s.known
		if d.Reason == sameDay {
			f.Supersedes = 0
		} else if d.Supersedes != 0 {
			known = slices.DeleteFunc(slices.Clone(known), func(m plan.Mark) bool { return m.ID == d.Supersedes })
		}
		found = plan.DoubtsOf(s.target, &f, d.Unit, known, s.plan.Year, today)
	} else {
		found = append(plan.DoubtsOf(&plan.Target{}, &plan.Filing{Date: d.Date}, "", nil, s.plan.Year, today), d.taskDoubts(s)...)
	}
	if len(d.Others) > 0 {
		found = append([]plan.Doubt{{Kind: plan.DoubtAmbiguous}}, found...)
	}
	return slices.DeleteFunc(found, func(x plan.Doubt) bool { return slices.Contains(d.Cleared, x.Kind) })
}

// taskDoubts asks about a task that goes back, about one of several things, and about one
// that is nearly done.
func (d *draft) taskDoubts(s *subject) []plan.Doubt {
	var found []plan.Doubt
	if d.Stage == plan.Finished && (d.Rest != "" || d.Nearly) {
		found = append(found, plan.Doubt{Kind: plan.DoubtPart})
	}
	for _, m := range slices.Backward(s.known) {
		if m.ID == d.Supersedes && d.Supersedes != 0 && d.Reason != sameDay || m.Date.After(d.Date) {
			continue
		}
		if d.Stage.Before(m.Stage) {
			found = append(found, plan.Doubt{Kind: plan.DoubtBackward, Last: &m})
		}
		break
	}
	return found
}

// clear notes that the filer answered a doubt.
func (d *draft) clear(kinds ...plan.DoubtKind) {
	for _, k := range kinds {
		if !slices.Contains(d.Cleared, k) {
			d.Cleared = append(d.Cleared, k)
		}
	}
}
