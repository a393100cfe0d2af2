package document

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// numbering counts the automatic numbers of a Word document.
type numbering struct {
	abstract map[string]string               // numId → abstractNumId
	levels   map[string]map[string]listLevel // abstractNumId → level
	styles   map[string]styleNumber
	counts   map[string][]int // abstractNumId → counters by level
}

type listLevel struct {
	format, text string
	start        int
}

// styleNumber is the list that a paragraph style belongs to.
type styleNumber struct{ numID, level string }

type xmlVal struct {
	Val string `xml:"val,attr"`
}

type numberingXML struct {
	Abstract []struct {
		ID     string `xml:"abstractNumId,attr"`
		Levels []struct {
			Level string `xml:"ilvl,attr"`
			Start xmlVal `xml:"start"`
			Fmt   xmlVal `xml:"numFmt"`
			Text  xmlVal `xml:"lvlText"`
		} `xml:"lvl"`
	} `xml:"abstractNum"`
	Nums []struct {
		ID       string `xml:"numId,attr"`
		Abstract xmlVal `xml:"abstractNumId"`
	} `xml:"num"`
}

type stylesXML struct {
	Styles []struct {
		ID    string `xml:"styleId,attr"`
		NumID xmlVal `xml:"pPr>numPr>numId"`
		Level xmlVal `xml:"pPr>numPr>ilvl"`
	} `xml:"style"`
}

// readNumbering reads word/numbering.xml and word/styles.xml; what it cannot read numbers
// nothing.
func readNumbering(numbers, styles []byte) *numbering {
	n := &numbering{abstract: map[string]string{}, levels: map[string]map[string]listLevel{}, styles: map[string]styleNumber{}, counts: map[string][]int{}}
	var parsed numberingXML
	if len(numbers) > 0 && xml.Unmarshal(numbers, &parsed) != nil {
		return n
	}
	for _, a := range parsed.Abstract {
		levels := map[string]listLevel{}
		for _, l := range a.Levels {
			start, err := strconv.Atoi(l.Start.Val)
			if err != nil {
				start = 1
			}
			levels[l.Level] = listLevel{l.Fmt.Val, l.Text.Val, start}
		}
		n.levels[a.ID] = levels
	}
	for _, num := range parsed.Nums {
		n.abstract[num.ID] = num.Abstract.Val
	}
	var sheet stylesXML
	if len(styles) > 0 && xml.Unmarshal(styles, &sheet) == nil {
		for _, s := range sheet.Styles {
			if s.NumID.Val != "" {
				n.styles[s.ID] = styleNumber{s.NumID.Val, s.Level.Val}
			}
		}
	}
	return n
}

// next counts a paragraph of a list and returns its number, "" for one without.
func (n *numbering) next(numID, level, style string) string {
	if numID == "" {
		s := n.styles[style]
		numID = s.numID
		if s.level != "" {
			level = s.level
		}
	}
	abstract, ok := n.abstract[numID]
	l, known := n.levels[abstract][level]
	depth, err := strconv.Atoi(level)
	if !ok || !known || numID == "0" || err != nil || depth < 0 || depth > 8 || l.format == "bullet" || l.format == "none" {
		return ""
	}
	counts := n.counts[abstract]
	for len(counts) <= depth {
		counts = append(counts, 0)
	}
	counts = counts[:depth+1]
	if counts[depth] == 0 {
		counts[depth] = l.start - 1
	}
	counts[depth]++
	n.counts[abstract] = counts
	return n.write(abstract, l.text, counts)
}

// write fills %1, %2 … of a level's pattern with the counters.
func (n *numbering) write(abstract, pattern string, counts []int) string {
	for i := range counts {
		format := n.levels[abstract][strconv.Itoa(i)].format
		pattern = strings.ReplaceAll(pattern, "%"+strconv.Itoa(i+1), spell(counts[i], format))
	}
	return pattern
}

// spell writes a counter in its format.
func spell(n int, format string) string {
	switch format {
	case "chineseCounting", "chineseCountingThousand", "chineseLegalSimplified", "ideographTraditional", "japaneseCounting", "taiwaneseCountingThousand":
		return han(n)
	case "decimalEnclosedCircle", "decimalEnclosedCircleChinese":
		if n >= 1 && n <= 20 {
			return string('①' + rune(n-1))
		}
	}
	return strconv.Itoa(n)
}

// han writes a number up to 99 in Chinese numerals.
func han(n int) string {
	digits := []string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九"}
	switch {
	case n <= 0 || n > 99:
		return strconv.Itoa(n)
	case n < 10:
		return digits[n]
	case n < 20:
		return "十" + digits[n-10]
	}
	return digits[n/10] + "十" + digits[n%10]
}
