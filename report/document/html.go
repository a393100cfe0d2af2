package document

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// readHTML returns the text of a page: a block element a line, table rows as layout writes
// them. Of a page whose Chinese text stands nearly all in one element only that is taken,
// with the page's heading before it.
func readHTML(name, page string) (string, error) {
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return "", trouble(name, ErrBroken, err)
	}
	body := mainBody(root)
	w := &pageWriter{layout: newLayout()}
	w.layout.add(headingBefore(root, body))
	w.node(body, false)
	w.endLine()
	return w.layout.text(), nil
}

// hidden reports whether an element does not show or is no part of what a page says.
func hidden(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Noscript, atom.Head, atom.Nav, atom.Footer, atom.Select, atom.Button,
		atom.Iframe, atom.Template, atom.Svg, atom.Textarea, atom.Object, atom.Audio, atom.Video, atom.Rt, atom.Rp:
		return true
	}
	for _, a := range n.Attr {
		if a.Key == "hidden" {
			return true
		}
		if a.Key == "style" && strings.Contains(strings.ReplaceAll(strings.ToLower(a.Val), " ", ""), "display:none") {
			return true
		}
	}
	return false
}

// block reports whether an element begins and ends a line.
func block(n *html.Node) bool {
	switch n.DataAtom {
	case atom.P, atom.Div, atom.Br, atom.Hr, atom.Li, atom.Ul, atom.Ol, atom.Dl, atom.Dd, atom.Dt,
		atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Section, atom.Article, atom.Main, atom.Aside,
		atom.Header, atom.Body, atom.Table, atom.Caption, atom.Thead, atom.Tbody, atom.Tfoot, atom.Tr, atom.Td, atom.Th,
		atom.Blockquote, atom.Center, atom.Pre, atom.Form, atom.Fieldset, atom.Figure, atom.Figcaption, atom.Address:
		return true
	}
	return false
}

// pageWriter collects the lines of a page.
type pageWriter struct {
	layout *layout
	line   strings.Builder
	last   rune // written into the line
	blank  bool // blanks wait for the next character
	broken bool // a line end of the source is among them
}

func (w *pageWriter) endLine() {
	w.layout.add(w.line.String())
	w.line.Reset()
	w.blank, w.broken = false, false
}

// node writes an element or a text; set keeps line ends as they are.
func (w *pageWriter) node(n *html.Node, set bool) {
	switch {
	case n.Type == html.TextNode:
		w.text(n.Data, set)
		return
	case n.Type == html.ElementNode && hidden(n), n.DataAtom == atom.Sup && noteMark(string(w.last), textOf(n)):
		return
	case n.Type != html.ElementNode || !block(n):
		w.children(n, set)
		return
	}
	w.endLine()
	switch n.DataAtom {
	case atom.Tr:
		w.layout.openRow()
	case atom.Td, atom.Th:
		w.layout.openBlock()
	}
	w.children(n, set || n.DataAtom == atom.Pre)
	w.endLine()
	switch n.DataAtom {
	case atom.Tr:
		w.layout.closeRow()
	case atom.Td, atom.Th:
		w.layout.closeCell()
	}
}

func (w *pageWriter) children(n *html.Node, set bool) {
	for c := range n.ChildNodes() {
		w.node(c, set)
	}
}

// text writes characters with runs of blanks as one. Beside a Chinese character a line end
// of the source is no blank: programs wrap pages there.
func (w *pageWriter) text(s string, set bool) {
	for _, r := range s {
		switch {
		case r == '\n' && set:
			w.endLine()
		case r == ' ' && set:
			w.line.WriteRune(r)
		case r == ' ', r == '\n', r == '\t', r == '\r', r == '\u00a0':
			w.blank = true
			w.broken = w.broken || r == '\n'
		case r == '\u200b', r == '\ufeff':
		default:
			wrapped := w.broken && (isWide(w.last) || isWide(r))
			if w.blank && w.line.Len() > 0 && !wrapped {
				w.line.WriteByte(' ')
			}
			w.line.WriteRune(r)
			w.last, w.blank, w.broken = r, false, false
		}
	}
}
