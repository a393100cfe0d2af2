package bot_test

import (
	"math/big"

	"duban/ask"
	"duban/commands"
	"duban/plan"
)

// demoView is what scripts named filed… see of filings: the figures that were published
// for rural roads and bridges by the end of July.
type demoView struct{}

func withFilings(commands.Request) ask.View { return demoView{} }

var july = plan.NewDate(2017, 7, 31)

var published = map[string]struct {
	value  int64
	light  ask.Light
	reason string
}{
	"新改建农村公路": {824, ask.Yellow, "7月底应到58.1%，实到33.0%（824/2500公里），差25.1个百分点→黄灯；余下5个月每月需336公里"},
	"改造农村危桥":  {28, ask.Red, "7月底应到58.1%，实到28.0%（28/100座），差30.1个百分点→红灯；余下5个月每月需15座"},
}

func (demoView) Standing(p *plan.Plan, item plan.ID, day plan.Date) ask.Standing {
	t, _ := find(p, item)
	if t == nil || july.After(day) {
		return ask.Standing{Light: ask.Unfiled}
	}
	f, ok := published[t.Metric]
	if !ok {
		return ask.Standing{Light: ask.Unfiled}
	}
	value := plan.NewDecimal(f.value, 0)
	return ask.Standing{
		Light: f.light, Reported: &value, On: july, Reason: f.reason,
		Progress: new(big.Rat).Quo(value.Rat(), t.Value.Rat()),
	}
}

func (demoView) Departments(p *plan.Plan, item plan.ID) []string {
	if _, c := find(p, item); c != nil && c.Label == "实事8" {
		return []string{"交通运输局", "财政局"}
	}
	return nil
}

func (demoView) Changes(p *plan.Plan, since, until plan.Date) []ask.Change {
	if july.Before(since) || july.After(until) {
		return nil
	}
	for i := range p.Commitments {
		for j := range p.Commitments[i].Targets {
			if t := &p.Commitments[i].Targets[j]; t.Metric == "改造农村危桥" {
				return []ask.Change{{Item: t.ID, On: july, What: "填报", After: "28座"}}
			}
		}
	}
	return nil
}

// find returns the target with an id and the commitment that the id is of or that holds it.
func find(p *plan.Plan, item plan.ID) (*plan.Target, *plan.Commitment) {
	for i := range p.Commitments {
		c := &p.Commitments[i]
		if c.ID == item {
			return nil, c
		}
		for j := range c.Targets {
			if c.Targets[j].ID == item {
				return &c.Targets[j], c
			}
		}
	}
	return nil, nil
}
