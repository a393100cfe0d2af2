package ask

import (
	"cmp"
	"slices"
	"strings"
)

// board holds the running scores of one question.
type board struct {
	node, unit   []float32 // totals; a unit's is what it adds to its node's
	best         [2][]float32
	told, shown  []float32
	hits, served []int32
}

func (x *index) newBoard() *board {
	n := max(len(x.node), len(x.unit))
	b := &board{
		node: make([]float32, len(x.node)), unit: make([]float32, len(x.unit)),
		told: make([]float32, n), shown: make([]float32, n),
	}
	b.best = [2][]float32{make([]float32, len(x.node)), make([]float32, len(x.unit))}
	return b
}

// clear makes the board ready for the next question; told and shown are clear already.
func (b *board) clear() *board {
	clear(b.node)
	clear(b.unit)
	return b
}

// score adds up every atom of a question over nodes and units. An atom counts where it
// stands closest: in the unit itself, else in its segment's headings and text.
func (x *index) score(atoms []atom, b *board) {
	for i := range atoms {
		a := &atoms[i]
		w := a.weight + a.bonus
		if !a.known || w == 0 {
			continue
		}
		nodes := x.match(a, &x.nodes, b.best[0], b)
		for _, id := range nodes {
			b.node[id] += w * b.best[0][id]
		}
		held := slices.Clone(nodes)
		for _, id := range x.match(a, &x.units, b.best[1], b) {
			if extra := b.best[1][id] - b.best[0][x.unit[id].node]; extra > 0 {
				b.unit[id] += w * extra
			}
			b.best[1][id] = 0
		}
		for _, id := range held {
			b.best[0][id] = 0
		}
	}
}

// match computes how well each unit (or node) holds an atom in its best form, into best;
// it returns the ids that hold any.
func (x *index) match(a *atom, lists *postings, best []float32, b *board) []int32 {
	b.served = b.served[:0]
	for i := range a.alts {
		form := &a.alts[i]
		var all float32
		b.hits = b.hits[:0]
		for _, g := range form.grams {
			if g < 0 {
				all++
				continue
			}
			all += x.idf[g]
			for _, p := range lists.of(g) {
				if b.shown[p.id] == 0 {
					b.hits = append(b.hits, p.id)
				}
				b.told[p.id] += x.idf[g] * p.weight
				b.shown[p.id] += x.idf[g]
			}
		}
		for _, id := range b.hits {
			share := b.shown[id] / all
			value := form.weight * share * share * b.told[id] / b.shown[id]
			if best[id] == 0 && value > 0 {
				b.served = append(b.served, id)
			}
			best[id] = max(best[id], value)
			b.told[id], b.shown[id] = 0, 0
		}
	}
	return b.served
}

// candidate is a unit that may answer.
type candidate struct {
	unit  int32
	raw   float32 // share of the question that it holds, 0 to 1
	score float32 // raw, adjusted by period, unit and kind
}

const finalists = 48

// rank returns the best units of a question, best first.
func (e *Engine) rank(q *question) []candidate {
	x := e.index
	if q.total == 0 {
		return nil
	}
	b := x.boards.Get().(*board)
	defer func() { x.boards.Put(b.clear()) }()
	x.score(q.atoms, b)
	list := make([]candidate, 0, 256)
	var top float32
	q.achieved = q.achieved[:0]
	for id := range x.unit {
		raw := b.node[x.unit[id].node] + b.unit[id]
		if raw <= 0 {
			continue
		}
		raw /= q.total
		if f := x.unit[id].figure; f != nil && f.Year == e.plan.Year-1 && raw > 0.4 && (q.lastYear || q.compare) {
			q.achieved = append(q.achieved, candidate{unit: int32(id), raw: raw})
		}
		c := candidate{unit: int32(id), raw: raw, score: raw * e.fit(q, int32(id))}
		top = max(top, c.score)
		if c.score > 0.5*top {
			list = append(list, c)
		}
	}
	slices.SortStableFunc(list, func(a, b candidate) int { return cmp.Compare(b.score, a.score) })
	list = list[:min(len(list), finalists)]
	asked := q.gramSet()
	for i := range list {
		list[i].score *= e.closeness(q, list[i].unit, asked)
	}
	e.byClause(q, list)
	slices.SortStableFunc(list, func(a, b candidate) int { return cmp.Compare(b.score, a.score) })
	return list
}

// byClause raises what holds the asking part of a longer message: the rest is how it came
// to be asked.
func (e *Engine) byClause(q *question, list []candidate) {
	if q.clauses() < 2 {
		return
	}
	for i := range list[:min(len(list), 24)] {
		c := &list[i]
		if share := e.clauseShare(q, c.unit); share > c.raw {
			c.score *= share / c.raw
			c.raw = share
		}
	}
}

// A clause of a longer message counts alone where it weighs enough, and a little less than
// the whole would.
const (
	clauseWeight = 0.8
	clauseTrust  = 0.95
)

// clauseShare is the share of the question's best clause that a unit holds.
func (e *Engine) clauseShare(q *question, unit int32) (best float32) {
	wide := e.index.holding(unit, false)
	defer wide.done()
	for clause := range q.clauses() {
		terms := 0
		share, total := wide.cover(q.atoms, func(a *atom) bool {
			if a.clause == clause && a.weight > weakWord {
				if terms++; a.word {
					terms++
				}
			}
			return a.clause == clause
		})
		if total >= clauseWeight && terms > 1 {
			best = max(best, clauseTrust*share)
		}
	}
	return best
}

// clauses is how many clauses the question has.
func (q *question) clauses() int {
	n := 0
	for i := range q.atoms {
		n = max(n, q.atoms[i].clause+1)
	}
	return n
}

// gramSet returns the grams that the question knows in any form.
func (q *question) gramSet() map[int32]bool {
	set := make(map[int32]bool, 64)
	for i := range q.atoms {
		for _, form := range q.atoms[i].alts {
			for _, g := range form.grams {
				set[g] = true
			}
		}
	}
	return set
}

// closeness raises a target or figure whose own name the question says and lowers one that
// only shares a sentence with the words asked for.
func (e *Engine) closeness(q *question, id int32, asked map[int32]bool) float32 {
	u := &e.index.unit[id]
	if u.target == nil && u.figure == nil && u.task == nil {
		return 1
	}
	share := e.ownShare(q, id)
	return 0.78 + 0.26*share + 0.06*e.density(id, asked)
}

// density is the share of a metric's name that the question says: of two targets that hold
// the question equally well, the one with less beside it is meant.
func (e *Engine) density(id int32, asked map[int32]bool) float32 {
	u := &e.index.unit[id]
	said := 0
	for _, g := range u.name {
		if !e.index.single[g] && asked[g] {
			said++
		}
	}
	return float32(said) / float32(max(u.pairs, 1))
}

// fit is the factor by which period, unit and kind of answer raise or lower a unit.
func (e *Engine) fit(q *question, id int32) float32 {
	u := &e.index.unit[id]
	n := &e.index.node[u.node]
	f := e.fitPeriod(q, n, u)
	if q.about != nil && n.commitment == q.about {
		f *= 1.3
	}
	switch {
	case u.target != nil && q.loose() && growsIn(u.target.Metric):
		f *= 1.12
	case u.target != nil:
		f *= fitUnit(q, u.target.Unit, u.dim)
	}
	if u.figure != nil {
		f *= fitUnit(q, u.figure.Unit, u.dim)
	}
	switch {
	case u.target != nil || u.figure != nil || !q.quantity:
	case strings.Contains(q.text, "多少") || q.unit != "":
		f *= 0.9
	default:
		f *= 0.95
	}
	return f
}

func (e *Engine) fitPeriod(q *question, n *node, u *unit) float32 {
	if n.commitment == nil {
		switch {
		case q.fiveYear && u.figure == nil && strings.Contains(n.segment.Text, "五年"):
			return 1
		case q.fiveYear:
			return 0.5
		case (q.lastYear && !q.compare || q.past > 0) && u.figure != nil:
			return 0.95
		case q.lastYear && !q.compare || q.past > 0:
			return 0.8
		}
		return 0.35
	}
	switch {
	case q.fiveYear:
		return 0.6
	case q.lastYear && !q.compare && u.target != nil && u.target.Baseline == nil:
		return 0.75
	case q.year > 0:
		if u.target != nil && u.target.Deadline.Year == q.year {
			return 1.15
		}
		return 0.85
	case q.horizon && n.horizon:
		return 1.15
	case q.horizon:
		return 0.6
	case n.horizon && q.thisYear && q.lastYear:
		return 0.4
	case n.horizon && (q.thisYear || q.lastYear):
		return 0.55
	case n.horizon:
		return 0.75
	}
	return 1
}

// loose reports whether a question asks by how much something changes without saying in
// what: 养老金涨多少 may be answered in yuan or in per cent.
func (q *question) loose() bool {
	return q.dimension == percent && q.unit == "" && containsAny(q.text, []string{"涨多少", "增长多少", "增多少", "提高多少", "涨几", "增加多少"}) && !containsAny(q.text, []string{"百分", "%", "率", "比例", "占比", "比重"})
}

// growsIn reports whether a target's name says that something grows.
func growsIn(metric string) bool {
	for _, w := range []string{"提高", "增加", "提升", "上涨", "增长"} {
		if strings.HasSuffix(metric, w) {
			return true
		}
	}
	return false
}

// fitUnit compares the unit asked for with a target's.
func fitUnit(q *question, have string, dim dimension) float32 {
	switch {
	case q.dimension == anyDimension:
		if q.quantity {
			return 1.06
		}
		return 1.02
	case q.unit != "" && strings.HasSuffix(have, q.unit):
		return 1.2
	case q.dimension == dim:
		return 1.12
	default:
		return 0.7
	}
}
