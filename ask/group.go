package ask

import (
	"slices"
	"strings"

	"duban/plan"
)

// group is a part, a section or a theme with what it holds.
type group struct {
	code    plan.Code
	title   string // its own heading
	text    string // normalised
	grams   []int32
	depth   int // 1 part, 2 section, 3 theme
	members []*plan.Commitment
}

// groupsOf lists the headings of the plan, parts first.
func groupsOf(p *plan.Plan) []group {
	var groups []group
	at := map[plan.Code]int{}
	add := func(code plan.Code, depth int, title string, c *plan.Commitment) {
		if title == "" {
			return
		}
		i, ok := at[code]
		if !ok {
			i = len(groups)
			at[code] = i
			groups = append(groups, group{code: code, title: title, text: normalize(title, 0), depth: depth})
		}
		groups[i].members = append(groups[i].members, c)
	}
	for i := range p.Commitments {
		c := &p.Commitments[i]
		levels := c.Code.Levels()
		if len(levels) < 4 {
			continue
		}
		add(plan.NewCode(levels[0]), 1, c.Part, c)
		if levels[1] > 0 {
			add(plan.NewCode(levels[:2]...), 2, c.Section, c)
		}
		if !strings.HasPrefix(c.Theme, "各位代表") {
			add(plan.NewCode(levels[:3]...), 3, c.Theme, c)
		}
	}
	return groups
}

// byGroup answers a question for a list: the chapter that it names, the ten 实事, the
// goals of the coming years.
func (e *Engine) byGroup(q *question, a *Answer) bool {
	if q.deeds && q.ordinal == 0 && (q.list || q.distinct() <= 1) && len(e.deeds()) > 0 {
		return e.list(a, "民生实事", withNumbers(e.deeds(), q.numeric), q.numeric)
	}
	if q.horizon && (q.list || q.numeric) && (q.distinct() <= 1 || e.inHeadings(q) > 2) {
		if q.numeric {
			return e.list(a, "今后几年的目标", e.longGoals(), true)
		}
		return e.list(a, "今后几年的目标", e.longTermAll(), false)
	}
	if !q.list && !q.numeric {
		return false
	}
	g := e.bestGroup(q)
	if g == nil {
		return false
	}
	return e.list(a, g.title, membersFor(g, q.numeric), q.numeric)
}

// withNumbers keeps the commitments that have targets, where only numbers are asked for.
func withNumbers(list []*plan.Commitment, numeric bool) []*plan.Commitment {
	if !numeric {
		return list
	}
	return slices.DeleteFunc(list, func(c *plan.Commitment) bool { return len(c.Targets) == 0 })
}

// longTermAll are the commitments of the part about several years.
func (e *Engine) longTermAll() []*plan.Commitment {
	var list []*plan.Commitment
	for i := range e.plan.Commitments {
		if c := &e.plan.Commitments[i]; e.longTerm(c) {
			list = append(list, c)
		}
	}
	return list
}

// inHeadings is how many headings hold all that the question says (更加突出).
func (e *Engine) inHeadings(q *question) int {
	n := 0
	for i := range e.groups {
		if e.groups[i].depth == 2 && e.holds(q, &e.groups[i]) > 0.9 {
			n++
		}
	}
	return n
}

// longGoals are the commitments with targets that fall due well after the plan's year.
func (e *Engine) longGoals() []*plan.Commitment {
	var list []*plan.Commitment
	for i := range e.plan.Commitments {
		c := &e.plan.Commitments[i]
		for j := range c.Targets {
			if c.Targets[j].Deadline.Year > e.plan.Year+2 && e.longTerm(c) {
				list = append(list, c)
				break
			}
		}
	}
	return list
}

// list answers with several commitments in the order of the report.
func (e *Engine) list(a *Answer, title string, members []*plan.Commitment, numeric bool) bool {
	if len(members) == 0 {
		return false
	}
	items := make([]Item, 0, len(members))
	for _, c := range members {
		item := Item{Commitment: c, Segment: &c.Segment}
		if numeric {
			item.Targets = targetsOf(c)
		}
		items = append(items, item)
	}
	a.Title = title
	a.answer(IntentList, items...)
	return true
}

// groupThreshold is the share of a question's weight that a heading must hold.
const groupThreshold = 0.42

// bestGroup returns the heading that the question names: the one that holds most of it, of
// equals the deeper; nil where none does, or where a single commitment holds clearly more.
func (e *Engine) bestGroup(q *question) *group {
	var best *group
	var top float32
	for i := range e.groups {
		g := &e.groups[i]
		if g.depth == 1 || len(g.members) < 2 {
			continue
		}
		score := e.holds(q, g)
		if g.depth == 3 && numbered(g) {
			score *= 1.06
		}
		if score > top+0.001 {
			best, top = g, score
		}
	}
	if top < groupThreshold {
		return nil
	}
	return best
}

func numbered(g *group) bool {
	n := 0
	for _, c := range g.members {
		if c.Code.Level(3) > 0 {
			n++
		}
	}
	return n >= 2
}

// holds is the share of the question's weight that a heading holds.
func (e *Engine) holds(q *question, g *group) float32 {
	if q.total == 0 {
		return 0
	}
	h := e.index.hold()
	defer h.done()
	h.add(g.grams, 1)
	var sum float32
	for i := range q.atoms {
		sum += q.atoms[i].weight * h.share(&q.atoms[i])
	}
	return sum / q.total
}

// membersFor chooses what a list shows: commitments with numbers, or the numbered items,
// or the paragraphs that have a heading of their own.
func membersFor(g *group, numeric bool) []*plan.Commitment {
	var items, themes, counted []*plan.Commitment
	for _, c := range g.members {
		if len(c.Targets) > 0 {
			counted = append(counted, c)
		}
		switch {
		case c.Code.Level(3) > 0:
			items = append(items, c)
		case c.Theme != "" && !strings.HasPrefix(c.Text, "各位代表"):
			themes = append(themes, c)
		}
	}
	switch {
	case numeric && len(counted) > 0:
		return counted
	case len(items) > 0:
		return items
	case len(themes) > 0:
		return themes
	}
	return g.members
}
