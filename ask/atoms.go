package ask

import (
	"strings"
	"unicode/utf8"
)

// atom is one thing that a question is about: a pair of neighbouring characters, or an
// everyday word with the words that reports use for it.
type atom struct {
	text   string
	alts   []alternative
	weight float32 // what it tells, 0 for what only confirms others
	bonus  float32 // counts where it is found and is not missed where it is not
	known  bool    // the report has it in one of its forms
	word   bool    // an everyday word of the tables, not a pair of characters
	clause int     // of the question, from 0
	focus  bool    // belongs to the term that the question word stands beside: 几个站
}

// alternative is one form of an atom, as gram ids; -1 is a gram that the report lacks.
type alternative struct {
	grams  []int32
	weight float32
}

// pieceKind tells what a stretch of a question is.
type pieceKind uint8

const (
	rawPiece pieceKind = iota
	wordPiece
	gapPiece
)

type piece struct {
	kind     pieceKind
	from, to int // runes
}

// weights of atoms that the report lacks.
const (
	unknownCharacter = 0.42
	unknownWord      = 1.0
	ownWord          = 0.8 // of other forms, where the report uses the asker's own word
	unknownSingle    = 0.2
	weakWord         = 0.35
	boundary         = 0.1 // pair of two known words' neighbours
)

// read cuts a question into atoms. fixed is the text after typos were mended.
func (e *Engine) read(text string) (atoms []atom, fixed string) {
	runes := []rune(text)
	sounds().mend(runes, 0, len(runes), e.reportKnows, false)
	pieces := e.cut(runes)
	mended := false
	for _, p := range pieces {
		if p.kind == rawPiece {
			mended = sounds().mend(runes, p.from, p.to, e.knows, true) || mended
		}
	}
	if mended {
		pieces = e.cut(runes)
	}
	return dedupe(e.atomsOf(runes, pieces)), string(runes)
}

// atomsOf makes the atoms of the pieces of a question.
func (e *Engine) atomsOf(runes []rune, pieces []piece) (atoms []atom) {
	focus, clause := focusOf(runes, pieces), 0
	for i, p := range pieces {
		first := len(atoms)
		switch p.kind {
		case wordPiece:
			atoms = append(atoms, e.word(string(runes[p.from:p.to])))
		case rawPiece:
			atoms = e.raw(atoms, runes[p.from:p.to])
		case gapPiece:
			if runes[p.from] == ' ' {
				clause++
			}
			continue
		}
		for j := first; j < len(atoms); j++ {
			atoms[j].clause, atoms[j].focus = clause, i == focus.piece && (!focus.tail || p.kind == wordPiece || j >= len(atoms)-2) && !words().fillers[atoms[j].text]
		}
		atoms = e.bridge(atoms, runes, pieces, i)
	}
	return atoms
}

func (e *Engine) reportKnows(a, b rune) bool {
	_, ok := e.index.grams[string([]rune{a, b})]
	return ok
}

func (e *Engine) reportSays(run []rune) bool {
	return len(run) <= 2 || e.index.says(string(run))
}

func (e *Engine) knows(a, b rune) bool {
	return e.reportKnows(a, b) || words().known[string([]rune{a, b})]
}

// cut finds the everyday words and fillers of a question; the rest is raw.
func (e *Engine) cut(runes []rune) []piece {
	var pieces []piece
	lex := words()
	for i := 0; i < len(runes); {
		if isGap(runes[i]) {
			pieces = append(pieces, piece{gapPiece, i, i + 1})
			i++
			continue
		}
		kind, n := lex.longestAt(runes[i:])
		if n == 0 || n <= 2 && kind == gapPiece && e.joined(runes, pieces, i, i+n) ||
			n == 1 && kind == wordPiece && e.joined(runes, pieces, i, i+n) {
			kind, n = rawPiece, max(n, 1)
		}
		if kind == rawPiece && classifies(runes, i) {
			kind, n = gapPiece, 1
		}
		if last := len(pieces) - 1; kind == rawPiece && last >= 0 && pieces[last].kind == rawPiece {
			pieces[last].to = i + n
		} else {
			pieces = append(pieces, piece{kind, i, i + n})
		}
		i += n
	}
	return pieces
}

// longestAt returns the longest entry that the text begins with; everyday words win over
// fillers of the same length.
func (l *lexicon) longestAt(runes []rune) (pieceKind, int) {
	limit := min(l.longest, len(runes))
	for i, r := range runes[:limit] {
		if isGap(r) {
			limit = i
			break
		}
	}
	var buffer [64]byte
	encoded := buffer[:0]
	var ends [20]int
	for i, r := range runes[:limit] {
		encoded = utf8.AppendRune(encoded, r)
		ends[i] = len(encoded)
	}
	for n := limit; n > 0; n-- {
		key := encoded[:ends[n-1]]
		if _, ok := l.synonyms[string(key)]; ok {
			return wordPiece, n
		}
		if l.fillers[string(key)] {
			return gapPiece, n
		}
	}
	return rawPiece, 0
}

// joined reports whether the report joins runes[i:j] to what stands beside it, so that it
// is part of a term (工作 in 工作站) rather than a filler.
func (e *Engine) joined(runes []rune, pieces []piece, i, j int) bool {
	if startsWith(string(runes[i:j]), askingWords) {
		return false
	}
	if j-i == 1 && classifies(runes, i) {
		return false
	}
	if j-i == 1 && strings.ContainsRune("的了吗呢吧啊呀么嘛啥咋俺咱我你您几", runes[i]) {
		return false
	}
	if last := len(pieces) - 1; last >= 0 && pieces[last].kind != gapPiece && isHan(runes[i-1]) && e.reportKnows(runes[i-1], runes[i]) && e.reportSays(runes[i-1:j]) {
		return true
	}
	return j < len(runes) && isHan(runes[j]) && e.reportKnows(runes[j-1], runes[j]) && e.reportSays(runes[i:j+1])
}

// classifies reports whether runes[i] is the classifier of a number that is asked for: 个 of
// 几个项目.
func classifies(runes []rune, i int) bool {
	head := strings.TrimRight(string(runes[max(i-4, 0):i]), "万亿")
	if !strings.HasSuffix(head, "几") && !strings.HasSuffix(head, "多少") {
		return false
	}
	return strings.ContainsRune("万亿", runes[i]) || runes[i-1] == '万' && strings.ContainsRune("人元吨亩斤", runes[i]) || strings.ContainsRune("个家处所座件项条张辆台场套户名位次种类间栋片口对支株棵", runes[i])
}

// word makes the atom of an everyday word.
func (e *Engine) word(text string) atom {
	a := atom{text: text, word: true}
	e.addForm(&a, text, 1)
	trust := float32(1)
	if a.known {
		trust = ownWord
	}
	for _, s := range words().synonyms[text] {
		if s.text != text {
			e.addForm(&a, s.text, trust*s.weight)
		}
	}
	if !a.known {
		a.weight = unknownWord
	}
	if words().weak[text] {
		a.weight = min(a.weight, weakWord)
	}
	return a
}

// addForm adds one form of an atom and raises its weight by what the form tells.
func (e *Engine) addForm(a *atom, text string, weight float32) {
	form := alternative{weight: weight}
	var told float32
	known := true
	for _, g := range grams(text) {
		id, ok := e.index.grams[g]
		if !ok {
			id, known = -1, false
		} else {
			told += e.index.idf[id]
		}
		form.grams = append(form.grams, id)
	}
	a.alts = append(a.alts, form)
	if known && len(form.grams) > 0 && (len(form.grams) == 1 || e.index.says(text)) {
		n := float32(len(form.grams))
		a.known = true
		a.weight = max(a.weight, weight*told/n*(1+0.25*min(n-1, 3)))
	}
}

// raw makes the atoms of a run that no table knows: its pairs of neighbours and its words.
func (e *Engine) raw(atoms []atom, run []rune) []atom {
	text := string(run)
	if len(run) == 1 && isHan(run[0]) {
		return append(atoms, e.single(text))
	}
	first := len(atoms)
	for _, g := range grams(text) {
		a := atom{text: g}
		e.addForm(&a, g, 1)
		atoms = append(atoms, a)
	}
	weighUnknown(atoms[first:])
	return atoms
}

// weighUnknown gives the pairs of a run that the report lacks their weight: by the number
// of characters that no known pair covers, two of which make a word.
func weighUnknown(run []atom) {
	for i := 0; i < len(run); i++ {
		if run[i].known {
			continue
		}
		end := i
		for end < len(run) && !run[end].known {
			end++
		}
		characters := end - i + 1
		if i > 0 {
			characters--
		}
		if end < len(run) {
			characters--
		}
		for j := i; j < end; j++ {
			run[j].weight = max(unknownCharacter*float32(characters)/float32(end-i), boundary)
		}
		i = end
	}
}

func (e *Engine) single(text string) atom {
	a := atom{text: text, weight: unknownSingle}
	if id, ok := e.index.grams[text]; ok {
		a.known, a.weight = true, singleHan*e.index.idf[id]
		a.alts = []alternative{{grams: []int32{id}, weight: 1}}
	}
	return a
}

// bridge adds the pair across the border of two pieces where the report joins them: it
// confirms a match and is not missed where it lacks.
func (e *Engine) bridge(atoms []atom, runes []rune, pieces []piece, i int) []atom {
	if i == 0 || pieces[i-1].kind == gapPiece {
		return atoms
	}
	at := pieces[i].from
	if !isHan(runes[at]) || !isHan(runes[at-1]) {
		return atoms
	}
	id, ok := e.index.grams[string(runes[at-1:at+1])]
	if !ok {
		return atoms
	}
	return append(atoms, atom{
		text: string(runes[at-1 : at+1]), known: true, bonus: 0.5 * e.index.idf[id],
		alts: []alternative{{grams: []int32{id}, weight: 1}},
	})
}

// dedupe drops repeated atoms: a word said twice does not count twice.
func dedupe(atoms []atom) []atom {
	out := atoms[:0]
next:
	for _, a := range atoms {
		for i := range out {
			if out[i].text == a.text {
				continue next
			}
		}
		out = append(out, a)
	}
	return out
}
