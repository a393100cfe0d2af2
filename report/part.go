package report

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// partsOf divides the lines from the first heading on into parts. Where the report
// numbers no parts, its unnumbered headings count; without any, the text itself tells
// where the plan begins.
func partsOf(src *source, first int) []*part {
	parts := numberedParts(src, first)
	if !saysOutlook(parts) {
		if named := namedParts(src, first); len(named) > 0 {
			parts = withOpening(src, first, named)
		}
	}
	if len(parts) == 0 {
		parts = wholeText(src, first)
	}
	for i, p := range parts {
		p.no = i + 1
		p.b = len(src.lines)
		if i+1 < len(parts) {
			p.b = parts[i+1].a
		}
	}
	return parts
}

// saysOutlook reports whether any heading says that it looks back or ahead.
func saysOutlook(parts []*part) bool {
	for _, p := range parts {
		if !p.notes && !p.annex && outlook(p.title, 0) != 0 {
			return true
		}
	}
	return false
}

// withOpening puts the text in front of the first heading, where it looks ahead, into a
// review of its own.
func withOpening(src *source, first int, parts []*part) []*part {
	from := first
	for from < parts[0].a && strings.Contains(src.text[src.lines[from].a:src.lines[from].b], "各位代表") {
		from++
	}
	if from >= parts[0].a || outlook(parts[0].title, 0) <= 0 {
		return parts
	}
	return append([]*part{{title: "工作回顾", a: from, body: src.lines[from].a}}, parts...)
}

func numberedParts(src *source, first int) []*part {
	var parts []*part
	next := map[style]int{partStyle: 1, partWord: 1}
	for i := first; i < len(src.lines); i++ {
		l := src.lines[i]
		m := hanHead(src.text[l.a:l.b])
		known := m.style == partStyle || m.style == partWord
		if p := notesPart(src, i); p != nil && len(parts) > 0 {
			parts = append(parts, p)
			next[partStyle] = 1
			continue
		}
		if !known || m.n != next[m.style] && m.n != 1 || m.style == partStyle && next[partWord] > 1 {
			continue
		}
		next[m.style] = m.n + 1
		p := headed(src, i, l.a+m.end)
		p.outer = m.style == partWord
		parts = append(parts, p)
	}
	return parts
}

// headed makes the part whose heading starts at a in line i.
func headed(src *source, i, a int) *part {
	l := src.lines[i]
	end := l.b
	if stop := headingEnd(src.text, a, l.b); stop < l.b && utf8.RuneCountInString(src.text[a:stop]) <= 60 {
		end = stop
	}
	return &part{title: strings.TrimRight(src.words(a, end), "。：；"), a: i, body: end}
}

// notesPart returns the part that a line such as 注释 or 附件1 opens, or nil.
func notesPart(src *source, i int) *part {
	l := src.lines[i]
	t := src.text[l.a:l.b]
	if len(t) > 160 || utf8.RuneCountInString(t) > 40 || strings.ContainsAny(t, "。；") {
		return nil
	}
	bare := strings.Trim(t, "()：[]【】")
	if hasPrefixAny(bare, "注释", "名词解释", "名词注释", "相关名词", "有关名词", "用语解释", "有关用语", "附：名词", "附件：名词", "《政府工作报告》名词", "《政府工作报告》有关") ||
		strings.HasSuffix(bare, "名词解释") || strings.HasSuffix(bare, "注释") && len(bare) < 40 {
		return &part{title: bare, a: i, body: l.b, notes: true}
	}
	if hasPrefixAny(bare, "附件", "附表", "附：", "附录") {
		title := bare
		if utf8.RuneCountInString(bare) <= 4 && i+1 < len(src.lines) {
			title = src.text[src.lines[i+1].a:src.lines[i+1].b] // the annex is named in a line of its own
		}
		plans := mentionsList(title) || containsAny(title, []string{"清单", "任务分解", "任务分工", "目标任务", "重点工作", "重点项目", "计划表"})
		return &part{title: title, a: i, body: l.b, notes: !plans || strings.Contains(title, "名词"), annex: true}
	}
	return nil
}

// namedParts takes unnumbered headings that say whether they look back or ahead.
func namedParts(src *source, first int) []*part {
	var parts []*part
	for i := first; i < len(src.lines); i++ {
		l := src.lines[i]
		t := src.text[l.a:l.b]
		if p := notesPart(src, i); p != nil && len(parts) > 0 {
			parts = append(parts, p)
			continue
		}
		if m := headMarker(src.text, l.a, l.b); m.style != plain || !headingLine(t, l.bold) || i == first && len(src.lines) == 1 {
			continue
		}
		if outlook(t, 0) != 0 && (l.bold || strings.Contains(t, "年") || programmeIn(t) > 0 || partEnds.suffix(t) != "") {
			p := headed(src, i, l.a)
			p.outer = true
			parts = append(parts, p)
		}
	}
	return parts
}

// wholeText makes one or two parts of a text without headings: it looks ahead from the
// paragraph on that speaks of expected targets or of what the year will be.
func wholeText(src *source, first int) []*part {
	if first >= len(src.lines) {
		return nil
	}
	for i := first; i < len(src.lines); i++ {
		t := src.text[src.lines[i].a:src.lines[i].b]
		if strings.Contains(t, "预期目标") || strings.Contains(t, "总体要求") || strings.Contains(t, "做好今年") {
			if i > first {
				return []*part{{title: "工作回顾", a: first, body: src.lines[first].a}, {title: "工作安排", a: i, body: src.lines[i].a}}
			}
			break
		}
	}
	return []*part{{title: "工作安排", a: first, body: src.lines[first].a}}
}

var (
	aheadWords = []string{
		"今后五年", "未来五年", "今后几年", "工作安排", "重点工作", "工作重点", "工作部署", "主要任务", "目标任务", "目标和任务", "任务", "目标",
		"总体要求", "总体思路", "部署", "安排", "打算", "建议", "计划", "展望", "举措", "自身建设", "政府建设", "主要工作", "实事", "今年", "奋斗", "规划纲要", "规划", "主要考虑", "愿景",
	}
	backWords = []string{"回顾", "总结", "过去", "成就", "成绩", "成效", "完成情况", "进展", "所做的工作", "工作情况", "五年来", "一年来", "历程", "执行情况"}
)

// partEnds close the headings of parts that name no year.
var partEnds = newWords("工作回顾", "工作总结", "工作安排", "工作打算", "工作部署", "主要任务", "目标任务", "任务目标", "奋斗目标", "重点工作")

// outlook returns +1 for a heading that looks ahead, -1 for one that looks back, 0 for
// one that does not say; year is the plan's, 0 where it is not known yet.
func outlook(title string, year int) int {
	for _, w := range backWords {
		if strings.Contains(title, w) {
			return -1
		}
	}
	y := yearIn(title)
	if year > 0 && y > 0 && y < year && !strings.Contains(title, "今后") {
		return -1
	}
	for _, w := range aheadWords {
		if strings.Contains(title, w) {
			return +1
		}
	}
	if y > 0 && y == year || programmeIn(title) > year && year > 0 {
		return +1
	}
	return 0
}

// classify tells the parts that look ahead from the review and finds their horizon. A
// heading that does not say follows the part before it; the first part looks back when
// a later one looks ahead.
func classify(parts []*part, year int) {
	views := make([]int, len(parts))
	ahead := false
	for i, p := range parts {
		views[i] = outlook(p.title, year)
		ahead = ahead || views[i] > 0 && !p.notes && !p.annex
	}
	before := -1
	if !ahead || len(parts) > 0 && views[0] > 0 {
		before = 1
	}
	for i, p := range parts {
		if views[i] == 0 {
			views[i] = before
		}
		before = views[i]
		p.forward = views[i] > 0 && !p.notes
		if p.forward {
			p.horizon = horizon(p.title, year)
		}
	}
}

// horizon returns the last year of the programme that a heading names, 0 for none: 今后五年
// counts the plan's year as its first, 十三五 ends in 2020.
func horizon(title string, year int) int {
	switch {
	case strings.Contains(title, "今后五年") || strings.Contains(title, "未来五年"):
		return year + 4
	case strings.Contains(title, "今后三年") || strings.Contains(title, "未来三年"):
		return year + 2
	}
	if yearIn(title) > 0 {
		return 0
	}
	return programmeIn(title)
}

// programmeIn returns the last year of the five-year programme that words name, “十三五”
// or 第十三个五年规划; 0 for none.
func programmeIn(t string) int {
	open, end := strings.Index(t, "“"), strings.Index(t, "五”")
	if from := "“"; end > open && open >= 0 {
		open = strings.LastIndex(t[:end], "“") + len(from)
	} else if end = strings.Index(t, "个五年规划"); end >= 0 {
		open = strings.LastIndex(t[:end], "第") + len("第")
	}
	if open < 0 || end < open {
		return 0
	}
	n, size := smallHan(t[open:end])
	if size == 0 || n < 10 || size != end-open {
		return 0
	}
	return 1955 + 5*n
}

// yearIn returns the first year 19xx or 20xx年 named in t, or 0.
func yearIn(t string) int {
	year, _ := namedYear(t)
	return year
}

// namedYear is yearIn with where the year begins, len(t) where there is none.
func namedYear(t string) (year, at int) {
	for i := 0; i+4 < len(t); i++ {
		if digit(t[i]) && (i == 0 || !digit(t[i-1])) && strings.HasPrefix(t[i+4:], "年") {
			if y, err := strconv.Atoi(t[i : i+4]); err == nil && y >= 1949 && y < 2100 {
				return y, i
			}
		}
	}
	return 0, len(t)
}
