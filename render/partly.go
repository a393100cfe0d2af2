package render

import (
	"fmt"
	"strings"

	"duban/plan"
)

// partly is how a commitment is called whose filed parts are all done while others have no
// filing: silence is not counted as done.
const partly = "◐部分完成"

// overall is how a commitment stands as a whole.
type overall struct {
	light   plan.Light
	parts   int // targets and tasks that count
	unfiled int
}

func overallOf(cs *plan.CommitmentStanding) overall {
	o := overall{light: cs.Light, unfiled: cs.Unfiled}
	for _, list := range [][]plan.Standing{cs.Targets, cs.Tasks} {
		for i := range list {
			if !list[i].Unchecked && list[i].Light != plan.Cancelled {
				o.parts++
			}
		}
	}
	return o
}

// partly reports whether only some parts are known to be done.
func (o overall) partly() bool { return o.light == plan.Done && o.unfiled > 0 }

// text is the light in words, of what is done in part with how much: ◐部分完成（1/9项）.
func (o overall) text() string {
	if o.partly() {
		return fmt.Sprintf("%s（%d/%d项）", partly, o.parts-o.unfiled, o.parts)
	}
	return LightText(o.light)
}

// overallTally counts commitments by how they stand: ✅已完成1 ◐部分完成2 ⚪未填报7; kinds is
// how many differ.
func overallTally(list []overall) (text string, kinds int) {
	t, some := plan.Tally{}, 0
	for _, o := range list {
		if o.partly() {
			some++
			continue
		}
		t[o.light]++
	}
	var parts []string
	for _, l := range lightOrder {
		if l == plan.Cancelled && some > 0 { // behind what is done
			parts = append(parts, fmt.Sprintf("%s%d", partly, some))
		}
		if t[l] > 0 {
			parts = append(parts, fmt.Sprintf("%s%d", LightText(l), t[l]))
		}
	}
	return strings.Join(parts, " "), len(parts)
}
