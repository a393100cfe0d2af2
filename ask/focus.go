package ask

import "strings"

// quantityWords ask for a number of what follows them, or of what stands before.
var quantityWords = []string{"多少", "几", "多大", "多长", "多高", "多远", "多宽", "多深"}

// choiceWords ask for one of what follows them.
var choiceWords = []string{"哪家", "哪个", "哪条", "哪所", "哪座", "哪位", "哪种", "哪些", "哪几"}

// whenWords ask for the time of what follows them.
var whenWords = []string{"哪年", "哪一年", "什么时候", "啥时候", "啥时", "何时"}

func asksWhen(text string) bool { return startsWith(text, whenWords) }

// askingWords are never part of a report's term.
var askingWords = append(append([]string{"第几", "什么", "怎么", "如何", "分别", "一共", "总共", "究竟", "到底"}, quantityWords...), choiceWords...)

// looseNouns are not repeated where their instances are named: 哪些县, 哪个国家.
var looseNouns = []string{"国家", "城市", "县", "区", "地方", "地区", "乡镇", "方面", "领域", "单位", "人员", "人群", "产业", "品牌", "工程", "内容", "类型", "渠道"}

// focus is the term that the question word stands beside.
type focus struct {
	piece int  // -1 where there is none
	tail  bool // only the end of the piece: 面积 of 新湖面积有多大
}

// focusOf finds what the question asks for: 站 of 设几个站, 养老床位 of 养老床位多少张.
func focusOf(runes []rune, pieces []piece) focus {
	for i, p := range pieces {
		text := string(runes[p.from:p.to])
		chooses := p.kind == gapPiece && startsWith(text, choiceWords)
		asks := p.kind == gapPiece && !chooses && containsAny(text, quantityWords)
		if p.kind == gapPiece && asksWhen(string(runes[p.from:])) {
			return focus{piece: focusAfter(runes, pieces, i)}
		}
		if !asks && !chooses || p.to < len(runes) && strings.ContainsRune("年月天号届", runes[p.to]) {
			continue
		}
		if j := focusAfter(runes, pieces, i); j >= 0 {
			if startsWith(string(runes[pieces[j].from:pieces[j].to]), looseNouns) {
				return focus{piece: -1}
			}
			return focus{piece: j}
		}
		if chooses {
			break
		}
		j := focusBefore(runes, pieces, i)
		if j >= 0 && startsWith(string(runes[pieces[j].from:pieces[j].to]), looseNouns) {
			j = -1
		}
		return focus{piece: j, tail: true}
	}
	return focus{piece: -1}
}

// focusAfter returns the piece behind a question word and its classifiers.
func focusAfter(runes []rune, pieces []piece, i int) int {
	for j := i + 1; j < len(pieces); j++ {
		p := pieces[j]
		switch {
		case p.kind != gapPiece:
			return j
		case isGap(runes[p.from]) || p.to-p.from > 2:
			return -1
		}
	}
	return -1
}

// focusBefore returns the last piece in front of a question word, within its clause.
func focusBefore(runes []rune, pieces []piece, i int) int {
	for j := i - 1; j >= 0; j-- {
		if pieces[j].kind != gapPiece {
			return j
		}
		if runes[pieces[j].from] == ' ' {
			return -1
		}
	}
	return -1
}

func startsWith(text string, words []string) bool {
	for _, w := range words {
		if strings.HasPrefix(text, w) {
			return true
		}
	}
	return false
}
