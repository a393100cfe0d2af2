package commands

import (
	"cmp"
	_ "embed"
	"slices"
	"strings"
	"unicode/utf8"

	"duban/plan"
)

//go:embed departments.txt
var departmentsText string

// reformYear is the last plan year in which offices have their names from before the reform
// of 2018.
const reformYear = 2018

// Weights of a word: in the commitment's title and its targets' names, and of words marked
// with an exclamation mark.
const (
	titleWeight  = 2
	strongWeight = 3
)

// office is one department with the words of its business.
type office struct {
	before, after string // names up to 2018 and since
	words         []officeWord
}

type officeWord struct {
	text   string
	weight int
}

// offices is the table of departments.txt.
type offices struct {
	list  []office
	alias map[string]string // other spelling → the one that is used
}

// newOffices reads the table.
func newOffices() *offices {
	o := &offices{alias: map[string]string{}}
	for line := range strings.Lines(departmentsText) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if name, others, ok := strings.Cut(line, "="); ok {
			for _, other := range strings.Fields(others) {
				o.alias[other] = strings.TrimSpace(name)
			}
			continue
		}
		if name, words, ok := strings.Cut(line, ":"); ok {
			o.list = append(o.list, newOffice(strings.TrimSpace(name), strings.Fields(words)))
		}
	}
	return o
}

func newOffice(name string, words []string) office {
	before, after, changed := strings.Cut(name, ">")
	if !changed {
		after = before
	}
	x := office{before: before, after: after}
	for _, w := range words {
		text, strong := strings.CutSuffix(w, "!")
		weight := utf8.RuneCountInString(text)
		if strong {
			weight *= strongWeight
		}
		x.words = append(x.words, officeWord{text, weight})
	}
	return x
}

// suggestion is the office that a commitment probably falls to, and the words that say so.
type suggestion struct {
	department string
	words      []string
}

// suggest finds the office of a commitment by its words; ok is false where none of them is
// an office's.
func (o *offices) suggest(c *plan.Commitment, year int) (s suggestion, ok bool) {
	best := 0
	head := headOf(c)
	for i := range o.list {
		x := &o.list[i]
		score, words := x.score(head, c.Text)
		if score > best {
			best, s = score, suggestion{department: x.name(year), words: words}
		}
	}
	return s, best > 0
}

// headOf is what a commitment is called and what it counts.
func headOf(c *plan.Commitment) string {
	parts := []string{c.Title}
	for i := range c.Targets {
		parts = append(parts, c.Targets[i].Metric)
	}
	return strings.Join(parts, "\n")
}

func (x *office) name(year int) string {
	if year > reformYear {
		return x.after
	}
	return x.before
}

// score adds up the words of an office, each once; words are those found, heaviest first.
func (x *office) score(head, text string) (score int, words []string) {
	var found []officeWord
	for _, w := range x.words {
		switch {
		case strings.Contains(head, w.text):
			w.weight *= titleWeight
		case !strings.Contains(text, w.text):
			continue
		}
		score += w.weight
		found = append(found, w)
	}
	slices.SortStableFunc(found, func(a, b officeWord) int { return cmp.Compare(b.weight, a.weight) })
	for _, w := range found[:min(len(found), 3)] {
		words = append(words, w.text)
	}
	return score, words
}

// unify writes a department as it is written already: 市民政局 and 聊城市民政局 are 民政局 where
// that is known or where the rest is an office's name. known are the spellings in use.
func (o *offices) unify(name, place string, known []string) string {
	name = strings.TrimSpace(name)
	for _, short := range o.spellings(name, place) {
		if slices.Contains(known, short) {
			return short
		}
	}
	list := o.spellings(name, place)
	for _, k := range known {
		for _, same := range o.spellings(k, place) {
			if slices.Contains(list, same) {
				return k
			}
		}
	}
	return list[len(list)-1]
}

// spellings are the names of one office, the shortest at the end: 聊城市住房和城乡建设局,
// 住房和城乡建设局, 住建局.
func (o *offices) spellings(name, place string) []string {
	list := []string{name}
	for _, lead := range []string{place, strings.TrimSuffix(place, "市") + "市", "市"} {
		if short, ok := strings.CutPrefix(name, lead); ok && lead != "" && utf8.RuneCountInString(short) >= 2 && !o.named(name) {
			list = append(list, short)
			name = short
			break
		}
	}
	if short := o.alias[name]; short != "" {
		list = append(list, short)
	}
	return list
}

// named reports whether a name is an office's of the table: 市场监管局 does not begin with 市.
func (o *offices) named(name string) bool {
	if _, ok := o.alias[name]; ok {
		return true
	}
	return slices.ContainsFunc(o.list, func(x office) bool { return x.before == name || x.after == name })
}
