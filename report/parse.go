package report

import (
	"errors"
	"slices"
	"time"
	"unicode/utf8"

	"duban/plan"
)

// ErrNotReport is returned for a text in which no commitment can be found: another kind
// of document, or a report whose plan is missing.
var ErrNotReport = errors.New("没有找到政府工作报告的工作安排")

// Options changes what Parse assumes.
type Options struct {
	Year int // the plan's year; 0 takes it from the report
}

// Parse reads one work report. Positions in the plan count code points of text. It
// returns ErrNotReport where the text promises nothing.
func Parse(text string, opts Options) (*plan.Plan, error) {
	src := clean(text)
	if len(src.lines) == 0 {
		return nil, ErrNotReport
	}
	h := readHeader(src)
	parts := partsOf(src, h.body)
	year := opts.Year
	if year == 0 {
		year = yearOf(src, &h, parts)
	}
	classify(parts, year)
	p := &plan.Plan{
		Title: h.title, Place: h.place, Year: year, DeliveredOn: h.delivered, Speaker: h.speaker,
		Characters: utf8.RuneCountInString(text), State: plan.Draft,
	}
	for _, part := range append(parts, hiddenLists(src, parts, year)...) {
		addPart(p, src, part)
	}
	addBaselines(p)
	if !isReport(p, src) {
		return nil, ErrNotReport
	}
	return p, nil
}

// yearOf finds the plan's year: named by the heading that looks ahead, else by the title,
// else the year of delivery (the next one for a report of December).
func yearOf(src *source, h *header, parts []*part) int {
	for _, p := range parts {
		if y := yearIn(p.title); y > 0 && outlook(p.title, 0) > 0 {
			return y
		}
	}
	if h.year > 0 {
		return h.year
	}
	if !h.delivered.IsZero() {
		if h.delivered.Month == time.December {
			return h.delivered.Year + 1
		}
		return h.delivered.Year
	}
	return latestYear(src.text)
}

// latestYear is the year that is named most often, the later one of a tie; 0 where none is.
func latestYear(text string) int {
	counts, best := map[int]int{}, 0
	for rest := text; ; {
		y, at := namedYear(rest)
		if y == 0 {
			return best
		}
		counts[y]++
		if best == 0 || counts[y] > counts[best] || counts[y] == counts[best] && y > best {
			best = y
		}
		rest = rest[at+len("2016年"):]
	}
}

// isReport reports whether enough of a report was found to store it.
func isReport(p *plan.Plan, src *source) bool {
	if len(p.Commitments) == 0 {
		return false
	}
	if p.Targets() == 0 && !hasHeading(p) {
		return false
	}
	if containsAny(src.text, []string{"政府工作报告", "各位代表", "人民代表大会", "作工作报告", "报告工作", "实事"}) {
		return true
	}
	return p.Targets() >= 3 && len(p.Commitments) >= 3
}

// hasHeading reports whether anything stands below a numbered heading.
func hasHeading(p *plan.Plan) bool {
	return slices.ContainsFunc(p.Commitments, func(c plan.Commitment) bool { return c.Section != "" || c.Label != "" || c.Code.Levels()[0] > 1 })
}

// addPart adds a part's segments to the plan as commitments or as review.
func addPart(p *plan.Plan, src *source, part *part) {
	if part.notes {
		return
	}
	fallback := plan.EndOfYear(p.Year)
	if part.horizon > 0 {
		fallback = plan.EndOfYear(part.horizon)
	}
	segments := segmentsOf(src, part)
	for i := range segments {
		s := &segments[i]
		r := &reader{src: src, segment: s, year: p.Year, fallback: fallback, review: !part.forward}
		r.read()
		if part.forward {
			p.Commitments = append(p.Commitments, r.commitment())
			continue
		}
		past := segmentOf(src, s)
		past.Label = "" // 实事5 is one of the year's
		p.Review = append(p.Review, past)
		p.Figures = append(p.Figures, r.figures()...)
	}
}

// segmentOf is the segment as the plan stores it.
func segmentOf(src *source, s *segment) plan.Segment {
	label := ""
	if s.listed && len(s.levels) == 4 && s.levels[3] > 0 {
		label = "实事" + plan.NewDecimal(int64(s.levels[3]), 0).String()
	}
	return plan.Segment{
		Code: s.code(), Label: label, Title: s.title, Text: src.words(s.a, s.b), Start: src.start(s.a),
		Part: s.part.title, Section: s.section, Theme: s.theme,
	}
}

func (r *reader) commitment() plan.Commitment {
	departments := r.segment.departments
	if departments == nil {
		departments = departmentsIn(r.src.text[r.segment.a:r.segment.b])
	}
	c := plan.Commitment{
		Segment: segmentOf(r.src, r.segment), Departments: departments,
		Targets: []plan.Target{}, Tasks: []plan.Task{},
	}
	for _, m := range r.found {
		c.Targets = append(c.Targets, r.target(m))
	}
	c.Tasks = append(c.Tasks, r.tasksOf()...)
	return c
}
