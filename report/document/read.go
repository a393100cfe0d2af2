package document

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"path/filepath"
	"strings"
	"syscall"
)

// DefaultMaxBytes is the size of the largest file that is read where Options name none.
const DefaultMaxBytes = 20 << 20

// Options of Read and ReadFile. The zero value reads everything from
// a stream but PDF files.
type Options struct {
	MaxBytes   int64                                                  // larger files are refused; 0 is DefaultMaxBytes
	PDFCommand []string                                               // program and arguments of a child process that runs ExtractPDF
	PDF        func(ctx context.Context, data []byte) (string, error) // in place of PDFCommand: text, pages parted by form feeds
	Open       func(path string) (fs.File, error)                     // of a file that is named; nil opens none
}

func (o Options) limit() int64 {
	if o.MaxBytes > 0 {
		return o.MaxBytes
	}
	return DefaultMaxBytes
}

// Text is the readable content of a file.
type Text struct {
	Content       string // valid UTF-8; paragraphs one a line, line ends are \n
	Format        string // what the bytes were: txt, md, html, docx, pdf
	CopiesDropped int    // further copies of the same report that stood in the file
}

// ReadFile reads the report in a file; "-" reads stdin. Errors are those of Read,
// ErrMissing, ErrDirectory and ErrUnreadable.
func ReadFile(ctx context.Context, path string, stdin io.Reader, opts Options) (Text, error) {
	name, f, err := opts.openSource(path, stdin)
	if err != nil {
		return Text{}, err
	}
	defer func() { _ = f.Close() }()
	return Read(ctx, name, f, opts)
}

// openSource opens a file, or stdin for "-"; name is what messages call it.
func (o Options) openSource(path string, stdin io.Reader) (name string, r io.ReadCloser, err error) {
	if path == "-" {
		return "标准输入", io.NopCloser(stdin), nil
	}
	f, err := o.open(path)
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR):
		return path, nil, trouble(path, ErrMissing, err)
	case err != nil:
		return path, nil, trouble(path, ErrUnreadable, err)
	}
	info, err := f.Stat()
	switch {
	case err != nil:
		err = trouble(path, ErrUnreadable, err)
	case info.IsDir():
		err = trouble(path, ErrDirectory, nil)
	case info.Size() > o.limit():
		err = tooLarge(filepath.Base(path), o.limit())
	default:
		return filepath.Base(path), f, nil
	}
	_ = f.Close()
	return path, nil, err
}

func (o Options) open(path string) (fs.File, error) {
	if o.Open == nil {
		return nil, fs.ErrInvalid
	}
	return o.Open(path)
}

// Read reads the report from r, at most one byte more than the limit. name is what messages
// call the source; of its extension only .md counts, and only among texts. The error is one
// sentence; errors.Is finds the sentinels of this package in it.
func Read(ctx context.Context, name string, r io.Reader, opts Options) (Text, error) {
	data, err := io.ReadAll(io.LimitReader(r, opts.limit()+1))
	switch {
	case err != nil:
		return Text{}, trouble(name, ErrUnreadable, err)
	case int64(len(data)) > opts.limit():
		return Text{}, tooLarge(name, opts.limit())
	case len(bytes.TrimSpace(data)) == 0:
		return Text{}, trouble(name, ErrEmpty, nil)
	}
	text, err := decode(ctx, name, data, opts)
	if err != nil {
		return Text{}, err
	}
	whole := strings.TrimRight(text.Content, cutChar)
	if strings.TrimSpace(whole) == "" {
		return Text{}, trouble(name, ErrEmpty, nil)
	}
	text.Content, text.CopiesDropped = dropCopies(whole)
	return text, nil
}

// decode turns the bytes into text by what they are.
func decode(ctx context.Context, name string, data []byte, opts Options) (Text, error) {
	switch sniff(data) {
	case pdfFile:
		content, err := readPDF(ctx, name, data, opts)
		return Text{Content: content, Format: "pdf"}, err
	case zipFile:
		content, err := readDocx(name, data, opts.limit())
		return Text{Content: unwrapped(content), Format: "docx"}, err
	case oleFile:
		return Text{}, trouble(name, oleTrouble(data), nil)
	case rtfFile:
		return Text{}, trouble(name, ErrOldFormat, nil)
	case pictureFile:
		return Text{}, saying(name, "是图片，不是文字；请先做文字识别，或换文字版", ErrBinary, nil)
	}
	content, err := readPlain(name, data)
	if err != nil {
		return Text{}, err
	}
	markdown := isMarkdown(name)
	if looksHTML(content, markdown) {
		content, err = readHTML(name, content)
		return Text{Content: unwrapped(content), Format: "html"}, err
	}
	content = unwrapped(content)
	if markdown {
		return Text{Content: content, Format: "md"}, nil
	}
	return Text{Content: content, Format: "txt"}, nil
}

func isMarkdown(name string) bool {
	ext := strings.ToLower(filepath.Ext(name))
	return ext == ".md" || ext == ".markdown"
}
