package render

import (
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"duban/plan"
)

// minePage is how many parts a person's own list shows at once.
const minePage = 8

// Mine lists a page of what a department answers for, with a button for each to file.
func Mine(department string, ps *plan.PlanStanding, parts []Part, latest map[plan.ID]Latest, page int) Message {
	from, to, row := paged(len(parts), minePage, page, func(page int) string { return DoAction("mine", strconv.Itoa(page)) })
	n := map[string]int{}
	for i := range parts {
		l, known := latest[parts[i].Item()]
		switch {
		case known:
			n[l.word()]++
		case parts[i].Standing.Light == plan.None && !parts[i].Standing.Unchecked:
			n["未填报"]++
		}
	}
	counted := ""
	for _, what := range []string{"未填报", returnedWord, unsignedWord, pendingWord} {
		counted += countText(n[what], what)
	}
	var w strings.Builder
	fmt.Fprintf(&w, "%s负责%s%s%s\n", department, pageText(from, to, len(parts)), counted, asOf(ps))
	var cells []Button
	for i := from; i < to; i++ {
		p := &parts[i]
		fmt.Fprintf(&w, "%d. %s\n", i+1, mineLine(p, latest))
		cells = append(cells, Button{Text: "填" + strconv.Itoa(i+1), Action: DoAction("file-start", strconv.Itoa(int(p.Item())))})
	}
	w.WriteString("回复“序号 数”就能填报，例如：" + example(parts, from, to))
	m := Message{Text: w.String()}
	for chunk := range slices.Chunk(cells, 4) {
		m.Buttons = append(m.Buttons, chunk)
	}
	m.Buttons = append(m.Buttons, append(row, Button{Text: "全部无变化", Action: DoAction("same")}))
	return m
}

func lastText(p *Part) string {
	switch s := p.Standing; {
	case s.Reported != nil && p.Target != nil:
		return " " + p.Target.Operands(*s.Reported)
	case s.Stage != "":
		return " " + string(s.Stage)
	}
	return ""
}

// mineLine says how a part stands: what waits or was returned before what counts.
func mineLine(p *Part, latest map[plan.ID]Latest) string {
	line := LightText(p.Standing.Light) + lastText(p) + " " + Shorten(p.name(), 24) + aimText(p)
	switch l, known := latest[p.Item()]; {
	case !known:
		return line
	case p.Standing.Light == plan.None:
		return l.mark() + l.word() + " " + l.value(p.Target) + " " + Shorten(p.name(), 24) + aimText(p) + l.why()
	default:
		return line + "（" + l.word() + "：" + l.value(p.Target) + l.why() + "）"
	}
}

func countText(n int, what string) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("，%d项%s", n, what)
}

// example is a filing that could be sent for one of the parts of a page.
func example(parts []Part, from, to int) string {
	for i := from; i < to; i++ {
		if t := parts[i].Target; t != nil {
			half := plan.NewDecimalRat(new(big.Rat).Quo(t.Value.Rat(), big.NewRat(2, 1)))
			if !half.Rat().IsInt() {
				half = t.Value
			}
			return strconv.Itoa(i+1) + " " + half.String()
		}
	}
	return strconv.Itoa(from+1) + " 推进中60%"
}
