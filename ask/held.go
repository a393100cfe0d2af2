package ask

// scratch holds the weight of the place where each gram stands, for one unit at a time.
type scratch struct {
	weight  []float32 // by gram
	touched []int32
}

// held tells how well one unit, or a text, holds single atoms of a question. done gives its
// memory back.
type held struct {
	x *index
	s *scratch
}

func (x *index) hold() held { return held{x: x, s: x.scratch.Get().(*scratch)} }

func (h held) done() {
	for _, g := range h.s.touched {
		h.s.weight[g] = 0
	}
	h.s.touched = h.s.touched[:0]
	h.x.scratch.Put(h.s)
}

// holding collects what a unit and its segment say; narrow leaves out the segment's other
// sentences and its chapter.
func (x *index) holding(id int32, narrow bool) held {
	u := &x.unit[id]
	n := &x.node[u.node]
	h := x.hold()
	h.add(u.name, inMetric)
	if u.sentence >= 0 {
		h.add(n.said[u.sentence], inSentence)
	}
	h.add(n.title, inTitle)
	if !narrow {
		h.add(n.head, inText)
		for _, sentence := range n.said {
			h.add(sentence, inText)
		}
	}
	return h
}

func (h held) add(grams []int32, weight float32) {
	for _, g := range grams {
		if h.s.weight[g] == 0 {
			h.s.touched = append(h.s.touched, g)
		}
		h.s.weight[g] = max(h.s.weight[g], weight)
	}
}

// addText adds the grams of a normalised text that the index knows.
func (h held) addText(text string, weight float32) {
	eachGram(text, func(g string, _ bool) {
		if id, ok := h.x.grams[g]; ok {
			h.add([]int32{id}, weight)
		}
	})
}

// share is how much of an atom is held in its best form, 0 to 1.
func (h held) share(a *atom) (best float32) {
	for i := range a.alts {
		form := &a.alts[i]
		var all, found, told float32
		for _, g := range form.grams {
			if g < 0 {
				all++
				continue
			}
			w := h.x.idf[g]
			all += w
			if at := h.s.weight[g]; at > 0 {
				found += w
				told += w * at
			}
		}
		if found > 0 {
			s := found / all
			best = max(best, form.weight*s*s*told/found)
		}
	}
	return best
}

// cover is the share of the weight of the chosen atoms that is held; total is that weight.
func (h held) cover(atoms []atom, chosen func(*atom) bool) (share, total float32) {
	for i := range atoms {
		a := &atoms[i]
		if !chosen(a) {
			continue
		}
		total += a.weight
		share += a.weight * h.share(a)
	}
	if total == 0 {
		return 0, 0
	}
	return share / total, total
}

// ownShare is the share of the question that a unit's own name holds.
func (e *Engine) ownShare(q *question, id int32) float32 {
	own := e.index.hold()
	defer own.done()
	own.add(e.index.unit[id].name, 1)
	share, _ := own.cover(q.atoms, func(a *atom) bool { return a.known })
	return share
}
