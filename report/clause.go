package report

import (
	"strings"
)

// clause is a stretch of text between two of ，；。：！？ and line breaks, outside brackets and
// quotation marks.
type clause struct {
	a, b int
	sep  rune // what ends it
	no   int  // number of its sentence inside the segment
	qs   []quantity
}

// Bounds on what is read together, far beyond real prose, so that hostile text costs time
// in proportion to its length.
const (
	longestClause   = 1500  // bytes
	longestSentence = 12000 // bytes
)

// clausesOf cuts text[a:b] into clauses and gives each its quantities.
func clausesOf(text string, a, b int) []clause {
	cs := cutClauses(text, a, b)
	for i := range cs {
		cs[i].qs = lex(text, cs[i].a, cs[i].b)
	}
	return cs
}

func cutClauses(text string, a, b int) []clause {
	cs := make([]clause, 0, (b-a)/40+2)
	from, depth, no, sentence := a, 0, 0, a
	for i := a; i < b; {
		r, size := decode(text[:b], i)
		switch r {
		case '(', '“', '《', '‘':
			depth++
		case ')', '”', '》', '’':
			depth = max(0, depth-1)
		}
		hard := r == '。' || r == '；' || r == '\n' || r == '！' || r == '？' || r == '\t'
		if i-from > longestClause {
			cs = append(cs, clause{a: from, b: i, sep: '，', no: no})
			from, depth = i, 0
			if i-sentence > longestSentence {
				no, sentence = no+1, i
			}
		}
		if hard && (depth == 0 || r == '\n' || !closedSoon(text[i+size:b])) || depth == 0 && (r == '，' || r == '：') {
			if strings.Trim(text[from:i], "、 ") != "" {
				cs = append(cs, clause{a: from, b: i, sep: r, no: no})
			}
			from = i + size
			if hard && r != '；' || from-sentence > longestSentence {
				no, sentence = no+1, from
			}
			if hard {
				depth = 0
			}
		}
		i += size
	}
	if from < b {
		cs = append(cs, clause{a: from, b: b, no: no})
	}
	return cs
}

// closedSoon reports whether a quotation or bracket is closed within the next words, so
// that a stop inside it ends no sentence.
func closedSoon(t string) bool {
	for i, r := range t {
		if r == '”' || r == ')' || r == '》' || r == '’' {
			return true
		}
		if r == '\n' || i > 150 {
			return false
		}
	}
	return false
}
