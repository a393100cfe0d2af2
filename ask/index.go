package ask

import (
	"math"
	"strings"

	"duban/plan"
)

// Weights of where a word stands: 1 in a target's own name, less the further it stands
// from the sentence that answers. Chosen on the development questions.
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
}

type unit struct {
	node     int32
	sentence int32 // in node.sentences, -1 where it was not found
	target   *plan.Target
	figure   *plan.Figure
	task     *plan.Task
	own      int32 // number of grams in the metric, 0 for a sentence
}

type posting struct {
	id     int32
	weight float32
}

// index finds units by grams. Gram ids are the same for units and nodes.
type index struct {
	grams   map[string]int32
	idf     []float32   // by gram: 0 (everywhere) to 1 (once)
	units   [][]posting // by gram
	nodes   [][]posting // by gram: title, theme, section, text
	node    []node
	unit    []unit
	text    []string // by node: normalised text with title, theme and section
	metrics []string // by unit: normalised metric, "" for a sentence
}

func buildIndex(p *plan.Plan) *index {
	x := &index{grams: make(map[string]int32, 8192)}
	horizons := partHorizons(p)
	for i := range p.Commitments {
		c := &p.Commitments[i]
		n := x.addNode(&c.Segment, c)
		x.node[n].horizon = horizons[c.Code.Level(0)]
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
	x.node = append(x.node, node{
		segment: s, commitment: c, sentences: sentences(s.Text),
		first: int32(len(x.unit)), end: int32(len(x.unit)),
	})
	fields := []struct {
		text   string
		weight float32
	}{{s.Title, inTitle}, {s.Theme, inTheme}, {s.Section, inSection}, {s.Text, inText}}
	seen := make(map[int32]float32, 256)
	var all strings.Builder
	for _, f := range fields {
		text := normalize(f.text, 0)
		x.collect(seen, text, f.weight)
		all.WriteString(text)
		all.WriteByte(' ')
	}
	x.text = append(x.text, all.String())
	for g, w := range seen {
		x.nodes[g] = append(x.nodes[g], posting{id, w})
	}
	return id
}

// collect notes the best weight of every gram of a text.
func (x *index) collect(seen map[int32]float32, text string, weight float32) {
	eachGram(text, func(g string, _ bool) {
		id := x.gram(g)
		seen[id] = max(seen[id], weight)
	})
}

func (x *index) gram(g string) int32 {
	id, ok := x.grams[g]
	if !ok {
		id = int32(len(x.grams))
		x.grams[strings.Clone(g)] = id
		x.units, x.nodes = append(x.units, nil), append(x.nodes, nil)
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
	metric = normalize(metric, 0)
	u.own = int32(len(grams(metric)))
	if metric == "" {
		u.own = 0
	}
	seen := make(map[int32]float32, 64)
	x.collect(seen, metric, inMetric)
	x.collect(seen, normalize(quote, 0), inQuote)
	if u.sentence >= 0 {
		x.collect(seen, normalize(x.node[u.node].sentences[u.sentence], 0), inSentence)
	}
	id := int32(len(x.unit))
	for g, w := range seen {
		x.units[g] = append(x.units[g], posting{id, w})
	}
	x.unit, x.metrics = append(x.unit, u), append(x.metrics, metric)
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
	for g, list := range x.nodes {
		df := float64(max(len(list), 1))
		x.idf[g] = float32(max(0.05, math.Log(n/df)/math.Log(n)))
	}
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
