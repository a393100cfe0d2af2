package ask

// held tells how well one unit holds single atoms of a question.
type held struct {
	e     *Engine
	grams map[int32]float32 // weight of the place where each stands
}

// holding collects what a unit and its segment say; narrow leaves out the segment's other
// sentences and its chapter.
func (e *Engine) holding(id int32, narrow bool) held {
	u := &e.index.unit[id]
	n := &e.index.node[u.node]
	h := held{e: e, grams: make(map[int32]float32, 256)}
	h.add(e.index.metrics[id], inMetric)
	if u.sentence >= 0 {
		h.add(normalize(n.sentences[u.sentence], 0), inSentence)
	}
	h.add(normalize(n.segment.Title, 0), inTitle)
	if !narrow {
		h.add(e.index.text[u.node], inText)
	}
	return h
}

func (h *held) add(text string, weight float32) {
	eachGram(text, func(g string, _ bool) {
		if id, ok := h.e.index.grams[g]; ok {
			h.grams[id] = max(h.grams[id], weight)
		}
	})
}

// share is how much of an atom is held in its best form, 0 to 1.
func (h *held) share(a *atom) (best float32) {
	for i := range a.alts {
		form := &a.alts[i]
		var all, found, told float32
		for _, g := range form.grams {
			w := float32(1)
			if g >= 0 {
				w = h.e.index.idf[g]
			}
			all += w
			if g >= 0 && h.grams[g] > 0 {
				found += w
				told += w * h.grams[g]
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
func (h *held) cover(atoms []atom, chosen func(*atom) bool) (share, total float32) {
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
