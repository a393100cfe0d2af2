package document

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

// readDocx returns the text of a Word document: a paragraph a line, table rows as layout
// writes them, automatic numbers written out, text boxes behind their paragraph. Deleted
// revisions, hidden text, generated tables of contents, notes, heads and feet of pages are
// left out.
func readDocx(name string, data []byte, limit int64) (string, error) {
	container, err := openArchive(name, data, limit)
	if err != nil {
		return "", err
	}
	parts, err := container.word()
	if err != nil {
		return "", err
	}
	sheet := readStyles(parts.styles)
	w := &docxReader{layout: newLayout(), styles: sheet, numbering: readNumbering(parts.numbering, sheet)}
	if err := w.read(parts.body); err != nil {
		return "", trouble(name, ErrBroken, err)
	}
	return w.layout.text(), nil
}

// docxReader walks the body of a document.
type docxReader struct {
	layout    *layout
	styles    styles
	numbering *numbering
	open      []*paragraph // the inner ones stand in text boxes of the outer
	carried   []byte       // text of a paragraph whose end was deleted
}

// paragraph is a paragraph as far as it was read.
type paragraph struct {
	text       []byte
	list       listPlace
	style      string
	properties bool // inside w:pPr
	hidden     bool // inside a hidden run
	raised     bool // inside a run set above the line
	joins      bool // its end was deleted: it goes on in the next
	boxes      []string
}

func (d *docxReader) read(body []byte) error {
	decoder := xml.NewDecoder(bytes.NewReader(body))
	decoder.Strict = false
	for {
		token, err := decoder.Token()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			if err := d.start(decoder, t); err != nil {
				return err
			}
		case xml.EndElement:
			d.end(t.Name)
		}
	}
}

// ofWord reports whether a name is in the namespace of word processing, in either edition
// of the standard.
func ofWord(name xml.Name) bool {
	return strings.HasSuffix(name.Space, "wordprocessingml/2006/main") ||
		strings.HasSuffix(name.Space, "wordprocessingml/main") || name.Space == "w"
}

// start handles the beginning of an element. What is not shown is skipped whole.
func (d *docxReader) start(decoder *xml.Decoder, t xml.StartElement) error {
	if t.Name.Local == "Fallback" {
		return decoder.Skip() // says again what the choice beside it says
	}
	if !ofWord(t.Name) && t.Name.Local != "t" {
		return nil
	}
	switch t.Name.Local {
	case "pPrChange", "rPrChange", "tabs", "instrText", "delText", "rt", "sectPr":
		return decoder.Skip()
	case "del", "moveFrom":
		if p := d.current(); p != nil && p.properties {
			p.joins = true
		}
		return decoder.Skip()
	case "t":
		var text string
		if err := decoder.DecodeElement(&text, &t); err != nil {
			return err
		}
		d.write(text)
	case "p":
		d.open = append(d.open, &paragraph{})
	case "tr":
		d.layout.openRow()
	case "tc", "txbxContent":
		d.layout.openBlock()
	default:
		d.inline(t)
	}
	return nil
}

// inline handles what stands inside a paragraph.
func (d *docxReader) inline(t xml.StartElement) {
	p := d.current()
	if p == nil {
		return
	}
	switch t.Name.Local {
	case "pPr":
		p.properties = true
	case "pStyle":
		p.style = attribute(t, "val")
	case "numId":
		p.list.numID = attribute(t, "val")
	case "ilvl":
		p.list.level = attribute(t, "val")
	case "r":
		p.hidden, p.raised = false, false
	case "vertAlign":
		p.raised = !p.properties && attribute(t, "val") == "superscript"
	case "vanish":
		p.hidden = !p.properties && !switchedOff(attribute(t, "val"))
	case "tab", "ptab":
		d.write("\t")
	case "br", "cr":
		d.write("\n")
	case "noBreakHyphen":
		d.write("-")
	}
}

func (d *docxReader) end(name xml.Name) {
	if !ofWord(name) {
		return
	}
	switch name.Local {
	case "p":
		d.endParagraph()
	case "pPr":
		if p := d.current(); p != nil {
			p.properties = false
		}
	case "tc":
		d.layout.closeCell()
	case "tr":
		d.layout.closeRow()
	case "txbxContent":
		lines := d.layout.closeBox()
		if p := d.current(); p != nil {
			p.boxes = append(p.boxes, lines...)
			return
		}
		d.layout.add(strings.Join(lines, "\n"))
	}
}

func (d *docxReader) current() *paragraph {
	if len(d.open) == 0 {
		return nil
	}
	return d.open[len(d.open)-1]
}

// write adds characters to the paragraph.
func (d *docxReader) write(s string) {
	p := d.current()
	if p == nil || p.hidden || p.raised && noteMark(string(p.text), s) {
		return
	}
	p.text = append(p.text, s...)
}

// endParagraph hands the paragraph's lines to the layout.
func (d *docxReader) endParagraph() {
	p := d.current()
	if p == nil {
		return
	}
	d.open = d.open[:len(d.open)-1]
	switch {
	case d.styles.contents(p.style):
	case p.joins:
		d.carried = append(d.carried, p.text...)
	default:
		number := d.numbering.next(p.list, p.style)
		d.layout.add(numbered(number, string(append(d.carried, p.text...))))
		d.carried = d.carried[:0]
	}
	d.layout.add(strings.Join(p.boxes, "\n"))
}

// numbered puts an automatic number before a text that does not begin with it already.
func numbered(number, text string) string {
	bare := strings.TrimLeft(text, " \t\u00a0\u3000")
	if number == "" || bare == "" || strings.HasPrefix(bare, number) {
		return text
	}
	if strings.HasSuffix(number, ".") && bare[0] >= '0' && bare[0] <= '9' {
		return number + " " + bare // 1. and 5万 are no 1.5万
	}
	return number + bare
}

// attribute returns an attribute by its local name, "" where it is missing.
func attribute(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func switchedOff(value string) bool { return value == "0" || value == "false" || value == "off" }
