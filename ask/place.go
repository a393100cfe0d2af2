package ask

import (
	"strings"
	"unicode/utf8"
)

// ranksOfPlace end the name of a place that has a government.
var ranksOfPlace = []string{"自治区", "自治州", "自治县", "开发区", "新区", "省", "市", "县", "区", "旗", "州", "盟", "镇", "乡"}

// bareName cuts the rank off a place: 聊城市 → 聊城; short names stay whole.
func bareName(place string) string {
	for _, rank := range ranksOfPlace {
		if bare, ok := strings.CutSuffix(place, rank); ok && utf8.RuneCountInString(bare) >= 2 {
			return bare
		}
	}
	return place
}

// readPlace finds the place that a question is about. The plan's own is taken out of the
// rest; one that the report never mentions makes the question foreign.
func (e *Engine) readPlace(q *question) {
	q.dropHome(e.home)
	name, ranked := knownPlace(q.rest)
	if name != "" && name != e.home && (ranked && !strings.Contains(e.whole, name+"市") || !strings.Contains(e.whole, name) || leads(q.rest, name)) {
		q.subject, q.foreign, q.ranked = name, true, ranked && !strings.Contains(e.whole, name+"市")
		return
	}
	if name := e.county(q.rest); name != "" {
		q.subject, q.foreign = name, !strings.Contains(e.whole, name)
	}
}

// dropHome takes the plan's own place out of the question.
func (q *question) dropHome(home string) {
	if home == "" {
		return
	}
	for _, rank := range []string{"全市", "市里", "市", "县", "区", ""} {
		if strings.Contains(q.rest, home+rank) && !strings.HasPrefix(after(q.rest, home+rank), "一中") {
			q.rest = strings.Replace(q.rest, home+rank, " ", 1)
			return
		}
	}
}

func after(text, word string) string {
	_, rest, _ := strings.Cut(text, word)
	return rest
}

// knownPlace returns the province or prefecture named in text and whether its rank
// follows.
func knownPlace(text string) (name string, ranked bool) {
	runes := []rune(text)
	for i := range runes {
		for _, n := range []int{5, 4, 3, 2} {
			if i+n > len(runes) {
				continue
			}
			word := string(runes[i : i+n])
			bare, known := words().places[word]
			if !known {
				continue
			}
			rest := string(runes[i+n:])
			rank := strings.HasPrefix(rest, "市") || strings.HasPrefix(rest, "省") || strings.HasPrefix(rest, "自治")
			if rank || bare {
				return word, rank
			}
		}
	}
	return "", false
}

// leads reports whether the place opens the question as the one who acts: 菏泽今年要.
func leads(text, name string) bool {
	rest, ok := strings.CutPrefix(strings.TrimSpace(text), name)
	return ok && (strings.HasPrefix(rest, " ") || strings.HasPrefix(rest, "今年") || strings.HasPrefix(rest, "的") || strings.HasPrefix(rest, "要"))
}

// county returns the name in front of 县, 区 or 旗 that looks like a place: the report knows
// it, or nothing in the report ends so.
func (e *Engine) county(text string) string {
	runes := []rune(text)
	for i, r := range runes {
		if r != '县' && r != '区' && r != '旗' || i < 1 {
			continue
		}
		if name := string(runes[i-1 : i+1]); r == '县' && i-1 == firstHan(runes) && !strings.ContainsRune("各全市个本哪每两", runes[i-1]) && strings.Contains(e.whole, name) {
			return name
		}
		for n := 3; n >= 2; n-- {
			if i < n || !allHan(runes[i-n:i]) {
				continue
			}
			name := string(runes[i-n : i])
			if n == 3 && strings.Contains(e.whole, name) && !e.reportKnows(runes[i-1], r) {
				return name
			}
			if n == 2 && r == '县' && (strings.Contains(e.whole, name+"县") || !e.reportKnows(runes[i-1], r)) && i-n == firstHan(runes) {
				return name
			}
		}
	}
	return ""
}

func allHan(runes []rune) bool {
	for _, r := range runes {
		if !isHan(r) {
			return false
		}
	}
	return true
}

func firstHan(runes []rune) int {
	for i, r := range runes {
		if isHan(r) {
			return i
		}
	}
	return 0
}
