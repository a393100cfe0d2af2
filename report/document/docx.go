package document

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

// unpackFactor and unpackFloor bound what a packed file may grow to.
const (
	unpackFactor = 60
	unpackFloor  = 8 << 20
)

// readDocx returns the text of a Word document: a paragraph a line, table rows a line with
// tabs between cells, automatic numbers written out; deleted revisions and notes are left
// out.
func readDocx(name string, data []byte, limit int64) (string, error) {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return "", trouble(name, ErrBroken, err)
	}
	budget := min(max(int64(len(data))*unpackFactor, unpackFloor), 8*limit)
	body, err := member(name, archive, "word/document.xml", &budget)
	if err != nil {
		return "", err
	}
	if body == nil {
		return "", trouble(name, ErrBinary, nil)
	}
	numbers, err := member(name, archive, "word/numbering.xml", &budget)
	if err != nil {
		return "", err
	}
	styles, err := member(name, archive, "word/styles.xml", &budget)
	if err != nil {
		return "", err
	}
	w := &docxReader{numbering: readNumbering(numbers, styles)}
	if err := w.read(body); err != nil {
		return "", trouble(name, ErrBroken, err)
	}
	return w.out.String(), nil
}

// member unpacks one file of the archive, nil where it is missing; budget is what may
// still be unpacked.
func member(name string, archive *zip.Reader, path string, budget *int64) ([]byte, error) {
	for _, f := range archive.File {
		if f.Name != path {
			continue
		}
		if f.Flags&1 != 0 {
			return nil, trouble(name, ErrEncrypted, nil)
		}
		r, err := f.Open()
		if err != nil {
			return nil, trouble(name, ErrBroken, err)
		}
		data, err := io.ReadAll(io.LimitReader(r, *budget+1))
		err = errors.Join(err, r.Close())
		if int64(len(data)) > *budget {
			return nil, trouble(name, ErrBomb, nil)
		}
		if err != nil {
			return nil, trouble(name, ErrBroken, err)
		}
		*budget -= int64(len(data))
		return data, nil
	}
	return nil, nil
}

// docxReader walks word/document.xml.
type docxReader struct {
	numbering *numbering
	out       strings.Builder
	line      strings.Builder
	number    string // automatic number of the paragraph
	numID     string
	level     string
	style     string
	cell      int // depth of table cells
	cells     int // of the row so far
}

func (d *docxReader) read(body []byte) error {
	decoder := xml.NewDecoder(bytes.NewReader(body))
	decoder.Strict = false
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			if err := d.start(decoder, t); err != nil {
				return err
			}
		case xml.EndElement:
			d.end(t.Name.Local)
		}
	}
}

func (d *docxReader) start(decoder *xml.Decoder, t xml.StartElement) error {
	switch t.Name.Local {
	case "del", "moveFrom", "footnoteReference", "endnoteReference", "instrText", "Fallback", "pPrChange", "rPrChange":
		return decoder.Skip()
	case "p":
		d.number, d.numID, d.level, d.style = "", "", "0", ""
	case "pStyle":
		d.style = value(t)
	case "numId":
		d.numID = value(t)
	case "ilvl":
		d.level = value(t)
	case "t":
		var text string
		if err := decoder.DecodeElement(&text, &t); err != nil {
			return err
		}
		d.text(text)
	case "tab":
		d.text("\t")
	case "br", "cr":
		d.flush()
	case "tr":
		d.cells = 0
	case "tc":
		d.cell++
		if d.cells > 0 {
			d.line.WriteByte('\t')
		}
		d.cells++
	}
	return nil
}

// text adds characters; the first of a numbered paragraph bring its number along.
func (d *docxReader) text(s string) {
	if d.line.Len() == 0 || d.cell > 0 && strings.HasSuffix(d.line.String(), "\t") {
		if d.number == "" {
			d.number = d.numbering.next(d.numID, d.level, d.style)
		}
		if !strings.HasPrefix(strings.TrimSpace(s), d.number) {
			d.line.WriteString(d.number)
		}
		d.number, d.numID, d.style = "", "", ""
	}
	d.line.WriteString(s)
}

func (d *docxReader) end(name string) {
	switch name {
	case "p":
		if d.cell == 0 {
			d.flush()
		}
	case "tc":
		d.cell--
	case "tr":
		if d.cell == 0 {
			d.flush()
		}
	}
}

func (d *docxReader) flush() {
	if t := strings.TrimRight(d.line.String(), " \t"); strings.TrimSpace(t) != "" {
		d.out.WriteString(t)
		d.out.WriteByte('\n')
	}
	d.line.Reset()
}

// value returns the attribute w:val.
func value(t xml.StartElement) string {
	for _, a := range t.Attr {
		if a.Name.Local == "val" {
			return a.Value
		}
	}
	return ""
}
