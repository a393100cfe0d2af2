package ask

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed synonyms.txt
var synonymsText string

//go:embed fillers.txt
var fillersText string

//go:embed places.txt
var placesText string

//go:embed things.txt
var thingsText string

//go:embed weak.txt
var weakText string

// synonym is a report's word for an everyday one.
type synonym struct {
	text   string
	weight float32 // 1: the same thing
}

// lexicon is what the package knows of words, whatever the report.
type lexicon struct {
	synonyms map[string][]synonym // everyday word → report words
	fillers  map[string]bool
	weak     map[string]bool // say what happens, not to what: 涨, 新增
	places   map[string]bool // value: the name counts without its suffix
	known    map[string]bool // grams of the everyday words: no typos
	longest  int             // characters of the longest entry
}

// words returns the lexicon, read once from the embedded tables.
var words = sync.OnceValue(func() *lexicon {
	l := &lexicon{
		synonyms: make(map[string][]synonym, 1500), fillers: make(map[string]bool, 1000), weak: make(map[string]bool, 100),
		places: make(map[string]bool, 400), known: make(map[string]bool, 3000),
	}
	for line := range tableLines(synonymsText) {
		l.addSynonyms(line)
	}
	for line := range tableLines(fillersText) {
		for _, word := range strings.Fields(line) {
			l.fillers[word] = true
			l.reach(word)
		}
	}
	for line := range tableLines(thingsText) {
		for _, word := range strings.Fields(line) {
			l.addSynonyms(word + " >")
		}
	}
	for line := range tableLines(weakText) {
		for _, word := range strings.Fields(line) {
			l.weak[word] = true
		}
	}
	for line := range tableLines(placesText) {
		for _, name := range strings.Fields(line) {
			bare := strings.TrimPrefix(name, "!")
			l.places[bare] = bare == name
		}
	}
	return l
})

// tableLines yields the lines of a table without blank ones and comments.
func tableLines(text string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for line := range strings.Lines(text) {
			line = strings.TrimSpace(line)
			if line != "" && !strings.HasPrefix(line, "#") && !yield(line) {
				return
			}
		}
	}
}

// addSynonyms reads "word word > report-word report-word*0.7".
func (l *lexicon) addSynonyms(line string) {
	left, right, _ := strings.Cut(line, ">")
	var meanings []synonym
	for _, field := range strings.Fields(right) {
		text, weight, weighted := strings.Cut(field, "*")
		s := synonym{text: normalize(text, 0), weight: 0.95}
		if w, err := strconv.ParseFloat(weight, 32); weighted && err == nil {
			s.weight = float32(w)
		}
		meanings = append(meanings, s)
	}
	for _, field := range strings.Fields(left) {
		word := normalize(field, 0)
		l.synonyms[word] = merge(l.synonyms[word], meanings)
		l.reach(word)
		for _, g := range grams(word) {
			l.known[g] = true
		}
	}
}

func (l *lexicon) reach(word string) {
	l.longest = max(l.longest, utf8.RuneCountInString(word))
}

// merge joins two lists of meanings; a word in both keeps its higher weight.
func merge(a, b []synonym) []synonym {
	out := append([]synonym(nil), a...)
next:
	for _, s := range b {
		for i := range out {
			if out[i].text == s.text {
				out[i].weight = max(out[i].weight, s.weight)
				continue next
			}
		}
		out = append(out, s)
	}
	return out
}
