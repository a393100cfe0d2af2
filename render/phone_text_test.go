package render

import (
	"image"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// notFirst may not begin a line.
const notFirst = "，。、；：！？）”》】%％·…"

// wrap breaks a line so that it fits into a bubble; numbers and Latin words stay whole.
func (p *phone) wrap(line string) []string {
	var lines []string
	now := ""
	for _, piece := range pieces(line) {
		if now != "" && p.measure(now+piece) > bubbleWidth-2*bubblePad {
			lines, now = append(lines, now), ""
		}
		now += piece
	}
	return append(lines, now)
}

// pieces cuts a text where a line may end; a light stays with its word.
func pieces(text string) []string {
	var list []string
	before := ' '
	for _, r := range text {
		word := r < unicode.MaxASCII && r != ' ' && before < unicode.MaxASCII && before != ' '
		if len(list) > 0 && (word || lightOnly(list[len(list)-1]) || r == '\ufe0f' || strings.ContainsRune(notFirst, r) || strings.ContainsRune("“（《【", before)) {
			list[len(list)-1] += string(r)
		} else {
			list = append(list, string(r))
		}
		before = r
	}
	return list
}

// lightOnly reports whether a piece is a light without the two characters of its word.
func lightOnly(piece string) bool {
	first, size := utf8.DecodeRuneInString(piece)
	return slices.Contains([]rune("🔴🟡🟢⚪"), first) && utf8.RuneCountInString(piece[size:]) < 2
}

// measure is the width of a text with its signs.
func (p *phone) measure(text string) int {
	width := 0
	for _, r := range text {
		switch {
		case r == '\ufe0f':
		case isSign(r):
			width += signWidth(r)
		default:
			width += p.pen.width(string(r))
		}
	}
	return width
}

// isSign reports whether a character is drawn and not written.
func isSign(r rune) bool { return strings.ContainsRune("🔴🟡🟢⚪✅↩▓░⏳", r) }

func signWidth(r rune) int {
	if r == '▓' || r == '░' {
		return phoneText * 3 / 4
	}
	return phoneText + 4
}

// write writes a line whose letters stand on a base line, with its signs.
func (p *phone) write(colour ink, x, base int, line string) {
	for _, r := range line {
		switch {
		case r == '\ufe0f':
		case isSign(r):
			p.sign(r, x, base-phoneText+4)
			x += signWidth(r)
		default:
			if !p.pen.has(r) {
				p.missing += string(r)
			}
			x = p.text(p.pen, colour, x, base, string(r))
		}
	}
}

// sign draws a light or another sign that the font lacks, in a square at x, y.
func (p *phone) sign(r rune, x, y int) {
	const size = phoneText - 2
	switch r {
	case '▓', '░':
		colour := phoneTrack
		if r == '▓' {
			colour = phoneLink
		}
		p.box(colour, image.Rect(x, y, x+signWidth(r)-2, y+size))
	case '✅':
		p.box(phoneGreen, image.Rect(x, y, x+size, y+size))
		p.tick(phoneOnGreen, x, y, size)
	case '↩':
		p.returned(float32(x), float32(y), size)
	case '⚪', '⏳':
		p.ring(phoneGrey, x, y, size)
	default:
		colour := map[rune]ink{'🔴': phoneRed, '🟡': phoneAmber, '🟢': phoneGreen}[r]
		p.shape(colour, x, y, size, size, circle(size/2, size/2, size/2)...)
	}
}

// returned draws the arrow of what was sent back.
func (p *phone) returned(x, y, size float32) {
	middle, right := y+size*.6, x+size*.9
	p.segment(phoneLink, x, middle, right, middle, 4)
	p.segment(phoneLink, right, middle, right, y+size*.15, 4)
	p.segment(phoneLink, x, middle, x+size*.35, y+size*.3, 4)
	p.segment(phoneLink, x, middle, x+size*.35, y+size*.9, 4)
}
