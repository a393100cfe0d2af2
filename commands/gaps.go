package commands

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"duban/ask"
	"duban/plan"
)

// Gap is a question without an answer, as often as it was asked.
type Gap struct {
	Plan     plan.Key // that it was put to; "" where there was none
	Question string   // folded: blanks and punctuation at the end left out
	Reason   string   // what the answer said instead
	Count    int
	Last     time.Time
}

// GapStore keeps gaps. AddGaps adds the counts to those already stored of the same plan
// and question and keeps the later time; it may be called again with the same batch after
// an error, so it stores all of a batch or nothing.
type GapStore interface {
	AddGaps(ctx context.Context, batch []Gap) error
}

// Limits of what is kept between two flushes, so that a flood cannot fill the memory.
const (
	mostGaps   = 1_000
	longestGap = 100 // characters of a question
)

// Gaps collects questions without an answer in memory; Flush hands them on in one batch.
// Answering stays free of writes. The zero value is ready; a nil one records nothing.
type Gaps struct {
	mu    sync.Mutex
	batch map[gapKey]*Gap
}

type gapKey struct {
	plan     plan.Key
	question string
}

// Note records an answer that has none. Small talk and what was not understood as a
// question are no gaps of the report.
func (g *Gaps) Note(a ask.Answer, now time.Time) {
	if g == nil || a.Answered || a.Intent == ask.IntentHelp {
		return
	}
	gap := Gap{Question: foldQuestion(a.Question), Reason: a.Reason, Count: 1, Last: now}
	if gap.Question == "" {
		return
	}
	if a.Plan != nil {
		gap.Plan = a.Plan.Key()
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.add(gap)
}

func (g *Gaps) add(gap Gap) {
	key := gapKey{gap.Plan, gap.Question}
	if known, ok := g.batch[key]; ok {
		known.Count += gap.Count
		if gap.Last.After(known.Last) {
			known.Last = gap.Last
		}
		return
	}
	if g.batch == nil {
		g.batch = map[gapKey]*Gap{}
	}
	if len(g.batch) < mostGaps {
		g.batch[key] = &gap
	}
}

// Flush stores what was collected. After an error the batch is kept for the next time.
func (g *Gaps) Flush(ctx context.Context, store GapStore) error {
	if g == nil {
		return nil
	}
	g.mu.Lock()
	batch := make([]Gap, 0, len(g.batch))
	for _, gap := range g.batch {
		batch = append(batch, *gap)
	}
	g.batch = nil
	g.mu.Unlock()
	if len(batch) == 0 {
		return nil
	}
	slices.SortFunc(batch, func(a, b Gap) int {
		return strings.Compare(string(a.Plan)+a.Question, string(b.Plan)+b.Question)
	})
	err := store.AddGaps(ctx, batch)
	if err != nil {
		g.mu.Lock()
		defer g.mu.Unlock()
		for _, gap := range batch {
			g.add(gap)
		}
	}
	return err
}

// foldQuestion makes questions that differ in blanks and closing marks one.
func foldQuestion(text string) string {
	runes := []rune(strings.Trim(strings.Join(strings.Fields(text), " "), " ？?。！!，,"))
	return string(runes[:min(len(runes), longestGap)])
}
