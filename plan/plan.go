package plan

import (
	"strconv"
)

// State tells whether a plan has been checked by supervisors.
type State string

// A plan is imported as a draft (草稿, its figures are 未校核) and then published.
const (
	Draft     State = "draft"
	Published State = "published"
)

// Plan (计划) is the content of one work report: a place, a year, its commitments, and
// the review of the year before that the commitments are compared with.
type Plan struct {
	Title         string `json:"title"`
	Place         string `json:"place"` // as in the report's own words: 聊城市; "" where it names none
	Year          int    `json:"year"`
	DeliveredOn   Date   `json:"delivered_on,omitzero"`
	Speaker       string `json:"speaker,omitempty"`
	Characters    int    `json:"characters"`     // code points of the one copy that was parsed
	CopiesDropped int    `json:"copies_dropped"` // further copies of the same report in the file
	State         State  `json:"state,omitempty"`
	NextID        ID     `json:"next_id,omitempty"`    // first id not yet given; see Merge
	CheckedTo     ID     `json:"checked_to,omitempty"` // NextID when it was published; see Counts

	Commitments []Commitment `json:"commitments"`       // forward-looking segments in the order of the text
	Review      []Segment    `json:"review,omitempty"`  // segments that look back, same codes (1.x)
	Figures     []Figure     `json:"figures,omitempty"` // numbers of the review, in the order of the text
	Gone        []Commitment `json:"gone,omitempty"`    // what earlier editions held and this one does not, by id; see Merge
}

// Key names a plan among all stored ones, for instance "聊城市2017".
type Key string

// Key returns the plan's name: place and year.
func (p *Plan) Key() Key { return Key(p.Place + strconv.Itoa(p.Year)) }

// ID identifies a commitment or a target inside its plan for ever; 0 means not yet given.
// Codes are labels that a corrected report may shift, ids are not.
type ID int

// Segment is one numbered piece of the report's text.
type Segment struct {
	Code    Code   `json:"code"`
	Label   string `json:"label,omitempty"` // what people call it: 实事5; "" where it has only its code
	Title   string `json:"title"`           // its own heading: 扶老救困; else the theme's or section's
	Text    string `json:"text"`            // the report's words, page and footnote marks left out
	Start   int    `json:"start"`           // code points from the beginning of the decoded text
	Part    string `json:"part,omitempty"`  // heading of the part: 2017年工作重点
	Section string `json:"section"`         // heading of the section, "" before the first
	Theme   string `json:"theme"`           // heading of the paragraph, "" where it has none
}

// Commitment (承诺事项) is a segment of the plan with what can be checked in it.
type Commitment struct {
	ID ID `json:"id,omitempty"`
	Segment
	Departments []string `json:"departments"` // as the report names them (责任单位); never guessed
	Targets     []Target `json:"targets"`
	Tasks       []Task   `json:"tasks"`
}

// Figure is a number that the review states: what was achieved in the year before.
type Figure struct {
	Year      int     `json:"year"`
	Metric    string  `json:"metric"`
	Value     Decimal `json:"value"`
	Unit      string  `json:"unit"`
	ValueText string  `json:"value_text"`
	Start     int     `json:"start"`
	Quote     string  `json:"quote"`
	Code      Code    `json:"code,omitempty"` // segment of the review that it stands in
}

// Commitment returns the commitment with the code, or nil.
func (p *Plan) Commitment(code Code) *Commitment {
	for i := range p.Commitments {
		if p.Commitments[i].Code == code {
			return &p.Commitments[i]
		}
	}
	return nil
}

// ByID returns the commitment with the id, or nil.
func (p *Plan) ByID(id ID) *Commitment {
	for i := range p.Commitments {
		if p.Commitments[i].ID == id {
			return &p.Commitments[i]
		}
	}
	return nil
}

// LastYear is the year of the last deadline; at least the plan's.
func (p *Plan) LastYear() int {
	last := p.Year
	for i := range p.Commitments {
		c := &p.Commitments[i]
		for j := range c.Targets {
			last = max(last, c.Targets[j].Deadline.Year)
		}
		for j := range c.Tasks {
			last = max(last, c.Tasks[j].Deadline.Year)
		}
	}
	return last
}

// Targets returns the number of targets of the plan.
func (p *Plan) Targets() int {
	n := 0
	for i := range p.Commitments {
		n += len(p.Commitments[i].Targets)
	}
	return n
}
