package document

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	utf16enc "golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// readPlain decodes a text file: UTF-8 where it is valid, UTF-16 and UTF-32 by their mark,
// else GB18030.
func readPlain(name string, data []byte) (string, error) {
	if s, ok := byMark(data); ok {
		return normalizeLines(s), nil
	}
	if bytes.IndexByte(data, 0) >= 0 {
		return "", trouble(name, ErrBinary, nil)
	}
	if utf8.Valid(data) {
		return checked(name, normalizeLines(string(data)))
	}
	if cut, ok := cutRune(data); ok {
		return checked(name, normalizeLines(string(cut)))
	}
	decoded, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data)
	if err != nil {
		return "", trouble(name, ErrBinary, err)
	}
	return checked(name, normalizeLines(string(decoded)))
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

// cutRune accepts UTF-8 that was cut off inside its last character.
func cutRune(data []byte) ([]byte, bool) {
	for n := 1; n < utf8.UTFMax && n < len(data); n++ {
		if cut := data[:len(data)-n]; utf8.Valid(cut) {
			return cut, true
		}
	}
	return nil, false
}

// checked refuses what decodes but reads like noise: more than a tenth of the characters
// cannot be printed or were replaced.
func checked(name, s string) (string, error) {
	strange, all := 0, 0
	for _, r := range s {
		all++
		if r == utf8.RuneError || r < ' ' && r != '\n' && r != '\t' && r != '\f' && r != '\v' || !unicode.IsPrint(r) && !unicode.IsSpace(r) && !unicode.Is(unicode.Cf, r) {
			strange++
		}
	}
	if strange*10 > all {
		return "", trouble(name, ErrBinary, nil)
	}
	return s, nil
}
