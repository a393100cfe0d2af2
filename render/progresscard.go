package render

import (
	"fmt"
	"image"
	"math"
	"math/big"
	"slices"
	"strings"

	"duban/plan"
)

// Card is what a progress card (进展图) shows.
type Card struct {
	Title string
	AsOf  plan.Date
	Bars  []Bar
}

// Bar is one item of a progress card. Where nothing is filed there is no bar, and the line
// says so.
type Bar struct {
	Name     string
	Target   string // at the right: 824公里 / 目标2500公里
	Light    plan.Light
	Progress *big.Rat // share of the target; nil where there is none
	Expected *big.Rat // share that is due; nil where there is none
}

// Measures of a card in pixels. A phone shows it at about a third, so the smallest letters
// are 34.
const (
	cardWidth    = 1080
	cardMargin   = 44
	cardTop      = 190
	cardRow      = 132
	plainRow     = 78 // of an item without a bar
	cardFoot     = 76
	titleSize    = 52
	nameSize     = 38
	smallSize    = 34
	trackHeight  = 30
	trackLength  = 660
	markSize     = 36
	tallestCard  = 1720 // of all items; what does not fit is counted at the foot
	overshootPer = 12   // pixels by which a bar over 100% passes its track
)

// ProgressCard draws a bar an item with mark and word beside it, a tick where it should be
// by the day, and its target.
func ProgressCard(card Card) Picture {
	shown := fitting(card.Bars)
	d := &drawing{canvas: newCanvas(cardWidth, cardHeight(shown))}
	title, name, small := newPen(titleSize), newPen(nameSize), newPen(smallSize)
	d.text(title, inkText, cardMargin, 76, title.fit(d.legible(title, card.Title), cardWidth-2*cardMargin))
	d.text(small, inkSoft, cardMargin, 136, "数据截至"+card.AsOf.String())
	d.tickLegend(small, shown)
	d.box(inkRule, image.Rect(cardMargin, 164, cardWidth-cardMargin, 166))
	y := cardTop
	for i := range shown {
		d.bar(&shown[i], y, name, small)
		y += shown[i].height()
	}
	foot := "未填报的不当作0"
	if more := len(card.Bars) - len(shown); more > 0 {
		foot = fmt.Sprintf("还有%d项没有画出", more)
	}
	d.text(small, inkSoft, cardMargin, y+34, foot)
	return d.picture("进展图.png")
}

// fitting are the items that find room.
func fitting(bars []Bar) []Bar {
	height := 0
	for i := range bars {
		if height += bars[i].height(); height > tallestCard {
			return bars[:i]
		}
	}
	return bars
}

func cardHeight(bars []Bar) int {
	height := cardTop + cardFoot
	for i := range bars {
		height += bars[i].height()
	}
	return height
}

// height is how much of the card an item takes.
func (b *Bar) height() int {
	if b.Progress == nil {
		return plainRow
	}
	return cardRow
}

// tickLegend explains the tick where a bar has one, with its share where all agree.
func (d *drawing) tickLegend(small *pen, bars []Bar) {
	words, share := "", ""
	for i := range bars {
		if bars[i].Expected == nil || bars[i].Progress == nil {
			continue
		}
		f, _ := bars[i].Expected.Float64()
		switch due := percentFloat(f); {
		case words == "":
			words, share = "序时应到", due
		case due != share:
			share = ""
		}
	}
	if words == "" {
		return
	}
	words += share
	x := cardWidth - cardMargin - small.width(words)
	d.text(small, inkSoft, x, 136, words)
	d.box(inkText, image.Rect(x-16, 104, x-11, 142))
}

// bar draws one item: name and target above, bar, mark and word below; without a share all
// in one line.
func (d *drawing) bar(b *Bar, y int, name, small *pen) {
	target := d.legible(small, b.Target)
	right := cardWidth - cardMargin
	if b.Progress == nil {
		word := small.width(b.Light.Word())
		d.beside(b.Light, small, right-word-markSize-12, y+40, b.Light.Word())
		right -= word + markSize + 44
	}
	d.textRight(small, inkSoft, right, y+40, target)
	room := right - small.width(target) - 24 - cardMargin
	d.text(name, inkText, cardMargin, y+40, name.fit(d.legible(name, b.Name), room))
	if b.Progress == nil {
		return
	}
	track := image.Rect(cardMargin, y+64, cardMargin+trackLength, y+64+trackHeight)
	d.box(inkTrack, track)
	d.box(inksOf(b.Light).fill, image.Rect(track.Min.X, track.Min.Y, track.Min.X+reach(b.Progress), track.Max.Y))
	if b.Expected != nil {
		x := track.Min.X + min(reach(b.Expected), trackLength)
		d.wipe(image.Rect(x-4, track.Min.Y, x+5, track.Max.Y)) // a dark bar hides a dark tick
		d.box(inkText, image.Rect(x-2, track.Min.Y-8, x+3, track.Max.Y+8))
	}
	d.beside(b.Light, small, track.Max.X+24, y+92, wordAndShare(b))
}

// beside draws the mark of a light with words behind it on a base line.
func (d *drawing) beside(l plan.Light, small *pen, x, base int, words string) {
	d.mark(l, x, base-markSize+5, markSize)
	d.text(small, inksOf(l).word, x+markSize+12, base, words)
}

// wordAndShare writes 黄灯 33.0% beside a bar.
func wordAndShare(b *Bar) string {
	f, _ := b.Progress.Float64()
	return b.Light.Word() + " " + percentFloat(f)
}

// reach is how many pixels of the track a share takes; over the whole a little more.
func reach(share *big.Rat) int {
	f, _ := share.Float64()
	switch {
	case f <= 0:
		return 0
	case f > 1:
		return trackLength + overshootPer
	}
	return max(int(math.Round(f*trackLength)), 3)
}

// percentFloat writes a share with one decimal; what is not whole is not rounded up to it.
func percentFloat(f float64) string {
	tenths := math.Round(f * 1000)
	if f < 1 && tenths >= 1000 {
		tenths = 999
	}
	return fmt.Sprintf("%.1f%%", tenths/10)
}

// CardOf makes the card of some commitments: a bar for each target that was filed, a line
// for what was not.
func CardOf(title string, ps *plan.PlanStanding, list []*plan.Commitment) Card {
	card := Card{Title: title, AsOf: ps.AsOf}
	for _, c := range list {
		cs := ps.Of(c.ID)
		if cs == nil {
			continue
		}
		filed := filedBars(cs)
		card.Bars = append(card.Bars, filed...)
		if rest := len(c.Targets) - len(filed); rest > 0 || len(filed) == 0 {
			card.Bars = append(card.Bars, restBar(cs, len(filed), rest))
		}
	}
	return card
}

// worstFirst puts the worst lights in front where not all bars find room.
func (c Card) worstFirst() Card {
	if len(fitting(c.Bars)) < len(c.Bars) {
		slices.SortStableFunc(c.Bars, func(a, b Bar) int { return slices.Index(lightOrder, a.Light) - slices.Index(lightOrder, b.Light) })
	}
	return c
}

func filedBars(cs *plan.CommitmentStanding) []Bar {
	var bars []Bar
	for i := range cs.Targets {
		if cs.Targets[i].Reported != nil {
			bars = append(bars, targetBar(cs.Commitment, &cs.Commitment.Targets[i], &cs.Targets[i]))
		}
	}
	return bars
}

// targetBar is the bar of one target.
func targetBar(c *plan.Commitment, t *plan.Target, s *plan.Standing) Bar {
	b := Bar{Name: t.Metric, Target: "目标" + t.Say(t.Value) + wasValue(t), Light: s.Light, Progress: s.Progress, Expected: s.Expected}
	if c.Label != "" {
		b.Name = deedNumber(c.Label) + " " + t.Metric
	}
	if s.Unchecked {
		b.Name += unchecked
	}
	if s.Reported != nil {
		b.Target = t.Say(*s.Reported) + " / " + b.Target
	}
	return b
}

// restBar is the line of a commitment's targets that have no figure; without any filed it
// stands for the commitment.
func restBar(cs *plan.CommitmentStanding, filed, rest int) Bar {
	c := cs.Commitment
	b := Bar{Name: strings.TrimSpace(deedNumber(c.Label) + " " + c.Title), Light: plan.None}
	switch {
	case filed > 0:
		b.Target = fmt.Sprintf("另%d项指标", rest)
	case rest == 1:
		b.Target = "目标" + c.Targets[0].Say(c.Targets[0].Value)
	case rest > 1:
		b.Target = fmt.Sprintf("%d项指标", rest)
	default:
		b.Light, b.Target = cs.Light, fmt.Sprintf("%d项任务", len(c.Tasks))
	}
	return b
}

// deedNumber shortens 实事5 to 5.
func deedNumber(label string) string { return strings.TrimPrefix(label, "实事") }
