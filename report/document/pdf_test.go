package document_test

import (
	"bytes"
	"crypto/md5"
	"crypto/rc4"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"duban/report/document"
)

// pdfFile writes a PDF of one page a list of lines, in a font that is not embedded and uses
// a predefined character map, as official files do; wide blanks
// before a line move it and are not written. With a password it is encrypted (RC4,
// 40 bits); without lines the page is empty.
func pdfFile(pages [][]string, password string) []byte {
	var objects []string
	kids := make([]string, len(pages))
	for i := range pages {
		kids[i] = fmt.Sprintf("%d 0 R", 5+2*i)
	}
	objects = append(objects,
		"<</Type/Catalog/Pages 2 0 R>>",
		fmt.Sprintf("<</Type/Pages/Kids[%s]/Count %d>>", strings.Join(kids, " "), len(pages)),
		"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>",
		"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000/W[1 95 500]>>",
	)
	for i, lines := range pages {
		var content strings.Builder
		for j, line := range lines {
			bare := strings.TrimLeft(line, "　")
			indent := 12 * (len(line) - len(bare)) / len("　")
			fmt.Fprintf(&content, "BT /F1 12 Tf %d %d Td %s ET\n", 50+indent, 780-20*j, shown(bare))
		}
		objects = append(objects,
			fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R>>", 6+2*i),
			"stream:"+content.String())
	}
	return assemble(objects, password)
}

// shown writes a line; ¹²³ stand above it in smaller letters.
func shown(line string) string {
	var out strings.Builder
	for rest := line; rest != ""; {
		i := strings.IndexAny(rest, "¹²³")
		if i < 0 {
			i = len(rest)
		}
		if i > 0 {
			fmt.Fprintf(&out, "<%s> Tj ", ucs2(rest[:i]))
		}
		if rest = rest[i:]; rest != "" {
			mark, size := utf8.DecodeRuneInString(rest)
			fmt.Fprintf(&out, "/F1 8 Tf 4 Ts <%s> Tj 0 Ts /F1 12 Tf ", ucs2(string("123"[strings.IndexRune("¹²³", mark)/2])))
			rest = rest[size:]
		}
	}
	return out.String()
}

func ucs2(s string) string {
	var b strings.Builder
	for _, u := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, "%04x", u)
	}
	return b.String()
}

// assemble numbers the objects and writes the cross-reference table.
func assemble(objects []string, password string) []byte {
	var out bytes.Buffer
	out.WriteString("%PDF-1.4\n")
	key, owner, user := keys(password)
	var offsets []int
	for i, o := range objects {
		offsets = append(offsets, out.Len())
		if stream, ok := strings.CutPrefix(o, "stream:"); ok {
			data := []byte(stream)
			if password != "" {
				data = crypt(objectKey(key, i+1), data)
			}
			fmt.Fprintf(&out, "%d 0 obj\n<</Length %d>>\nstream\n%s\nendstream\nendobj\n", i+1, len(data), data)
			continue
		}
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	trailer := fmt.Sprintf("<</Size %d/Root 1 0 R", len(objects)+1)
	if password != "" {
		trailer += fmt.Sprintf("/ID[<%s><%s>]/Encrypt<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P -4>>", id, id, hex.EncodeToString(owner), hex.EncodeToString(user))
	}
	start := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, o := range offsets {
		fmt.Fprintf(&out, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&out, "trailer\n%s>>\nstartxref\n%d\n%%%%EOF\n", trailer, start)
	return out.Bytes()
}

const id = "00112233445566778899aabbccddeeff"

const padding = "\x28\xBF\x4E\x5E\x4E\x75\x8A\x41\x64\x00\x4E\x56\xFF\xFA\x01\x08\x2E\x2E\x00\xB6\xD0\x68\x3E\x80\x2F\x0C\xA9\xFE\x64\x53\x69\x7A"

// keys computes the file key and the owner and user entries (PDF Reference 1.4, 3.5).
func keys(password string) (key, owner, user []byte) {
	padded := []byte((password + padding)[:32])
	sum := md5.Sum(padded)
	owner = crypt(sum[:5], padded)
	fileID, _ := hex.DecodeString(id)
	sum = md5.Sum(bytes.Join([][]byte{padded, owner, {0xfc, 0xff, 0xff, 0xff}, fileID}, nil))
	key = sum[:5]
	return key, owner, crypt(key, []byte(padding))
}

func objectKey(key []byte, number int) []byte {
	sum := md5.Sum(append(bytes.Clone(key), byte(number), byte(number>>8), 0, 0, 0))
	return sum[:10]
}

func crypt(key, data []byte) []byte {
	c, err := rc4.NewCipher(key)
	if err != nil {
		panic(err)
	}
	out := make([]byte, len(data))
	c.XORKeyStream(out, data)
	return out
}

var update = flag.Bool("update", false, "write the files in testdata anew")

// TestPDFSamples keeps the files that other tests read the same as what pdfFile writes.
func TestPDFSamples(t *testing.T) {
	t.Parallel()
	for name, data := range map[string][]byte{
		"encrypted.pdf": pdfFile([][]string{{"政府工作报告"}}, "secret"),
		"scanned.pdf":   pdfFile([][]string{nil, nil}, ""),
	} {
		path := filepath.Join("testdata", name)
		if *update {
			if err := os.WriteFile(path, data, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if got, err := os.ReadFile(path); err != nil || !bytes.Equal(got, data) {
			t.Errorf("%s is not what is written now (go test -update): %v", path, err)
		}
	}
}

func TestPDF(t *testing.T) {
	t.Parallel()
	pages := [][]string{
		{"某县人民政府", "政府工作报告", "一、二〇二三年工作回顾", "全年新增养老床位五百张并且改造老旧小区一百个新", "建学校三所¹²，都开工。", "- 1 -"},
		{"某县人民政府", "（一）抓工业。新增企业5家，持续推动经济社会高质量", "- 2 -"},
		{"某县人民政府", "发展。", "- 3 -"},
	}
	want := "政府工作报告\n一、二〇二三年工作回顾\n全年新增养老床位五百张并且改造老旧小区一百个新建学校三所，都开工。\n（一）抓工业。新增企业5家，持续推动经济社会高质量发展。"
	text, err := read(t, "报告.pdf", pdfFile(pages, ""), document.Options{PDFCommand: child(t, "pdf-text", cacheDir())})
	if err != nil {
		t.Fatal(err)
	}
	if text.Content != want || text.Format != "pdf" {
		t.Errorf("got %q (%s), want %q", text.Content, text.Format, want)
	}
}

func TestBadPDF(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		data []byte
		want error
	}{
		{"encrypted", pdfFile([][]string{{"政府工作报告"}}, "secret"), document.ErrEncrypted},
		{"pictures only", pdfFile([][]string{nil, nil}, ""), document.ErrScanned},
		{"too many pages", pdfFile(make([][]string, 2001), ""), document.ErrLimit},
		{"broken", []byte("%PDF-1.7\n1 0 obj <<"), document.ErrBroken},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := read(t, "报告.pdf", c.data, document.Options{PDFCommand: child(t, "pdf-text", cacheDir())})
			if !errors.Is(err, c.want) {
				t.Errorf("error %v, want %v", err, c.want)
			}
		})
	}
}
