package render_test

import (
	"bytes"
	"image"
	"image/png"
	"math/big"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"duban/plan"
	"duban/render"
)

// heaviest is how large a picture may be.
const heaviest = 100 << 10

func deeds(ps *plan.PlanStanding) []*plan.Commitment {
	var list []*plan.Commitment
	for i := range ps.Plan.Commitments {
		if strings.HasPrefix(ps.Plan.Commitments[i].Label, "实事") {
			list = append(list, &ps.Plan.Commitments[i])
		}
	}
	return list
}

func demoCard(t testing.TB, day string) render.Card {
	ps := standing(t, day)
	return render.CardOf("聊城市2017年十件民生实事", ps, deeds(ps))
}

// decoded checks the size of a picture and reads it.
func decoded(t *testing.T, p render.Picture) image.Image {
	t.Helper()
	if n := len(p.File.Data); n > heaviest {
		t.Errorf("%s has %d bytes, more than %d", p.File.Name, n, heaviest)
	}
	img, err := png.Decode(bytes.NewReader(p.File.Data))
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := img.(*image.Paletted); !ok {
		t.Errorf("%s is no picture with a palette", p.File.Name)
	}
	if w := img.Bounds().Dx(); w != 1080 {
		t.Errorf("%s is %d pixels wide, want 1080", p.File.Name, w)
	}
	return img
}

func TestDocumentationPictures(t *testing.T) {
	for name, day := range map[string]string{"card-2017-07-31.png": "2017-07-31", "card-2017-12-31.png": "2017-12-31"} {
		p := render.ProgressCard(demoCard(t, day))
		decoded(t, p)
		golden(t, "../docs/pictures/"+name, p.File.Data)
	}
	p := render.TrendChart(demoChart(t, "3.6.2.8", "新改建农村公路", "2017-12-31"))
	decoded(t, p)
	golden(t, "../docs/pictures/chart-roads-2017.png", p.File.Data)
}

func BenchmarkProgressCard(b *testing.B) {
	card := demoCard(b, "2017-12-31")
	for b.Loop() {
		render.ProgressCard(card)
	}
}

// demoChart is the chart of a target on a day.
func demoChart(t testing.TB, code, metric, day string) render.Chart {
	p, marks := demo(t)
	item := targetNamed(t, p, code, metric)
	c := p.Holder(item)
	accepted := plan.AcceptedAt(marks[item], date(t, day), time.Time{})
	s := plan.LightAt(c.Target(item), accepted, p.Year, date(t, day), plan.DefaultRules())
	return render.Chart{Commitment: c, Target: c.Target(item), Year: p.Year, Accepted: accepted, Standing: &s, AsOf: date(t, day)}
}

func BenchmarkTrendChart(b *testing.B) {
	chart := demoChart(b, "3.6.2.8", "新改建农村公路", "2017-12-31")
	for b.Loop() {
		render.TrendChart(chart)
	}
}

// fullCard has as many bars as fit, with names as long as fit.
func fullCard() render.Card {
	c := render.Card{Title: "示例：" + strings.Repeat("长标题", 12), AsOf: plan.Date{Year: 2017, Month: 7, Day: 31}}
	lights := []plan.Light{plan.Overdue, plan.Red, plan.Yellow, plan.Green, plan.Done, plan.Cancelled}
	for i := range 20 {
		c.Bars = append(c.Bars, render.Bar{
			Name: "示例" + strings.Repeat("名称很长的指标", 4), Target: "7.87万人 / 目标8万人", Light: lights[i%len(lights)],
			Progress: big.NewRat(int64(i), 12), Expected: big.NewRat(1, 2),
		})
	}
	return c
}

func TestFullCard(t *testing.T) {
	p := render.ProgressCard(fullCard())
	decoded(t, p)
	if dir := os.Getenv("PICTURES"); dir != "" {
		golden(t, dir+"/full.png", p.File.Data)
	}
}

// A name with a character that the font lacks is drawn with 〓 and repeated below.
func TestRareCharacters(t *testing.T) {
	c := render.Card{Title: "示例", AsOf: plan.Date{Year: 2017, Month: 7, Day: 31}, Bars: []render.Bar{
		{Name: "㛃𠀋村道路", Target: "目标1个", Light: plan.None}, {Name: "常见字", Target: "目标1个", Light: plan.None},
	}}
	p := render.ProgressCard(c)
	if want := []string{"㛃𠀋村道路"}; !slices.Equal(p.Missing, want) {
		t.Errorf("missing %q, want %q", p.Missing, want)
	}
	if got := p.Caption("示例"); !strings.Contains(got, "㛃𠀋村道路") {
		t.Errorf("the caption %q does not repeat the name", got)
	}
}

func BenchmarkFullCard(b *testing.B) {
	card := fullCard()
	for b.Loop() {
		render.ProgressCard(card)
	}
}

// Charts of all sorts of targets can be drawn, with and without filings.
func TestChartsOfTheReport(t *testing.T) {
	t.Parallel()
	p, _ := demo(t)
	day, n := date(t, "2017-07-31"), 0
	for i := range p.Commitments {
		c := &p.Commitments[i]
		for j := range c.Targets {
			if n++; n%6 != 0 {
				continue
			}
			target := &c.Targets[j]
			var accepted []plan.Mark
			if n%12 == 0 {
				accepted = []plan.Mark{{ID: 1, Value: &target.Value, Date: date(t, "2017-06-30")}}
			}
			s := plan.LightAt(target, accepted, p.Year, day, plan.DefaultRules())
			picture := render.TrendChart(render.Chart{Commitment: c, Target: target, Year: p.Year, Accepted: accepted, Standing: &s, AsOf: day})
			decoded(t, picture)
			if len(picture.Missing) > 0 {
				t.Errorf("%s is not drawn whole", target.Metric)
			}
		}
	}
}

// The target of time is 50 ms; the test allows for busy machines.
func TestPicturesAreQuick(t *testing.T) {
	if testing.Short() {
		t.Skip("measures time")
	}
	card, chart := fullCard(), demoChart(t, "3.6.2.8", "新改建农村公路", "2017-12-31")
	render.ProgressCard(card) // parses the font
	start := time.Now()
	for range 5 {
		render.ProgressCard(card)
		render.TrendChart(chart)
	}
	if each := time.Since(start) / 10; each > 250*time.Millisecond {
		t.Errorf("a picture takes %s", each)
	}
}
