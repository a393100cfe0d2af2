package ask

import (
	"cmp"
	"slices"
	"strings"

	"duban/plan"
)

// byFilter answers 哪些滞后, 谁没填报, 完成率最低的五项, 本月到期: of the whole plan, or of the
// chapter or the list that the question names.
func (e *Engine) byFilter(q *question, a *Answer) bool {
	if q.lastYear || q.past > 0 {
		return false
	}
	f, rest, ok := q.readFilter(q.ctx.Day)
	if !ok || q.explains && (q.total > unnamedList || q.ordinal != 0) {
		return false
	}
	left, _ := e.read(rest)
	narrowed := *q
	narrowed.atoms, narrowed.total = left, weightOf(left)
	if !e.within(&narrowed, &f) {
		return false
	}
	e.filtered(f, a, q.ctx)
	return true
}

// within finds the chapter that the rest of a question names; false where it names
// something else, so that a single thing is asked about.
func (e *Engine) within(q *question, f *Filter) bool {
	if q.deeds {
		if deeds := e.deeds(); len(deeds) > 0 {
			levels := deeds[0].Code.Levels()
			f.Within = plan.NewCode(levels[:len(levels)-1]...)
			return true
		}
	}
	heavy := 0
	for i := range q.atoms {
		if q.atoms[i].weight > weakWord {
			heavy++
		}
	}
	if heavy == 0 {
		return true
	}
	g := e.bestGroup(q)
	if g == nil || !q.list && f.Kind != FilterLow && f.Kind != FilterHigh {
		return false
	}
	f.Within = g.code
	return true
}

// Status makes a status list.
func (e *Engine) Status(f Filter, ctx Context) Answer {
	a := Answer{Plan: e.plan, Day: ctx.Day, Score: 1}
	e.filtered(f, &a, ctx)
	return a
}

// entry is a target or a task with how it stands.
type entry struct {
	commitment *plan.Commitment
	target     *plan.Target
	task       *plan.Task
	stands     Standing
}

func (en *entry) deadline() plan.Date {
	if en.target != nil {
		return en.target.Deadline
	}
	return en.task.Deadline
}

// filtered fills in a status list: entries of one commitment together, in the order of the
// report, of rankings in the order of progress.
func (e *Engine) filtered(f Filter, a *Answer, ctx Context) {
	var list []entry
	for _, en := range e.entries(f.Within, a, ctx) {
		if f.holds(&en) {
			list = append(list, en)
		}
	}
	if f.Kind == FilterLow || f.Kind == FilterHigh {
		slices.SortStableFunc(list, func(x, y entry) int {
			c := x.stands.Progress.Cmp(y.stands.Progress)
			if f.Kind == FilterHigh {
				return -c
			}
			return c
		})
		list = list[:min(len(list), max(f.N, 1))]
	}
	if f.Kind == FilterBehind || f.Kind == FilterOpen {
		slices.SortStableFunc(list, func(x, y entry) int {
			return cmp.Compare(severity[x.stands.Light], severity[y.stands.Light])
		})
	}
	for i := range list {
		if list[i].target != nil {
			a.note(list[i].target, list[i].stands)
		}
	}
	a.Filter, a.Title = f, titles[f.Kind]
	if f.Within != "" {
		a.Title = e.titleOf(f.Within) + "：" + a.Title
	}
	a.answer(IntentStatus, e.itemsOf(list, f.Kind != FilterLow && f.Kind != FilterHigh, ctx)...)
	a.Day = ctx.Day
}

// titleOf returns the heading of a code.
func (e *Engine) titleOf(code plan.Code) string {
	for i := range e.groups {
		if e.groups[i].code == code {
			return e.groups[i].title
		}
	}
	return string(code)
}

// entries lists everything that can be filed, with how it stands.
func (e *Engine) entries(within plan.Code, a *Answer, ctx Context) []entry {
	var list []entry
	for i := range e.plan.Commitments {
		c := &e.plan.Commitments[i]
		if !c.Code.Within(within) {
			continue
		}
		for j := range c.Targets {
			list = append(list, entry{commitment: c, target: &c.Targets[j], stands: standing(ctx.View, e.plan, c.Targets[j].ID, ctx.Day)})
		}
		for j := range c.Tasks {
			list = append(list, entry{commitment: c, task: &c.Tasks[j], stands: standing(ctx.View, e.plan, c.Tasks[j].ID, ctx.Day)})
		}
	}
	for i := range list {
		a.dataTo(list[i].stands.On)
	}
	return list
}

// holds reports whether an entry belongs to the list.
func (f Filter) holds(en *entry) bool {
	l := en.stands.Light
	if en.stands.Unchecked {
		return false
	}
	switch f.Kind {
	case FilterBehind:
		return l == Yellow || l == Red || l == Overdue
	case FilterOpen:
		return l != Done && l != Unfiled && l != Cancelled
	case FilterUnfiled:
		return l == Unfiled
	case FilterLow, FilterHigh:
		return en.stands.Progress != nil
	case FilterDue:
		return l != Done && l != Cancelled && !en.deadline().After(f.By) && !en.deadline().Before(f.From)
	case FilterRed, FilterYellow, FilterGreen, FilterOverdue, FilterDone:
		return l == Light(f.Kind)
	}
	return false
}

// itemsOf makes the items of a list; joined puts neighbouring targets of one commitment
// into one.
func (e *Engine) itemsOf(list []entry, joined bool, ctx Context) []Item {
	var items []Item
	for _, en := range list {
		n := len(items)
		if n == 0 || !joined || items[n-1].Commitment != en.commitment || en.task != nil || items[n-1].Task != nil {
			items = append(items, Item{Commitment: en.commitment, Segment: &en.commitment.Segment, Departments: departments(ctx.View, e.plan, en.commitment, en.commitment.ID)})
			n++
		}
		item := &items[n-1]
		if en.task != nil {
			item.Task, item.TaskStands = en.task, en.stands
			continue
		}
		item.Targets, item.Standings = append(item.Targets, en.target), append(item.Standings, en.stands)
	}
	return items
}

// Filed counts what was filed of a plan: targets and tasks with and without a filing.
func (e *Engine) Filed(ctx Context) (filed, unfiled int) {
	for _, en := range e.entries("", &Answer{}, ctx) {
		switch {
		case en.stands.Unchecked:
		case en.stands.Light == Unfiled:
			unfiled++
		default:
			filed++
		}
	}
	return filed, unfiled
}

// byChanges answers 最近有什么变化: of the whole plan, or of what the question names.
func (e *Engine) byChanges(q *question, a *Answer) bool {
	if !containsAny(q.text, changeCues) || q.lastYear {
		return false
	}
	rest := q.rest
	for _, cue := range changeCues {
		rest = strings.ReplaceAll(rest, cue, cutMark)
	}
	for _, s := range sinceDays {
		rest = strings.ReplaceAll(rest, s.word, cutMark)
	}
	atoms, _ := e.read(rest)
	if weightOf(atoms) > unnamedList {
		return false
	}
	a.Intent, a.Answered, a.Score, a.Day = IntentChanges, true, 1, q.ctx.Day
	if v := q.ctx.View; v != nil {
		a.Changes = v.Changes(e.plan, since(q.text, q.ctx.Day), q.ctx.Day)
	}
	return true
}
