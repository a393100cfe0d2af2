package document

import (
	"math"
	"slices"
	"strings"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
)

// pageLine is a line of a page with where its first and its last character stand.
type pageLine struct {
	text        string
	left, right float64 // points from the left edge
	base        float64 // points that the line stands above the foot
}

// linesOf returns the lines of a page in the engine's order of reading.
func linesOf(engine pdfium.Pdfium, page requests.Page) ([]pageLine, error) {
	loaded, err := engine.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: page})
	if err != nil {
		return nil, err
	}
	text := loaded.TextPage
	defer func() { _, _ = engine.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: text}) }()
	count, err := engine.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: text})
	if err != nil {
		return nil, err
	}
	chars := make([]rune, count.Count)
	for i := range chars {
		char, err := engine.FPDFText_GetUnicode(&requests.FPDFText_GetUnicode{TextPage: text, Index: i})
		if err != nil {
			return nil, err
		}
		chars[i] = rune(char.Unicode)
	}
	return cutLines(chars, func(i int) point { return position(engine, text, i) }), nil
}

// point is where a character stands on its page, in points.
type point struct{ x, y float64 }

// position is where a character stands; the corner of the page where the engine cannot
// tell.
func position(engine pdfium.Pdfium, text references.FPDF_TEXTPAGE, i int) point {
	origin, err := engine.FPDFText_GetCharOrigin(&requests.FPDFText_GetCharOrigin{TextPage: text, Index: i})
	if err != nil {
		return point{}
	}
	return point{origin.X, origin.Y}
}

// cutLines parts the characters of a page into lines without blanks around them. The engine
// also breaks lines where a character stands higher than the one before it; such are joined.
func cutLines(chars []rune, at func(int) point) []pageLine {
	var lines []pageLine
	for a := 0; a < len(chars); {
		b := a
		for b < len(chars) && chars[b] != '\n' && chars[b] != '\r' {
			b++
		}
		if first, last := trimBlanks(chars, a, b); first < last {
			piece := pageLine{left: at(first).x, right: at(last - 1).x, base: at(first).y}
			if n := len(lines) - 1; n >= 0 && lines[n].holds(piece) {
				lines[n].text += spelled(chars, first, last, lines[n].base, at)
				lines[n].right = piece.right
			} else {
				piece.text = spelled(chars, first, last, piece.base, at)
				lines = append(lines, piece)
			}
		}
		a = b + 1
	}
	return lines
}

// holds reports whether a piece of text stands on the same line further right.
func (l pageLine) holds(piece pageLine) bool {
	const highest = 6.5 // points that a mark of a note is raised
	return piece.left > l.right && math.Abs(piece.base-l.base) < highest
}

// trimBlanks returns the bounds of chars[a:b] without blanks at either end.
func trimBlanks(chars []rune, a, b int) (first, last int) {
	for a < b && isBlank(chars[a]) {
		a++
	}
	for a < b && isBlank(chars[b-1]) {
		b--
	}
	return a, b
}

func isBlank(r rune) bool { return r <= ' ' || r == '\u00a0' || r == '\u3000' }

// spelled makes a string of characters without marks of notes, which stand above the line;
// 0 is a character that the file gives no meaning.
func spelled(chars []rune, a, b int, base float64, at func(int) point) string {
	const raise = 2 // points
	var out strings.Builder
	for i := a; i < b; i++ {
		switch r := chars[i]; {
		case r == 0, r == '\f':
		case i > 0 && noteMark(string(chars[i-1]), string(r)) && at(i).y > base+raise:
		default:
			out.WriteRune(r)
		}
	}
	return out.String()
}

// indentedPages writes the pages with form feeds between them. How far a line stands from
// the margin is written in wide blanks, because a page shows by that where paragraphs
// begin, whatever the program that made the file wrote there.
func indentedPages(pages [][]pageLine) string {
	em := emOf(pages)
	margins := [2]float64{marginOf(pages, 0, em), marginOf(pages, 1, em)}
	var out strings.Builder
	for i, lines := range pages {
		if i > 0 {
			out.WriteByte('\f')
		}
		for _, line := range lines {
			out.WriteString(indentOf(line, margins[i%2], em))
			out.WriteString(line.text)
			out.WriteByte('\n')
		}
	}
	return out.String()
}

// indentOf is the blanks that a line stands from the margin; less than one and a half are
// none, and more than a dozen are no more telling.
func indentOf(line pageLine, margin, em float64) string {
	if em <= 0 || line.left-margin < 1.5*em {
		return ""
	}
	return strings.Repeat("　", int(math.Min(math.Round((line.left-margin)/em), 12)))
}

// emOf is the usual width of a Chinese character, 0 where no line is long enough to tell.
func emOf(pages [][]pageLine) float64 {
	const enough = 20 // columns
	var all []float64
	for _, lines := range pages {
		for _, line := range lines {
			if columns := width(line.text); columns >= enough && line.right > line.left {
				all = append(all, 2*(line.right-line.left)/float64(columns-1))
			}
		}
	}
	if len(all) == 0 {
		return 0
	}
	slices.Sort(all)
	return all[len(all)/2]
}

// marginOf is the leftmost place where a tenth of the lines of every other page begin; left
// and right pages may have margins of their own.
func marginOf(pages [][]pageLine, parity int, em float64) float64 {
	var lefts []float64
	for i := parity; i < len(pages); i += 2 {
		for _, line := range pages[i] {
			lefts = append(lefts, line.left)
		}
	}
	slices.Sort(lefts)
	for i, left := range lefts {
		end, _ := slices.BinarySearch(lefts[i:], left+em/2)
		if end*10 >= len(lefts) {
			return left
		}
	}
	return 0
}
