package commands

import (
	"context"
	"regexp"
	"strings"
	"sync"
	"time"

	"golang.org/x/text/width"

	"duban/plan"
	"duban/render"
)

// Limits of what is counted in memory before it is stored.
const (
	gapBatch   = 20 // questions
	longestGap = 60 // characters
	mostGaps   = 20 // that a list shows
)

// gapCount counts questions without an answer: pure questions write nothing, so counts are
// stored in batches of gapBatch, when they are asked for, and at the end (see Flush).
type gapCount struct {
	mu     sync.Mutex
	counts map[string]int
	asked  int
	last   time.Time
}

// add counts a question; full says that a batch is.
func (g *gapCount) add(question string, n int, now time.Time) (full bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.counts == nil {
		g.counts = map[string]int{}
	}
	g.counts[question] += n
	g.asked += n
	if now.After(g.last) {
		g.last = now
	}
	return g.asked >= gapBatch
}

// take empties the count.
func (g *gapCount) take() (counts map[string]int, last time.Time) {
	g.mu.Lock()
	defer g.mu.Unlock()
	counts, g.counts, g.asked = g.counts, nil, 0
	return counts, g.last
}

// Flush stores the questions without an answer that are only counted in memory so far; call
// it before the program ends. After an error they stay counted.
func (r *Router) Flush(ctx context.Context) error {
	counts, last := r.gaps.take()
	if len(counts) == 0 {
		return nil
	}
	err := r.store.Update(ctx, func(tx plan.Tx) error {
		for question, n := range counts {
			if err := tx.Gap(question, n, last); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		for question, n := range counts {
			r.gaps.add(question, n, last)
		}
	}
	return err
}

// countGap counts the question of a turn if it got no answer.
func (r *Router) countGap(ctx context.Context, t *turn) error {
	question := foldGap(t.gap)
	if question == "" || !r.gaps.add(question, 1, t.request.Now) {
		return nil
	}
	return r.Flush(ctx)
}

// Numbers that may say who asked: five digits and more, however they are parted, and where
// somebody lives (东关街12号3单元501).
const (
	longNumber  = `\d(?:[\s\pP\pS]*\d){4,}`
	houseNumber = `\p{Han}{0,8}\d+(?:号楼|号院|号|栋|幢|单元|室)(?:[\d\s-]*(?:号楼|号|楼|栋|幢|单元|室|户|层)|[\d-]+)+|\d+(?:栋|幢|单元|室)`
)

// Words that make no other question, and what may say who asked.
var (
	politeWords   = strings.NewReplacer("请问", "", "你好", "", "您好", "", "麻烦", "", "谢谢", "")
	gapMarks      = regexp.MustCompile(`[\s\pP\pS]+`)
	personalWords = regexp.MustCompile(`\S*@\S*|[0-9A-Za-z_-]*` + longNumber + `[0-9A-Za-z_-]*|[一二三四五六七八九零〇]{7,}|` + houseNumber)
)

// foldGap writes a question so that the same one counts together, without what may be
// personal.
func foldGap(text string) string {
	text = strings.ToLower(width.Fold.String(text))
	text = personalWords.ReplaceAllString(text, "")
	text = politeWords.Replace(gapMarks.ReplaceAllString(text, ""))
	text = strings.TrimRight(text, "呢啊呀吗嘛吧哦")
	runes := []rune(text)
	return string(runes[:min(len(runes), longestGap)])
}

// handleGaps lists the questions without an answer.
func handleGaps(t *turn) ([]render.Message, error) {
	if err := plan.May(t.actor, plan.ActSeeGaps, nil); err != nil {
		return nil, err
	}
	t.show(t.current(), nil)
	t.after = append(t.after, func() (messages []render.Message, err error) {
		if err := t.router.Flush(t.ctx); err != nil {
			return nil, err
		}
		err = t.router.store.View(t.ctx, func(tx plan.Tx) error {
			list, err := tx.As(t.actor, t.request.Now).Gaps(mostGaps)
			messages = one(render.Gaps(list))
			return err
		})
		return messages, err
	})
	return nil, nil
}
