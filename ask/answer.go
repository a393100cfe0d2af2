package ask

import "duban/plan"

// Intent is what the asker wants to know.
type Intent string

// Intents. Unanswerable questions keep the intent they were read with.
const (
	IntentTarget     Intent = "target"     // one number of the plan
	IntentCommitment Intent = "commitment" // one numbered item, with or without numbers
	IntentCompare    Intent = "compare"    // last year's figure beside this year's
	IntentList       Intent = "list"       // several items: a chapter, a place, the ten 实事
	IntentReview     Intent = "review"     // what last year brought, where no target matches it
	IntentHelp       Intent = "help"       // greetings, thanks, what can you do
)

// Answer is what the report says to a question.
type Answer struct {
	Question string
	Plan     *plan.Plan // the plan that was asked about; nil where there is none
	Intent   Intent
	Answered bool               // false: the report says nothing on it; Items is empty then
	LastYear bool               // only last year's result was asked for
	Title    string             // of a list: what its items have in common
	Items    []Item             // best first; a list in the order of the report
	Nearest  []*plan.Commitment // neighbours of a question without an answer
	Reason   string             // of a question without an answer: what the report does not say
	Score    float64            // confidence, 0 to 1
	Why      []string           // for --explain: matched words, scores, decisions
}

// Item is one commitment or one segment of the review in an answer.
type Item struct {
	Commitment *plan.Commitment // nil for a segment of the review
	Segment    *plan.Segment    // never nil
	Targets    []*plan.Target   // the numbers that the answer is about, best first
	Figures    []*plan.Figure   // figures of the review that the answer is about, best first
	Task       *plan.Task       // the deliverable without a number that the answer is about, or nil
	Sentences  []string         // the report's sentences that answer a qualitative question, best first
}
