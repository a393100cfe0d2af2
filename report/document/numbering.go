package document

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// maxLevels is how deep lists of Word documents go.
const maxLevels = 9

// maxPattern is the longest pattern of a number in bytes: it is written once a paragraph,
// and a file could multiply itself by it.
const maxPattern = 120

// numbering counts the automatic numbers of a Word document.
type numbering struct {
	styles styles
	lists  map[string]*list // by numId; several may count in one
	starts map[string]map[int]int
}

// list is an abstract list with its counters.
type list struct {
	levels [maxLevels]listLevel
	counts [maxLevels]int
	used   [maxLevels]bool // since the level began anew
	link   string          // style that holds the list in its place
}

type listLevel struct {
	format, text string
	start        int
	after        int // begins anew after a level above this; 0 never
}

// levelXML is w:lvl.
type levelXML struct {
	Level   string   `xml:"ilvl,attr"`
	Start   xmlName  `xml:"start"`
	Format  xmlName  `xml:"numFmt"`
	Text    xmlName  `xml:"lvlText"`
	Restart *xmlName `xml:"lvlRestart"`
}

// numberingXML is word/numbering.xml.
type numberingXML struct {
	Abstract []struct {
		ID     string     `xml:"abstractNumId,attr"`
		Levels []levelXML `xml:"lvl"`
		Link   xmlName    `xml:"numStyleLink"`
	} `xml:"abstractNum"`
	Nums []numXML `xml:"num"`
}

// numXML is w:num, a list in use.
type numXML struct {
	ID        string  `xml:"numId,attr"`
	Abstract  xmlName `xml:"abstractNumId"`
	Overrides []struct {
		Level string    `xml:"ilvl,attr"`
		Start *xmlName  `xml:"startOverride"`
		Own   *levelXML `xml:"lvl"`
	} `xml:"lvlOverride"`
}

// readNumbering reads word/numbering.xml; what it cannot read numbers nothing.
func readNumbering(data []byte, sheet styles) *numbering {
	n := &numbering{styles: sheet, lists: map[string]*list{}, starts: map[string]map[int]int{}}
	var parsed numberingXML
	if len(data) == 0 || xml.Unmarshal(data, &parsed) != nil {
		return n
	}
	abstract := map[string]*list{}
	for _, a := range parsed.Abstract {
		l := &list{link: a.Link.Val}
		for _, level := range a.Levels {
			l.define(level)
		}
		abstract[a.ID] = l
	}
	for _, num := range parsed.Nums {
		if l := abstract[num.Abstract.Val]; l != nil {
			n.use(num, l)
		}
	}
	return n
}

// use puts a list under its number. With a level of its own it counts for itself.
func (n *numbering) use(num numXML, l *list) {
	for _, o := range num.Overrides {
		if depth, ok := levelOf(o.Level); ok && o.Start != nil {
			n.startAt(num.ID, depth, o.Start.Val)
		}
		if o.Own != nil {
			own := *l
			own.define(*o.Own)
			l = &own
		}
	}
	n.lists[num.ID] = l
}

// define sets a level of a list.
func (l *list) define(x levelXML) {
	depth, ok := levelOf(x.Level)
	if !ok {
		return
	}
	level := listLevel{format: x.Format.Val, text: x.Text.Val, start: 1, after: depth}
	if len(level.text) > maxPattern {
		level.text = ""
	}
	if start, err := strconv.Atoi(x.Start.Val); err == nil {
		level.start = start
	}
	if x.Restart != nil {
		if after, err := strconv.Atoi(x.Restart.Val); err == nil && after < depth {
			level.after = after
		}
	}
	l.levels[depth] = level
}

// startAt notes that a list of its own number begins at a value.
func (n *numbering) startAt(numID string, depth int, value string) {
	start, err := strconv.Atoi(value)
	if err != nil {
		return
	}
	if n.starts[numID] == nil {
		n.starts[numID] = map[int]int{}
	}
	n.starts[numID][depth] = start
}

func levelOf(s string) (int, bool) {
	if s == "" {
		return 0, true
	}
	depth, err := strconv.Atoi(s)
	return depth, err == nil && depth >= 0 && depth < maxLevels
}

// next counts a paragraph and returns its number, "" for one without. What the paragraph
// itself says goes before what its style says; a numId of 0 takes the number away.
func (n *numbering) next(place listPlace, styleID string) string {
	inherited := n.styles.place(styleID)
	if place.numID == "" {
		place.numID = inherited.numID
	}
	if place.level == "" {
		place.level = inherited.level
	}
	depth, ok := levelOf(place.level)
	l := n.list(place.numID)
	if l == nil || !ok {
		return ""
	}
	l.count(depth, n.override(place.numID, depth))
	return l.write(depth)
}

// list finds the list of a numId, through the style that it may refer to.
func (n *numbering) list(numID string) *list {
	for range maxAncestors {
		l := n.lists[numID]
		if l == nil || l.link == "" {
			return l
		}
		numID = n.styles.place(l.link).numID
	}
	return nil
}

// override returns the value that a list begins at when it is first used, once.
func (n *numbering) override(numID string, depth int) *int {
	start, ok := n.starts[numID][depth]
	if !ok {
		return nil
	}
	delete(n.starts[numID], depth)
	return &start
}

// count steps a level and lets the deeper ones begin anew.
func (l *list) count(depth int, start *int) {
	switch {
	case start != nil:
		l.counts[depth] = *start
	case !l.used[depth]:
		l.counts[depth] = l.levels[depth].start
	default:
		l.counts[depth]++
	}
	l.used[depth] = true
	for d := depth + 1; d < maxLevels; d++ {
		if depth < l.levels[d].after {
			l.used[d] = false
		}
	}
	for d := range depth {
		if !l.used[d] { // a level above that was never written shows its first number
			l.counts[d], l.used[d] = l.levels[d].start, true
		}
	}
}

// write fills %1, %2 … of a level's pattern with the counters.
func (l *list) write(depth int) string {
	level := l.levels[depth]
	if level.format == "bullet" || level.format == "none" {
		return ""
	}
	var pairs []string
	for d := range depth + 1 {
		pairs = append(pairs, "%"+strconv.Itoa(d+1), spell(l.counts[d], l.levels[d].format))
	}
	return strings.NewReplacer(pairs...).Replace(level.text)
}
