package document_test

import (
	"strings"
	"testing"
)

// para is a paragraph with properties.
func para(properties, text string) string {
	if properties != "" {
		properties = "<w:pPr>" + properties + "</w:pPr>"
	}
	return "<w:p>" + properties + "<w:r><w:t>" + text + "</w:t></w:r></w:p>"
}

// item is a paragraph in a list.
func item(list, level, text string) string {
	return para(`<w:numPr><w:ilvl w:val="`+level+`"/><w:numId w:val="`+list+`"/></w:numPr>`, text)
}

// lists has 一、 （一） 1. ① in list 1; list 2 counts on in it and list 3 from 5; list 4 is
// bullets; list 5 is list 1 with a pattern of its own.
const lists = `<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="0">` +
	`<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>` +
	`<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>` +
	`<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>` +
	`<w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="decimalEnclosedCircle"/><w:lvlText w:val="%4"/></w:lvl>` +
	`</w:abstractNum><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val=""/></w:lvl></w:abstractNum>` +
	`<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>` +
	`<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>` +
	`<w:num w:numId="4"><w:abstractNumId w:val="1"/></w:num>` +
	`<w:num w:numId="5"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1、"/></w:lvl></w:lvlOverride></w:num></w:numbering>`

const sheet = `<w:styles xmlns:w="w"><w:style w:styleId="2"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>` +
	`<w:style w:styleId="3"><w:name w:val="own"/><w:basedOn w:val="2"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>` +
	`<w:style w:styleId="11"><w:name w:val="toc 1"/></w:style></w:styles>`

func TestDocxFeatures(t *testing.T) {
	t.Parallel()
	box := func(text string) string { return "<w:txbxContent>" + para("", text) + "</w:txbxContent>" }
	for _, c := range []struct{ name, body, want string }{
		{"nested numbers", item("1", "0", "甲") + item("1", "1", "乙") + item("1", "2", "丙") + item("1", "2", "丁") + item("1", "3", "戊") + item("1", "1", "己") + item("1", "2", "庚") + item("1", "0", "辛") + item("1", "1", "壬"), "一、甲\n（一）乙\n1.丙\n2.丁\n①戊\n（二）己\n1.庚\n二、辛\n（一）壬\n"},
		{"two lists count in one", item("1", "0", "甲") + item("2", "0", "乙"), "一、甲\n二、乙\n"},
		{"a list that starts at five", item("3", "0", "甲") + item("3", "0", "乙"), "五、甲\n六、乙\n"},
		{"bullets and no list", item("4", "0", "甲") + item("0", "0", "乙") + item("99", "0", "丙"), "甲\n乙\n丙\n"},
		{"a pattern of its own", item("5", "0", "甲") + item("5", "0", "乙"), "1、甲\n2、乙\n"},
		{"a number before figures", item("1", "2", "5万人就业"), "1. 5万人就业\n"},
		{"by style", para(`<w:pStyle w:val="2"/>`, "甲") + para(`<w:pStyle w:val="3"/>`, "乙") + para(`<w:pStyle w:val="2"/><w:numPr><w:numId w:val="0"/></w:numPr>`, "丙"), "一、甲\n（一）乙\n丙\n"},
		{"typed and automatic", item("1", "0", "一、甲"), "一、甲\n"},
		{"an empty numbered paragraph", item("1", "0", "") + item("1", "0", "乙"), "二、乙\n"},
		{"table of contents", para(`<w:pStyle w:val="11"/>`, "一、甲	3") + para("", "甲"), "甲\n"},
		{"soft breaks and tabs", "<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>丙</w:t></w:r></w:p>", "甲\n乙\t丙\n"},
		{"revisions", `<w:p><w:ins><w:r><w:t>新增</w:t></w:r></w:ins><w:del><w:r><w:delText>3</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>走</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>来</w:t></w:r></w:moveTo></w:p>`, "新增来\n"},
		{"a deleted paragraph end", `<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>甲</w:t></w:r></w:p><w:p><w:r><w:t>乙</w:t></w:r></w:p>`, "甲乙\n"},
		{"a field", `<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>HYPERLINK "x"</w:instrText><w:fldChar w:fldCharType="separate"/><w:t>甲</w:t><w:fldChar w:fldCharType="end"/></w:r></w:p>`, "甲\n"},
		{"hidden text", `<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>甲</w:t></w:r></w:p>`, "甲\n"},
		{"controls and links", `<w:sdt><w:sdtContent><w:p><w:hyperlink><w:r><w:t>甲</w:t></w:r></w:hyperlink></w:p></w:sdtContent></w:sdt>`, "甲\n"},
		{"marks of notes", `<w:p><w:r><w:t>双百工程</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>12</w:t></w:r><w:r><w:t>，绿地5m</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r></w:p>`, "双百工程，绿地5m2\n"},
		{"ruby", `<w:p><w:r><w:ruby><w:rt><w:r><w:t>jiǎ</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>甲</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>`, "甲\n"},
		{"text box said twice", `<w:p><w:r><w:t>甲</w:t></w:r><mc:AlternateContent xmlns:mc="mc"><mc:Choice>` + box("乙") + `</mc:Choice><mc:Fallback>` + box("乙") + `</mc:Fallback></mc:AlternateContent></w:p>`, "甲\n乙\n"},
		{"table of values", `<w:tbl><w:tr><w:tc>` + para("", "学位") + `</w:tc><w:tc>` + para("", "300个") + `</w:tc></w:tr><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr>` + para("", "") + `</w:tc><w:tc>` + para("", "500个") + `</w:tc></w:tr></w:tbl>`, "学位\t300个\n500个\n"},
		{"table in a table", `<w:tbl><w:tr><w:tc><w:tbl><w:tr><w:tc>` + para("", "甲") + `</w:tc><w:tc>` + para("", "乙") + `</w:tc></w:tr></w:tbl></w:tc></w:tr></w:tbl>`, "甲\t乙\n"},
		{"entities and blanks", `<w:p><w:r><w:t xml:space="preserve">　　A&amp;B &lt;5%</w:t></w:r></w:p>`, "　　A&B <5%\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			data := archive(t, map[string]string{"word/document.xml": docxHead + c.body + "</w:body></w:document>", "word/numbering.xml": lists, "word/styles.xml": sheet})
			if got := mustRead(t, "报告.docx", data); got.Content != c.want {
				t.Errorf("got %q, want %q", got.Content, c.want)
			}
		})
	}
}

func TestLongNumbersAreNotMultiplied(t *testing.T) {
	t.Parallel()
	numbers := strings.Replace(lists, "%1、", strings.Repeat("%1", 100_000), 1)
	body := docxHead + strings.Repeat(item("1", "0", "甲"), 1000) + "</w:body></w:document>"
	data := archive(t, map[string]string{"word/document.xml": body, "word/numbering.xml": numbers})
	if got := mustRead(t, "报告.docx", data); len(got.Content) > len(body) {
		t.Errorf("%d bytes came out of %d", len(got.Content), len(body))
	}
}

func TestOtherContainers(t *testing.T) {
	t.Parallel()
	strict := strings.Replace(docxHead, "http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main", 1)
	for name, files := range map[string]map[string]string{
		"strict":         {"word/document.xml": strict + para("", "甲") + "</w:body></w:document>"},
		"backslashes":    {`word\document.xml`: docxHead + para("", "甲") + "</w:body></w:document>"},
		"numbered parts": {"word/document2.xml": docxHead + para("", "甲") + "</w:body></w:document>", "[Content_Types].xml": `<Types xmlns="t"><Override PartName="/word/document2.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`},
		"broken lists":   {"word/document.xml": docxHead + item("1", "0", "甲") + "</w:body></w:document>", "word/numbering.xml": "<w:num", "word/styles.xml": "no", "[Content_Types].xml": "<"},
	} {
		if got := mustRead(t, "报告.docx", archive(t, files)); got.Content != "甲\n" {
			t.Errorf("%s: got %q", name, got.Content)
		}
	}
}
