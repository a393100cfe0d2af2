package report

import (
	"strings"
	"unicode/utf8"
)

// Words that hold 等 without closing a list: by what follows 等 behind 高 and 中, by the
// character before it, by the one behind it.
const (
	behindHigh   = "教院学职级研"
	behindMiddle = "职专教收规城路"
	beforeRank   = "初同均对优差劣甲乙特"
	behindRank   = "级于同待额候温效值"
)

// closesList reports whether the 等 at t[i:] closes a list of examples and is no part of a
// word such as 高等教育, 差等路, 平等, 等级.
func closesList(t string, i int) bool {
	if i == 0 {
		return false
	}
	before, size := utf8.DecodeLastRuneInString(t[:i])
	behind, _ := utf8.DecodeRuneInString(t[i+len("等"):])
	switch {
	case strings.ContainsRune(behindRank, behind), strings.ContainsRune(beforeRank, before):
		return false
	case before == '高':
		return !strings.ContainsRune(behindHigh, behind)
	case before == '中':
		return !strings.ContainsRune(behindMiddle, behind)
	case before == '平':
		return suffixOf(t[:i-size], []string{"水", "公", "太"}) != ""
	}
	return true
}

// andSo returns where the first 等 that closes a list of examples stands in t, or -1.
func andSo(t string) int {
	from := 0
	for {
		i := strings.Index(t[from:], "等")
		if i < 0 {
			return -1
		}
		if closesList(t, from+i) {
			return from + i
		}
		from += i + len("等")
	}
}

// lastAndSo returns where the last such 等 stands in t, or -1.
func lastAndSo(t string) int {
	for end := len(t); ; {
		i := strings.LastIndex(t[:end], "等")
		if i < 0 || closesList(t, i) {
			return i
		}
		end = i
	}
}
