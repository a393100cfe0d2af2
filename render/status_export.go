package render

import (
	"encoding/json"
	"io"
	"math/big"
	"strings"

	"duban/plan"
)

// StatusReport is what the exports of a plan's standing show.
type StatusReport struct {
	*plan.PlanStanding
	Duties map[plan.ID]plan.Duty
	Demo   bool // figures for show, to be marked as such
}

// Decimals that shares of a target and means of a commitment are rounded to.
const (
	shareDecimals = 4
	meanDecimals  = 3
)

// ratio is an exact number that is written with a few decimals, or null.
type ratio struct {
	value    *big.Rat
	decimals int
}

// MarshalJSON writes a JSON number.
func (r ratio) MarshalJSON() ([]byte, error) {
	if r.value == nil {
		return []byte("null"), nil
	}
	return []byte(r.String()), nil
}

// String writes the number without trailing zeros, nothing for none.
func (r ratio) String() string {
	if r.value == nil {
		return ""
	}
	s := r.value.FloatString(r.decimals)
	if strings.Contains(s, ".") {
		s = strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
	}
	if s == "-0" {
		return "0"
	}
	return s
}

type statusJSON struct {
	Plan        plan.Key         `json:"plan"`
	AsOf        plan.Date        `json:"as_of"`
	Latest      plan.Date        `json:"data_until"`
	Draft       bool             `json:"draft,omitempty"`
	Demo        bool             `json:"demo,omitempty"`
	Commitments []commitmentJSON `json:"commitments"`
	Tasks       []taskJSON       `json:"tasks"`
	Targets     []targetJSON     `json:"targets"`
}

type commitmentJSON struct {
	Code     plan.Code  `json:"code"`
	Label    string     `json:"label"`
	Title    string     `json:"title"`
	Light    plan.Light `json:"light"`
	Progress ratio      `json:"progress"`
	Unfiled  int        `json:"unfiled"`
	Late     bool       `json:"late,omitempty"`
	Draft    bool       `json:"draft,omitempty"`
	Lead     string     `json:"lead,omitempty"`
	Support  []string   `json:"support,omitempty"`
}

type taskJSON struct {
	Code       plan.Code    `json:"code"`
	Text       string       `json:"text"`
	Stage      plan.Stage   `json:"stage"`
	ReportedOn *plan.Date   `json:"reported_on"`
	Progress   ratio        `json:"progress"`
	Expected   ratio        `json:"expected"`
	Light      plan.Light   `json:"light"`
	Reason     string       `json:"reason"`
	Deadline   plan.Date    `json:"deadline"`
	Late       bool         `json:"late,omitempty"`
	Draft      bool         `json:"draft,omitempty"`
	Original   *plan.Origin `json:"original,omitempty"`
}

type targetJSON struct {
	Code       plan.Code     `json:"code"`
	Metric     string        `json:"metric"`
	Op         plan.Op       `json:"op"`
	Target     plan.Decimal  `json:"target"`
	Unit       string        `json:"unit"`
	Basis      plan.Basis    `json:"basis"`
	Reported   *plan.Decimal `json:"reported"`
	ReportedOn *plan.Date    `json:"reported_on"`
	Progress   ratio         `json:"progress"`
	Expected   ratio         `json:"expected"`
	Gap        ratio         `json:"gap"` // percentage points behind schedule
	Light      plan.Light    `json:"light"`
	Reason     string        `json:"reason"`
	Deadline   plan.Date     `json:"deadline"`
	Late       bool          `json:"late,omitempty"`
	Draft      bool          `json:"draft,omitempty"`
	Original   *plan.Origin  `json:"original,omitempty"`
}

// StatusJSON writes how a plan stands in the shape that other programs rely on. What was
// not filed is null, never 0.
func StatusJSON(w io.Writer, s *StatusReport) error {
	out := statusJSON{
		Plan: s.Plan.Key(), AsOf: s.AsOf, Latest: s.Latest, Draft: s.Plan.State != plan.Published, Demo: s.Demo,
		Commitments: []commitmentJSON{}, Tasks: []taskJSON{}, Targets: []targetJSON{},
	}
	for i := range s.Commitments {
		out.add(s, &s.Commitments[i])
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	return encoder.Encode(out)
}

func (out *statusJSON) add(s *StatusReport, cs *plan.CommitmentStanding) {
	c := cs.Commitment
	entry := commitmentJSON{
		Code: c.Code, Label: c.Label, Title: c.Title, Light: cs.Light, Progress: ratio{cs.Progress, meanDecimals},
		Unfiled: cs.Unfiled, Late: late(cs), Draft: out.Draft,
	}
	if duty := plan.DutyOf(c, c.ID, s.Duties); duty != nil {
		entry.Lead, entry.Support = duty.Lead, duty.Support
	}
	out.Commitments = append(out.Commitments, entry)
	for i := range c.Targets {
		t, st := &c.Targets[i], &cs.Targets[i]
		out.Targets = append(out.Targets, targetJSON{
			Code: c.Code, Metric: t.Metric, Op: t.Op, Target: t.Value, Unit: t.Unit, Basis: st.Basis,
			Reported: st.Reported, ReportedOn: known(st.ReportedOn), Progress: ratio{st.Progress, shareDecimals},
			Expected: ratio{st.Expected, shareDecimals}, Gap: ratio{st.Gap, 2}, Light: st.Light, Reason: st.Reason,
			Deadline: t.Deadline, Late: st.Late, Draft: !s.Plan.Counts(t), Original: t.Original,
		})
	}
	for i := range c.Tasks {
		t, st := &c.Tasks[i], &cs.Tasks[i]
		out.Tasks = append(out.Tasks, taskJSON{
			Code: c.Code, Text: t.Text, Stage: st.Stage, ReportedOn: known(st.ReportedOn), Progress: ratio{st.Progress, shareDecimals},
			Expected: ratio{st.Expected, shareDecimals}, Light: st.Light, Reason: st.Reason, Deadline: t.Deadline, Late: st.Late,
			Draft: out.Draft, Original: t.Original,
		})
	}
}

// known is nil for a date that is not known.
func known(d plan.Date) *plan.Date {
	if d.IsZero() {
		return nil
	}
	return &d
}

// late reports whether a commitment is done, and part of it after its deadline.
func late(cs *plan.CommitmentStanding) bool {
	if cs.Light != plan.Done {
		return false
	}
	for _, list := range [][]plan.Standing{cs.Targets, cs.Tasks} {
		for i := range list {
			if list[i].Late {
				return true
			}
		}
	}
	return false
}
