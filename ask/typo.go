package ask

import (
	"strings"
	"sync"

	"github.com/mozillazg/go-pinyin"
)

// functional characters hold sentences together; nobody types them for a noun's.
const functional = "不的了没能会要让还有就都也是在我你他她它们这那和与到把给被再又谁哪几多少吗呢吧啊"

// homophones finds the characters that sound like another.
type homophones map[string][]rune

// sounds returns the homophones of all characters, read once.
var sounds = sync.OnceValue(func() homophones {
	h := make(homophones, 420)
	for r := rune(0x4e00); r <= 0x9fff; r++ {
		for _, s := range readings(r) {
			h[s] = append(h[s], r)
		}
	}
	return h
})

// readings returns all readings of a character without tones.
func readings(r rune) []string {
	return pinyin.SinglePinyin(r, pinyin.Args{Style: pinyin.Normal, Heteronym: true, Fallback: func(rune, pinyin.Args) []string { return nil }})
}

// mend replaces characters of text[from:to] that were typed for others of the same sound.
// knows tells whether two neighbours stand together in the report or the lexicon. A
// character is replaced where it fits neither neighbour and another fits both; with edges
// also at the end of the run, where it does not fit its one neighbour and another does.
func (h homophones) mend(text []rune, from, to int, knows func(a, b rune) bool, edges bool) bool {
	changed := false
	for i := from; i < to; i++ {
		before, after := i > from && isHan(text[i-1]), i+1 < to && isHan(text[i+1])
		if !isHan(text[i]) || strings.ContainsRune(functional, text[i]) || !before && !after || (!before || !after) && !edges {
			continue
		}
		if before && knows(text[i-1], text[i]) || after && knows(text[i], text[i+1]) {
			continue
		}
		fits := func(c rune) bool {
			return c != text[i] && (!before || knows(text[i-1], c)) && (!after || knows(c, text[i+1]))
		}
		if c, ok := h.find(text[i], fits); ok {
			text[i], changed = c, true
		}
	}
	return changed
}

func (h homophones) find(r rune, fits func(rune) bool) (rune, bool) {
	for _, s := range readings(r) {
		for _, c := range h[s] {
			if fits(c) {
				return c, true
			}
		}
	}
	return 0, false
}
