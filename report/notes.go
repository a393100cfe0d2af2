package report

import "strings"

// hiddenLists finds the year's list of 实事 where the report only gives it in a note: a
// line of the notes that names them, counts them and does not say that they are done. Last
// year's list, which says so, stands behind it and looks back.
func hiddenLists(src *source, parts []*part, year int) []*part {
	var found, done []*part
	for _, p := range parts {
		if !p.notes {
			continue
		}
		for i := p.a; i < p.b; i++ {
			switch list := listNote(src, i, year); {
			case list == nil:
			case list.forward:
				found = append(found, list)
			default:
				done = append(done, list)
			}
		}
	}
	found = append(found, done...)
	for i, list := range found {
		list.no = len(parts) + i + 1
	}
	return found
}

// listNote returns the part that line i of the notes makes, or nil.
func listNote(src *source, i, year int) *part {
	l := src.lines[i]
	from := l.a
	if m := itemMarker(src.text, l.a, l.b); m.style != plain && !m.joined {
		from = m.end
	}
	first := firstItem(src.text, from, l.b)
	if first == from || first == l.b {
		return nil
	}
	head := src.text[from:first]
	if !mentionsList(head) {
		return nil
	}
	y, done := yearIn(head), containsAny(head, []string{"完成情况", "全部完成", "完成：", "办结", "已完成"})
	if done && y != year-1 || !done && y > 0 && y != year {
		return nil
	}
	return &part{title: strings.TrimRight(head, "：。"), a: i, b: i + 1, body: first, forward: !done}
}
