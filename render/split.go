package render

import (
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// Limits of one message (Bot API), counted in UTF-16 units to be safe in either reading.
const (
	maxText    = 4096
	maxCaption = 1024
)

// Split parts a message that is too long for one: at the borders of paragraphs, else of
// lines, sentences, words, else of characters as they are seen. The buttons stand under the
// last part; a text too long for a picture's caption follows it. A message that holds
// nothing has no part.
func Split(m Message) []Message {
	if m.Photo != nil || m.Document != nil {
		return splitCaption(m)
	}
	var parts []Message
	for rest := strings.Trim(m.Text, "\n"); strings.TrimSpace(rest) != ""; {
		if units(rest) <= maxText {
			parts = append(parts, Message{Text: rest})
			break
		}
		at := border(rest, maxText)
		if part := strings.TrimRight(rest[:at], "\n "); part != "" {
			parts = append(parts, Message{Text: part})
		}
		rest = strings.TrimLeft(rest[at:], "\n")
	}
	if len(parts) > 0 {
		parts[len(parts)-1].Buttons = m.Buttons
	}
	return parts
}

// splitCaption parts a message with a file whose text is too long for a caption.
func splitCaption(m Message) []Message {
	if units(m.Text) <= maxCaption {
		return []Message{m}
	}
	file := Message{Photo: m.Photo, Document: m.Document}
	file.Text, _, _ = strings.Cut(m.Text, "\n")
	rest := m
	rest.Photo, rest.Document = nil, nil
	if units(file.Text) > maxCaption {
		file.Text = ""
	} else {
		rest.Text = strings.TrimLeft(m.Text[len(file.Text):], "\n")
	}
	return append([]Message{file}, Split(rest)...)
}

// foldedNote ends a text that was cut for a group.
const foldedNote = "\n……（太长了，私聊里看全文）"

// Fold makes one message of several: their texts below one another, cut where they are too
// long for one, with all their buttons and the first file.
func Fold(messages []Message) []Message {
	if len(messages) == 0 {
		return nil
	}
	var whole Message
	var texts []string
	for _, m := range messages {
		if strings.TrimSpace(m.Text) != "" {
			texts = append(texts, m.Text)
		}
		whole.Buttons = append(whole.Buttons, m.Buttons...)
		if whole.Photo == nil && whole.Document == nil {
			whole.Photo, whole.Document = m.Photo, m.Document
		}
	}
	whole.Text = strings.Join(texts, "\n\n")
	limit := maxText
	if whole.Photo != nil || whole.Document != nil {
		limit = maxCaption
	}
	if units(whole.Text) > limit {
		at := border(whole.Text, limit-units(foldedNote))
		whole.Text = strings.TrimRight(whole.Text[:at], "\n ") + foldedNote
	}
	return []Message{whole}
}

// border is where a text is cut: the last paragraph, line, sentence or word that fits, else
// the last character.
func border(text string, limit int) int {
	fits, used := len(text), 0
	for i, r := range text {
		if used += max(utf16.RuneLen(r), 1); used > limit {
			fits = i
			break
		}
	}
	for _, mark := range []string{"\n\n", "\n", "。", "；", " "} {
		if at := strings.LastIndex(text[:fits], mark); at > fits/2 {
			return at + len(mark)
		}
	}
	return wholeCharacter(text, fits)
}

// longestWord is how far back a cut is moved to keep a word, a number or an address whole.
const longestWord = 200

// wholeCharacter moves a cut back to where neither a word of ASCII (a number, an address)
// nor a character with its marks is torn.
func wholeCharacter(text string, at int) int {
	for cut := at; cut > 0 && at-cut < longestWord; {
		next, _ := utf8.DecodeRuneInString(text[cut:])
		before, size := utf8.DecodeLastRuneInString(text[:cut])
		if !joins(before, next) {
			return cut
		}
		cut -= size
	}
	return at
}

// joins reports whether two runes belong together.
func joins(a, b rune) bool {
	const joiner = '\u200d'
	word := func(r rune) bool { return r > ' ' && r < unicode.MaxASCII }
	return word(a) && word(b) || a == joiner || b == joiner || unicode.In(b, unicode.Mn, unicode.Me, unicode.Variation_Selector) ||
		unicode.In(b, unicode.Sk) && b > unicode.MaxLatin1 || isFlag(a) && isFlag(b)
}

// isFlag reports regional indicators: two of them are a flag.
func isFlag(r rune) bool { return r >= '\U0001F1E6' && r <= '\U0001F1FF' }

// units counts a text in UTF-16 units.
func units(s string) int {
	n := 0
	for _, r := range s {
		n += max(utf16.RuneLen(r), 1)
	}
	return n
}
