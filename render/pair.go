package render

import (
	"fmt"
	"strings"

	"duban/ask"
)

// pair answers two questions, one behind the other, each with where it stands.
func pair(a ask.Answer) Message {
	var w strings.Builder
	for _, item := range a.Items {
		writeTargets(&w, a, item)
		writeFigures(&w, item)
		if len(item.Targets)+len(item.Figures) == 0 && len(item.Sentences) > 0 {
			fmt.Fprintf(&w, "“%s”\n", item.Sentences[0])
		}
		fmt.Fprintf(&w, "——%s\n", Source(item.Segment))
	}
	text := strings.TrimRight(w.String(), "\n") + draftMark(a.Plan)
	if !a.DataTo.IsZero() {
		text += " · 数据截至" + a.DataTo.String()
	}
	m := Message{Text: text}
	for _, item := range a.Items {
		if item.Commitment == nil {
			continue
		}
		m.Buttons = append(m.Buttons, []Button{{Text: Shorten(name(item.Segment), 20), Action: ItemAction(item.Segment.Code)}})
	}
	return m
}
