package schedule

import (
	"strings"

	"duban/render"
)

// indent writes a message as people see it, behind bars.
func indent(m render.Message) string {
	var w strings.Builder
	if m.Photo != nil {
		w.WriteString("  | [图片 " + m.Photo.Name + "]\n")
	}
	for line := range strings.Lines(m.Text) {
		w.WriteString("  | " + strings.TrimRight(line, "\n") + "\n")
	}
	if m.Document != nil {
		w.WriteString("  | [文件 " + m.Document.Name + "]\n")
	}
	for _, row := range m.Buttons {
		w.WriteString("  |")
		for _, b := range row {
			w.WriteString(" [" + b.Text + "]")
		}
		w.WriteString("\n")
	}
	return w.String()
}
