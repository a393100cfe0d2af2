package render

import "strings"

// Picture is a drawing with what stands below it.
type Picture struct {
	File    *File
	Missing []string // names with characters that the drawing shows as 〓
}

// Caption is the text under the picture; it repeats the names that could not be drawn.
func (p *Picture) Caption(head string) string {
	if len(p.Missing) == 0 {
		return head
	}
	return head + "\n图中〓处：" + strings.Join(p.Missing, "、")
}

// Message is the picture with its caption.
func (p *Picture) Message(head string, buttons ...[]Button) Message {
	return Message{Text: p.Caption(head), Photo: p.File, Buttons: buttons}
}

// drawing is a picture that is being made.
type drawing struct {
	*canvas
	missing []string
}

// legible returns a name as it can be drawn, and keeps it for the caption where that is
// not all of it.
func (d *drawing) legible(p *pen, s string) string {
	shown, whole := p.legible(s)
	if !whole {
		d.missing = append(d.missing, s)
	}
	return shown
}

func (d *drawing) picture(name string) Picture {
	return Picture{File: &File{Name: name, Data: d.png()}, Missing: d.missing}
}
