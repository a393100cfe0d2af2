package document

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

// A packed file may unpack to unpackFactor times its size and to unpackFloor in any case,
// but never to more than unpackLimit times the limit of files.
const (
	unpackFactor = 60
	unpackFloor  = 8 << 20
	unpackLimit  = 4
)

// archive is a Word document's container.
type archive struct {
	name   string // of the file, for messages
	zip    *zip.Reader
	budget int64 // bytes that may still be unpacked
}

// wordParts are the members that hold a Word document's text.
type wordParts struct{ body, numbering, styles []byte }

func openArchive(name string, data []byte, limit int64) (*archive, error) {
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, saying(name, "不完整：压缩包读不到结尾；请重新下载或另存一份再试", ErrBroken, err)
	}
	budget := min(max(int64(len(data))*unpackFactor, unpackFloor), unpackLimit*limit)
	return &archive{name: name, zip: r, budget: budget}, nil
}

// word unpacks the parts of a Word document. A container of anything else is ErrForeign.
func (a *archive) word() (wordParts, error) {
	body, numbers, styles, err := a.paths()
	if err != nil {
		return wordParts{}, err
	}
	var parts wordParts
	if parts.body, err = a.member(body); err != nil {
		return wordParts{}, err
	}
	if parts.body == nil {
		return wordParts{}, a.foreign()
	}
	if parts.numbering, err = a.member(numbers); err != nil {
		return wordParts{}, err
	}
	parts.styles, err = a.member(styles)
	return parts, err
}

// paths finds where the parts stand; some programs number them (word/document2.xml).
func (a *archive) paths() (body, numbers, styles string, err error) {
	body, numbers, styles = "word/document.xml", "word/numbering.xml", "word/styles.xml"
	list, err := a.member("[Content_Types].xml")
	if err != nil {
		return "", "", "", err
	}
	for _, part := range overrides(list) {
		path := strings.TrimPrefix(part.PartName, "/")
		switch {
		case !strings.Contains(part.ContentType, "word"):
		case strings.HasSuffix(part.ContentType, ".main+xml"):
			body = path
		case strings.HasSuffix(part.ContentType, ".numbering+xml"):
			numbers = path
		case strings.HasSuffix(part.ContentType, ".wordprocessingml.styles+xml"):
			styles = path
		}
	}
	return body, numbers, styles, nil
}

// override is the kind of one part of the container.
type override struct {
	PartName    string `xml:",attr"`
	ContentType string `xml:",attr"`
}

// overrides reads [Content_Types].xml; of a list that cannot be read nothing, because the
// usual names are tried in its place.
func overrides(list []byte) []override {
	var types struct{ Override []override }
	if len(list) == 0 || xml.Unmarshal(list, &types) != nil {
		return nil
	}
	return types.Override
}

// member unpacks one file of the archive; nil where it is missing.
func (a *archive) member(path string) ([]byte, error) {
	f := a.find(path)
	if f == nil {
		return nil, nil
	}
	const encrypted = 1
	if f.Flags&encrypted != 0 {
		return nil, trouble(a.name, ErrEncrypted, nil)
	}
	r, err := f.Open()
	if err != nil {
		return nil, trouble(a.name, ErrBroken, err)
	}
	data, err := io.ReadAll(io.LimitReader(r, a.budget+1))
	err = errors.Join(err, r.Close())
	if int64(len(data)) > a.budget {
		return nil, trouble(a.name, ErrBomb, nil)
	}
	if err != nil {
		return nil, trouble(a.name, ErrBroken, err)
	}
	a.budget -= int64(len(data))
	return data, nil
}

func (a *archive) find(path string) *zip.File {
	for _, f := range a.zip.File {
		if strings.EqualFold(strings.ReplaceAll(f.Name, `\`, "/"), path) {
			return f
		}
	}
	return nil
}

// foreign names what a container without a Word document is, and the way out.
func (a *archive) foreign() error {
	sentence := "是压缩包，不是 Word 文档；请先解压，指定其中的报告"
	switch {
	case a.find("xl/workbook.xml") != nil:
		sentence = "是 Excel 表格，不是报告；支持 .txt .md .html .docx .pdf"
	case a.find("ppt/presentation.xml") != nil:
		sentence = "是幻灯片，不是报告；支持 .txt .md .html .docx .pdf"
	case a.find("OFD.xml") != nil:
		sentence = "是 OFD 版式文件，读不了；请另存为 .pdf 或 .docx 再试"
	case a.find("content.xml") != nil:
		sentence = "是 OpenDocument 文档，读不了；请另存为 .docx 再试"
	}
	return saying(a.name, sentence, ErrForeign, nil)
}
