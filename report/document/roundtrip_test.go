package document_test

import (
	"fmt"
	"html"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"

	"duban/plan"
	"duban/report"
	"duban/report/builtin"
)

// promise is what a report says whatever the file looks like that it came in.
type promise struct {
	Code    plan.Code
	Text    string
	Targets []string
	Tasks   []string
}

func promisesOf(t *testing.T, text string) []promise {
	t.Helper()
	p, err := report.Parse(text, report.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if p.Place != "聊城市" || p.Year != 2017 || p.Speaker != "宋军继" || p.DeliveredOn != plan.NewDate(2017, 2, 23) {
		t.Errorf("header %s %d %s %s", p.Place, p.Year, p.Speaker, p.DeliveredOn)
	}
	var out []promise
	for _, c := range p.Commitments {
		one := promise{Code: c.Code, Text: c.Text}
		for _, g := range c.Targets {
			line := fmt.Sprint(g.Metric, g.Op, g.ValueText, g.Unit, g.Kind, g.Deadline)
			if g.Baseline != nil {
				line += g.Baseline.ValueText
			}
			one.Targets = append(one.Targets, line)
		}
		for _, k := range c.Tasks {
			one.Tasks = append(one.Tasks, k.Text+k.Deadline.String())
		}
		out = append(out, one)
	}
	return out
}

// paragraphs are those of the built-in report without blanks around them.
func paragraphs() []string {
	var out []string
	for line := range strings.SplitSeq(builtin.Text(), "\n") {
		if line = strings.Trim(line, " 　\t"); line != "" {
			out = append(out, line)
		}
	}
	return out
}

// headLines is how many paragraphs stand above the text proper.
const headLines = 4

// indentedParagraphs begin with two wide blanks, below the head.
func indentedParagraphs() []string {
	out := paragraphs()
	for i := headLines; i < len(out); i++ {
		out[i] = "　　" + out[i]
	}
	return out
}

// cutLines wraps paragraphs with a function.
func cutLines(paragraphs []string, n int, wrap func(string, int) []string) []string {
	var lines []string
	for _, p := range paragraphs {
		lines = append(lines, wrap(p, n)...)
	}
	return lines
}

// typeset wraps a paragraph at n wide characters as programs do: figures and Latin letters
// take half the room, and no line begins with a stop.
func typeset(paragraph string, n int) []string {
	var lines []string
	a, room := 0, 2*n
	runes := []rune(paragraph)
	for i, r := range runes {
		size := 1
		if r >= 0x2e80 || strings.ContainsRune("“”‘’—…", r) {
			size = 2
		}
		if room < size && !strings.ContainsRune("，。；、：！？”）)%", r) {
			lines, a, room = append(lines, string(runes[a:i])), i, 2*n
		}
		room -= size
	}
	return append(lines, string(runes[a:]))
}

func TestEveryFormatReadsTheSame(t *testing.T) {
	t.Parallel()
	want := promisesOf(t, builtin.Text())
	if len(want) < 50 {
		t.Fatalf("only %d commitments", len(want))
	}
	for name, data := range everyFormat(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text := mustRead(t, name, data)
			if diff := cmp.Diff(want, promisesOf(t, text.Content)); diff != "" {
				t.Errorf("%s (-want +got):\n%.3000s", text.Format, diff)
			}
		})
	}
}

func everyFormat(t *testing.T) map[string][]byte {
	t.Helper()
	gb, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(builtin.Text()))
	if err != nil {
		t.Fatal(err)
	}
	page := websitePage(paragraphs())
	gbPage, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(page))
	if err != nil {
		t.Fatal(err)
	}
	indents, flush := indentedParagraphs(), paragraphs()
	numbered := numberedDocx(t, paragraphs())
	return map[string][]byte{
		"gb18030.txt":           gb,
		"indented, wrapped.txt": []byte(strings.Join(cutLines(indents, 38, typeset), "\r\n")),
		"cut by count.txt":      []byte(strings.Join(cutLines(indents, 40, wrapped), "\n")),
		"pages.txt":             []byte(pagedText(cutLines(indents, 36, typeset), "")),
		"form feeds.txt":        []byte(pagedText(cutLines(indents, 36, typeset), "\f")),
		"spaced, wrapped.txt":   []byte(spacedOut(flush)),
		"plain.docx":            archive(t, map[string]string{"word/document.xml": docxOf(flush)}),
		"numbered.docx":         numbered,
		"website.html":          []byte(page),
		"website gb.html":       gbPage,
		"tables.html":           []byte(tablePage(paragraphs())),
		"notes.md":              []byte(markdown(paragraphs())),
		"indented.pdf":          pdfFile(pagesOf(cutLines(indents, 28, typeset), 22, ""), ""),
		"cut by count.pdf":      pdfFile(pagesOf(cutLines(indents, 28, wrapped), 22, ""), ""),
		"broken lines.html":     []byte("<html><body><div>" + strings.Join(cutLines(indents, 30, typeset), "<br/>\n") + "</div></body></html>"),
		"converted.docx":        archive(t, map[string]string{"word/document.xml": docxOf(cutLines(indents, 28, typeset))}),
		"labelled copies.txt":   []byte("第一份\n" + builtin.Text() + "\n=== 第二份 ===\n" + builtin.Text() + "\n责任编辑：李四\n"),
		"two sided.pdf":         pdfFile(twoSided(pagesOf(cutLines(indents, 28, typeset), 22, "")), ""),
		"running heads.pdf":     pdfFile(pagesOf(cutLines(indents, 28, typeset), 22, "聊城市第十七届人民代表大会第一次会议文件"), ""),
		"copies.docx":           archive(t, map[string]string{"word/document.xml": docxOf(slices.Concat(flush, flush, flush))}),
	}
}

// spacedOut wraps paragraphs and parts them by blank lines.
func spacedOut(all []string) string {
	var out strings.Builder
	for _, p := range all {
		out.WriteString(strings.Join(typeset(p, 40), "\n") + "\n\n")
	}
	return out.String()
}

// pagesOf parts lines into pages with a number below and a running head above.
func pagesOf(lines []string, n int, head string) [][]string {
	var pages [][]string
	for page := range slices.Chunk(lines, n) {
		page = append(slices.Clone(page), fmt.Sprintf("　　　　　　　　　　　　- %d -", len(pages)+1))
		if head != "" {
			page = append([]string{head}, page...)
		}
		pages = append(pages, page)
	}
	return pages
}

// pagedText is a text as programs make it of a file with pages.
func pagedText(lines []string, end string) string {
	var out strings.Builder
	for _, page := range pagesOf(lines, 30, "") {
		out.WriteString(strings.Join(page, "\n") + "\n" + end)
	}
	return out.String()
}

// twoSided gives left and right pages heads of their own, and plain numbers at the end.
func twoSided(pages [][]string) [][]string {
	for i, page := range pages {
		head := []string{"聊城市人民政府", "政府工作报告"}[i%2]
		page[len(page)-1] = strconv.Itoa(i + 3)
		pages[i] = append([]string{fmt.Sprint(head, "　", i+3)}, page...)
	}
	return pages
}

func docxOf(all []string) string {
	var b strings.Builder
	b.WriteString(docxHead)
	for _, p := range all {
		b.WriteString(`<w:p><w:pPr><w:ind w:firstLine="640"/></w:pPr><w:r><w:t xml:space="preserve">` + html.EscapeString(p) + `</w:t></w:r></w:p>`)
	}
	return b.String() + "</w:body></w:document>"
}

// numberedDocx writes 一、 and (一) as numbers of a list, as Word does by itself, half of
// them by a style; a tracked change and a soft break stand in between.
func numberedDocx(t *testing.T, all []string) []byte {
	t.Helper()
	var b strings.Builder
	b.WriteString(docxHead)
	for _, p := range all {
		properties := ""
		if rest, ok := cutNumber(p, "", "、"); ok {
			p, properties = rest, `<w:pPr><w:pStyle w:val="2"/></w:pPr>`
		} else if rest, ok := cutNumber(p, "(", ")"); ok {
			p, properties = rest, `<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="3"/></w:numPr></w:pPr>`
		}
		runs := []rune(p)
		half := len(runs) / 2
		fmt.Fprintf(&b, `<w:p>%s<w:r><w:t>%s</w:t></w:r><w:del w:id="1"><w:r><w:delText>删去</w:delText></w:r></w:del><w:ins w:id="2"><w:r><w:t>%s</w:t></w:r></w:ins></w:p>`,
			properties, html.EscapeString(string(runs[:half])), html.EscapeString(string(runs[half:])))
	}
	b.WriteString("</w:body></w:document>")
	return archive(t, map[string]string{
		"word/document.xml": b.String(),
		"word/styles.xml":   `<w:styles xmlns:w="w"><w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style></w:styles>`,
		"word/numbering.xml": `<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>` +
			`<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="(%2)"/></w:lvl></w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="0"/></w:num></w:numbering>`,
	})
}

// cutNumber takes a Chinese number between two signs off the beginning of a paragraph.
func cutNumber(p, before, after string) (string, bool) {
	rest, ok := strings.CutPrefix(p, before)
	bare := strings.TrimLeft(rest, "一二三四五六七八九十")
	if !ok || len(bare) == len(rest) || !strings.HasPrefix(bare, after) {
		return p, false
	}
	return strings.TrimPrefix(bare, after), true
}

// websitePage is a page as content management systems of governments write them.
func websitePage(all []string) string {
	var b strings.Builder
	b.WriteString(`<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"/><title>政府工作报告_聊城市人民政府</title>
<script>var list = ["<p>新增床位999张</p>"];</script></head><body>
<div class="top"><ul><li><a href="/">网站首页</a></li><li><a href="/zw">政务公开</a></li></ul><form><input type="text"/><select><option>选择</option></select></form></div>
<div class="position">当前位置：<a href="/">首页</a> &gt; <a href="/zw">政府工作报告</a></div>
<table width="100%"><tr><td>索引号</td><td>004/2017-00031</td></tr><tr><td>发布机构</td><td>市政府办公室</td></tr></table>
<h1>政府工作报告</h1><div class="info">来源：本站 浏览次数：<script>document.write(count)</script>次</div>
<div id="zoom"><div class="TRS_Editor"><style type="text/css">.TRS_Editor P{line-height:2}</style>
`)
	for i, p := range all {
		if i == 0 {
			continue
		}
		half := utf8.RuneCountInString(p[:max(strings.Index(p, "，"), 0)])
		fmt.Fprintf(&b, "<p align=\"justify\">&nbsp;&nbsp;&nbsp; <span style=\"font-size: 16px\">%s\n%s</span></p>\n<p>&nbsp;</p>\n",
			html.EscapeString(string([]rune(p)[:half])), html.EscapeString(string([]rune(p)[half:])))
	}
	b.WriteString(`</div></div><div class="share">分享到：<a>微信</a></div><div class="foot">主办：聊城市人民政府 <a href="#">网站地图</a> 鲁ICP备05000000号</div></body></html>`)
	return b.String()
}

// tablePage is an old page laid out by nested tables, its paragraphs parted by breaks.
func tablePage(all []string) string {
	escaped := make([]string, len(all))
	for i, p := range all {
		escaped[i] = "　　" + html.EscapeString(p)
	}
	return `<html><body><table><tr><td><table><tr><td><a href=1>首页</a></td><td><a href=2>政务</a></td></tr></table></td></tr><tr><td width=200><a href=3>相关链接</a></td><td><table><tr><td><font size=3>` +
		strings.Join(escaped, "<BR>\n<br>") + `</font></td></tr></table></td></tr></table></body></html>`
}

// markdown has front matter, headings and bold headings.
func markdown(all []string) string {
	var b strings.Builder
	b.WriteString("---\ntitle: 聊城市政府工作报告\ndate: 2017-02-23\n---\n\n# " + all[0] + "\n\n")
	for _, p := range all[1:] {
		head, rest, _ := strings.Cut(p, "。")
		_, section := cutNumber(p, "(", ")")
		switch _, part := cutNumber(p, "", "、"); {
		case part:
			p = "## " + p
		case section:
			p = "**" + head + "。**" + rest
		}
		b.WriteString(p + "\n\n")
	}
	return b.String()
}
