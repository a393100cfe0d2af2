package report

import "strings"

// isFact reports whether the clause speaks of the past up to the quantity.
func isFact(s setting, year int) bool {
	b := s.before
	for _, w := range pastWords {
		if i := strings.LastIndex(b, w); i >= 0 && suffixOf(b[:i], []string{"比", "较", "与", "和", "同", "在"}) == "" && !hasPrefixAny(b[i+len(w):], "任务", "规划") {
			return true
		}
	}
	y, at := namedYear(b)
	if y == 0 || y >= year {
		return false
	}
	behind := strings.TrimPrefix(b[at+len("2016年"):], "的")
	return suffixOf(b[:at], []string{"比", "较"}) == "" && !strings.HasPrefix(behind, "基础上")
}

// looksBack reports whether the first clause of a sentence puts it into the past: 过去五年，
// or the time of a programme that has ended.
func looksBack(clause string, year int) bool {
	t := strings.TrimPrefix(clause, "在")
	if suffixOf(t, []string{"基础上", "同时"}) != "" {
		return false
	}
	if w := pastSpans.prefix(t); w != "" {
		return w == t || w != "上年" && w != "去年"
	}
	end := spanOf(t)
	return end > 0 && end < year
}

// isOrigin reports whether the quantity is the lower end of 从80元提高到120元.
func isOrigin(s setting) bool {
	from := strings.LastIndex(s.before, "从")
	if from < 0 {
		from = strings.LastIndex(s.before, "由")
	}
	rises := []string{"提高到", "提高至", "增加到", "增加至", "提升到", "提升至", "扩大到", "下降到", "降到", "降至", "降低到", "调整为", "调整到", "增至", "到", "减少到", "压缩到", "缩短"}
	return from >= 0 && prefixOf(strings.TrimLeft(pastList(s), "左右以上分别"), rises) != ""
}

// pastList returns what follows the list of bare numbers that the quantity begins: 分别
// 提高到… behind 由375元、173元.
func pastList(s setting) string {
	tail := s.tail
	for k := s.index + 1; k < len(s.clause.qs); k++ {
		q := &s.clause.qs[k]
		gap := s.tail[len(s.tail)-len(tail) : q.a-s.q.end]
		if strings.Trim(gap, "、和及与") != "" {
			break
		}
		tail = s.tail[q.end-s.q.end:]
	}
	return tail
}
