package render

import (
	"image"
	"math"
	"slices"

	"duban/plan"
)

// markInks are the inks of a light: of its shape and bar, of its word, and of the sign
// inside the shape.
type markInks struct{ fill, word, sign ink }

func inksOf(l plan.Light) markInks {
	switch l {
	case plan.Overdue:
		return markInks{inkOverdue, inkOverdue, inkWhiteOnOverdue}
	case plan.Red:
		return markInks{inkRed, inkRed, inkWhiteOnRed}
	case plan.Yellow:
		return markInks{inkYellow, inkText, inkTextOnYellow}
	case plan.Green:
		return markInks{inkGreen, inkGreen, inkWhiteOnGreen}
	case plan.Done:
		return markInks{inkDone, inkDone, inkWhiteOnDone}
	}
	return markInks{inkNone, inkSoft, inkNone}
}

// mark draws the sign of a light in a square: a shape of its own for each light, so that
// it can be told without its colour. Overdue is a square with a bar, red a triangle with
// !, yellow a diamond, green a disc, done a square with a tick, none a ring.
func (c *canvas) mark(l plan.Light, x, y, size int) {
	inks, s := inksOf(l), float32(size)
	switch l {
	case plan.Overdue:
		c.box(inks.fill, image.Rect(x, y, x+size, y+size))
		c.box(inks.sign, image.Rect(x+size/5, y+size*2/5, x+size*4/5, y+size*3/5))
	case plan.Red:
		c.shape(inks.fill, x, y, size, size, point{s / 2, 0}, point{s, s}, point{0, s})
		c.box(inks.sign, image.Rect(x+size*9/20, y+size*7/20, x+size*11/20+1, y+size*14/20))
		c.box(inks.sign, image.Rect(x+size*9/20, y+size*16/20, x+size*11/20+1, y+size*18/20))
	case plan.Yellow:
		c.shape(inks.fill, x, y, size, size, point{s / 2, 0}, point{s, s / 2}, point{s / 2, s}, point{0, s / 2})
	case plan.Green:
		c.shape(inks.fill, x, y, size, size, circle(s/2, s/2, s/2)...)
	case plan.Done:
		c.box(inks.fill, image.Rect(x, y, x+size, y+size))
		c.tick(inks.sign, x, y, s)
	case plan.Cancelled:
		c.frame(inks.fill, image.Rect(x, y, x+size, y+size), max(size/8, 2))
	default:
		c.ring(inks.fill, x, y, s)
	}
}

// tick draws the hook of what is done.
func (c *canvas) tick(colour ink, x, y int, s float32) {
	size := int(s)
	c.shape(colour, x, y, size, size,
		point{.18 * s, .52 * s}, point{.28 * s, .42 * s}, point{.42 * s, .57 * s}, point{.72 * s, .24 * s}, point{.82 * s, .34 * s}, point{.42 * s, .78 * s})
}

// ring draws an empty circle.
func (c *canvas) ring(colour ink, x, y int, s float32) {
	outer, inner := circle(s/2, s/2, s/2), circle(s/2, s/2, s/2-max(s/8, 2))
	slices.Reverse(inner) // the other way round leaves a hole
	points := slices.Concat(outer, outer[:1], inner[len(inner)-1:], inner)
	c.shape(colour, x, y, int(s), int(s), points...)
}

// circle returns the corners of a polygon that looks round.
func circle(x, y, r float32) []point {
	const corners = 48
	points := make([]point, corners)
	for i := range points {
		a := 2 * math.Pi * float64(i) / corners
		points[i] = point{x + r*float32(math.Cos(a)), y + r*float32(math.Sin(a))}
	}
	return points
}

// segment draws a line of some width from one place to another.
func (c *canvas) segment(colour ink, x1, y1, x2, y2, thick float32) {
	dx, dy := x2-x1, y2-y1
	length := float32(math.Hypot(float64(dx), float64(dy)))
	if length == 0 {
		return
	}
	nx, ny := -dy/length*thick/2, dx/length*thick/2
	left, top := min(x1, x2)-thick, min(y1, y2)-thick
	width, height := max(x1, x2)-left+thick, max(y1, y2)-top+thick
	x0, y0 := float32(int(left)), float32(int(top))
	c.shape(colour, int(left), int(top), int(width)+2, int(height)+2,
		point{x1 + nx - x0, y1 + ny - y0}, point{x2 + nx - x0, y2 + ny - y0}, point{x2 - nx - x0, y2 - ny - y0}, point{x1 - nx - x0, y1 - ny - y0})
}

// dashes draws an interrupted line.
func (c *canvas) dashes(colour ink, x1, y1, x2, y2, thick, on, off float32) {
	dx, dy := x2-x1, y2-y1
	length := float32(math.Hypot(float64(dx), float64(dy)))
	for at := float32(0); at < length; at += on + off {
		end := min(at+on, length)
		c.segment(colour, x1+dx*at/length, y1+dy*at/length, x1+dx*end/length, y1+dy*end/length, thick)
	}
}
