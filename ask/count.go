package ask

import (
	"regexp"
	"slices"

	"duban/plan"
)

// Counts is how much a plan or a chapter of it promises.
type Counts struct {
	Commitments, Targets, Tasks int
	Asked                       string // what of it was asked for: 指标, 任务, 承诺
}

// countPatterns reads the question how many there are: 多少个指标, 民生类有多少项.
var countPatterns = []*regexp.Regexp{
	regexp.MustCompile(`(多少|共有?几|总有?几)(个|项|条)?(带数字的|量化|硬|具体)?(指标|承诺|任务|目标)`),
	regexp.MustCompile(`(指标|承诺|任务|目标)(事项)?(一共|总共|总计|共)?(有)?(多少|几)(个|项|条)`),
	regexp.MustCompile(`(类|方面|领域|部分)(的|一共|总共|共|都)*(有|是)?(多少)(项|条|个)?()$`),
}

// byCount answers how many commitments, targets and tasks the plan has, or a chapter of it.
func (e *Engine) byCount(q *question, a *Answer) bool {
	if !q.quantity || q.deeds || q.lastYear || q.past > 0 || q.progress || q.explains {
		return false
	}
	for _, pattern := range countPatterns {
		if !pattern.MatchString(q.text) {
			continue
		}
		within, ok := e.scope(q, cutAll(pattern.ReplaceAllString(q.rest, cutMark), append([]string{"类", "方面", "领域", "部分"}, looseListCues...)))
		if !ok {
			continue
		}
		a.Counts = e.countsOf(within)
		a.Counts.Asked = askedNoun(q.text)
		if a.Filter.Within = within; within != "" {
			a.Title = e.titleOf(within)
		}
		a.Intent, a.Answered, a.Score = IntentCount, true, 1
		return true
	}
	return false
}

// asksCount reports whether a question asks how many promises there are.
func asksCount(text string) bool {
	return slices.ContainsFunc(countPatterns, func(p *regexp.Regexp) bool { return p.MatchString(text) })
}

func askedNoun(text string) string {
	switch {
	case containsAny(text, []string{"指标", "数字", "量化"}):
		return "指标"
	case containsAny(text, []string{"任务"}):
		return "任务"
	}
	return "承诺"
}

func (e *Engine) countsOf(within plan.Code) (n Counts) {
	for i := range e.plan.Commitments {
		c := &e.plan.Commitments[i]
		if !c.Code.Within(within) {
			continue
		}
		n.Commitments++
		n.Targets += len(c.Targets)
		n.Tasks += len(c.Tasks)
	}
	return n
}
