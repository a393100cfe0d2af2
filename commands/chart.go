package commands

import (
	"strconv"
	"strings"
	"time"

	"duban/plan"
	"duban/render"
)

// handleChart draws: 实事, or nothing, is the progress card of the 实事; an item is its
// values over time against the schedule.
func handleChart(t *turn) ([]render.Message, error) {
	p := t.current()
	switch {
	case p == nil:
		return one(noPlan), nil
	case t.text == "进展图":
		return pressCard(t)
	case t.words == "" && t.named(p, "") == nil, t.words == "实事", t.words == "十件实事", t.words == "民生实事":
		return t.progressCard(p, render.Reader{})
	}
	return t.chartNamed(p, t.words)
}

// chartNamed draws the target that words name, of a commitment that they name the first
// that was filed.
func (t *turn) chartNamed(p *plan.Plan, words string) ([]render.Message, error) {
	c, rest := t.library.Engine(string(p.Key())).Reference(words)
	if c == nil {
		if c, rest = t.named(p, words), words; c == nil || !speaksOf(words, c) {
			return one(render.Message{Text: "没有找到“" + words + "”。例如：走势图 实事8，或 /chart 3.6.2.8"}), nil
		}
	}
	if rest = strings.TrimSpace(rest); rest == "" {
		return t.chartOf(p, c)
	}
	r, _ := t.reader()
	switch m, _ := r.find(rest, "", c, false); {
	case m.Target != nil && strong(rest, &m):
		marks, err := t.desk().Marks(p.Key())
		return one(t.trend(p, c, m.Target, marks[m.Target.ID], 0)), err
	case m.Task != nil && strong(rest, &m):
		return one(noChart("“"+m.Task.Text+"”是任务，", c)), nil
	case rest != words:
		return one(noChart(render.NameOf(c)+"里没有“"+rest+"”这个指标，", c)), nil
	}
	return t.chartOf(p, c)
}

// speaksOf reports whether two characters that stand together in words do so in what a
// commitment says: one alone is chance.
func speaksOf(words string, c *plan.Commitment) bool {
	runes := []rune(content(words))
	for i := 1; i < len(runes); i++ {
		if pair := string(runes[i-1 : i+1]); strings.Contains(c.Text+c.Title+c.Label, pair) {
			return true
		}
	}
	return false
}

// noChart says why there is nothing to draw.
func noChart(why string, c *plan.Commitment) render.Message {
	m := render.Message{Text: why + "画不出走势图。", Buttons: [][]render.Button{{{Text: "看全文", Action: render.ItemAction(c.Code)}}}}
	if len(c.Targets) > 0 {
		m.Buttons[0] = append(m.Buttons[0], render.Button{Text: "走势图", Action: render.DoAction("chart", string(c.Code))})
	}
	return m
}

// progressCard draws the progress card for a reader.
func (t *turn) progressCard(p *plan.Plan, r render.Reader) ([]render.Message, error) {
	standing, err := t.standing(p)
	if err != nil {
		return nil, err
	}
	card := render.CardFor(standing, t.shelfDuties(p), r)
	if len(card.Bars) == 0 {
		return one(render.Message{Text: render.Heading(p) + "：还没有填报，画不出进展图。"}), nil
	}
	picture := render.ProgressCard(card)
	return one(picture.Message(card.Title+"（数据截至"+card.AsOf.String()+"）", []render.Button{
		{Text: "滞后清单", Action: render.DoAction("lagging")}, {Text: "订阅周报", Action: render.DoAction("subscribe")},
	})), nil
}

// pressCard is the button 进展图: the card of what concerns the person.
func pressCard(t *turn) ([]render.Message, error) {
	p := t.current()
	if p == nil {
		return one(noPlan), nil
	}
	r, err := t.digestReader()
	if err != nil {
		return nil, err
	}
	return t.progressCard(p, r)
}

// chartOf draws the first target of a commitment that was filed, and offers the others.
func (t *turn) chartOf(p *plan.Plan, c *plan.Commitment) ([]render.Message, error) {
	if len(c.Targets) == 0 {
		return one(noChart(c.Title+"没有数字指标，", c)), nil
	}
	marks, err := t.desk().Marks(p.Key())
	if err != nil {
		return nil, err
	}
	first := &c.Targets[0]
	for i := range c.Targets {
		if len(marks[c.Targets[i].ID]) > 0 {
			first = &c.Targets[i]
			break
		}
	}
	return one(t.trend(p, c, first, marks[first.ID], 0)), nil
}

// otherCharts is how many other targets stand below a chart; more are on further pages.
const otherCharts = 6

// trend draws one target; its buttons lead to the commitment's others, a page of them.
func (t *turn) trend(p *plan.Plan, c *plan.Commitment, target *plan.Target, marks []plan.Mark, page int) render.Message {
	accepted := plan.AcceptedAt(marks, t.today(), time.Time{})
	s := plan.LightAt(target, accepted, p.Year, t.today(), t.router.options.Rules)
	picture := render.TrendChart(render.Chart{Commitment: c, Target: target, Year: p.Year, Accepted: accepted, Standing: &s, AsOf: t.today()})
	head := target.Metric + render.UncheckedMark(p, target) + "：" + s.Light.Mark() + s.Reason + "\n数据截至" + t.today().String()
	m := picture.Message(head)
	var others [][]render.Button
	for i := range c.Targets {
		if other := &c.Targets[i]; other != target {
			others = append(others, []render.Button{{Text: other.Metric, Action: render.DoAction("chart-item", strconv.Itoa(int(other.ID)))}})
		}
	}
	m.Buttons = append(m.Buttons, pageOf(others, page)...)
	if len(others) > otherCharts {
		more := render.DoAction("chart-item", strconv.Itoa(int(target.ID)), strconv.Itoa(page+1))
		m.Buttons = append(m.Buttons, []render.Button{{Text: "其他指标", Action: more}})
	}
	m.Buttons = append(m.Buttons, []render.Button{{Text: "看全文", Action: render.ItemAction(c.Code)}})
	return m
}

// pageOf is a page of rows; behind the last page the first comes again.
func pageOf(rows [][]render.Button, page int) [][]render.Button {
	pages := max((len(rows)+otherCharts-1)/otherCharts, 1)
	first := page % pages * otherCharts
	return rows[first:min(first+otherCharts, len(rows))]
}

// pressChart is the button 走势图 of a commitment.
func pressChart(t *turn) ([]render.Message, error) {
	p := t.current()
	if p == nil {
		return one(noPlan), nil
	}
	c := p.Commitment(plan.Code(strings.TrimSpace(t.arg(0))))
	if c == nil {
		return stale(t)
	}
	return t.chartOf(p, c)
}

// pressChartItem is the button of one target.
func pressChartItem(t *turn) ([]render.Message, error) {
	p := t.current()
	if p == nil {
		return one(noPlan), nil
	}
	item := plan.ID(number(t.arg(0)))
	c := p.Holder(item)
	if c == nil || c.Target(item) == nil {
		return stale(t)
	}
	marks, err := t.desk().Marks(p.Key())
	if err != nil {
		return nil, err
	}
	return one(t.trend(p, c, c.Target(item), marks[item], number(t.arg(1)))), nil
}
