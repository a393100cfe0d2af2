package report

import (
	"strings"
	"unicode/utf8"

	"duban/plan"
)

// part is a top heading of the report and what it is about.
type part struct {
	no      int
	title   string
	a, b    int  // lines of source.lines that belong to it, the heading's own included
	body    int  // where text begins in the first line; its end where it has only the heading
	forward bool // speaks of what will be done
	notes   bool // glossary
	annex   bool // stands behind the report proper
	outer   bool // headed by words or 第一部分, so that 一、 numbers its sections
	horizon int  // last year of a five-year programme; 0 for the plan's year
}

// segment is a numbered piece of the text.
type segment struct {
	levels  []int
	a, b    int // text, the number included
	content int // behind the number
	part    *part
	section string
	theme   string
	title   string
	listed  bool // an item of a list of 实事

	departments []string // of a table row
}

func (s *segment) code() plan.Code { return plan.NewCode(s.levels...) }

// outliner walks the lines of one part and cuts them into segments.
type outliner struct {
	src      *source
	part     *part
	segments []segment

	section      int
	numbered     bool // sections are counted (一), (二)
	counted      style
	sectionTitle string
	theme        int
	themeTitle   string
	pending      string // heading line waiting for its paragraph
	listed       bool   // the theme introduces a list of 实事
	open         bool   // the last item is only a heading; the next paragraph is its text
	stack        []level
	table        *table        // whose rows follow
	last         map[style]int // last number of each style, for lists across paragraphs
	running      map[style]int // the same, not begun anew by a section
}

// level is one depth of an item list.
type level struct {
	style style
	n, no int // number read, number counted
}

// segmentsOf cuts a part into its segments.
func segmentsOf(src *source, p *part) []segment {
	o := &outliner{src: src, part: p, last: map[style]int{}, running: map[style]int{}}
	if p.body < src.lines[p.a].b {
		o.line(p.body, src.lines[p.a].b, src.lines[p.a].bold)
	}
	for i := p.a + 1; i < p.b; i++ {
		l := src.lines[i]
		o.line(l.a, l.b, l.bold)
	}
	return o.segments
}

func (o *outliner) line(a, b int, bold bool) {
	if o.tableLine(a, b) {
		return
	}
	switch m := headMarker(o.src.text, a, b); m.style {
	case partStyle:
		o.partLine(a, b, m)
	case sectionHan:
		o.sectionLine(a, b, m)
	case bracketHead:
		o.bracketLine(a, b, m)
	case plain, partWord:
		o.plainLine(a, b, bold)
	default:
		o.paragraph(a, b, m)
	}
}

// tableLine takes a line that is part of a table; false for any other, which ends the table.
func (o *outliner) tableLine(a, b int) bool {
	if head := tableHead(o.src.text[a:b]); head != nil {
		o.openTable(head)
		return true
	}
	if o.table != nil && strings.Contains(o.src.text[a:b], "\t") {
		o.row(a, b)
		return true
	}
	o.table = nil
	return false
}

// partLine takes a line with the marker of a part inside one: a section where parts are
// numbered otherwise.
func (o *outliner) partLine(a, b int, m marker) {
	if o.part.outer && !o.introduced(a, m) {
		o.openSection(a, b, m)
		return
	}
	o.paragraph(a, b, m)
}

// sectionLine takes a line with the marker of a section, （一）.
func (o *outliner) sectionLine(a, b int, m marker) {
	switch {
	case o.itemNotSection(a, b, m):
		o.paragraph(a, b, m)
	case o.part.outer && o.counted == partStyle:
		o.openSubsection(a, b, m)
	default:
		o.openSection(a, b, m)
	}
}

// bracketLine takes a line that begins with 【…】: a section, or the heading of the items
// that follow where sections are numbered.
func (o *outliner) bracketLine(a, b int, m marker) {
	if !o.numbered {
		o.openSection(a, b, m)
		return
	}
	o.pending, o.open, o.stack = strings.Trim(o.src.words(a, m.end), "【】"), false, nil
	if m.end < b {
		o.paragraph(m.end, b, itemMarker(o.src.text, m.end, b))
	}
}

// plainLine takes a line without a marker.
func (o *outliner) plainLine(a, b int, bold bool) {
	heading := headingLine(o.src.text[a:b], bold)
	switch {
	case heading:
		o.pending, o.open, o.stack = strings.TrimRight(o.src.words(a, b), "：。"), false, nil
	case o.open:
		o.extend(b)
	default:
		o.paragraph(a, b, marker{})
	}
}

// itemNotSection reports whether (一) numbers an item and no section: in a list of 实事,
// or where the line is a single sentence that promises a number.
func (o *outliner) itemNotSection(a, b int, m marker) bool {
	if mentionsList(o.part.title) && o.section == 0 && !longHeading(o.part.title) {
		return true
	}
	if o.listed && (m.n == 1 && len(o.stack) == 0 || o.last[sectionHan]+1 == m.n) {
		return true
	}
	text := o.src.text
	last, _ := utf8.DecodeLastRuneInString(text[a:b])
	return sentenceEnd(last) && headingEnd(text, m.end, b) == b && len(lex(text, m.end, b)) > 0
}

// introduced reports whether 一、 numbers the items of a list of 实事 that the line before
// introduces, or goes on with them.
func (o *outliner) introduced(a int, m marker) bool {
	if !o.listed {
		return false
	}
	lead := strings.TrimRight(o.src.text[:a], "\n")
	return m.n == 1 && len(o.stack) == 0 && strings.HasSuffix(lead, "：") || len(o.stack) == 1 && o.stack[0].style == partStyle && m.n == o.stack[0].n+1
}

// openSection starts a section: its heading runs to the first full stop or the line's end.
func (o *outliner) openSection(a, b int, m marker) {
	text := o.src.text
	o.section++
	o.numbered, o.counted = o.numbered || m.style == sectionHan, m.style
	if m.style != bracketHead && m.n > o.section {
		o.section = m.n
	}
	end := m.end
	if m.style == bracketHead {
		o.sectionTitle = strings.Trim(o.src.words(a, m.end), "【】")
	} else {
		end = headingEnd(text, m.end, b)
		o.sectionTitle = strings.TrimRight(o.src.words(m.end, end), "。：！；")
	}
	o.theme, o.themeTitle, o.pending, o.stack, o.open = 0, "", "", nil, false
	o.listed = mentionsList(o.sectionTitle) && m.style == bracketHead
	o.last = map[style]int{}
	if end < b {
		o.paragraph(end, b, itemMarker(text, end, b))
	}
}

// openSubsection reads (一) below 一、 as the heading of the theme that follows.
func (o *outliner) openSubsection(a, b int, m marker) {
	text := o.src.text
	end := headingEnd(text, m.end, b)
	o.pending, o.stack, o.open = strings.TrimRight(o.src.words(m.end, end), "。：！；"), nil, false
	if end < b {
		o.paragraph(end, b, itemMarker(text, end, b))
	}
}

// paragraph opens a theme, or goes on with the list of the one before.
func (o *outliner) paragraph(a, b int, m marker) {
	if !o.continues(m) {
		o.openTheme(a, b)
	}
	o.items(a, b)
	o.open = m.style != plain && len(o.segments) > 0 && onlyHeading(o.src.text[a:b])
}

// continues reports whether a paragraph that starts with m belongs to the current theme.
func (o *outliner) continues(m marker) bool {
	if m.style == plain || o.theme == 0 || o.pending != "" || m.joined && !o.expects(m, true) {
		return false
	}
	for _, l := range o.stack {
		if l.style == m.style {
			return m.n > l.n || m.style == itemDash
		}
	}
	if len(o.stack) == 0 {
		return m.n <= 1 || m.n == o.last[m.style]+1
	}
	return m.n <= 1 && m.style != itemShi
}

func (o *outliner) openTheme(a, b int) {
	o.theme++
	o.stack = nil
	o.themeTitle, o.pending = o.pending, ""
	first := firstItem(o.src.text, a, b)
	if o.themeTitle == "" && headMarker(o.src.text, a, b).style == plain {
		o.themeTitle = themeTitle(o.src, a, b, first)
	}
	lead := o.src.text[a:first]
	o.listed = mentionsList(lead) || mentionsList(o.themeTitle) || mentionsList(o.sectionTitle) && len(lead) < 120 ||
		o.section == 0 && mentionsList(o.part.title)
}

// items cuts text[a:b] at the numbers that count on, one segment each.
func (o *outliner) items(a, b int) {
	from, content := a, a
	started := false
	eachMarker(o.src.text, a, b, func(at int, m marker) bool {
		if !o.accept(m, at == a) {
			return true
		}
		if at > from || started {
			o.flush(from, at, content, started)
		}
		o.enter(m)
		from, content, started = at, m.end, true
		return true
	})
	o.flush(from, b, content, started || len(o.stack) > 0)
}

// expects reports whether a number that may be a decimal (7.50个) is the next of its list.
func (o *outliner) expects(m marker, first bool) bool {
	if len(o.stack) > 0 {
		top := o.stack[len(o.stack)-1]
		return top.style == m.style && m.n == top.n+1
	}
	return first && o.listed && m.n == 1
}

// accept reports whether a number starts a list or goes on with one. A list may leave a
// number out: at the start of a paragraph, or between 一是 and 三是.
func (o *outliner) accept(m marker, first bool) bool {
	if m.joined && !o.expects(m, first) {
		return false
	}
	for _, l := range o.stack {
		if l.style == m.style {
			skips := m.n > l.n && (first || m.style == itemShi && m.n <= l.n+2)
			return m.n == l.n+1 || m.n == 1 || m.style == itemDash || skips
		}
	}
	if m.style == itemDash {
		return true
	}
	if first && len(o.stack) == 0 && m.n > 1 && m.n == o.running[m.style]+1 {
		return true // counted through from the section before
	}
	return m.n == 1 || m.n == o.last[m.style]+1 && m.n > 1 && len(o.stack) == 0
}

// enter moves the counters to the item that m opens.
func (o *outliner) enter(m marker) {
	o.last[m.style], o.running[m.style] = m.n, m.n
	for i, l := range o.stack {
		if l.style == m.style {
			o.stack = o.stack[:i+1]
			o.stack[i].n, o.stack[i].no = m.n, max(l.no+1, m.n)
			return
		}
	}
	o.stack = append(o.stack, level{style: m.style, n: m.n, no: max(1, m.n)})
}

// flush records the segment text[a:b].
func (o *outliner) flush(a, b, content int, item bool) {
	if strings.TrimSpace(o.src.text[a:b]) == "" {
		return
	}
	s := segment{a: a, b: b, content: content, part: o.part, section: o.sectionTitle, theme: o.themeTitle}
	s.levels = []int{o.part.no, o.section, o.theme}
	for _, l := range o.stack {
		s.levels = append(s.levels, l.no)
	}
	if len(o.stack) == 0 || !item {
		s.levels = append(s.levels[:3], 0)
	}
	s.title = o.titleOf(&s)
	s.listed = o.listed && len(o.stack) == 1
	o.segments = append(o.segments, s)
}

// extend gives the last item the paragraph that follows its heading.
func (o *outliner) extend(b int) { o.segments[len(o.segments)-1].b = b }
