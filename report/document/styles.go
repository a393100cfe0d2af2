package document

import (
	"encoding/xml"
	"strings"
)

// listPlace is a place in a list of a Word document: which list and which level, as the
// document writes them; "" where it says nothing.
type listPlace struct{ numID, level string }

// styles are the paragraph styles of a Word document by their id.
type styles map[string]style

type style struct {
	name, parent string
	list         listPlace
}

// maxAncestors bounds how many styles a style may rest on, in case they form a ring.
const maxAncestors = 12

// readStyles reads word/styles.xml; what cannot be read holds no styles.
func readStyles(data []byte) styles {
	var sheet struct {
		Styles []struct {
			ID     string  `xml:"styleId,attr"`
			Name   xmlName `xml:"name"`
			Parent xmlName `xml:"basedOn"`
			NumID  xmlName `xml:"pPr>numPr>numId"`
			Level  xmlName `xml:"pPr>numPr>ilvl"`
		} `xml:"style"`
	}
	all := styles{}
	if len(data) == 0 || xml.Unmarshal(data, &sheet) != nil {
		return all
	}
	for _, s := range sheet.Styles {
		all[s.ID] = style{name: s.Name.Val, parent: s.Parent.Val, list: listPlace{s.NumID.Val, s.Level.Val}}
	}
	return all
}

// xmlName is an element whose value is its attribute w:val.
type xmlName struct {
	Val string `xml:"val,attr"`
}

// place returns the list that paragraphs of a style belong to, from the style itself or
// from what it rests on.
func (s styles) place(id string) listPlace {
	var place listPlace
	for range maxAncestors {
		st, ok := s[id]
		if !ok {
			break
		}
		if place.numID == "" {
			place.numID = st.list.numID
		}
		if place.level == "" {
			place.level = st.list.level
		}
		id = st.parent
	}
	return place
}

// contents reports whether a style is that of a generated table of contents, which says
// every heading a second time.
func (s styles) contents(id string) bool {
	name := strings.ToLower(s[id].name)
	return strings.HasPrefix(name, "toc ") && name != "toc heading"
}
