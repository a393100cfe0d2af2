package document

import "strings"

// A table whose cell holds this many paragraphs arranges a page; it is no table of values.
const pageCell = 5

// layout collects lines out of paragraphs and nested tables, for pages and for Word
// documents. A row of a table becomes one line with tabs between its cells; a row of one
// cell, or with a cell of many paragraphs, is laid out paragraph by paragraph.
type layout struct {
	open []frame // enclosing cells, rows and boxes; the first is the document
}

// frame is a cell or a box with its lines, or a row with its cells.
type frame struct {
	row   bool
	lines []string
	cells [][]string
}

func newLayout() *layout { return &layout{open: make([]frame, 1, 8)} }

func (l *layout) top() *frame { return &l.open[len(l.open)-1] }

// add appends the lines of a paragraph; blank ones are dropped.
func (l *layout) add(text string) {
	f := l.top()
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.TrimRight(line, " \t\r\u00a0")
		if strings.TrimSpace(line) == "" {
			continue
		}
		if f.row { // text between cells, where there should be none
			f.cells = append(f.cells, []string{line})
			continue
		}
		f.lines = append(f.lines, line)
	}
}

func (l *layout) openRow() { l.open = append(l.open, frame{row: true}) }

// openBlock begins a cell, or a box of text whose lines closeBox hands back.
func (l *layout) openBlock() { l.open = append(l.open, frame{}) }

func (l *layout) closeCell() {
	if len(l.open) < 2 || l.top().row {
		return
	}
	lines := l.closeBox()
	f := l.top()
	if f.row {
		f.cells = append(f.cells, lines)
		return
	}
	f.lines = append(f.lines, lines...)
}

func (l *layout) closeRow() {
	if len(l.open) < 2 || !l.top().row {
		return
	}
	cells := l.top().cells
	l.open = l.open[:len(l.open)-1]
	for _, line := range rowLines(cells) {
		l.add(line)
	}
}

// closeBox ends a box and returns its lines.
func (l *layout) closeBox() []string {
	if len(l.open) < 2 || l.top().row {
		return nil
	}
	lines := l.top().lines
	l.open = l.open[:len(l.open)-1]
	return lines
}

// text returns all lines; what is still open is closed.
func (l *layout) text() string {
	for len(l.open) > 1 {
		if l.top().row {
			l.closeRow()
		} else {
			l.closeCell()
		}
	}
	var out strings.Builder
	for _, line := range l.open[0].lines {
		out.WriteString(line)
		out.WriteByte('\n')
	}
	return out.String()
}

// rowLines writes a row. Empty cells keep their place, so that columns stay apart.
func rowLines(cells [][]string) []string {
	filled, longest := 0, 0
	var all []string
	for _, cell := range cells {
		if len(cell) > 0 {
			filled++
		}
		longest = max(longest, len(cell))
		all = append(all, cell...)
	}
	if filled <= 1 || longest >= pageCell {
		return all
	}
	joined := make([]string, len(cells))
	for i, cell := range cells {
		joined[i] = strings.TrimSpace(strings.Join(cell, " "))
	}
	return []string{strings.Join(joined, "\t")}
}
