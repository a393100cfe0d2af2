package commands

import (
	"fmt"
	"slices"
	"strings"

	"duban/plan"
	"duban/report"
	"duban/report/document"
)

// RowError is what is wrong with one row of a table that people filled in.
type RowError struct {
	Line   int // in the file, from 1
	Reason string
}

func (e RowError) Error() string { return fmt.Sprintf("第%d行：%s", e.Line, e.Reason) }

// column is one column of such a table, under any of its headers.
type column struct {
	name    string
	headers []string
	needed  bool
}

// table is rows whose columns are known by name.
type table struct {
	places map[string]int
	rows   []document.Row
}

// headerRows is how far down the header may stand, under titles.
const headerRows = 10

// newTable finds the header among the first rows.
func newTable(rows []document.Row, columns []column) (*table, error) {
	best, missing := -1, []string(nil)
	var places map[string]int
	for i := range rows[:min(len(rows), headerRows)] {
		found, lacks := readHeader(rows[i].Cells, columns)
		if best < 0 || len(found) > len(places) {
			best, places, missing = i, found, lacks
		}
	}
	if best < 0 || len(missing) > 0 {
		var all []string
		for _, c := range columns {
			all = append(all, c.headers[0])
		}
		return nil, fmt.Errorf("表头不对，缺%s；第一行应写：%s", strings.Join(missing, "、"), strings.Join(all, "，"))
	}
	return &table{places: places, rows: rows[best+1:]}, nil
}

func readHeader(cells []string, columns []column) (places map[string]int, missing []string) {
	places = map[string]int{}
	for _, c := range columns {
		i := slices.IndexFunc(cells, func(cell string) bool { return slices.Contains(c.headers, headerText(cell)) })
		switch {
		case i >= 0:
			places[c.name] = i
		case c.needed:
			missing = append(missing, c.headers[0])
		}
	}
	return places, missing
}

// headerText is a header without case, blanks, marks and what stands in brackets.
func headerText(cell string) string {
	cell = strings.ToLower(document.Narrow(cell))
	if i := strings.IndexAny(cell, "(（"); i > 0 {
		cell = cell[:i]
	}
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" \t\n\u3000*:：", r) {
			return -1
		}
		return r
	}, cell)
}

// cell returns what a row has in a column, "" where the table has none.
func (t *table) cell(r *document.Row, name string) string {
	i, ok := t.places[name]
	if !ok || i >= len(r.Cells) {
		return ""
	}
	return r.Cells[i]
}

// findCommitment finds the commitment of a code or label: 3.6.2.8, 实事8, 实事八.
func findCommitment(p *plan.Plan, text string) *plan.Commitment {
	code := strings.Trim(document.Narrow(text), ".")
	code = strings.NewReplacer("．", ".", "。", ".", " ", "").Replace(code)
	if c := p.Commitment(plan.Code(code)); c != nil {
		return c
	}
	if rest, ok := strings.CutPrefix(code, "实事"); ok {
		if n, unit, ok := report.ParseQuantity(rest); ok && (unit == "" || unit == "件") {
			code = "实事" + n.String()
		}
	}
	var found *plan.Commitment
	for i := range p.Commitments {
		if c := &p.Commitments[i]; c.Label != "" && c.Label == code {
			if found != nil {
				return nil
			}
			found = c
		}
	}
	return found
}

// selectPlans returns the plans that a name means: a key, or a place or year in it; all for
// "".
func selectPlans(plans []*plan.Plan, name string) []*plan.Plan {
	name = document.Narrow(name)
	var fits []*plan.Plan
	for _, p := range plans {
		if string(p.Key()) == name {
			return []*plan.Plan{p}
		}
		if strings.Contains(string(p.Key()), name) {
			fits = append(fits, p)
		}
	}
	return fits
}

func keysOf(plans []*plan.Plan) string {
	var keys []string
	for _, p := range plans {
		keys = append(keys, string(p.Key()))
	}
	return strings.Join(keys, "、")
}
