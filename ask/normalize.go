package ask

import (
	"strings"
	"sync"
	"unicode"

	"github.com/longbridgeapp/opencc"
)

// longestQuestion is how many characters of a message are read; what follows (a pasted
// report, a flood) cannot make a question clearer.
const longestQuestion = 200

// converter turns traditional characters into simplified ones by words (乾燥 is 干燥, 乾坤
// stays), read once from the tables of OpenCC.
var converter = sync.OnceValue(func() *opencc.OpenCC {
	c, err := opencc.New("t2s")
	if err != nil { // the tables are part of the library
		panic(err)
	}
	return c
})

// simplify brings a message to simplified characters and cuts it to what is read of it.
func simplify(message string) string {
	n := 0
	for i := range message {
		if n++; n > longestQuestion {
			message = message[:i]
			break
		}
	}
	out, err := converter().Convert(message)
	if err != nil {
		return message
	}
	return out
}

// normalize brings a text to the form that is compared: half width, lower
// case; everything but letters and digits becomes one space, save a point inside a
// number and a percent sign after one; a dot inside a name and brackets
// are left out. Characters beyond limit are dropped (0: no limit).
func normalize(text string, limit int) string {
	var b strings.Builder
	b.Grow(len(text))
	read := 0
	previous, pending := ' ', rune(0)
	for _, r := range text {
		if read++; limit > 0 && read > limit {
			break
		}
		r = fold(r)
		if strings.ContainsRune("·・•‧()", r) {
			continue
		}
		if r == '.' && isDigit(previous) {
			pending = r
			continue
		}
		if pending != 0 && isDigit(r) {
			b.WriteRune(pending)
		}
		pending = 0
		if !counts(r, previous) {
			r = ' '
		}
		if r != ' ' || previous != ' ' {
			b.WriteRune(r)
		}
		previous = r
	}
	return strings.TrimSpace(b.String())
}

func fold(r rune) rune {
	if r >= '！' && r <= '～' {
		r -= '！' - '!'
	}
	return unicode.ToLower(r)
}

func counts(r, previous rune) bool {
	return isHan(r) || isDigit(r) || r >= 'a' && r <= 'z' || r == '%' && isDigit(previous) ||
		r > 0x80 && unicode.IsLetter(r)
}

// cutMark stands in a question where words of period, place or rank were taken out; a
// blank is a break that the asker made.
const cutMark = "\t"

func isGap(r rune) bool { return r == ' ' || r == '\t' }

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func isHan(r rune) bool {
	return r >= 0x4e00 && r <= 0x9fff || r >= 0x3400 && r <= 0x4dbf || r == '〇'
}
