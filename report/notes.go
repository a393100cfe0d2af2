package report

import "strings"

// hiddenLists finds the year's list of 实事 where the report only gives it in a note: a
// line of the notes that names them, counts them and does not say that they are done.
func hiddenLists(src *source, parts []*part, year int) []*part {
	var found []*part
	for _, p := range parts {
		if !p.notes {
			continue
		}
		for i := p.a; i < p.b; i++ {
			if list := listNote(src, i, year); list != nil {
				list.no = len(parts) + len(found) + 1
				found = append(found, list)
			}
		}
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
	if y := yearIn(head); !mentionsList(head) || y > 0 && y != year || containsAny(head, []string{"完成情况", "全部完成", "完成：", "办结", "已完成"}) {
		return nil
	}
	return &part{title: strings.TrimRight(head, "：。"), a: i, b: i + 1, body: first, forward: true}
}
