package report

import (
	"strings"
	"unicode/utf8"
)

// hasPrefixAny reports whether s starts with one of the words.
func hasPrefixAny(s string, words ...string) bool { return prefixOf(s, words) != "" }

// prefixOf returns the first of the words that s starts with.
func prefixOf(s string, words []string) string {
	for _, w := range words {
		if strings.HasPrefix(s, w) {
			return w
		}
	}
	return ""
}

// suffixOf returns the first of the words that s ends with.
func suffixOf(s string, words []string) string {
	for _, w := range words {
		if strings.HasSuffix(s, w) {
			return w
		}
	}
	return ""
}

func containsAny(s string, words []string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// wordList is a list of words that is looked up by what a text starts or ends with. Of
// several that fit, the earlier one in the list counts.
type wordList struct {
	byFirst, byLast [buckets][]string // by the last byte of the first or last character
}

const buckets = 256

func newWords(words ...string) *wordList {
	l := &wordList{}
	for _, w := range words {
		_, size := utf8.DecodeRuneInString(w)
		first, last := w[size-1], w[len(w)-1]
		l.byFirst[first] = append(l.byFirst[first], w)
		l.byLast[last] = append(l.byLast[last], w)
	}
	return l
}

// opening returns the words that s may start with.
func (l *wordList) opening(s string) []string {
	switch {
	case s == "":
		return nil
	case s[0] < utf8.RuneSelf:
		return l.byFirst[s[0]]
	case len(s) < 3:
		return nil
	}
	return l.byFirst[s[2]]
}

// prefix returns the word that s starts with, or "".
func (l *wordList) prefix(s string) string {
	return prefixOf(s, l.opening(s))
}

// suffix returns the word that s ends with, or "".
func (l *wordList) suffix(s string) string {
	if s == "" {
		return ""
	}
	return suffixOf(s, l.byLast[s[len(s)-1]])
}

// in reports whether s holds one of the words, all of which are three bytes a character.
func (l *wordList) in(s string) bool {
	for i := 0; i+2 < len(s); {
		if s[i] < 0xE0 {
			i++
			continue
		}
		if words := l.byFirst[s[i+2]]; len(words) > 0 && prefixOf(s[i:], words) != "" {
			return true
		}
		i += 3
	}
	return false
}

// longest returns the longest word that s starts with, or "".
func (l *wordList) longest(s string) string {
	best := ""
	for _, w := range l.opening(s) {
		if len(w) > len(best) && strings.HasPrefix(s, w) {
			best = w
		}
	}
	return best
}

// decode returns the character at s[i] and its length; it is utf8.DecodeRuneInString with a
// short way for the three-byte characters that reports are made of.
func decode(s string, i int) (rune, int) {
	b := s[i]
	if b < utf8.RuneSelf {
		return rune(b), 1
	}
	if b >= 0xE2 && b <= 0xEC && i+2 < len(s) && s[i+1]&0xC0 == 0x80 && s[i+2]&0xC0 == 0x80 {
		return rune(b&0x0F)<<12 | rune(s[i+1]&0x3F)<<6 | rune(s[i+2]&0x3F), 3
	}
	return utf8.DecodeRuneInString(s[i:])
}
