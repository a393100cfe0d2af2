package document

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"
)

// DefaultMaxBytes is the largest file that is read where Options name no limit.
const DefaultMaxBytes = 20 << 20

// Options of Read.
type Options struct {
	MaxBytes   int64                                                  // larger files are refused; 0 is DefaultMaxBytes
	PDFCommand []string                                               // program and arguments that run ExtractPDF in a child process
	PDF        func(ctx context.Context, data []byte) (string, error) // in place of PDFCommand
}

// Text is the readable content of a file.
type Text struct {
	Content       string // paragraphs, one a line; line ends are \n
	Format        string // txt, html, docx, pdf
	CopiesDropped int    // further copies of the same report that stood in the file
}

// ReadFile reads the report in a file. "-" reads stdin.
func ReadFile(ctx context.Context, path string, stdin io.Reader, opts Options) (Text, error) {
	if path == "-" {
		return Read(ctx, "标准输入", stdin, opts)
	}
	name := filepath.Base(path)
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return Text{}, trouble(path, ErrMissing, err)
	}
	if err != nil {
		return Text{}, trouble(path, ErrMissing, err)
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	switch {
	case err != nil:
		return Text{}, trouble(path, ErrBroken, err)
	case info.IsDir():
		return Text{}, trouble(path, ErrDirectory, nil)
	case info.Size() > opts.limit():
		return Text{}, tooLarge(name, opts.limit())
	}
	return Read(ctx, name, f, opts)
}

func (o Options) limit() int64 {
	if o.MaxBytes > 0 {
		return o.MaxBytes
	}
	return DefaultMaxBytes
}

// Read reads the report from r; name is what messages call it.
func Read(ctx context.Context, name string, r io.Reader, opts Options) (Text, error) {
	data, err := io.ReadAll(io.LimitReader(r, opts.limit()+1))
	switch {
	case err != nil:
		return Text{}, trouble(name, ErrBroken, err)
	case int64(len(data)) > opts.limit():
		return Text{}, tooLarge(name, opts.limit())
	case len(bytes.TrimSpace(data)) == 0:
		return Text{}, trouble(name, ErrEmpty, nil)
	}
	text, err := decode(ctx, name, data, opts)
	if err != nil {
		return Text{}, err
	}
	if strings.TrimSpace(text.Content) == "" {
		return Text{}, trouble(name, ErrEmpty, nil)
	}
	text.Content, text.CopiesDropped = dropCopies(text.Content)
	return text, nil
}

// decode tells the format by the first bytes.
func decode(ctx context.Context, name string, data []byte, opts Options) (Text, error) {
	switch {
	case bytes.HasPrefix(data, []byte("%PDF-")) || bytes.Contains(data[:min(len(data), 1024)], []byte("%PDF-")):
		content, err := readPDF(ctx, name, data, opts)
		return Text{Content: content, Format: "pdf"}, err
	case bytes.HasPrefix(data, []byte("PK\x03\x04")), bytes.HasPrefix(data, []byte("PK\x05\x06")):
		content, err := readDocx(name, data, opts.limit())
		return Text{Content: content, Format: "docx"}, err
	case bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		if bytes.Contains(data, utf16("EncryptedPackage")) {
			return Text{}, trouble(name, ErrEncrypted, nil)
		}
		return Text{}, trouble(name, ErrOldFormat, nil)
	case bytes.HasPrefix(data, []byte(`{\rtf`)):
		return Text{}, trouble(name, ErrOldFormat, nil)
	case looksHTML(data):
		content, err := readHTML(data)
		return Text{Content: content, Format: "html"}, err
	}
	content, err := readPlain(name, data)
	if err == nil && hardWrapped(content) {
		content = rejoin(strings.Split(content, "\n"))
	}
	return Text{Content: content, Format: "txt"}, err
}

// utf16 spells ASCII in little-endian UTF-16, as names in old containers are.
func utf16(s string) []byte {
	out := make([]byte, 0, 2*len(s))
	for _, b := range []byte(s) {
		out = append(out, b, 0)
	}
	return out
}

func normalizeLines(s string) string {
	s = strings.TrimPrefix(s, "\ufeff")
	if strings.Contains(s, "\r") {
		s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	}
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "�")
	}
	return s
}
