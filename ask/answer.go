package ask

import (
	"math/big"

	"duban/plan"
)

// Intent is what the asker wants to know.
type Intent string

// Intents. Unanswerable questions keep the intent they were read with.
const (
	IntentTarget      Intent = "target"      // one number of the plan
	IntentProgress    Intent = "progress"    // how far that number is
	IntentCommitment  Intent = "commitment"  // one numbered item, with or without numbers
	IntentCompare     Intent = "compare"     // last year's figure beside this year's
	IntentHorizon     Intent = "horizon"     // this year's goal beside that of several years
	IntentPair        Intent = "pair"        // two numbers of the plan that one message asks for
	IntentList        Intent = "list"        // several items: a chapter, a place, the ten 实事
	IntentStatus      Intent = "status"      // a list by light, by progress, by deadline, of what is not filed
	IntentResponsible Intent = "responsible" // which department answers for it
	IntentChanges     Intent = "changes"     // what changed since a day
	IntentReview      Intent = "review"      // what last year brought, where no target matches it
	IntentCount       Intent = "count"       // how many commitments, targets and tasks there are
	IntentHelp        Intent = "help"        // what can you do, and what was not understood
	IntentTalk        Intent = "talk"        // greetings, thanks, goodbye
)

// Answer is what the report says to a question.
type Answer struct {
	Question string
	Plan     *plan.Plan // the plan that was asked about; nil where there is none
	Intent   Intent
	Answered bool               // false: the report says nothing on it; Items is empty then
	LastYear bool               // only last year's result was asked for
	Untold   bool               // this year's number was asked for and the report has only last year's
	Title    string             // of a list: what its items have in common; of talk: its kind
	Items    []Item             // best first; a list in the order of the report
	Unsure   bool               // the first two items are equally likely
	Slight   bool               // of the question's words the report knows single characters only, and no more than half
	Nearest  []*plan.Commitment // neighbours of a question without an answer
	Reason   string             // of a question without an answer: what the report does not say
	Day      plan.Date          // the day that standings are of; zero where nobody gave one
	Explains bool               // it was asked why a light is as it is
	Asked    bool               // the day was named in the question
	DataTo   plan.Date          // data date of the newest filing in the answer; zero for none
	Changes  []Change           // of IntentChanges, newest first
	Filter   Filter             // of IntentStatus: what the list holds
	Counts   Counts             // of IntentCount
	Compared bool               // of a list: each target stands beside last year's figure
	Facts    []Fact             // numbers that were derived
	Score    float64            // confidence, 0 to 1
	Why      []string           // for --explain: matched words, scores, decisions

	aspects aspects // what of the thing was asked, for the next question
}

// Item is one commitment or one segment of the review in an answer.
type Item struct {
	Commitment  *plan.Commitment // nil for a segment of the review
	Segment     *plan.Segment    // never nil
	Targets     []*plan.Target   // the numbers that the answer is about, best first
	Standings   []Standing       // of Targets, in the same order
	Figures     []*plan.Figure   // figures of the review that the answer is about, best first
	Level       *plan.Figure     // last year's amount of what the first target lets grow, where that was asked; else nil
	Task        *plan.Task       // the deliverable without a number that the answer is about, or nil
	TaskStands  Standing         // of Task
	Light       Light            // of the whole commitment: the worst of its rated parts
	Parts       int              // of the whole commitment: targets and tasks that count
	Unfiled     int              // of Parts those without an accepted filing
	Departments []string         // that answer for it, the leading one first
	Versus      string           // how the first target differs from last year, where that was asked
	Says        string           // the one sentence that answers when something happens; "" otherwise
	Sentences   []string         // the report's sentences that answer a qualitative question, best first
}

// answer fills in an answer that was found.
func (a *Answer) answer(intent Intent, items ...Item) {
	a.Intent, a.Answered, a.Items = intent, true, items
	if a.Score == 0 {
		a.Score = 1
	}
}

// stand adds to every item how it stands and who answers for it.
func (a *Answer) stand(ctx Context) {
	a.Day = ctx.Day
	if a.Intent == IntentCompare && len(a.Items) > 0 && len(a.Items[0].Targets) > 0 {
		item := &a.Items[0]
		item.Versus = a.versus(item.Targets[0], item.Targets[0].Baseline)
	}
	for i := range a.Items {
		item := &a.Items[i]
		if item.Commitment == nil {
			continue
		}
		item.Standings = item.Standings[:0:0]
		for _, t := range item.Targets {
			s := standing(ctx.View, a.Plan, t.ID, ctx.Day)
			item.Standings = append(item.Standings, s)
			a.note(t, s)
		}
		if item.Task != nil {
			item.TaskStands = standing(ctx.View, a.Plan, item.Task.ID, ctx.Day)
			a.dataTo(item.TaskStands.On)
		}
		a.light(ctx, item)
		about := item.Commitment.ID
		if len(item.Targets) == 1 {
			about = item.Targets[0].ID
		}
		item.Departments = departments(ctx.View, a.Plan, item.Commitment, about)
	}
}

// light sums a commitment up: the worst of its rated parts, Unfiled where none is rated.
func (a *Answer) light(ctx Context, item *Item) {
	item.Light, item.Parts, item.Unfiled = Unfiled, 0, 0
	if ctx.View == nil {
		return
	}
	see := func(id plan.ID) {
		s := standing(ctx.View, a.Plan, id, ctx.Day)
		a.dataTo(s.On)
		if s.Unchecked {
			return
		}
		if severity[s.Light] < severity[item.Light] {
			item.Light = s.Light
		}
		if s.Light != Cancelled {
			item.Parts++
		}
		if s.Light == Unfiled {
			item.Unfiled++
		}
	}
	for i := range item.Commitment.Targets {
		see(item.Commitment.Targets[i].ID)
	}
	for i := range item.Commitment.Tasks {
		see(item.Commitment.Tasks[i].ID)
	}
}

func (a *Answer) dataTo(day plan.Date) {
	if day.After(a.DataTo) {
		a.DataTo = day
	}
}

// note records how the progress of a target is derived.
func (a *Answer) note(t *plan.Target, s Standing) {
	a.dataTo(s.On)
	if s.Progress == nil || s.Reported == nil {
		return
	}
	a.Facts = append(a.Facts, Fact{
		Value: PercentText(s.Progress), Formula: s.Reported.String() + " ÷ " + t.Value.String(),
		Operands: []string{s.Reported.String(), t.ValueText},
	})
}

// PercentText writes a share as a percentage with one decimal: 33.0%.
func PercentText(share *big.Rat) string {
	return new(big.Rat).Mul(share, big.NewRat(100, 1)).FloatString(1) + "%"
}
