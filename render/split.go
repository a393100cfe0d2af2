package render

import (
	"strings"
	"unicode/utf16"
)

// Limits of one message (Bot API), counted in UTF-16 units to be safe in either reading.
const (
	maxText    = 4096
	maxCaption = 1024
)

// Split parts a message that is too long for one: at the borders of paragraphs, else of
// lines, else of characters. The buttons stand under the last part; a text too long for a
// picture's caption follows it.
func Split(m Message) []Message {
	if (m.Photo != nil || m.Document != nil) && units(m.Text) > maxCaption {
		file := Message{Photo: m.Photo, Document: m.Document}
		file.Text, _, _ = strings.Cut(m.Text, "\n")
		if units(file.Text) > maxCaption {
			file.Text = ""
		}
		rest := m
		rest.Photo, rest.Document = nil, nil
		return append([]Message{file}, Split(rest)...)
	}
	if units(m.Text) <= maxText {
		return []Message{m}
	}
	var parts []Message
	rest := m.Text
	for units(rest) > maxText {
		at := border(rest)
		parts = append(parts, Message{Text: strings.TrimRight(rest[:at], "\n ")})
		rest = strings.TrimLeft(rest[at:], "\n")
	}
	return append(parts, Message{Text: rest, Buttons: m.Buttons, Photo: m.Photo, Document: m.Document})
}

// border is where a text is cut: the last paragraph, line or character that fits.
func border(text string) int {
	fits, used := len(text), 0
	for i, r := range text {
		if used += utf16.RuneLen(r); used > maxText {
			fits = i
			break
		}
	}
	for _, mark := range []string{"\n\n", "\n", "。"} {
		if at := strings.LastIndex(text[:fits], mark); at > fits/2 {
			return at + len(mark)
		}
	}
	return fits
}

// units counts a text in UTF-16 units.
func units(s string) int {
	n := 0
	for _, r := range s {
		n += max(utf16.RuneLen(r), 1)
	}
	return n
}
