package ask

import "unicode/utf8"

// A gram is what the index counts: two neighbouring Han characters, one Han character
// (at a low weight), or a whole word of letters and digits.

// eachGram calls f for every gram of a normalised text; single is true for one Han
// character. The strings are parts of text.
func eachGram(text string, f func(gram string, single bool)) {
	previous := -1 // start of the Han character before, -1 where there is none
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case isHan(r):
			f(text[i:i+size], true)
			if previous >= 0 {
				f(text[previous:i+size], false)
			}
			previous, i = i, i+size
		case isGap(r):
			previous, i = -1, i+size
		default:
			end := wordEnd(text, i)
			f(text[i:end], false)
			previous, i = -1, end
		}
	}
}

// wordEnd returns where the word of letters and digits that begins at i ends.
func wordEnd(text string, i int) int {
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		if isHan(r) || isGap(r) {
			return i
		}
		i += size
	}
	return i
}

// grams returns the bigrams and words of a text; of a single Han character that character.
func grams(text string) []string {
	var out []string
	eachGram(text, func(g string, single bool) {
		if !single {
			out = append(out, g)
		}
	})
	if len(out) == 0 {
		eachGram(text, func(g string, _ bool) { out = append(out, g) })
	}
	return out
}
