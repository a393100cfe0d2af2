package plan

// Change is what happened to one record between two versions of a plan.
type Change string

// Changes.
const (
	Added   Change = "added"
	Removed Change = "removed"
	Changed Change = "changed"
)

// Diff lists what differs between two versions of a plan: header first, then the records
// in the order of the report; removed ones stand where they stood.
type Diff struct {
	Entries []Entry `json:"entries"`
}

// Entry is one difference. Metric is empty where the commitment itself differs, and the
// whole entry's Code is empty for the report's header.
type Entry struct {
	Change Change `json:"change"`
	Code   Code   `json:"code,omitempty"`
	Title  string `json:"title,omitempty"`
	Metric string `json:"metric,omitempty"`
	Field  string `json:"field,omitempty"` // what changed: value, text, deadline …
	Before string `json:"before,omitempty"`
	After  string `json:"after,omitempty"`

	Item    ID  `json:"item,omitempty"`    // of what was added or removed
	Filings int `json:"filings,omitempty"` // that hang on what was removed, or on what stands again; see Weigh
}

// Empty reports whether nothing differs.
func (d Diff) Empty() bool { return len(d.Entries) == 0 }

func diffOf(old, fresh *Plan) Diff {
	var d Diff
	d.header(old, fresh)
	moved := idsOf(fresh.Commitments)
	for i := range fresh.Commitments {
		c := &fresh.Commitments[i]
		if was := old.ByID(c.ID); was != nil {
			d.commitment(was, c, moved)
			continue
		}
		d.add(Entry{Change: Added, Code: c.Code, Title: c.Title, After: c.Text, Item: c.ID})
	}
	for i := range old.Commitments {
		if c := &old.Commitments[i]; !moved[c.ID] {
			d.add(Entry{Change: Removed, Code: c.Code, Title: c.Title, Before: c.Text, Item: c.ID})
		}
	}
	return d
}

// Weigh counts the filings that hang on what a corrected report removes, and on what it
// brings back. old and fresh are the plans with the targets that supervisors added.
func (d Diff) Weigh(old, fresh *Plan, filings map[ID][]Filing) {
	for i := range d.Entries {
		e := &d.Entries[i]
		from, elsewhere := old, idsOf(fresh.Commitments)
		if e.Change == Added {
			from, elsewhere = fresh, nil
		}
		items := []ID{e.Item}
		if c := from.ByID(e.Item); c != nil {
			items = c.parts()
		}
		for _, id := range items {
			if !elsewhere[id] {
				e.Filings += len(filings[id])
			}
		}
	}
}

func (d *Diff) add(e Entry) { d.Entries = append(d.Entries, e) }

// field records a field that differs.
func (d *Diff) field(e Entry, field, before, after string) {
	if before != after {
		e.Change, e.Field, e.Before, e.After = Changed, field, before, after
		d.add(e)
	}
}

func (d *Diff) header(old, fresh *Plan) {
	if old.Year == 0 {
		return
	}
	d.field(Entry{}, "title", old.Title, fresh.Title)
	d.field(Entry{}, "speaker", old.Speaker, fresh.Speaker)
	d.field(Entry{}, "delivered_on", old.DeliveredOn.String(), fresh.DeliveredOn.String())
}

// commitment compares what went on; kept are the ids of all that the fresh plan holds.
func (d *Diff) commitment(old, fresh *Commitment, kept map[ID]bool) {
	e := Entry{Code: fresh.Code, Title: fresh.Title}
	d.field(e, "code", string(old.Code), string(fresh.Code))
	d.field(e, "text", old.Text, fresh.Text)
	d.targets(old, fresh, kept)
	d.tasks(old, fresh, kept)
}

func (d *Diff) targets(old, fresh *Commitment, kept map[ID]bool) {
	before := map[ID]*Target{}
	for i := range old.Targets {
		before[old.Targets[i].ID] = &old.Targets[i]
	}
	for i := range fresh.Targets {
		t := &fresh.Targets[i]
		e := Entry{Code: fresh.Code, Title: fresh.Title, Metric: t.Metric}
		was, ok := before[t.ID]
		if !ok {
			e.Change, e.After, e.Item = Added, t.ValueText, t.ID
			d.add(e)
			continue
		}
		d.field(e, "metric", was.Metric, t.Metric)
		d.field(e, "value", string(was.Op)+was.ValueText, string(t.Op)+t.ValueText)
		d.field(e, "deadline", was.Deadline.String(), t.Deadline.String())
	}
	for i := range old.Targets {
		if t := &old.Targets[i]; !kept[t.ID] {
			d.add(Entry{Change: Removed, Code: fresh.Code, Title: fresh.Title, Metric: t.Metric, Before: t.ValueText, Item: t.ID})
		}
	}
}

func (d *Diff) tasks(old, fresh *Commitment, kept map[ID]bool) {
	before := map[ID]*Task{}
	for i := range old.Tasks {
		before[old.Tasks[i].ID] = &old.Tasks[i]
	}
	for i := range fresh.Tasks {
		t := &fresh.Tasks[i]
		e := Entry{Code: fresh.Code, Title: fresh.Title, Field: "task"}
		was, ok := before[t.ID]
		if !ok {
			e.Change, e.After, e.Item = Added, t.Text, t.ID
			d.add(e)
			continue
		}
		d.field(e, "task", was.Text, t.Text)
	}
	for i := range old.Tasks {
		if t := &old.Tasks[i]; !kept[t.ID] {
			d.add(Entry{Change: Removed, Code: fresh.Code, Title: fresh.Title, Field: "task", Before: t.Text, Item: t.ID})
		}
	}
}
