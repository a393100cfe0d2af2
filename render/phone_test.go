package render

import (
	"image"
	"image/color"
	"regexp"
	"strings"
)

// Measures of the picture of a phone, in pixels.
const (
	phoneWidth   = 760
	phoneMargin  = 24
	bubbleWidth  = 660 // at most
	bubblePad    = 20
	bubbleRadius = 18
	bubbleGap    = 14
	phoneText    = 27
	phoneLine    = 40
	buttonHeight = 60
	buttonGap    = 8
)

// Inks of a phone: on the page, on the program's bubbles and on the person's.
const (
	phonePage ink = iota * shades
	phoneBubble
	phoneMine
	phoneOnBubble
	phoneOnMine
	phoneLink
	phoneRed
	phoneAmber
	phoneGreen
	phoneGrey
	phoneTrack
	phoneOnGreen
)

func phonePalette() color.Palette {
	page, mine := color.RGBA{0xD5, 0xE1, 0xEA, 255}, color.RGBA{0xE2, 0xF5, 0xCF, 255}
	var list color.Palette
	for _, t := range [][2]color.RGBA{
		{page, tintSoft},
		{page, white},
		{page, mine},
		{white, black},
		{mine, black},
		{white, {0x1F, 0x6F, 0xB5, 255}},
		{white, tintRed},
		{white, tintAmber},
		{white, tintGreen},
		{white, tintNone},
		{white, tintRule},
		{tintGreen, white},
	} {
		for i := range shades {
			list = append(list, color.RGBA{blend(t[0].R, t[1].R, i), blend(t[0].G, t[1].G, i), blend(t[0].B, t[1].B, i), 255})
		}
	}
	return list
}

// bubble is one message on a phone, or a note between messages.
type bubble struct {
	mine, note bool
	lines      []string
	rows       [][]string
	width      int
}

// phone draws messages from top to bottom.
type phone struct {
	*canvas
	pen     *pen
	missing string // characters that cannot be drawn
}

// Phone draws a conversation, as documents write it, the way a phone shows it: what the
// person says at the right, answers with their buttons at the left. missing are the
// characters that it could not draw.
func Phone(conversation string) (picture []byte, missing string) {
	p := &phone{pen: newPen(phoneText)}
	bubbles := p.read(conversation)
	height := phoneMargin
	for i := range bubbles {
		height += bubbles[i].height() + bubbleGap
	}
	p.canvas = &canvas{image: image.NewPaletted(image.Rect(0, 0, phoneWidth, height+phoneMargin-bubbleGap), phonePalette())}
	y := phoneMargin
	for i := range bubbles {
		p.draw(&bubbles[i], y)
		y += bubbles[i].height() + bubbleGap
	}
	return p.png(), p.missing
}

// phoneSaid is a line that a person says, and what a button among them presses.
var (
	phoneSaid   = regexp.MustCompile(`^\p{Han}{2,8}> (.+)$`)
	phoneButton = regexp.MustCompile(`\[([^\]]+)\]`)
)

// read makes messages of the lines.
func (p *phone) read(conversation string) []bubble {
	var list []bubble
	open := false
	for line := range strings.Lines(conversation) {
		line = strings.TrimRight(line, "\n")
		said := phoneSaid.FindStringSubmatch(line)
		switch {
		case line == "":
			open = false
		case said != nil && strings.HasPrefix(said[1], "[") && strings.HasSuffix(said[1], "]"):
			list, open = append(list, bubble{note: true, lines: []string{"点“" + strings.Trim(said[1], "[]") + "”"}}), false
		case said != nil:
			list, open = append(list, bubble{mine: true, lines: p.wrap(said[1])}), false
		case !open:
			list, open = append(list, bubble{}), true
			fallthrough
		default:
			p.extend(&list[len(list)-1], line)
		}
	}
	for i := range list {
		list[i].width = p.widest(&list[i])
	}
	return list
}

// extend adds a line of text or a row of buttons to a message.
func (p *phone) extend(b *bubble, line string) {
	if !strings.HasPrefix(line, "[") {
		b.lines = append(b.lines, p.wrap(line)...)
		return
	}
	var row []string
	for _, found := range phoneButton.FindAllStringSubmatch(line, -1) {
		row = append(row, found[1])
	}
	b.rows = append(b.rows, row)
}

func (p *phone) widest(b *bubble) int {
	width := 0
	for _, line := range b.lines {
		width = max(width, p.measure(line))
	}
	if len(b.rows) > 0 {
		width = max(width, bubbleWidth-2*bubblePad)
	}
	return width + 2*bubblePad
}

func (b *bubble) height() int {
	if b.note {
		return phoneLine
	}
	return len(b.lines)*phoneLine + 2*bubblePad - 8 + len(b.rows)*(buttonHeight+buttonGap)
}

// draw draws a message whose top is at y.
func (p *phone) draw(b *bubble, y int) {
	x, fill, letters := phoneMargin, phoneBubble, phoneOnBubble
	switch {
	case b.note:
		p.textRight(p.pen, phonePage, phoneWidth-phoneMargin, y+phoneText, b.lines[0])
		return
	case b.mine:
		x, fill, letters = phoneWidth-phoneMargin-b.width, phoneMine, phoneOnMine
	}
	height := len(b.lines)*phoneLine + 2*bubblePad - 8
	p.round(fill, image.Rect(x, y, x+b.width, y+height))
	for i, line := range b.lines {
		p.write(letters, x+bubblePad, y+bubblePad+i*phoneLine+phoneText, line)
	}
	y += height + buttonGap
	for _, row := range b.rows {
		p.buttons(row, image.Rect(x, y, x+b.width, y+buttonHeight))
		y += buttonHeight + buttonGap
	}
}

// buttons draws a row of buttons of one width.
func (p *phone) buttons(row []string, area image.Rectangle) {
	width := (area.Dx() - (len(row)-1)*buttonGap) / len(row)
	for i, text := range row {
		x := area.Min.X + i*(width+buttonGap)
		p.round(phoneBubble, image.Rect(x, area.Min.Y, x+width, area.Max.Y))
		text = p.pen.fit(text, width-bubblePad)
		p.textCentre(p.pen, phoneLink, x+width/2, area.Min.Y+buttonHeight/2+phoneText/3, text)
	}
}

// round fills a rectangle with round corners.
func (p *phone) round(colour ink, r image.Rectangle) {
	w, h, radius := float32(r.Dx()), float32(r.Dy()), float32(bubbleRadius)
	var points []point
	corners := circle(0, 0, radius)
	quarter := len(corners) / 4
	for i, at := range []point{{w - radius, h - radius}, {radius, h - radius}, {radius, radius}, {w - radius, radius}} {
		for k := range quarter + 1 {
			c := corners[(i*quarter+k)%len(corners)]
			points = append(points, point{at.x + c.x, at.y + c.y})
		}
	}
	p.shape(colour, r.Min.X, r.Min.Y, r.Dx(), r.Dy(), points...)
}
