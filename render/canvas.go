package render

import (
	"bytes"
	"image"
	"image/color"
	"image/png"

	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// ink is a colour on the ground that it is drawn on: the first of shades palette entries
// that lead from the ground to the colour, so that edges are smooth in a picture of few
// colours.
type ink uint8

// shades of an ink; the last is the colour itself.
const shades = 8

// Inks, in the order of the palette.
const (
	inkText ink = iota * shades
	inkSoft
	inkRule
	inkTrack
	inkOverdue
	inkRed
	inkYellow
	inkGreen
	inkDone
	inkNone
	inkLine
	inkWhiteOnOverdue
	inkWhiteOnRed
	inkWhiteOnGreen
	inkWhiteOnDone
	inkTextOnYellow
)

// Colours are dark enough for text on white (contrast 4.5 and over), but the rule and the
// track, which are no text.
var (
	white     = color.RGBA{255, 255, 255, 255}
	black     = color.RGBA{0x1B, 0x1F, 0x24, 255}
	tintTrack = color.RGBA{0xE6, 0xE9, 0xED, 255}
	tintRule  = color.RGBA{0xC9, 0xCF, 0xD6, 255}
	tintSoft  = color.RGBA{0x52, 0x5B, 0x66, 255}
	tintLate  = color.RGBA{0x7A, 0x12, 0x2B, 255}
	tintRed   = color.RGBA{0xC6, 0x28, 0x28, 255}
	tintAmber = color.RGBA{0xF2, 0xA9, 0x00, 255}
	tintGreen = color.RGBA{0x1B, 0x7F, 0x3B, 255}
	tintDone  = color.RGBA{0x0B, 0x5C, 0xAD, 255}
	tintNone  = color.RGBA{0x6B, 0x75, 0x80, 255}
)

// tints are ground and colour of every ink.
func tints() [][2]color.RGBA {
	return [][2]color.RGBA{
		{white, black},
		{white, tintSoft},
		{white, tintRule},
		{white, tintTrack},
		{white, tintLate},
		{white, tintRed},
		{white, tintAmber},
		{white, tintGreen},
		{white, tintDone},
		{white, tintNone},
		{white, tintDone},
		{tintLate, white},
		{tintRed, white},
		{tintGreen, white},
		{tintDone, white},
		{tintAmber, black},
	}
}

// palette holds the shades of all inks.
func palette() color.Palette {
	list := make(color.Palette, 0, len(tints())*shades)
	for _, t := range tints() {
		for i := range shades {
			list = append(list, color.RGBA{blend(t[0].R, t[1].R, i), blend(t[0].G, t[1].G, i), blend(t[0].B, t[1].B, i), 255})
		}
	}
	return list
}

func blend(from, to uint8, step int) uint8 {
	return uint8(int(from) + (int(to)-int(from))*step/(shades-1))
}

// canvas is a white picture to draw on.
type canvas struct {
	image *image.Paletted
	mask  vector.Rasterizer
	alpha *image.Alpha // of shapes, used again
}

func newCanvas(width, height int) *canvas {
	return &canvas{image: image.NewPaletted(image.Rect(0, 0, width, height), palette())}
}

// text writes a line whose letters stand on a base line, and returns where it ends.
func (c *canvas) text(p *pen, colour ink, x, base int, s string) int {
	dot := fixed.P(x, base)
	for _, r := range s {
		area, mask, at, advance, ok := p.face.Glyph(dot, r)
		if ok {
			if m, is := mask.(*image.Alpha); is {
				c.stain(colour, area, m, at)
			}
		}
		dot.X += advance
	}
	return dot.X.Ceil()
}

// textRight writes a line that ends at x.
func (c *canvas) textRight(p *pen, colour ink, x, base int, s string) {
	c.text(p, colour, x-p.width(s), base, s)
}

// textCentre writes a line around x.
func (c *canvas) textCentre(p *pen, colour ink, x, base int, s string) {
	c.text(p, colour, x-p.width(s)/2, base, s)
}

// stain colours an area as far as the mask covers it.
func (c *canvas) stain(colour ink, area image.Rectangle, mask *image.Alpha, at image.Point) {
	shown := area.Intersect(c.image.Rect)
	for y := shown.Min.Y; y < shown.Max.Y; y++ {
		row := c.image.PixOffset(shown.Min.X, y)
		from := mask.PixOffset(at.X+shown.Min.X-area.Min.X, at.Y+y-area.Min.Y)
		for x := range shown.Dx() {
			if shade := (int(mask.Pix[from+x])*(shades-1) + 127) / 255; shade > 0 {
				c.image.Pix[row+x] = uint8(colour) + uint8(shade)
			}
		}
	}
}

// box fills a rectangle.
func (c *canvas) box(colour ink, r image.Rectangle) {
	r = r.Intersect(c.image.Rect)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		row := c.image.Pix[c.image.PixOffset(r.Min.X, y):]
		for x := range r.Dx() {
			row[x] = uint8(colour) + shades - 1
		}
	}
}

// wipe makes a rectangle white again.
func (c *canvas) wipe(r image.Rectangle) {
	r = r.Intersect(c.image.Rect)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		clear(c.image.Pix[c.image.PixOffset(r.Min.X, y):][:r.Dx()])
	}
}

// frame draws the border of a rectangle, inside of it.
func (c *canvas) frame(colour ink, r image.Rectangle, thick int) {
	c.box(colour, image.Rect(r.Min.X, r.Min.Y, r.Max.X, r.Min.Y+thick))
	c.box(colour, image.Rect(r.Min.X, r.Max.Y-thick, r.Max.X, r.Max.Y))
	c.box(colour, image.Rect(r.Min.X, r.Min.Y, r.Min.X+thick, r.Max.Y))
	c.box(colour, image.Rect(r.Max.X-thick, r.Min.Y, r.Max.X, r.Max.Y))
}

// point is a place on a canvas in pixels.
type point struct{ x, y float32 }

// shape fills a polygon inside a square of size pixels whose corner stands at x, y; its
// points count from that corner.
func (c *canvas) shape(colour ink, x, y, width, height int, points ...point) {
	c.mask.Reset(width, height)
	for i, p := range points {
		if i == 0 {
			c.mask.MoveTo(p.x, p.y)
			continue
		}
		c.mask.LineTo(p.x, p.y)
	}
	c.mask.ClosePath()
	area := image.Rect(0, 0, width, height)
	if c.alpha == nil || !area.In(c.alpha.Rect) {
		c.alpha = image.NewAlpha(area)
	}
	clear(c.alpha.Pix)
	c.mask.Draw(c.alpha, area, image.Opaque, image.Point{})
	c.stain(colour, area.Add(image.Pt(x, y)), c.alpha, image.Point{})
}

// png encodes the picture.
func (c *canvas) png() []byte {
	var out bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.DefaultCompression}
	if err := encoder.Encode(&out, c.image); err != nil { // a buffer takes everything
		panic(err)
	}
	return out.Bytes()
}
