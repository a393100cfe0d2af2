package document_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	utf16enc "golang.org/x/text/encoding/unicode"

	"duban/report/builtin"
	"duban/report/document"
)

func read(t *testing.T, name string, data []byte, opts document.Options) (document.Text, error) {
	t.Helper()
	return document.Read(context.Background(), name, bytes.NewReader(data), opts)
}

func mustRead(t *testing.T, name string, data []byte) document.Text {
	t.Helper()
	text, err := read(t, name, data, document.Options{PDF: inProcess})
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// inProcess reads a PDF file without a child process.
func inProcess(ctx context.Context, data []byte) (string, error) {
	var out bytes.Buffer
	err := document.ExtractPDF(ctx, bytes.NewReader(data), &out, cacheDir())
	return out.String(), err
}

// cacheDir is shared by the tests of one machine: compiling the engine takes seconds.
func cacheDir() string { return filepath.Join(os.TempDir(), "duban-test-pdf-engine") }

const sample = "政府工作报告\n一、2023年工作回顾\n过去一年，新增床位50张。\n"

func TestEncodings(t *testing.T) {
	t.Parallel()
	gb, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(sample))
	if err != nil {
		t.Fatal(err)
	}
	wide, err := utf16enc.UTF16(utf16enc.LittleEndian, utf16enc.UseBOM).NewEncoder().Bytes([]byte(sample))
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{
		"utf-8":               []byte(sample),
		"utf-8 with mark":     []byte("\ufeff" + sample),
		"gb18030":             gb,
		"utf-16":              wide,
		"carriage returns":    []byte(strings.ReplaceAll(sample, "\n", "\r\n")),
		"padded with zeros":   append([]byte(sample), 0, 0, 0x1a),
		"old Mac line ends":   []byte(strings.ReplaceAll(sample, "\n", "\r")),
		"cut off in a letter": []byte(sample + "新")[:len(sample)+2],
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := mustRead(t, "报告.txt", data); got.Content != sample || got.Format != "txt" {
				t.Errorf("got %q (%s)", got.Content, got.Format)
			}
		})
	}
}

func TestMarkdownStaysAsItIs(t *testing.T) {
	t.Parallel()
	text := "---\ntitle: 甲市政府工作报告\n---\n**一、工作回顾**\n过去一年。\n"
	if got := mustRead(t, "报告.md", []byte(text)); got.Content != text {
		t.Errorf("got %q", got.Content)
	}
}

func TestHTML(t *testing.T) {
	t.Parallel()
	page := `<!DOCTYPE html><html><head><meta charset="gb2312"><title>标题</title><style>p{}</style></head><body>
<nav><a href="#">首页</a></nav><div id="main"><h1>政府工作报告</h1><p>&nbsp;&nbsp;一、2023年工作回顾</p><p>过去一年，新增
床位50张。<br>增长5&#37;。</p><table><tr><td>学位</td><td>300个</td></tr></table></div><script>var a = "<p>不要</p>";</script></body></html>`
	gb, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(page))
	if err != nil {
		t.Fatal(err)
	}
	want := "政府工作报告\n一、2023年工作回顾\n过去一年，新增床位50张。\n增长5%。\n学位\t300个\n"
	for name, data := range map[string][]byte{"utf-8": []byte(page), "gb2312": gb} {
		if got := mustRead(t, name, data); got.Content != want || got.Format != "html" {
			t.Errorf("%s: got %q (%s)", name, got.Content, got.Format)
		}
	}
}

// archive packs files into a zip.
func archive(t testing.TB, files map[string]string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for name, content := range files {
		f, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

const docxHead = `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`

func TestDocx(t *testing.T) {
	t.Parallel()
	body := docxHead +
		`<w:p><w:r><w:t>政府工作报告</w:t></w:r></w:p>` +
		`<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>2023年工作回顾</w:t></w:r></w:p>` +
		`<w:p><w:r><w:t>新增床位</w:t></w:r><w:del><w:r><w:delText>40</w:delText><w:t>40</w:t></w:r></w:del><w:ins><w:r><w:t>50</w:t></w:r></w:ins><w:r><w:t>张。</w:t><w:footnoteReference w:id="2"/></w:r></w:p>` +
		`<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>2024年工作安排</w:t></w:r></w:p>` +
		`<w:p><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>抓工业</w:t></w:r></w:p>` +
		`<w:tbl><w:tr><w:tc><w:p><w:r><w:t>学位</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>300个</w:t></w:r></w:p></w:tc></w:tr></w:tbl>` +
		`</w:body></w:document>`
	numbering := `<w:numbering xmlns:w="x"><w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>` +
		`<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num></w:numbering>`
	data := archive(t, map[string]string{"word/document.xml": body, "word/numbering.xml": numbering})
	want := "政府工作报告\n一、2023年工作回顾\n新增床位50张。\n二、2024年工作安排\n（一）抓工业\n学位\t300个\n"
	if got := mustRead(t, "报告.txt", data); got.Content != want || got.Format != "docx" {
		t.Errorf("got %q (%s), want %q", got.Content, got.Format, want)
	}
}

func TestCopies(t *testing.T) {
	t.Parallel()
	one := builtin.Text()
	for _, c := range []struct {
		name, text string
		dropped    int
	}{
		{"one", one, 0},
		{"eight", strings.Repeat(one, 8), 7},
		{"with other blanks", one + "\n\n" + strings.ReplaceAll(one, "　　", "  "), 1},
		{"the last cut off", one + one[:len(one)/2], 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := mustRead(t, "报告.txt", []byte(c.text))
			if strings.TrimSpace(got.Content) != strings.TrimSpace(one) || got.CopiesDropped != c.dropped {
				t.Errorf("%d copies dropped (want %d), %d bytes (want %d)", got.CopiesDropped, c.dropped, len(got.Content), len(one))
			}
		})
	}
}

func TestDifferentReportsAreNoCopies(t *testing.T) {
	t.Parallel()
	one := builtin.Text()
	other := strings.Replace(one, "3600张", "3700张", 1)
	if got := mustRead(t, "报告.txt", []byte(one+other)); got.CopiesDropped != 0 {
		t.Errorf("%d copies dropped of two different reports", got.CopiesDropped)
	}
}

func TestHardWraps(t *testing.T) {
	t.Parallel()
	first := "　　" + strings.Repeat("全年新增养老床位五百张并且改造老旧小区一百个，", 20) + "圆满收官。"
	second := "　　" + strings.Repeat("加快建设市域铁路并且开工快速路三条，", 20) + "扎实推进。"
	text := strings.Join(wrapped(first, 30), "\n") + "\n　　（一）抓工业。\n" + strings.Join(wrapped(second, 30), "\n") + "\n"
	got := mustRead(t, "报告.txt", []byte(text)).Content
	if want := first + "\n　　（一）抓工业。\n" + second; got != want {
		t.Errorf("got %q", got)
	}
}

// wrapped cuts a paragraph into lines of n characters.
func wrapped(paragraph string, n int) []string {
	var lines []string
	for part := range slices.Chunk([]rune(paragraph), n) {
		lines = append(lines, string(part))
	}
	return lines
}

func TestBadFiles(t *testing.T) {
	t.Parallel()
	docx := archive(t, map[string]string{"word/document.xml": docxHead + strings.Repeat("<w:p><w:r><w:t>新增床位</w:t></w:r></w:p>", 200) + "</w:body></w:document>"})
	bomb := archive(t, map[string]string{"word/document.xml": docxHead + strings.Repeat(" ", 64<<20)})
	for _, c := range []struct {
		name string
		data []byte
		want error
	}{
		{"empty", nil, document.ErrEmpty},
		{"blank", []byte(" \n\t \n"), document.ErrEmpty},
		{"binary", append([]byte{0x7f, 'E', 'L', 'F', 0, 0, 1}, bytes.Repeat([]byte{0, 200, 3}, 500)...), document.ErrBinary},
		{"picture", append([]byte("\x89PNG\r\n\x1a\n"), bytes.Repeat([]byte{0, 1, 2, 250}, 300)...), document.ErrBinary},
		{"noise", bytes.Repeat([]byte{0x81, 0x01, 0x02, 0x7f, 0x05}, 500), document.ErrBinary},
		{"truncated docx", docx[:len(docx)/2], document.ErrBroken},
		{"zip bomb", bomb, document.ErrBomb},
		{"zip without a document", archive(t, map[string]string{"xl/workbook.xml": "<a/>"}), document.ErrForeign},
		{"broken xml", archive(t, map[string]string{"word/document.xml": docxHead + "<w:p"}), document.ErrBroken},
		{"old Word", append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), make([]byte, 600)...), document.ErrOldFormat},
		{"encrypted docx", append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00")...), document.ErrEncrypted},
		{"rtf", []byte(`{\rtf1\ansi hello}`), document.ErrOldFormat},
		{"broken pdf", []byte("%PDF-1.4\nnothing here"), document.ErrBroken},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := read(t, "报告.docx", c.data, document.Options{PDF: inProcess})
			if !errors.Is(err, c.want) {
				t.Fatalf("error %v, want %v", err, c.want)
			}
			if s := err.Error(); !strings.Contains(s, "报告.docx") || !strings.Contains(s, "；") || strings.Contains(s, "\n") {
				t.Errorf("%q is no sentence with the file and the way out", s)
			}
		})
	}
}

func TestLimits(t *testing.T) {
	t.Parallel()
	_, err := read(t, "报告.txt", bytes.Repeat([]byte("字"), 1000), document.Options{MaxBytes: 2999})
	if !errors.Is(err, document.ErrTooLarge) {
		t.Errorf("error %v, want ErrTooLarge", err)
	}
	if _, err := read(t, "报告.txt", bytes.Repeat([]byte("字"), 1000), document.Options{MaxBytes: 3000}); err != nil {
		t.Errorf("a file of just the limit: %v", err)
	}
}

func openFile(path string) (fs.File, error) { return os.Open(path) }

func TestReadFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	big := filepath.Join(dir, "big.txt")
	if err := os.WriteFile(big, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(big, 100<<20); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		path string
		want error
	}{
		{filepath.Join(dir, "missing.txt"), document.ErrMissing},
		{filepath.Join(big, "below.txt"), document.ErrMissing},
		{"/proc/self/mem", document.ErrUnreadable},
		{dir, document.ErrDirectory},
		{big, document.ErrTooLarge},
	} {
		if _, err := os.Stat(c.path); err != nil && strings.HasPrefix(c.path, "/proc/") {
			t.Logf("%s is not here", c.path)
			continue
		}
		if _, err := document.ReadFile(t.Context(), c.path, nil, document.Options{Open: openFile}); !errors.Is(err, c.want) {
			t.Errorf("%s: error %v, want %v", c.path, err, c.want)
		}
	}
	text, err := document.ReadFile(t.Context(), "-", strings.NewReader(sample), document.Options{})
	if err != nil || text.Content != sample {
		t.Errorf("stdin: %q, %v", text.Content, err)
	}
}

func TestReportAsReceived(t *testing.T) {
	t.Parallel()
	text, err := document.ReadFile(t.Context(), "../../../shared/reports/liaocheng-2017-as-received.txt", nil, document.Options{Open: openFile})
	if errors.Is(err, document.ErrMissing) {
		t.Skip("the file as received is not here")
	}
	if err != nil {
		t.Fatal(err)
	}
	if text.CopiesDropped != 7 || text.Content != builtin.Text() {
		t.Errorf("%d copies dropped, %d bytes left (want 7, %d)", text.CopiesDropped, len(text.Content), len(builtin.Text()))
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(sample))
	f.Add([]byte("<html><body><table><tr><td>甲<td>乙</table>"))
	f.Add(archive(f, map[string]string{"word/document.xml": docxHead + "<w:p><w:r><w:t>甲</w:t></w:r></w:p>"}))
	f.Add([]byte("\xff\xfe\x0a\x4e"))
	f.Fuzz(func(t *testing.T, data []byte) {
		noPDF := func(context.Context, []byte) (string, error) { return "", document.ErrBroken }
		text, err := document.Read(t.Context(), "f", bytes.NewReader(data), document.Options{MaxBytes: 1 << 20, PDF: noPDF})
		if err == nil && (text.Content == "" || strings.ToValidUTF8(text.Content, "") != text.Content || strings.Contains(text.Content, "\r")) {
			t.Errorf("content %q", text.Content)
		}
	})
}

func BenchmarkEightCopies(b *testing.B) {
	data := []byte(strings.Repeat(builtin.Text(), 8))
	b.ReportAllocs()
	for b.Loop() {
		text, err := document.Read(b.Context(), "报告.txt", bytes.NewReader(data), document.Options{})
		if err != nil || text.CopiesDropped != 7 {
			b.Fatal(text.CopiesDropped, err)
		}
	}
}
