package plan

import (
	"math/big"
	"slices"
	"time"
)

// Node (节点) says what share of a target is due by a date.
type Node struct {
	Date    Date    `json:"date"`
	Percent Decimal `json:"percent"`
}

// SchedulePercent (序时进度) returns what share of a target, in percent, should be reached
// by a day: days from 1 January of the plan's year to the day over days to the deadline,
// both ends counted; with nodes, linear between them. It is 0 before the year and 100 from
// the deadline on.
func SchedulePercent(year int, deadline Date, nodes []Node, day Date) *big.Rat {
	eve := Date{Year: year - 1, Month: time.December, Day: 31}
	switch {
	case !day.After(eve):
		return new(big.Rat)
	case !day.Before(deadline):
		return big.NewRat(100, 1)
	}
	if len(nodes) == 0 {
		return big.NewRat(100*int64(eve.DaysTo(day)), int64(eve.DaysTo(deadline)))
	}
	from, to := Node{Date: eve}, Node{Date: deadline, Percent: NewDecimal(100, 0)}
	for _, n := range sortedNodes(nodes) {
		if n.Date.Before(day) || n.Date == day {
			from = n
			continue
		}
		if n.Date.Before(to.Date) {
			to = n
		}
		break
	}
	step := new(big.Rat).Sub(to.Percent.Rat(), from.Percent.Rat())
	step.Mul(step, big.NewRat(int64(from.Date.DaysTo(day)), int64(from.Date.DaysTo(to.Date))))
	return step.Add(step, from.Percent.Rat())
}

func sortedNodes(nodes []Node) []Node {
	if slices.IsSortedFunc(nodes, compareNodes) {
		return nodes
	}
	sorted := slices.Clone(nodes)
	slices.SortFunc(sorted, compareNodes)
	return sorted
}

func compareNodes(a, b Node) int { return a.Date.Compare(b.Date) }
