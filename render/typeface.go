package render

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// fontFile is a subset of Noto Sans CJK SC under the licence in font/OFL.txt; make font
// makes it anew.
//
//go:embed font/NotoSansSC-subset.otf
var fontFile []byte

// fontLicence stands in the program beside the font, as the licence asks.
//
//go:embed font/OFL.txt
var fontLicence string

// FontLicence is the licence of the font in the program.
func FontLicence() string { return fontLicence }

// typeface parses the font once.
var typeface = sync.OnceValue(func() *sfnt.Font {
	f, err := opentype.Parse(fontFile)
	if err != nil {
		panic(fmt.Sprintf("font in the program: %v", err)) // a test draws with it
	}
	return f
})

// missingSign stands for a character that the font lacks (〓, as printers set it).
const missingSign = '〓'

// pen writes in one size. It is for one goroutine.
type pen struct {
	face   font.Face
	height int
	buffer sfnt.Buffer
}

// newPen returns a pen whose em is size pixels high.
func newPen(size int) *pen {
	face, err := opentype.NewFace(typeface(), &opentype.FaceOptions{Size: float64(size), DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		panic(fmt.Sprintf("font in the program: %v", err))
	}
	return &pen{face: face, height: size}
}

// has reports whether the font has a character.
func (p *pen) has(r rune) bool {
	i, err := typeface().GlyphIndex(&p.buffer, r)
	return err == nil && i != 0
}

// legible replaces what the font lacks by 〓; whole reports whether nothing was.
func (p *pen) legible(s string) (shown string, whole bool) {
	whole = true
	shown = strings.Map(func(r rune) rune {
		switch {
		case p.has(r):
			return r
		case r == '\ufe0f' || r == '\u200b' || r < ' ':
			return -1
		}
		whole = false
		return missingSign
	}, s)
	return shown, whole
}

// width measures a text in pixels.
func (p *pen) width(s string) int {
	sum := fixed.Int26_6(0)
	for _, r := range s {
		if a, ok := p.face.GlyphAdvance(r); ok {
			sum += a
		}
	}
	return sum.Ceil()
}

// fit cuts a text to a width, with an ellipsis where something is lost.
func (p *pen) fit(s string, most int) string {
	if p.width(s) <= most {
		return s
	}
	runes := []rune(s)
	for len(runes) > 0 && p.width(string(runes)+"…") > most {
		runes = runes[:len(runes)-1]
	}
	return string(runes) + "…"
}
