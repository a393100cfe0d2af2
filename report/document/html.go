package document

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// looksHTML reports whether the file begins like a page.
func looksHTML(data []byte) bool {
	head := bytes.ToLower(bytes.TrimSpace(bytes.TrimPrefix(data[:min(len(data), 2048)], []byte("\ufeff"))))
	for _, start := range []string{"<!doctype html", "<html", "<head", "<body", "<meta", "<div", "<p>", "<p ", "<table", "<title", "<article", "<?xml"} {
		if bytes.HasPrefix(head, []byte(start)) {
			return start != "<?xml" || bytes.Contains(head, []byte("<html"))
		}
	}
	return bytes.HasPrefix(head, []byte("<!--")) && bytes.Contains(head, []byte("<html"))
}

// readHTML returns the text of a page: one block element a line, a table row a line with
// tabs between its cells; of a page with a plain main body only that.
func readHTML(data []byte) (string, error) {
	if !utf8.Valid(data) {
		if decoded, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data); err == nil {
			data = decoded
		}
	}
	root, err := html.Parse(bytes.NewReader(data))
	if err != nil {
		return "", trouble("网页", ErrBroken, err)
	}
	w := &pageWriter{}
	w.node(mainBody(root))
	w.endLine()
	return w.String(), nil
}

// mainBody walks down as long as one child holds nearly all the Chinese text.
func mainBody(n *html.Node) *html.Node {
	total := hanIn(n)
	for {
		next := heaviest(n)
		if next == nil || hanIn(next)*10 < total*9 {
			return n
		}
		n = next
	}
}

func heaviest(n *html.Node) *html.Node {
	var best *html.Node
	most := 0
	for c := range n.ChildNodes() {
		if c.Type != html.ElementNode || hidden(c) || inline(c) {
			continue
		}
		if h := hanIn(c); h > most {
			best, most = c, h
		}
	}
	return best
}

func inline(n *html.Node) bool {
	switch n.DataAtom {
	case atom.P, atom.Span, atom.A, atom.Strong, atom.B, atom.Em, atom.Font, atom.Tr, atom.Td, atom.Li:
		return true
	}
	return false
}

func hidden(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Noscript, atom.Head, atom.Nav, atom.Footer, atom.Select, atom.Button, atom.Iframe, atom.Template, atom.Svg, atom.Textarea:
		return true
	}
	return false
}

// hanIn counts the Chinese characters that show under n.
func hanIn(n *html.Node) int {
	if n.Type == html.TextNode {
		count := 0
		for _, r := range n.Data {
			if unicode.Is(unicode.Han, r) {
				count++
			}
		}
		return count
	}
	if n.Type == html.ElementNode && hidden(n) {
		return 0
	}
	sum := 0
	for c := range n.ChildNodes() {
		sum += hanIn(c)
	}
	return sum
}

// pageWriter collects lines.
type pageWriter struct {
	strings.Builder
	line strings.Builder
}

func (w *pageWriter) endLine() {
	if t := strings.TrimSpace(w.line.String()); t != "" {
		w.WriteString(t)
		w.WriteByte('\n')
	}
	w.line.Reset()
}

func (w *pageWriter) node(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		w.text(n.Data)
		return
	case html.ElementNode:
		if hidden(n) {
			return
		}
	}
	block := n.Type == html.ElementNode && blockElement(n)
	if block {
		w.endLine()
	}
	if n.DataAtom == atom.Td || n.DataAtom == atom.Th {
		if w.line.Len() > 0 {
			w.line.WriteByte('\t')
		}
	}
	for c := range n.ChildNodes() {
		w.node(c)
	}
	if block {
		w.endLine()
	}
}

// text writes characters with runs of blanks as one.
func (w *pageWriter) text(s string) {
	blank := false
	for _, r := range s {
		if r == ' ' || r == '\n' || r == '\t' || r == '\r' || r == '\u00a0' {
			blank = true
			continue
		}
		if blank && w.line.Len() > 0 {
			w.line.WriteByte(' ')
		}
		blank = false
		w.line.WriteRune(r)
	}
}

func blockElement(n *html.Node) bool {
	switch n.DataAtom {
	case atom.P, atom.Div, atom.Br, atom.Li, atom.Tr, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6,
		atom.Section, atom.Article, atom.Table, atom.Ul, atom.Ol, atom.Body, atom.Header, atom.Blockquote, atom.Dd, atom.Dt, atom.Hr, atom.Center:
		return true
	}
	return false
}
