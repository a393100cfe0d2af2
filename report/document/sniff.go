package document

import (
	"bytes"
	"strings"
)

// kind is what the first bytes say that a file is.
type kind int

const (
	textFile kind = iota
	pdfFile
	zipFile
	oleFile
	rtfFile
	pictureFile
)

// headBytes is how far from its beginning the marks of a file are looked for; readers of
// PDF files accept as much before %PDF-.
const headBytes = 1024

// sniff tells the kind of a file.
func sniff(data []byte) kind {
	switch {
	case bytes.HasPrefix(data, []byte("%PDF-")):
		return pdfFile
	case bytes.HasPrefix(data, []byte("PK\x03\x04")), bytes.HasPrefix(data, []byte("PK\x05\x06")):
		return zipFile
	case bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		return oleFile
	case bytes.HasPrefix(data, []byte(`{\rtf`)):
		return rtfFile
	case isPicture(data):
		return pictureFile
	case bytes.Contains(data[:min(len(data), headBytes)], []byte("%PDF-")) && bytes.Contains(data, []byte("startxref")):
		return pdfFile
	}
	return textFile
}

func isPicture(data []byte) bool {
	for _, mark := range []string{"\x89PNG\r\n", "\xff\xd8\xff", "GIF87a", "GIF89a", "II*\x00", "MM\x00*"} {
		if bytes.HasPrefix(data, []byte(mark)) {
			return true
		}
	}
	return false
}

// oleTrouble tells a Word document under a password from an old .doc: both are compound
// files, and the first holds a stream of this name.
func oleTrouble(data []byte) error {
	if bytes.Contains(data, wide("EncryptedPackage")) {
		return ErrEncrypted
	}
	return ErrOldFormat
}

// wide spells ASCII in little-endian UTF-16, as compound files spell names.
func wide(s string) []byte {
	out := make([]byte, 0, 2*len(s))
	for _, b := range []byte(s) {
		out = append(out, b, 0)
	}
	return out
}

// looksHTML reports whether a text begins like a page. Markdown may begin with a single
// element, so there only a whole page counts.
func looksHTML(text string, markdown bool) bool {
	head := strings.ToLower(strings.TrimSpace(text[:min(len(text), 2*headBytes)]))
	if strings.HasPrefix(head, "<!doctype html") || strings.HasPrefix(head, "<html") {
		return true
	}
	if strings.HasPrefix(head, "<!--") || strings.HasPrefix(head, "<?xml") {
		return strings.Contains(head, "<html")
	}
	if markdown || !strings.HasPrefix(head, "<") {
		return false
	}
	name := head[1:]
	if end := strings.IndexAny(name, " />\t\n"); end >= 0 {
		name = name[:end]
	}
	switch name {
	case "head", "body", "meta", "title", "div", "p", "table", "article", "section", "main", "center", "h1", "h2", "h3", "ul", "ol", "font", "span":
		return true
	}
	return false
}
