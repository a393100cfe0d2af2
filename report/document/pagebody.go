package document

import (
	"cmp"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// bodyShare is how many parts of a hundred of a page's own text an element must hold to
// stand for the page.
const bodyShare = 90

// mainBody walks down as long as one block holds nearly all the Chinese text that is no
// link: menus and lists of other pages are links.
func mainBody(root *html.Node) *html.Node {
	counts := map[*html.Node]int{}
	total := countHan(root, counts)
	n := root
	for total > 0 {
		next := heaviest(n, counts)
		if next == nil || counts[next]*100 < total*bodyShare {
			return n
		}
		n = next
	}
	return n
}

// heaviest is the child block with the most text, nil where no child can hold a page.
func heaviest(n *html.Node, counts map[*html.Node]int) *html.Node {
	var best *html.Node
	for c := range n.ChildNodes() {
		if c.Type == html.ElementNode && holdsBlocks(c) && (best == nil || counts[c] > counts[best]) {
			best = c
		}
	}
	return best
}

// holdsBlocks reports whether an element can hold a whole article.
func holdsBlocks(n *html.Node) bool {
	switch n.DataAtom {
	case atom.P, atom.Li, atom.Pre, atom.H1, atom.H2, atom.H3:
		return false
	}
	return block(n) || n.DataAtom == atom.Html || n.DataAtom == 0 || n.DataAtom == atom.Span || n.DataAtom == atom.Font
}

// countHan counts the Chinese characters that show under n and are no link, for n and every
// node below it.
func countHan(n *html.Node, counts map[*html.Node]int) int {
	sum := 0
	switch {
	case n.Type == html.TextNode:
		return hanCount(n.Data)
	case n.Type == html.ElementNode && (n.DataAtom == atom.A || hidden(n)):
		return 0
	}
	for c := range n.ChildNodes() {
		sum += countHan(c, counts)
	}
	if n.Type == html.ElementNode {
		counts[n] = sum
	}
	return sum
}

// hanCount counts Chinese characters.
func hanCount(s string) int {
	n := 0
	for _, r := range s {
		if unicode.Is(unicode.Han, r) {
			n++
		}
	}
	return n
}

// headingBefore finds what names the page where that stands outside its body: the last
// heading before it, else the page's title up to the name of the site. It is "" where the
// body begins with it.
func headingBefore(root, body *html.Node) string {
	heading, title := "", ""
	for n := range root.Descendants() {
		switch {
		case n == body:
			return missingFrom(root, body, cmp.Or(heading, title))
		case n.DataAtom == atom.Title && title == "":
			title = firstOf(textOf(n), "_|-")
		case (n.DataAtom == atom.H1 || n.DataAtom == atom.H2) && !hiddenAbove(n):
			heading = cmp.Or(textOf(n), heading)
		}
	}
	return ""
}

// missingFrom is the heading where the body is a part of the page and says none itself.
func missingFrom(root, body *html.Node, heading string) string {
	if body == root || hanCount(heading) == 0 || hasHeading(body) || strings.Contains(bare(textOf(body)), bare(heading)) {
		return ""
	}
	return heading
}

// firstOf is what stands before the first of some separators.
func firstOf(text, separators string) string {
	if i := strings.IndexAny(text, separators); i >= 0 {
		text = text[:i]
	}
	return strings.TrimSpace(text)
}

// hasHeading reports whether an element holds a heading of its own.
func hasHeading(n *html.Node) bool {
	for c := range n.Descendants() {
		if c.DataAtom == atom.H1 || c.DataAtom == atom.H2 {
			return true
		}
	}
	return false
}

func hiddenAbove(n *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n.Type == html.ElementNode && hidden(n) {
			return true
		}
	}
	return false
}

// textOf is all text below a node, runs of blanks as one.
func textOf(n *html.Node) string {
	var out strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			out.WriteString(c.Data)
			out.WriteByte(' ')
		}
	}
	return strings.Join(strings.Fields(out.String()), " ")
}
