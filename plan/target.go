package plan

// Op is how a value is compared with its target.
type Op string

// Comparisons: 以上, 不低于 and plain 新增 N are AtLeast; 以内, 控制在 are AtMost; 左右
// without floor or ceiling is About; a fixed standard (100%开工) is Exactly.
const (
	AtLeast Op = ">="
	AtMost  Op = "<="
	About   Op = "~="
	Exactly Op = "="
)

// Kind is what sort of number a target is.
type Kind string

// Kinds of targets.
const (
	Count     Kind = "count"     // physical amount to be delivered
	Amount    Kind = "amount"    // money
	Growth    Kind = "growth"    // rate of growth in %
	Share     Kind = "share"     // proportion in %, or a change of it in 百分点
	Reduction Kind = "reduction" // something to be cut
	Ceiling   Kind = "ceiling"   // not to be exceeded
	Multiple  Kind = "multiple"  // 翻番 is 2 倍
)

// Hedge is the word by which the report softens a promise; "" (null in JSON) where it does not.
type Hedge string

// Hedges.
const (
	Strive    Hedge = "力争"
	Roughly   Hedge = "左右"
	Basically Hedge = "基本"
	Around    Hedge = "约"
	Endeavour Hedge = "努力"
)

// MarshalJSON writes null for no hedge.
func (h Hedge) MarshalJSON() ([]byte, error) {
	if h == "" {
		return []byte("null"), nil
	}
	return []byte(`"` + string(h) + `"`), nil
}

// Target (指标) is one number that the government commits to reach and that somebody
// could check later: metric, comparison, value, unit and deadline.
type Target struct {
	ID        ID       `json:"id,omitempty"`
	Metric    string   `json:"metric"`
	Op        Op       `json:"op"`
	Value     Decimal  `json:"value"`             // 万, 亿, 千, 百 multiplied out; percentages as they are
	Upper     *Decimal `json:"upper,omitempty"`   // other end of a range: 6%-7%
	Stretch   *Decimal `json:"stretch,omitempty"` // 力争 value beyond it: 6%以上、力争7%
	Unit      string   `json:"unit"`
	Kind      Kind     `json:"kind"`
	Hedge     Hedge    `json:"hedge"`
	Deadline  Date     `json:"deadline"`
	ValueText string   `json:"value_text"` // as the report writes it: 3.5万套
	Start     int      `json:"start"`      // of ValueText, in code points
	Quote     string   `json:"quote"`      // the clause it stands in
	Baseline  *Figure  `json:"baseline,omitempty"`

	Since ID `json:"since,omitempty"` // NextID of the plan when a corrected report changed its number; see Counts

	Basis     Basis   `json:"basis,omitempty"`     // as supervisors set it; see BasisOf
	Weight    Decimal `json:"weight,omitzero"`     // in its commitment's progress; 0 is 1
	Read      string  `json:"read,omitempty"`      // ValueText as read, where it was fixed
	Nodes     []Node  `json:"nodes,omitempty"`     // of its own schedule; none is linear
	Check     Check   `json:"check,omitempty"`     // what supervisors said of it
	Cancelled string  `json:"cancelled,omitempty"` // why it was cancelled, by whose approval
	Original  *Origin `json:"original,omitempty"`  // what the report says, where it was adjusted
}
