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
	c := t.named(p, t.words)
	if c == nil {
		return one(render.Message{Text: "没有找到“" + t.words + "”。例如：走势图 实事8，或 /chart 3.6.2.8"}), nil
	}
	return t.chartOf(p, c)
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
		return one(render.Message{Text: c.Title + "没有数字指标，画不出走势图。", Buttons: [][]render.Button{{{Text: "看全文", Action: render.ItemAction(c.Code)}}}}), nil
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
	return one(t.trend(p, c, first, marks[first.ID])), nil
}

// trend draws one target; its buttons lead to the commitment's others.
func (t *turn) trend(p *plan.Plan, c *plan.Commitment, target *plan.Target, marks []plan.Mark) render.Message {
	accepted := plan.AcceptedAt(marks, t.today(), time.Time{})
	s := plan.LightAt(target, accepted, p.Year, t.today(), t.router.options.Rules)
	picture := render.TrendChart(render.Chart{Commitment: c, Target: target, Year: p.Year, Accepted: accepted, Standing: &s, AsOf: t.today()})
	head := target.Metric + render.UncheckedMark(p, target) + "：" + s.Light.Mark() + s.Reason + "\n数据截至" + t.today().String()
	m := picture.Message(head)
	for i := range c.Targets {
		if other := &c.Targets[i]; other != target && len(m.Buttons) < 6 {
			m.Buttons = append(m.Buttons, []render.Button{{Text: other.Metric, Action: render.DoAction("chart-item", strconv.Itoa(int(other.ID)))}})
		}
	}
	m.Buttons = append(m.Buttons, []render.Button{{Text: "看全文", Action: render.ItemAction(c.Code)}})
	return m
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
	return one(t.trend(p, c, c.Target(item), marks[item])), nil
}
