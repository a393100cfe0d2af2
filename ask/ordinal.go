package ask

import (
	"strings"

	"duban/plan"
)

// last is the ordinal of 最后一件; 倒数第二件 is one less.
const last = -1

// place turns an ordinal into an index of a list of n, -1 where the list has none such.
func place(ordinal, n int) int {
	if ordinal < 0 {
		ordinal += n + 1
	}
	if ordinal < 1 || ordinal > n {
		return -1
	}
	return ordinal - 1
}

// Words that count the entries of a list: 第五件, 第3条.
var classifiers = []string{"件", "项", "条", "点", "个方面", "个", "方面", "大工程", "款", "桩", "样", "类", "招", "号"}

// ordinalOf reads 第五件, 实事5, 头一件, 排第六, 最后一条; 0 where the question names no
// ordinal. rest is the question without it.
func ordinalOf(text string) (n int, rest string) {
	for _, cue := range []string{"头一", "首"} {
		if at, size := counted(text, cue); at >= 0 {
			return 1, text[:at] + cutMark + text[at+size:]
		}
	}
	for _, cue := range []string{"最后一", "末"} {
		if at, size := counted(text, cue); at >= 0 {
			return last, text[:at] + cutMark + text[at+size:]
		}
	}
	for at := strings.Index(text, "第"); at >= 0; at = next(text, "第", at) {
		n, size := readNumeral(text[at+len("第"):])
		end := at + len("第") + size
		if n > 0 && endsOrdinal(text, at, end) {
			if head, ok := strings.CutSuffix(text[:at], "倒数"); ok {
				return -n, head + cutMark + strings.TrimLeft(cutClassifier(text[end:]), " \t")
			}
			return n, text[:at] + " " + strings.TrimLeft(cutClassifier(text[end:]), " \t")
		}
	}
	return afterDeed(text)
}

func next(text, sub string, at int) int {
	i := strings.Index(text[at+len(sub):], sub)
	if i < 0 {
		return -1
	}
	return at + len(sub) + i
}

// counted finds a cue followed by a classifier (头一件).
func counted(text, cue string) (at, size int) {
	at = strings.Index(text, cue)
	if at < 0 {
		return -1, 0
	}
	for _, c := range classifiers {
		if strings.HasPrefix(text[at+len(cue):], c) {
			return at, len(cue) + len(c)
		}
	}
	return -1, 0
}

// endsOrdinal reports whether the number is that of a list's entry: a classifier follows,
// or it was asked by rank (排第六), or the question ends or goes on with 是.
func endsOrdinal(text string, at, end int) bool {
	after := text[end:]
	for _, c := range classifiers {
		if strings.HasPrefix(after, c) {
			return true
		}
	}
	return after == "" || strings.HasSuffix(text[:at], "排") || strings.HasPrefix(after, "是") ||
		strings.HasPrefix(after, "的") || strings.HasPrefix(after, " ") || strings.HasPrefix(after, "实事") ||
		strings.HasPrefix(after, "民生实事")
}

func cutClassifier(text string) string {
	for _, c := range classifiers {
		if strings.HasPrefix(text, c) {
			return text[len(c):]
		}
	}
	return text
}

// afterDeed reads 实事5, 实事三 and 实事之五.
func afterDeed(text string) (int, string) {
	for at := strings.Index(text, "实事"); at >= 0; at = next(text, "实事", at) {
		begin := at + len("实事")
		for _, link := range []string{"之", "第", " ", "的", "清单"} {
			if strings.HasPrefix(text[begin:], link) {
				begin += len(link)
			}
		}
		if n, size := readNumeral(text[begin:]); n > 0 {
			return n, text[:begin] + cutMark + text[begin+size:]
		}
	}
	return 0, text
}

// codeOf finds a code such as 3.6.2.5 in a normalised question.
func codeOf(text string) plan.Code {
	for _, field := range strings.FieldsFunc(text, func(r rune) bool { return r != '.' && !isDigit(r) }) {
		if strings.Count(field, ".") >= 2 && plan.Code(field).Levels() != nil {
			return plan.Code(field)
		}
	}
	return ""
}
