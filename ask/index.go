package ask

import (
	"math"
	"slices"
	"strings"
	"sync"

	"duban/plan"
)

// Weights of where a word stands: 1 in a target's own name, less the further it stands
// from the sentence that answers. TestDevelopmentQuestions holds what
// they give.
const (
	inMetric   = 1.0
	inQuote    = 0.88
	inSentence = 0.82
	inTitle    = 0.85
	inTheme    = 0.6
	inSection  = 0.45
	inText     = 0.5
	singleHan  = 0.35 // one character alone says little
)

// node is a segment with its units; unit is what a question can be about inside it: one
// target, one figure of the review, or one sentence.
type node struct {
	segment    *plan.Segment
	commitment *plan.Commitment // nil for a segment of the review
	sentences  []string         // as the report writes them
	first, end int32            // its units
	horizon    bool             // stands in a part about several years
	head       []int32          // grams of title, theme and section
	title      []int32          // grams of the title alone
	said       [][]int32        // grams of each sentence
}

type unit struct {
	node     int32
	sentence int32 // in node.sentences, -1 where it was not found
	target   *plan.Target
	figure   *plan.Figure
	task     *plan.Task
	name     []int32 // grams of the metric or task, none for a sentence
	dim      dimension
	pairs    int32 // how many of them are no single characters
}

type posting struct {
	id     int32
	weight float32
}

// index finds units by grams. Gram ids are the same for units and nodes.
type index struct {
	grams  map[string]int32
	idf    []float32 // by gram: 0 (everywhere) to 1 (once)
	units  postings
	nodes  postings // title, theme, section, text
	node   []node
	unit   []unit
	text   []string // by node: normalised text with title, theme and section
	single []bool   // by gram: one Han character

	draft    *drafts      // while the index is built
	horizons map[int]bool // parts that speak of several years
	boards   sync.Pool    // of *board
	scratch  sync.Pool    // of *scratch
}

func buildIndex(p *plan.Plan) *index {
	x := &index{grams: make(map[string]int32, 8192), draft: &drafts{}}
	x.horizons = partHorizons(p)
	for i := range p.Commitments {
		c := &p.Commitments[i]
		n := x.addNode(&c.Segment, c)
		x.node[n].horizon = x.horizons[c.Code.Level(0)]
		for j := range c.Targets {
			x.addTarget(n, &c.Targets[j])
		}
		for j := range c.Tasks {
			x.addTask(n, &c.Tasks[j])
		}
		x.addSentences(n)
	}
	for i := range p.Review {
		n := x.addNode(&p.Review[i], nil)
		for j := range p.Figures {
			if p.Figures[j].Code == p.Review[i].Code {
				x.addFigure(n, &p.Figures[j])
			}
		}
		x.addSentences(n)
	}
	x.weigh()
	x.units, x.nodes, x.draft = pack(x.draft.units), pack(x.draft.nodes), nil
	x.boards.New = func() any { return x.newBoard() }
	x.scratch.New = func() any { return &scratch{weight: make([]float32, len(x.grams))} }
	return x
}

// partHorizons tells which parts speak of several years: those whose heading says so, or
// whose targets mostly fall due more than a year after the plan's.
func partHorizons(p *plan.Plan) map[int]bool {
	late, all, out := map[int]int{}, map[int]int{}, map[int]bool{}
	for i := range p.Commitments {
		c := &p.Commitments[i]
		part := c.Code.Level(0)
		out[part] = out[part] || strings.Contains(c.Part, "五年")
		for j := range c.Targets {
			all[part]++
			if c.Targets[j].Deadline.Year > p.Year+1 {
				late[part]++
			}
		}
	}
	for part, n := range all {
		out[part] = out[part] || 2*late[part] > n
	}
	return out
}

func (x *index) addNode(s *plan.Segment, c *plan.Commitment) int32 {
	id := int32(len(x.node))
	n := node{
		segment: s, commitment: c, sentences: sentences(s.Text),
		first: int32(len(x.unit)), end: int32(len(x.unit)),
	}
	seen := make(map[int32]float32, 256)
	var all strings.Builder
	for i, f := range []struct {
		text   string
		weight float32
	}{{s.Title, inTitle}, {s.Theme, inTheme}, {s.Section, inSection}} {
		text := normalize(f.text, 0)
		ids := x.collect(seen, text, f.weight)
		n.head = append(n.head, ids...)
		if i == 0 {
			n.title = ids
		}
		all.WriteString(text + " ")
	}
	for _, sentence := range n.sentences {
		text := normalize(sentence, 0)
		n.said = append(n.said, x.collect(seen, text, inText))
		all.WriteString(text + " ")
	}
	x.node, x.text = append(x.node, n), append(x.text, all.String())
	for g, w := range seen {
		x.draft.nodes[g] = append(x.draft.nodes[g], posting{id, w})
	}
	return id
}

// collect notes the best weight of every gram of a text and returns the grams.
func (x *index) collect(seen map[int32]float32, text string, weight float32) []int32 {
	ids := make([]int32, 0, len(text)/2)
	eachGram(text, func(g string, single bool) {
		id := x.gram(g, single)
		seen[id] = max(seen[id], weight)
		ids = append(ids, id)
	})
	return slices.Clip(slices.Clone(ids))
}

func (x *index) gram(g string, single bool) int32 {
	id, ok := x.grams[g]
	if !ok {
		id = int32(len(x.grams))
		x.grams[strings.Clone(g)] = id
		x.draft.units, x.draft.nodes = append(x.draft.units, nil), append(x.draft.nodes, nil)
		x.single = append(x.single, single)
	}
	return id
}

func (x *index) addTarget(n int32, t *plan.Target) {
	s := x.sentenceOf(n, t.Quote, t.ValueText)
	x.addUnit(unit{node: n, sentence: s, target: t}, t.Metric, t.Quote)
}

func (x *index) addTask(n int32, t *plan.Task) {
	s := x.sentenceOf(n, t.Text, t.Text)
	x.addUnit(unit{node: n, sentence: s, task: t}, t.Text, "")
}

func (x *index) addFigure(n int32, f *plan.Figure) {
	s := x.sentenceOf(n, f.Quote, f.ValueText)
	x.addUnit(unit{node: n, sentence: s, figure: f}, f.Metric, f.Quote)
}

func (x *index) addSentences(n int32) {
	for i := range x.node[n].sentences {
		x.addUnit(unit{node: n, sentence: int32(i)}, "", "")
	}
}

func (x *index) addUnit(u unit, metric, quote string) {
	seen := make(map[int32]float32, 64)
	switch {
	case u.target != nil:
		u.dim = dimensionOf(u.target.Unit)
	case u.figure != nil:
		u.dim = dimensionOf(u.figure.Unit)
	}
	u.name = x.collect(seen, normalize(metric, 0), inMetric)
	for _, g := range u.name {
		if !x.single[g] {
			u.pairs++
		}
	}
	x.collect(seen, normalize(quote, 0), inQuote)
	if u.sentence >= 0 {
		for _, g := range x.node[u.node].said[u.sentence] {
			seen[g] = max(seen[g], inSentence)
		}
	}
	id := int32(len(x.unit))
	for g, w := range seen {
		x.draft.units[g] = append(x.draft.units[g], posting{id, w})
	}
	x.unit = append(x.unit, u)
	x.node[u.node].end = id + 1
}

// sentenceOf finds the sentence of a node that holds the quote, else the value.
func (x *index) sentenceOf(n int32, quote, value string) int32 {
	for _, needle := range []string{quote, value} {
		for i, s := range x.node[n].sentences {
			if needle != "" && strings.Contains(s, needle) {
				return int32(i)
			}
		}
	}
	return -1
}

// weigh computes how telling each gram is: 1 where one node has it, towards 0 where all do.
func (x *index) weigh() {
	x.idf = make([]float32, len(x.grams))
	n := float64(max(len(x.node), 2))
	for g, list := range x.draft.nodes {
		df := float64(max(len(list), 1))
		x.idf[g] = float32(max(0.05, math.Log(n/df)/math.Log(n)))
	}
}

// drafts are postings by gram while they grow.
type drafts struct{ units, nodes [][]posting }

// postings are lists by gram, one behind the other.
type postings struct {
	from []int32
	all  []posting
}

func (p *postings) of(gram int32) []posting { return p.all[p.from[gram]:p.from[gram+1]] }

func pack(lists [][]posting) postings {
	n := 0
	for _, list := range lists {
		n += len(list)
	}
	p := postings{from: make([]int32, 1, len(lists)+1), all: make([]posting, 0, n)}
	for _, list := range lists {
		p.all = append(p.all, list...)
		p.from = append(p.from, int32(len(p.all)))
	}
	return p
}

// says reports whether a segment holds a normalised text.
func (x *index) says(text string) bool {
	var rarest []posting
	known, found := true, false
	eachGram(text, func(g string, _ bool) {
		id, ok := x.grams[g]
		if known = known && ok; known && (!found || len(x.nodes.of(id)) < len(rarest)) {
			rarest, found = x.nodes.of(id), true
		}
	})
	if !known {
		return false
	}
	for _, p := range rarest {
		if strings.Contains(x.text[p.id], text) {
			return true
		}
	}
	return false
}

// sentences cuts a segment's text at full stops, semicolons and line ends.
func sentences(text string) []string {
	var out []string
	start := 0
	for i, r := range text {
		switch r {
		case '。', '；', ';', '！', '!', '？', '\n':
			end := i + len(string(r))
			if s := strings.TrimSpace(text[start:end]); len(s) > len("。") {
				out = append(out, s)
			}
			start = end
		}
	}
	if s := strings.TrimSpace(text[start:]); s != "" {
		out = append(out, s)
	}
	return out
}
