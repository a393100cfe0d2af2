package commands

import (
	"duban/render"
)

// mostFound is how many commitments a search shows.
const mostFound = 24

func handleFind(t *turn) ([]render.Message, error) {
	p := t.current()
	switch {
	case p == nil:
		return []render.Message{noPlan}, nil
	case t.words == "":
		return []render.Message{{Text: "请带上要查的词，例如：查 停车位"}}, nil
	}
	members := t.library.Engine(string(p.Key())).Find(t.words, mostFound)
	if len(members) == 0 {
		return []render.Message{{Text: "报告里没有查到“" + t.words + "”。换个词试试，或发“目录”。"}}, nil
	}
	t.show(p, members)
	m := render.List(p, "查“"+t.words+"”", members[:min(len(members), 8)], "", 0)
	return []render.Message{m}, nil
}

func handlePlans(t *turn) ([]render.Message, error) {
	return []render.Message{render.Plans(t.library.Plans())}, nil
}
