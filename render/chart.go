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

// Chart is what a chart of one target (走势图) shows: its accepted values over time against
// the schedule.
type Chart struct {
	Commitment *plan.Commitment
	Target     *plan.Target
	Year       int         // of the plan
	Accepted   []plan.Mark // as plan.AcceptedAt returns them
	Standing   *plan.Standing
	AsOf       plan.Date
}

// Measures of a chart in pixels.
const (
	chartHeight = 900
	plotLeft    = 150
	plotRight   = cardWidth - 60
	plotTop     = 260
	plotBottom  = chartHeight - 110
	dotSize     = 22
)

// plot maps days and values to pixels.
type plot struct {
	*drawing
	chart *Chart
	small *pen
	first plan.Date // left border
	days  int       // to the right border
	low   float64   // value at the lower border
	top   float64   // value at the upper border
	base  float64   // value of the schedule's beginning
	due   bool      // whether there is a schedule
}

// TrendChart draws a chart of one target.
func TrendChart(chart Chart) Picture {
	d := &drawing{canvas: newCanvas(cardWidth, chartHeight)}
	p := &plot{drawing: d, chart: &chart, small: newPen(smallSize)}
	p.scale()
	p.heading()
	p.axes()
	p.target()
	p.schedule()
	p.values()
	return d.picture("走势图.png")
}

// scale chooses the borders: the plan's year, or longer for a later deadline; 0 and the
// highest of target and values, with a little air.
func (p *plot) scale() {
	t := p.chart.Target
	p.first = plan.Date{Year: p.chart.Year, Month: 1, Day: 1}
	last := plan.EndOfYear(max(t.Deadline.Year, p.chart.Year))
	base, due := plan.ScheduleBase(t)
	p.base, _ = base.Float64()
	p.due = due
	least, most := float(t.Value), float(t.Value)
	if due {
		least, most = min(least, p.base), max(most, p.base)
	}
	for _, m := range p.filed() {
		least, most = min(least, float(*m.Value)), max(most, float(*m.Value))
		if m.Date.After(last) {
			last = plan.EndOfYear(m.Date.Year)
		}
	}
	p.days = p.first.DaysTo(last)
	p.low, p.top = min(least, 0), most*1.12
	if plan.BasisOf(t) == plan.BasisLevel && least > most/2 && least < most { // small differences should be seen
		air := most - least
		p.low, p.top = max(least-2*air, 0), most+air
	}
	if p.top <= p.low {
		p.top = p.low + 1
	}
}

func float(d plan.Decimal) float64 {
	f, _ := d.Rat().Float64()
	return f
}

func (p *plot) x(d plan.Date) float32 {
	days := min(max(p.first.DaysTo(d), 0), p.days)
	return plotLeft + float32(days)*(plotRight-plotLeft)/float32(p.days)
}

func (p *plot) y(value float64) float32 {
	return plotBottom - float32((value-p.low)/(p.top-p.low))*(plotBottom-plotTop)
}

// heading writes what is drawn, up to when, and how it stands, with mark and word.
func (p *plot) heading() {
	t, s := p.chart.Target, p.chart.Standing
	title := newPen(titleSize)
	head := t.Metric
	if p.chart.Commitment.Label != "" {
		head = p.chart.Commitment.Label + " " + head
	}
	p.text(title, inkText, cardMargin, 76, title.fit(p.legible(title, head), cardWidth-2*cardMargin))
	p.textRight(p.small, inkSoft, cardWidth-cardMargin, 140, "数据截至"+p.chart.AsOf.String())
	words := s.Light.Word()
	if s.Reported != nil {
		words += " " + t.Say(*s.Reported)
	}
	if s.Progress != nil {
		f, _ := s.Progress.Float64()
		words += "（" + percentFloat(f) + "）"
	}
	p.beside(s.Light, p.small, cardMargin, 140, p.legible(p.small, words))
	x := p.legend(cardMargin, inkLine, "填报值", false)
	if p.due {
		p.legend(x, inkSoft, "序时进度", true)
	}
	p.box(inkRule, image.Rect(cardMargin, 220, cardWidth-cardMargin, 222))
}

// legend draws a piece of a line with its meaning and returns where the next one begins.
func (p *plot) legend(x int, colour ink, words string, broken bool) int {
	if broken {
		p.dashes(colour, float32(x), 188, float32(x+60), 188, 5, 14, 9)
	} else {
		p.segment(colour, float32(x), 188, float32(x+60), 188, 6)
		p.dot(colour, float32(x+30), 188)
	}
	return p.text(p.small, inkSoft, x+72, 200, words) + 48
}

// axes draws the grid: quarters or years below, round numbers at the left.
func (p *plot) axes() {
	for _, v := range roundSteps(p.low, p.top) {
		y := p.y(v)
		p.box(inkTrack, image.Rect(plotLeft, int(y)-1, plotRight, int(y)+1))
		p.textRight(p.small, inkSoft, plotLeft-14, int(y)+12, p.short(v))
	}
	p.box(inkSoft, image.Rect(plotLeft, plotBottom-1, plotRight, plotBottom+2))
	for _, d := range p.months() {
		x := int(p.x(d))
		p.box(inkSoft, image.Rect(x-1, plotBottom, x+2, plotBottom+12))
		label := fmt.Sprintf("%d月", int(d.Month))
		if p.days > 400 {
			label = fmt.Sprintf("%d年", d.Year)
		}
		p.textCentre(p.small, inkSoft, min(x, plotRight-30), plotBottom+54, label)
	}
}

// months are the days that stand below the axis.
func (p *plot) months() []plan.Date {
	var list []plan.Date
	last := p.first.AddDays(p.days)
	for d := p.first; !d.After(last); {
		if p.days > 400 {
			end := plan.EndOfYear(d.Year)
			list, d = append(list, end), plan.Date{Year: d.Year + 1, Month: 1, Day: 1}
			continue
		}
		end := plan.EndOfMonth(d.Year, d.Month+1)
		list, d = append(list, end), end.AddDays(1)
	}
	return list
}

// short writes a number of the axis, in 万 or 亿 where it is long.
func (p *plot) short(v float64) string {
	switch {
	case v >= 1e8:
		return fmt.Sprintf("%g亿", v/1e8)
	case v >= 1e5, v >= 1e4 && strings.Contains(p.chart.Target.ValueText, "万"):
		return fmt.Sprintf("%g万", v/1e4)
	}
	return fmt.Sprintf("%g", v)
}

// target draws the line to be reached; a ceiling is one that is not to be passed.
func (p *plot) target() {
	t := p.chart.Target
	y := p.y(float(t.Value))
	p.box(inkText, image.Rect(plotLeft, int(y)-2, plotRight, int(y)+1))
	words := "目标" + t.Say(t.Value)
	if t.Op == plan.AtMost {
		words = "上限" + t.Say(t.Value)
	}
	p.text(p.small, inkText, plotLeft+14, int(y)-14, p.legible(p.small, words))
}

// schedule draws what is due by each day, with the nodes of the target's own schedule.
func (p *plot) schedule() {
	t := p.chart.Target
	if !p.due {
		return
	}
	eve := p.first.AddDays(-1)
	from := eve
	for _, d := range append(nodeDays(t), t.Deadline) {
		p.dashes(inkSoft, p.x(from), p.dueAt(from), p.x(d), p.dueAt(d), 4, 14, 9)
		if d != t.Deadline {
			p.shape(inkSoft, int(p.x(d))-8, int(p.dueAt(d))-8, 16, 16, point{8, 0}, point{16, 8}, point{8, 16}, point{0, 8})
		}
		from = d
	}
}

func nodeDays(t *plan.Target) []plan.Date {
	var days []plan.Date
	for _, n := range t.Nodes {
		if n.Date.Before(t.Deadline) {
			days = append(days, n.Date)
		}
	}
	return days
}

// dueAt is where the schedule stands on a day.
func (p *plot) dueAt(d plan.Date) float32 {
	t := p.chart.Target
	percent := plan.SchedulePercent(p.chart.Year, t.Deadline, t.Nodes, d)
	share, _ := new(big.Rat).Quo(percent, big.NewRat(100, 1)).Float64()
	return p.y(p.base + (float(t.Value)-p.base)*share)
}

// values draws what was filed: the line first, then numbers where there is room, then the
// points.
func (p *plot) values() {
	filed := p.filed()
	for i, m := range filed[:max(len(filed)-1, 0)] {
		next := filed[i+1]
		p.segment(inkLine, p.x(m.Date), p.y(float(*m.Value)), p.x(next.Date), p.y(float(*next.Value)), 6)
	}
	labelled := float32(-1000)
	for i, m := range filed {
		x, y := p.x(m.Date), p.y(float(*m.Value))
		if last := i == len(filed)-1; last || x-labelled > 150 && p.x(filed[len(filed)-1].Date)-x > 110 {
			p.label(x, y, !last && filed[i+1].Value.Cmp(*m.Value) > 0, p.chart.Target.Say(*m.Value))
			labelled = x
		}
	}
	for _, m := range filed {
		p.dot(inkLine, p.x(m.Date), p.y(float(*m.Value)))
	}
	if len(filed) == 0 {
		p.textCentre(p.small, inkSoft, (plotLeft+plotRight)/2, plotBottom-60, "还没有通过审核的填报")
	}
}

// filed are the marks with values.
func (p *plot) filed() []plan.Mark {
	return slices.DeleteFunc(slices.Clone(p.chart.Accepted), func(m plan.Mark) bool { return m.Value == nil })
}

// label writes a value above its point, or below where the line goes on upwards or the
// border or the target's line is near, inside of the plot.
func (p *plot) label(x, y float32, rises bool, words string) {
	words = p.legible(p.small, words)
	half := p.small.width(words) / 2
	centre := min(max(int(x), plotLeft+half+6), plotRight-half)
	base := int(y) - 22
	if goal := p.y(float(p.chart.Target.Value)); rises || y >= goal && y-goal < 70 || base < plotTop+30 {
		base = int(y) + 50
		if base > plotBottom-10 { // there the point would lie under it
			base = int(y) - 22
		}
	}
	p.wipe(image.Rect(centre-half-2, base-smallSize+2, centre+half+2, base+6)) // lines below would blur it
	p.textCentre(p.small, inkText, centre, base, words)
}

func (p *plot) dot(colour ink, x, y float32) {
	p.shape(colour, int(x)-dotSize/2, int(y)-dotSize/2, dotSize, dotSize, circle(dotSize/2, dotSize/2, dotSize/2)...)
}

// roundSteps are two to six round numbers from one height to another.
func roundSteps(low, top float64) []float64 {
	step := math.Pow(10, math.Ceil(math.Log10(top-low)))
	for _, part := range []float64{.1, .2, .5} {
		if step*part*5 >= top-low {
			step *= part
			break
		}
	}
	var list []float64
	for n := math.Ceil(low / step); n*step <= top; n++ {
		v := math.Round(n*step*1e6) / 1e6
		if v == 0 {
			v = math.Abs(v) // no -0 stands at the axis
		}
		list = append(list, v)
	}
	return list
}
