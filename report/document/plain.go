package document

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	utf16enc "golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// readPlain decodes a text: UTF-16 and UTF-32 by their mark, UTF-8 where it is valid, else
// GB18030. What decodes to noise is ErrBinary.
func readPlain(name string, data []byte) (string, error) {
	text, ok := byMark(data)
	if !ok {
		data = bytes.TrimRight(data, "\x00\x1a") // ends that old systems write
		if bytes.IndexByte(data, 0) >= 0 {
			return "", trouble(name, ErrBinary, nil)
		}
		text = fromUTF8OrGB(data)
	}
	text = normalizeLines(text)
	if noisy(text) {
		return "", trouble(name, ErrBinary, nil)
	}
	return text, nil
}

// byMark decodes texts that begin with the mark of a wide encoding.
func byMark(data []byte) (string, bool) {
	var out []byte
	var err error
	switch {
	case bytes.HasPrefix(data, []byte{0xff, 0xfe, 0, 0}):
		out, err = utf32.UTF32(utf32.LittleEndian, utf32.UseBOM).NewDecoder().Bytes(data)
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}), bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		out, err = utf16enc.UTF16(utf16enc.LittleEndian, utf16enc.UseBOM).NewDecoder().Bytes(data)
	default:
		return "", false
	}
	return string(out), err == nil
}

// fromUTF8OrGB decodes bytes without a wide mark. Valid UTF-8 wins, because Chinese text in
// GB18030 hardly ever is.
func fromUTF8OrGB(data []byte) string {
	if utf8.Valid(data) || damagedUTF8(data) {
		return string(data)
	}
	decoded, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data)
	if err != nil {
		return string(data)
	}
	return string(decoded)
}

// damagedUTF8 reports whether the bytes are UTF-8 with a few broken ones, such as the first
// half of a character where a file was cut off. Chinese text in GB18030 read as UTF-8 breaks
// at every second character and hardly ever holds a character of three bytes.
func damagedUTF8(data []byte) bool {
	good, bad := 0, 0
	for len(data) > 0 {
		r, size := utf8.DecodeRune(data)
		switch {
		case size == 1 && r == utf8.RuneError:
			bad++
		case size > 2:
			good++
		}
		data = data[size:]
	}
	return bad*20 <= good || bad < utf8.UTFMax && good > 2*bad
}

// normalizeLines drops the byte-order mark, makes every line end \n and replaces what is no
// character.
func normalizeLines(s string) string {
	s = strings.TrimPrefix(s, "\ufeff")
	if strings.Contains(s, "\r") {
		s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	}
	return strings.ToValidUTF8(s, string(utf8.RuneError))
}

// noisy reports whether more than a tenth of the characters cannot be printed or were
// replaced: bytes that are no text.
func noisy(s string) bool {
	strange, all := 0, 0
	for _, r := range s {
		all++
		if !readable(r) {
			strange++
		}
	}
	return strange*10 > all
}

func readable(r rune) bool {
	switch {
	case r >= 0x4e00 && r <= 0x9fff, r >= ' ' && r < 0x7f:
		return true
	case r == utf8.RuneError:
		return false
	}
	return unicode.IsPrint(r) || unicode.IsSpace(r) || unicode.Is(unicode.Cf, r)
}
